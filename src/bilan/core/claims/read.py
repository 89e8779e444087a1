"""The reader: from one report to what it says, with the words that say it. Pure and offline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bilan.core.claims.account import Account, Label, LabelledSpan, Reading, Role
from bilan.core.claims.dates.beside_numbers import NumbersAndDates, numbers_and_dates
from bilan.core.claims.dates.dates import DateKind, DateMention
from bilan.core.claims.findings import read_findings
from bilan.core.claims.harm.events import event_type_of
from bilan.core.claims.harm.harm import Field, harm_words
from bilan.core.claims.harm.roles import told as roles_of
from bilan.core.claims.harm.told import Told
from bilan.core.claims.numbers.numbers import Numeral
from bilan.core.claims.parties.parties import Setting
from bilan.core.claims.people.people import mentions_in
from bilan.core.claims.relevance.glance import glancer
from bilan.core.claims.relevance.relevance import Scope, no_war_in, relevance
from bilan.core.claims.relevance.triage import Tells, triage
from bilan.core.claims.scenes.assemble import assembled, drafts_of, elsewhere_spans
from bilan.core.claims.scenes.namesakes import without_namesakes
from bilan.core.claims.scenes.scenes import Located, Page, located, scenes_of
from bilan.core.claims.scenes.turns import cut_at_turns, headed_by_places
from bilan.core.claims.speech.hearing import Heard
from bilan.core.claims.speech.testimony import testimony_of
from bilan.core.claims.text.cues import Cues
from bilan.core.claims.text.furniture import edges_of_posts, furniture_in
from bilan.core.claims.text.language import Language, known_languages, load_language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.tokens import Words, fold, words_of
from bilan.core.claims.titles import LONGEST_TITLE, wants_title, with_title
from bilan.core.claims.windows import read_in_windows
from bilan.core.frozen import dataclass, replace
from bilan.core.values import Fault, PlaceFinder, PublisherKind, Report

# Publishers whose own lead figure is the finding of their own work.
_FINDERS = frozenset({PublisherKind.MONITOR, PublisherKind.NGO})
READER_VERSION = "rules-1"


def read(
    report: Report, places: PlaceFinder, *, scope: str = "conflict", spans: str = "labelled"
) -> Reading:
    """What a report says: relevance, accounts, spans, and the faults met.

    `scope` "any" reads every violent event, "conflict" only harm in armed conflicts. `spans` "all"
    lists every date, place and number too. Never raises on any text; linear in its length. A text
    longer than a book is read in windows, a party's list of findings entry by entry.
    """
    version = f"{READER_VERSION} {places.version}"
    if report.lang not in known_languages():
        fault = Fault("no_reader", f"no reader for {report.lang}", report.id)
        return Reading(
            report.id, report.lang, report.published, False, faults=(fault,), reader=version
        )
    language = load_language(report.lang)

    def reading_of(part: Report) -> Reading:
        return _Reader(part, language, places, scope, spans, version).reading()

    def reading_of_any(part: Report) -> Reading:
        return read_in_windows(part, reading_of)

    found = read_findings(report, places, reading_of_any) or reading_of_any(report)
    title = (report.title or "")[:LONGEST_TITLE]
    if not title or not wants_title(found):
        return found
    return with_title(found, reading_of(replace(report, text=title, title=None)), title)


class _Reader:
    def __init__(
        self,
        report: Report,
        language: Language,
        places: PlaceFinder,
        scope: str,
        spans: str,
        version: str,
    ) -> None:
        self._report, self._language, self._places = report, language, places
        self._own_day: date | None = None  # as the text says, where no day of publication is known
        self._scope, self._spans, self._version = scope, spans, version

    def reading(self) -> Reading:
        report, language = self._report, self._language
        listed = self._spans == "all"
        told = triage(language.code).told(report.text, scope=self._scope)
        if not listed:
            if not told:
                return self._nothing_told()
            # Where a weapon of war is named, a glance would hardly ever turn the report away.
            if not told & Tells.STRIKE and self._may_be_far_from_war():
                glance = glancer(language.code).at(report.text)
                if no_war_in(glance.signs) is not None:
                    return self._nothing_told(self._numbers_of_harm(glance.harm))
        words = words_of(report.text)
        hits = language.found(words)
        counted = NumbersAndDates(words, hits, language)
        if report.published is None:
            self._own_day = counted.own_day()
        numbers, dates = counted.read(report.published or self._own_day)
        named = located(words, self._places.places_in(report.text, lang=report.lang))
        places = without_namesakes(named, words, hits, language)
        setting = self._setting(places)
        sentences = cut_at_turns(sentences_of(words, edges_of_posts(hits)), hits, places)
        heard = Heard(testimony_of(words, hits, language, setting, sentences=sentences))
        verdict = relevance(heard.testimony, setting, scope=Scope(self._scope))
        roles = self._roles(words, hits, dates, numbers, places, heard)
        everything: list[LabelledSpan] = []
        if listed:
            everything = _everything(words, dates, roles.no_sources(places), numbers)
        if not told or not verdict.relevant:
            return self._nothing_told([*elsewhere_spans(words, roles.told), *everything])
        page = self._page(words, dates, places, heard, roles)
        own = report.publisher.kind in _FINDERS
        everybody = self._scope == Scope.ANY
        drafts = drafts_of(scenes_of(page), page, heard, own_finding=own, attackers=everybody)
        accounts, spans = assembled(drafts, page, heard)
        spans = [*spans, *everything]
        return Reading(
            report.id,
            report.lang,
            report.published,
            any(a.role is Role.MAIN for a in accounts),
            tuple(accounts),
            tuple(spans),
            self._faults(),
            self._version,
            self._event_type(heard, accounts),
            self._own_day,
        )

    def _may_be_far_from_war(self) -> bool:
        """Whether it is asked if this is war, and by words alone: no party speaks by itself."""
        return self._scope == Scope.CONFLICT and not self._is_official()

    def _is_official(self) -> bool:
        publisher = self._report.publisher
        return publisher.party is not None or publisher.kind is PublisherKind.OFFICIAL

    def _is_prompt(self) -> bool:
        """Whether a report without a day of its own tells of the day on which it was published."""
        return self._is_official() or self._report.publisher.kind is PublisherKind.SOCIAL

    def _numbers_of_harm(self, text: str) -> list[LabelledSpan]:
        """The numbers in the sentences that name harm, each with its role."""
        words = words_of(text)
        hits = self._language.found(words)
        numbers, dates = numbers_and_dates(words, hits, self._language, self._report.published)
        heard = Heard(testimony_of(words, hits, self._language, self._setting([])))
        return elsewhere_spans(words, self._roles(words, hits, dates, numbers, [], heard).told)

    def _event_type(self, heard: Heard, accounts: Sequence[Account]) -> str | None:
        """The coders' type of event, asked for only where every violent event is read."""
        if self._scope != Scope.ANY:
            return None
        main = next((a.cause for a in accounts if a.role is Role.MAIN), None)
        return event_type_of(heard.testimony.marks, main or heard.testimony.cause())

    def _nothing_told(self, spans: Sequence[LabelledSpan] = ()) -> Reading:
        report = self._report
        return Reading(
            report.id,
            report.lang,
            report.published,
            False,
            spans=tuple(spans),
            faults=self._faults(),
            reader=self._version,
        )

    def _setting(self, places: Sequence[Located]) -> Setting:
        report = self._report
        countries = Counter(p.place.country for p in places if p.place.country)
        return Setting(
            tuple(country for country, _ in countries.most_common()),
            report.published.year if report.published else None,
            report.publisher,
        )

    def _roles(
        self,
        words: Words,
        hits: Sequence[Hit],
        dates: Sequence[DateMention],
        numbers: Sequence[Numeral],
        places: Sequence[Located],
        heard: Heard,
    ) -> _Roles:
        """The numbers of people with their roles, and what they were told by."""
        sources = heard.source_tokens()
        in_dates = frozenset(i for d in dates for i in range(d.first, d.last))
        taken = sources | in_dates | {i for p in places for i in range(p.first, p.last)}
        armed, acting = heard.armed_tokens(), heard.acting_tokens()
        mentions = mentions_in(
            words, hits, numbers, self._language, taken=taken | acting, armed=armed
        )
        harms = harm_words(hits, words, self._language)
        field = Field(
            words, hits, mentions, harms, self._language, taken=taken, silent=heard.silent_tokens()
        )
        # "May" in a date is no "may", "من" in one no part of a total.
        # "Last month" in "the 28th of last month" sums nothing up.
        in_days = frozenset(
            i for d in dates if d.kind is DateKind.DAY for i in range(d.first, d.last)
        )
        cues = Cues(hits, barred={"part": in_dates, "modality": in_dates, "scope": in_days})
        told = roles_of(field, cues, mentions, heard.testimony.sentences)
        return _Roles(told, field, cues, sources)

    def _page(
        self,
        words: Words,
        dates: Sequence[DateMention],
        places: Sequence[Located],
        heard: Heard,
        roles: _Roles,
    ) -> Page:
        sentences, field = heard.testimony.sentences, roles.field
        return Page(
            words,
            sentences,
            roles.cues,
            roles.told,
            roles.no_sources(places),
            dates,
            [c.first for c in heard.testimony.causes],
            and_words=frozenset(words.norms[i] for i in field.ands),
            and_prefixes=field.and_prefixes,
            between=_between(self._language),
            furniture=furniture_in(words, sentences, roles.cues),
            entries=headed_by_places(words, sentences, places),
            is_prompt=self._is_prompt(),
        )

    def _faults(self) -> tuple[Fault, ...]:
        if self._report.published is not None:
            return ()
        message = "no date of publication: relative dates stay open"
        if self._own_day is not None:
            message = f"no date of publication: days count from {self._own_day}, as the text says"
        return (Fault("no_date", message, self._report.id),)


def _between(language: Language) -> frozenset[str]:
    """The words for "between", before two numbers as before two places."""
    phrases = language.table("numbers").get("range", {}).get("between", ())
    return frozenset(fold(phrase) for phrase in phrases)


@dataclass(frozen=True, slots=True)
class _Roles:
    """The numbers of people with their roles, and what they were told by."""

    told: Sequence[Told]
    field: Field
    cues: Cues
    sources: frozenset[int]  # the tokens that name who speaks

    def no_sources(self, places: Sequence[Located]) -> list[Located]:
        """The places that are no part of the name of who speaks."""
        return [p for p in places if not all(i in self.sources for i in range(p.first, p.last))]


def _everything(
    words: Words,
    dates: Sequence[DateMention],
    places: Sequence[Located],
    numbers: Sequence[Numeral],
) -> list[LabelledSpan]:
    found = [LabelledSpan(words.span(d.first, d.last), Label.DATE) for d in dates]
    found += [LabelledSpan(p.mention.inner or p.mention.span, Label.PLACE) for p in places]
    found += [LabelledSpan(words.span(*n.core), Label.COUNT, (), n.count) for n in numbers]
    return found
