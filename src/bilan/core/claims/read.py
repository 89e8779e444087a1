"""The reader: from one report to what it says, with the words that say it. Pure and offline."""

from __future__ import annotations

from collections import Counter

from bilan.core.claims.account import Label, LabelledSpan, Reading
from bilan.core.claims.amounts import amounts
from bilan.core.claims.assemble import draft, spans_of, with_shared_tolls
from bilan.core.claims.blame import party_mentions
from bilan.core.claims.cues import Cues
from bilan.core.claims.dates import dates_in
from bilan.core.claims.found import Found
from bilan.core.claims.harm import Field, harm_words
from bilan.core.claims.hearing import Heard
from bilan.core.claims.language import Language, known_languages, load_language
from bilan.core.claims.lexicon import Hit
from bilan.core.claims.marks import Marks
from bilan.core.claims.numbers import Numeral, numerals
from bilan.core.claims.parties import Setting
from bilan.core.claims.people import mentions_in
from bilan.core.claims.roles import told
from bilan.core.claims.scenes import Located, Page, Scene, located, scenes_of
from bilan.core.claims.sentences import clauses_of, quotations_of, sentences_of
from bilan.core.claims.speech import attributions
from bilan.core.claims.stances import statements_in
from bilan.core.claims.tokens import Words, words_of
from bilan.core.values import Cause, Fault, PlaceFinder, Report

READER_VERSION = "rules-1"


def read(
    report: Report, places: PlaceFinder, *, scope: str = "conflict", spans: str = "labelled"
) -> Reading:
    """What a report says: relevance, accounts, spans, and the faults met.

    `scope` "any" reads every violent event, "conflict" only harm in armed conflicts. `spans` "all"
    lists every date, place and number too. Never raises on any text; linear in its length.
    """
    version = f"{READER_VERSION} {places.version}"
    if report.lang not in known_languages():
        fault = Fault("no_reader", f"no reader for {report.lang}", report.id)
        return Reading(
            report.id, report.lang, report.published, False, faults=(fault,), reader=version
        )
    return _Reader(report, load_language(report.lang), places, scope, spans, version).reading()


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
        self._scope, self._spans, self._version = scope, spans, version

    def reading(self) -> Reading:
        report, language = self._report, self._language
        words = words_of(report.text)
        hits = language.lexicon.find(words)
        found = Found(hits)
        bare = amounts(words, found, language)
        dates = dates_in(words, found, language, report.published, numbers=bare)
        dated = [(d.first, d.last) for d in dates]
        numbers = numerals(words, found, language, dated=dated, numbers=bare)
        places = located(words, self._places.places_in(report.text, lang=report.lang))
        sentences = sentences_of(words)
        heard = self._heard(words, hits, sentences, places)
        taken = heard.source_tokens() | {i for d in dates for i in range(d.first, d.last)}
        taken |= {i for p in places for i in range(p.first, p.last)}
        mentions = mentions_in(words, hits, numbers, language, taken=taken)
        field = Field(
            words, hits, mentions, harm_words(hits), language, silent=heard.silent_tokens(words)
        )
        in_dates = {i for d in dates for i in range(d.first, d.last)}
        cues = Cues([h for h in hits if h.first not in in_dates or h.category != "part"])
        page = Page(
            words,
            sentences,
            cues,
            told(field, cues, mentions, sentences),
            [p for p in places if not taken_by_source(p, heard)],
            dates,
            _causes(hits),
            and_words=frozenset(words.norms[i] for i in field.ands),
            and_prefixes=field.and_prefixes,
        )
        scenes = [s for s in scenes_of(page) if s.is_told]
        drafts = [draft(scene, page, heard) for scene in scenes]
        accounts = with_shared_tolls(drafts, page)
        owners, at = [], 0
        for made in drafts:
            size = 2 if at < len(accounts) and accounts[at].shared_toll is not None else 1
            owners.append(tuple(range(at, at + size)))
            at += size
        labelled = spans_of(drafts, page, owners)
        if self._spans == "all":
            labelled = labelled + _everything(page, numbers)
        faults = []
        if report.published is None:
            faults.append(
                Fault("no_date", "no date of publication: relative dates stay open", report.id)
            )
        return Reading(
            report.id,
            report.lang,
            report.published,
            bool(accounts),
            tuple(accounts),
            tuple(labelled),
            tuple(faults),
            self._version,
        )

    def _heard(
        self,
        words: Words,
        hits: list[Hit],
        sentences: list[tuple[int, int]],
        places: list[Located],
    ) -> Heard:
        report, language = self._report, self._language
        marks = Marks(words, hits)
        clauses = clauses_of(words, hits, language)
        quotations = quotations_of(words)
        countries = Counter(p.place.country for p in places if p.place.country)
        setting = Setting(
            tuple(country for country, _ in countries.most_common()),
            report.published.year if report.published else None,
            report.publisher,
        )
        parties = party_mentions(marks, clauses, language, setting)
        sources = attributions(
            marks, clauses, quotations, language, parties, publisher=report.publisher
        )
        said = statements_in(
            marks, clauses, quotations, parties, sources, publisher=report.publisher.party
        )
        return Heard([first for first, _ in sentences], parties, sources, said)


def taken_by_source(place: Located, heard: Heard) -> bool:
    """Whether a place only says where a source is: "a hospital in Gaza"."""
    tokens = heard.source_tokens()
    return all(i in tokens for i in range(place.first, place.last))


def _causes(hits: list[Hit]) -> list[tuple[int, int, Cause]]:
    return [
        (h.first, h.last, Cause(h.key) if h.key in set(Cause) else Cause.UNKNOWN)
        for h in hits
        if h.category == "cause"
    ]


def _everything(page: Page, numbers: list[Numeral]) -> list[LabelledSpan]:
    words: Words = page.words
    found = [LabelledSpan(words.span(d.first, d.last), Label.DATE) for d in page.dates]
    found += [LabelledSpan(p.mention.span, Label.PLACE) for p in page.places]
    found += [LabelledSpan(words.span(*n.core), Label.COUNT, (), n.count) for n in numbers]
    return found


__all__ = ["READER_VERSION", "Scene", "read"]
