"""What the words of a finding come to: credible, not credible, duplicate, open, reopened.

This reads the words of one entry, or of a document about one allegation, as those of the party that
publishes it. Who speaks, and of which strike, is not asked here: see `stances.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bilan.core.claims.speech.entries import Section, any_of, wordings
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words, words_of
from bilan.core.frozen import dataclass
from bilan.core.values import Span

_NEGATED_WITHIN = 45  # characters between "no" and what did not happen: "no civilians were ..."
_OF_STANCES = {
    "finds_not_credible": Section.NOT_CREDIBLE,
    "denies": Section.NOT_CREDIBLE,
    "acknowledges_harm": Section.CREDIBLE,
    "finds_credible": Section.CREDIBLE,
    "opens_inquiry": Section.OPEN,
    "refers": Section.OPEN,
}
_HARMED = frozenset({"killed", "injured", "both"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words come to and where they say it; `reopened`: where they say that the case was
    closed before."""

    outcome: Section
    span: Span
    reopened: Span | None = None


def verdict_in(text: str, lang: str) -> Verdict | None:
    """What a finding comes to in its own words; None where they do not say.

    Both said: the later one holds, for a finding ends with what it found. A duplicate is one
    whatever was found of the first report, and an inquiry is a verdict only where none was reached.
    """
    if lang not in known_languages():
        return None
    plain = unwrapped(text)
    found = sorted(_all(plain, lang), key=lambda f: f[1])
    reopened = next((span for outcome, span in found if outcome is Section.REOPENED), None)
    for wanted in ((Section.DUPLICATE,), (Section.CREDIBLE, Section.NOT_CREDIBLE)):
        reached = [f for f in found if f[0] in wanted]
        if reached:
            return Verdict(*reached[-1], reopened)
    harm = _harm_found(plain, lang)
    if harm is not None:
        return Verdict(Section.CREDIBLE, harm, reopened)
    waiting = next((f for f in found if f[0] is Section.OPEN), None)
    if waiting is None and reopened is not None:
        waiting = (Section.REOPENED, reopened)
    return Verdict(*waiting, reopened) if waiting else None


def unwrapped(text: str) -> str:
    """The text with lines broken to fit a page as one, every offset kept."""
    return _BREAK.sub(" ", text)


_BREAK = re.compile(r"(?<=\S)\r?\n(?=[^\S\n]*\S)")


def _all(text: str, lang: str) -> Iterator[tuple[Section, Span]]:
    for section, pattern in _patterns(lang):
        for match in pattern.finditer(text):
            outcome = section
            if section is Section.CREDIBLE and _negated(text, match.start(), lang):
                outcome = Section.NOT_CREDIBLE
            yield outcome, Span(*match.span())
    words, hits = _heard(text, lang)
    for hit in hits:
        known = _OF_STANCES.get(hit.key) if hit.category == "stance" else None
        if known is not None and not _within(hit, hits):
            yield known, words.span(hit.first, hit.last)


@cache
def _patterns(lang: str) -> tuple[tuple[Section, re.Pattern[str]], ...]:
    phrases = wordings(lang).get("findings", {})
    return tuple(
        (Section(key), re.compile(rf"\b(?:{any_of(phrases[key])})\b", re.IGNORECASE))
        for key in phrases
        if key not in ("not", "than")
    )


@cache
def _negations(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Words that deny what follows in their clause, and phrases in which they deny nothing."""
    words = wordings(lang).get("findings")
    if words is None:
        return None
    denies = re.compile(rf"\b(?:{any_of(words['not'])})\b[^.;:]*$", re.IGNORECASE)
    return denies, re.compile(rf"\b(?:{any_of(words['than'])})\b", re.IGNORECASE)


def _negated(text: str, at: int, lang: str) -> bool:
    known = _negations(lang)
    if known is None:
        return False
    denies, but = known
    return bool(denies.search(but.sub("", text[max(0, at - _NEGATED_WITHIN) : at])))


def _heard(text: str, lang: str) -> tuple[Words, list[Hit]]:
    words = words_of(text)
    return words, list(load_language(lang).lexicon.find(words))


def _within(hit: Hit, hits: list[Hit]) -> bool:
    """Whether a longer phrase of findings holds this one: "credible" in "not credible"."""
    return any(
        h.category == "stance"
        and h.first <= hit.first
        and h.last >= hit.last
        and h.last - h.first > hit.last - hit.first
        for h in hits
    )


def _harm_found(text: str, lang: str) -> Span | None:
    """Harm that an examination found, or that is told with regret; None where it is denied."""
    words, hits = _heard(text, lang)
    by = next((h for h in hits if h.category == "stance" and h.key in ("examined", "regret")), None)
    if by is None:
        return None
    for hit in hits:
        harmed = hit.category == "harm" and hit.key.split("_")[0] in _HARMED
        if harmed and not _negated(text, words.starts[hit.first], lang):
            return words.span(hit.first, hit.last)
    return None
