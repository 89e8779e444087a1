"""A stream of synthetic news, the same for the same seed: for speed alone, never for being right.

Document lengths, the share of relevant ones and the growth of the vocabulary are those of ordinary
news; the sentences are our own (`news.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from bilan.core.values import Report

_DATA = tomllib.loads(Path(__file__).with_name("news.toml").read_text(encoding="utf-8"))
LANGUAGES = tuple(code for code in _DATA if code != "words")
RELEVANT = 0.05  # share of a mixed stream that tells of harm in armed conflict
_NEAR = 0.25  # share of ordinary documents in which one sentence in eight speaks of violence
_VOCABULARY = 20_000  # invented words a language; drawn by Zipf's law, as words of news are
_CHARACTERS = 4_800  # a document's length, with a third more or less


class _Writer:
    """Writes documents of one language."""

    def __init__(self, code: str, chance: Random) -> None:
        self._data: Mapping[str, Any] = {**_DATA[code], **_DATA["words"][code]}
        self._chance = chance
        self._words = [
            "".join(chance.choices(self._data["syllables"], k=chance.randint(2, 4)))
            for _ in range(_VOCABULARY)
        ]
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))

    def document(self, *, relevant: bool) -> str:
        """A document; a relevant one tells of harm in a third of its sentences."""
        wanted = self._chance.randint(_CHARACTERS * 2 // 3, _CHARACTERS * 4 // 3)
        kinds = [*["plain"] * 7, "near" if self._chance.random() < _NEAR else "plain"]
        kinds += ["harm"] * 4 if relevant else []
        sentences: list[str] = []
        length = 0
        while length < wanted:
            sentence = self._sentence(self._chance.choice(kinds))
            length += len(sentence) + 1
            sentences.append(sentence + ("\n" if self._chance.random() < 0.2 else ""))
        return " ".join(sentences)

    def _sentence(self, kind: str) -> str:
        pattern: str = self._chance.choice(self._data[kind])
        return pattern.format_map(_Slots(self))

    def fill(self, slot: str) -> str:
        """A word for a slot of a sentence."""
        if slot == "word":
            (word,) = self._chance.choices(self._words, cum_weights=self._weights)
            return str(word)
        if slot in _NUMBERS:
            low, high = _NUMBERS[slot]
            return str(self._chance.randint(low, high))
        return str(self._chance.choice(self._data[slot]))


_NUMBERS = {"n": (2, 40), "big": (100, 90_000), "year": (1998, 2024)}


class _Slots(dict[str, str]):
    """Fills each slot anew each time that it is asked for."""

    def __init__(self, writer: _Writer) -> None:
        super().__init__()
        self._writer = writer

    def __missing__(self, slot: str) -> str:
        return self._writer.fill(slot)


def stream(count: int, *, relevant: float = RELEVANT, seed: int = 20170916) -> Iterator[Report]:
    """`count` reports, the languages in turn; `relevant` is the share that tells of harm."""
    chance = Random(seed)  # noqa: S311 - a reproducible text, no secret
    writers = [(code, _Writer(code, chance)) for code in LANGUAGES]
    for number in range(count):
        code, writer = writers[number % len(writers)]
        text = writer.document(relevant=chance.random() < relevant)
        yield Report(
            id=f"news-{number}", text=text, lang=code, published=date(2024, 3, 12), synthetic=True
        )


def pathological(size: int) -> dict[str, str]:
    """Texts of about `size` characters that have made readers slow, by name.

    Each begins with a sentence of harm, and has one every `_EVERY` characters: a text without any
    is not read at all, and would show nothing.
    """
    plain = " ".join(report.text for report in stream(4, relevant=1.0, seed=1))
    quoted = "« “ „ ' \" ( [ "
    units = {
        "one long document": plain,
        "one line": plain.replace("\n", " "),
        "repeated digits": "7",
        "numbers": "12 340 5 1,200 77 ",
        "numbers of dead": "12 killed, 340 5 1,200 77 ",
        "nested quotes": f"{quoted}they said 3 killed ",
        "no spaces": "threepeoplewerekilledinanairstrike",
        "no spaces, Arabic": "قتلثلاثةاشخاصفيغارةجوية",
        "death after death": "killed ",
        "dead and hurt": "civilians killed and injured ",
        "nobody killed": "not 5 people killed ",
        "dates": "on 3 March 2017 and on Friday ",
        "towns": "Mosul Raqqa Aleppo Kharkiv Taiz ",
        "combining marks": "a\u0301\u0327\u0308 ",
        "commas": "three killed, ",
        "line breaks": "killed\n",
        "blanks": " ",
        "blank lines": "killed\n \n",
    }
    return {kind: _told(kind, unit, size) for kind, unit in units.items()}


_HARM = "An air strike killed three civilians in Raqqa on Friday. "
_HARM_ARABIC = "قتلت غارة جوية ثلاثة مدنيين في الرقة يوم الجمعة. "
_EVERY = 100_000


def _told(kind: str, unit: str, size: int) -> str:
    lead = _HARM_ARABIC if "Arabic" in kind else _HARM
    return _long(lead + _long(unit, _EVERY), size)


def _long(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]
