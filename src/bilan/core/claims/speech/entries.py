"""A party's document split into its entries: many allegations, each with a head and a finding.

Armed forces publish what they found as lists: a number, the day, the place, the country, who
brought the allegation, then the reason. A heading may say of a whole list what was found. Dates and
places are taken from the head alone, for the reason may name others (an earlier report, a base).
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.tokens import words_of
from bilan.core.frozen import dataclass
from bilan.core.values import Report, Span, When

_LONGEST_PLACE = 120  # characters of a place phrase: "near the X neighborhood, town, country"
_LONGEST_SOURCE = 110  # characters: "Airwars report (previously closed, but reopened)"
_CENTURY = 2000  # of years written with two digits: armed forces write "27 MAY 18"


class Section(StrEnum):
    """What a heading, or an entry's own words, say that a case came to."""

    CREDIBLE = "credible"
    NOT_CREDIBLE = "not_credible"
    DUPLICATE = "duplicate"
    OPEN = "open"
    REOPENED = "reopened"


class Brought(StrEnum):
    """How those who brought an allegation know of it."""

    OWN = "own"  # the force's own crews or analysts
    VISITED = "visited"  # people who went to the place and give its exact spot
    READ = "read"  # people who read what others told


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its span with the head, what the head says, and the heading above it.

    `day` are the words of `when`; `place` those of the place, `places` its parts, the nearest first
    and the country last; `via` are the words of who brought the allegation, None where the head
    does not say.
    """

    span: Span
    head: Span
    when: When
    day: Span
    place: Span
    places: tuple[str, ...]
    via: Span | None = None
    section: Section | None = None


@cache
def wordings(lang: str) -> Mapping[str, Any]:
    """How armed forces word findings in a language; empty where nothing is known of it."""
    source = (files("bilan.core.claims.speech") / "findings.toml").read_text(encoding="utf-8")
    table: Mapping[str, Any] = tomllib.loads(source).get(lang, {})
    return table


def entries_in(text: str, lang: str) -> tuple[Entry, ...]:
    """The entries of a document in their order; none where no line begins like one."""
    if lang not in known_languages() or not wordings(lang):
        return ()
    grammar = _grammar(lang)
    heads = [m for m in grammar.head.finditer(text) if grammar.day(m) is not None]
    titles = list(grammar.title.finditer(text))
    found = []
    for head in heads:
        ends = [m.start() for m in (*titles, *heads) if m.start() >= head.end()]
        end = _end_of(text, head.end(), min(ends, default=len(text)))
        found.append(_entry(grammar, head, end, _title_above(head, titles)))
    return tuple(found)


def brought_by(entry: Entry, report: Report) -> Brought | None:
    """How those who brought the allegation know of it; None where no known source is named."""
    if entry.via is None:
        return None
    sources, words = wordings(report.lang).get("sources", {}), entry.via.of(report.text)
    for key in Brought:
        if re.search(rf"\b(?:{any_of(sources[key])})\b", words, re.IGNORECASE):
            return key
    return None


def _title_above(head: re.Match[str], titles: Iterable[re.Match[str]]) -> Section | None:
    above = [m for m in titles if m.end() <= head.start()]
    return _section(above[-1]) if above else None


def _section(title: re.Match[str]) -> Section | None:
    return Section(title.lastgroup) if title.lastgroup else None


def _end_of(text: str, start: int, limit: int) -> int:
    """Where an entry ends: at a blank line after its first words, else where the next begins."""
    for gap in _BLANK_LINE.finditer(text, start, limit):
        if text[start : gap.start()].strip():
            return gap.start()
    return start + len(text[start:limit].rstrip())


_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def _entry(grammar: _Grammar, head: re.Match[str], end: int, section: Section | None) -> Entry:
    when = grammar.day(head)
    if when is None:
        raise ValueError(f"no head of an entry: {head.group()!r}")
    start = head.start("day")
    via = Span(*head.span("via")) if head["via"] else None
    return Entry(
        span=Span(start, max(end, head.end())),
        head=Span(start, start + len(head.string[start : head.end()].rstrip(" \t:."))),
        when=when,
        day=Span(*head.span("day")),
        place=Span(*head.span("place")),
        places=tuple(grammar.parts(head["place"])),
        via=via,
        section=section,
    )


class _Grammar:
    """The patterns of one language: heads of entries and headings of lists."""

    def __init__(self, lang: str) -> None:
        words = wordings(lang)
        self._lang, month = lang, r"[^\W\d_]{3,10}"
        near, via = any_of(words["near"]), any_of(words["via"])
        self._and = re.compile(rf"\s(?:{any_of(words['and'])})\s", re.IGNORECASE)
        day = (
            rf"(?P<m1>{month})[.,]?\s(?P<d1>\d{{1,2}})"
            rf"(?:\s?[-–]\s?(?:(?P<m3>{month})\.?\s)?(?P<d3>\d{{1,2}}))?,?\s(?P<y1>\d{{4}})"
            rf"|(?P<d2>\d{{1,2}})\s(?P<m2>{month})\.?,?\s(?P<y2>\d{{4}}|\d{{2}})"
        )
        # Either the source or a colon ends a head, or its first part is "near a place": without one
        # of these a line that begins with a date is a sentence like any other.
        place = rf"(?P<place>[^\n.:;](?:[^\n.:;]|\n(?!\s*\n)){{1,{_LONGEST_PLACE}}}?)"
        source = rf"(?:,?\s+(?:{via})\s+(?P<via>[^.:;]{{2,{_LONGEST_SOURCE}}}?))"
        row = rf"(?=,\s(?:[\w ]{{1,20}},\s)?\d+\s(?:{any_of(words['row'])})\b)"
        follows = rf"(?(near)\s*[.:]|\s*:)|(?(near),?\s+(?=(?:{any_of(words['after'])})\b)|(?!))"
        self.head = re.compile(
            rf"^[ \t\"“'.]*(?:\(?\d{{1,4}}\s?[.)]+\s*)?(?:(?:{any_of(words['on'])})\s)?"
            rf"(?P<day>{day})[,:]?\s+(?:(?P<near>{near})\s+)?{place}"
            rf"(?:{source}\s*[.:]|(?<=[\w)])(?:{follows})|{row})",
            re.IGNORECASE | re.MULTILINE,
        )
        sections = words["sections"]
        self.title = re.compile(
            r"^[ \t]*(?:"
            + "|".join(rf"(?P<{key}>{any_of(sections[key])})" for key in sections)
            + r")[ \t]*(?::|\(|$)",
            re.IGNORECASE | re.MULTILINE,
        )

    def day(self, head: re.Match[str]) -> When | None:
        """The day of a head, or its days; None for what no calendar has."""
        form = "1" if head["d1"] else "2"
        first = _month(head["m" + form], self._lang)
        last = _month(head["m3"], self._lang) if head["m3"] else first
        if first is None or last is None:
            return None
        year, day = int(head["y" + form]), int(head["d" + form])
        year += _CENTURY if len(head["y" + form]) == len("18") else 0
        return _days(year, first, day, last, int(head["d3"] or day))

    def parts(self, place: str) -> Iterator[str]:
        """The parts of a place phrase, the nearest first; two places named together are two."""
        for part in re.split(r"[,(),]", " ".join(place.split())):
            yield from (name for one in self._and.split(part) if (name := one.strip(" '’\"")))


def _days(year: int, first: int, day: int, last: int, until: int) -> When | None:
    if not (1 <= day <= monthrange(year, first)[1] and 1 <= until <= monthrange(year, last)[1]):
        return None
    start, end = date(year, first, day), date(year, last, until)
    return When(start, end) if start <= end else None


@cache
def _grammar(lang: str) -> _Grammar:
    return _Grammar(lang)


@cache
def _month(name: str, lang: str) -> int | None:
    """The number of a month of the usual calendar by its name, as the language's dates have it."""
    hits = load_language(lang).lexicon.find(words_of(name))
    keys = (h.key.rstrip("?") for h in hits if h.category == "month")
    return next((int(key[1:]) for key in keys if key.startswith("g")), None)


def any_of(phrases: Iterable[str]) -> str:
    """A pattern of any of some phrases, the longest first; "-" and a blank are one."""
    ordered = sorted(phrases, key=lambda p: (-len(p), p))
    return "|".join(re.escape(p).replace(r"\ ", r"[\s\-–]+") for p in ordered)
