"""The reader: from one report to what it says, with the words that say it. Pure and offline."""

from __future__ import annotations

from bilan.core.claims.account import Label, LabelledSpan, Reading
from bilan.core.claims.assemble import Heard, draft, spans_of, with_shared_tolls
from bilan.core.claims.cues import Cues
from bilan.core.claims.dates import dates_in
from bilan.core.claims.harm import Field, harm_words
from bilan.core.claims.language import Language, known_languages, load_language
from bilan.core.claims.numbers import Numeral, numerals
from bilan.core.claims.people import mentions_in
from bilan.core.claims.roles import told
from bilan.core.claims.scenes import Page, Scene, located, scenes_of
from bilan.core.claims.sentences import sentences_of
from bilan.core.claims.tokens import Words, words_of
from bilan.core.values import Fault, PlaceFinder, Report

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
        dates = dates_in(words, hits, language, report.published)
        numbers = numerals(words, hits, language, dated=[(d.first, d.last) for d in dates])
        places = located(words, self._places.places_in(report.text, lang=report.lang))
        sentences = sentences_of(words)
        taken = frozenset(i for d in dates for i in range(d.first, d.last)) | frozenset(
            i for p in places for i in range(p.first, p.last)
        )
        mentions = mentions_in(words, hits, numbers, language, taken=taken)
        field = Field(words, hits, mentions, harm_words(hits), language)
        cues = Cues(hits)
        causes = [(h.first, h.last) for h in hits if h.category == "cause"]
        page = Page(
            words,
            sentences,
            cues,
            told(field, cues, mentions, sentences),
            places,
            dates,
            causes,
            and_words=frozenset(
                words.norms[h.first] for h in hits if h.category == "link" and h.key == "and"
            ),
            and_prefixes=field.and_prefixes,
        )
        scenes = [s for s in scenes_of(page) if s.tells_harm or s.causes]
        drafts = [draft(scene, page, Heard()) for scene in scenes]
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


def _everything(page: Page, numbers: list[Numeral]) -> list[LabelledSpan]:
    words: Words = page.words
    found = [LabelledSpan(words.span(d.first, d.last), Label.DATE) for d in page.dates]
    found += [LabelledSpan(p.mention.span, Label.PLACE) for p in page.places]
    found += [LabelledSpan(words.span(*n.core), Label.COUNT, (), n.count) for n in numbers]
    return found


__all__ = ["READER_VERSION", "Scene", "read"]
