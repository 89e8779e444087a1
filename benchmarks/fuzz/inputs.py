"""From the bytes that a fuzzer turns over to a report: half of them words that reading knows.

The first bytes choose the language, the scope and the day of publication; after them a byte below
128 chooses a phrase (with the byte behind it), any other opens a run of arbitrary characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.values import Report

DAYS = (None, date(2017, 9, 18), date.min, date.max)
_PHRASE_BELOW = 128
_LONGEST_RUN = 8  # characters
_SURROGATES = range(0xD800, 0xE000)  # halves of pairs: no file can hold them
_ODD = (
    "12", "١٢", "۱۲", "१२", "１２", "𝟙𝟚", "1,200", "1.5", "3-4", "9" * 40, "³", "½", "Ⅻ", "0", "00",
    "\u200f", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\u00ad", "\u0301" * 9, "\x00",
    "ـ.ـ", "«", "»", "“", '"', "(", ")", "[", "\n", "\n\n", "\t", ":", ";", "...", "—", "-", "•",
    "31/31/31", "30 February", "99:99", "#_", "@", "https://x.y/z", "İ", "ß", "ﬁ", "ﷺ", "37S DV",
)  # fmt: skip


class Given(NamedTuple):
    """A report to read, and how."""

    report: Report
    scope: str
    spans: str


@cache
def phrases(code: str) -> tuple[str, ...]:
    """Every phrase of a language's vocabulary, in an order that stays, and odd signs between."""
    entries = sorted({entry.phrase for entry in load_language(code).lexicon.entries})
    plain = [phrase.replace("*", "").partition("|")[0] for phrase in entries]
    return (*_ODD, *plain)


def given(data: bytes) -> Given:
    """The report that some bytes stand for; the same bytes, the same report."""
    head, rest = data[:3].ljust(3, b"\0"), data[3:]
    codes = known_languages()
    lang = codes[head[0] % len(codes)]
    text = unicodedata.normalize("NFC", "".join(_pieces(rest, phrases(lang))))
    report = Report("fuzz", text, lang=lang, published=DAYS[head[1] % len(DAYS)])
    return Given(report, "any" if head[2] & 1 else "conflict", "all" if head[2] & 2 else "labelled")


def _pieces(data: bytes, known: tuple[str, ...]) -> Iterator[str]:
    at = 0
    while at + 1 < len(data):
        lead = data[at]
        if lead < _PHRASE_BELOW:
            yield known[(lead << 8 | data[at + 1]) % len(known)]
            yield "" if data[at + 1] % 16 == 0 else " "
            at += 2
            continue
        count = lead % _LONGEST_RUN + 1
        run = data[at + 1 : at + 1 + 2 * count]
        codes = (int.from_bytes(run[i : i + 2], "big") for i in range(0, len(run), 2))
        yield "".join(chr(code) for code in codes if code not in _SURROGATES)
        at += 1 + 2 * count
