"""Names as keys: the form by which a place is looked up, and the consonants that remain of it."""

from __future__ import annotations

import re
from functools import lru_cache

from bilan.core.claims.text.tokens import fold

# Signs written within a name for a glottal stop, an ayn or a soft sign: they join, not divide.
APOSTROPHES = "'’‘ʼʿʾ`´ʹʺʻ′ʽ׳"
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200d\u200e\u200f\u00ad"
_JOINERS = re.compile(f"[{APOSTROPHES}\u200d\u200e\u200f\u00ad]")
_PARTS = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*")
_ARTICLES = frozenset(
    [
        "al",
        "el",
        "il",
        "ul",
        "ar",
        "er",
        "ur",
        "as",
        "es",
        "us",
        "ash",
        "esh",
        "ush",
        "at",
        "et",
        "ut",
        "ath",
        "eth",
        "ad",
        "ed",
        "ud",
        "adh",
        "edh",
        "az",
        "ez",
        "uz",
        "an",
        "en",
        "un",
        "аль",
        "эль",
        "ар",
        "эр",
        "ас",
        "эс",
        "аш",
        "эш",
        "ат",
        "эт",
        "ад",
        "эд",
        "аз",
        "эз",
        "ан",
        "эн",
        "ель",
        "ел",
        "ес",
        "ез",
    ]
)
_LATIN_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a", "є": "e",
}  # fmt: skip
_LATIN_ARABIC = {
    "ا": "a", "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "d", "ر": "r", "ز": "z", "ژ": "j", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
    "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ء": "", "ے": "y", "ڤ": "v", "ٹ": "t",
}  # fmt: skip
_LATIN = str.maketrans(_LATIN_CYRILLIC | _LATIN_ARABIC)
# Letters that stand for one sound in different spellings of one name. Order matters: digraphs
# first. w and y fall away because they write vowels as often as consonants.
_SOUNDS = (
    ("tsch", "j"), ("dsch", "j"), ("dzh", "j"), ("sch", "5"), ("tch", "5"), ("kh", "h"),
    ("gh", "g"), ("sh", "5"), ("ch", "5"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("zh", "j"),
    ("ph", "f"), ("q", "k"), ("c", "k"), ("x", "h"), ("v", "b"), ("p", "b"), ("z", "s"),
)  # fmt: skip
_SILENT = re.compile("[aeiouwyàâäéèêëîïôöùûü]")
_DOUBLE = re.compile(r"(.)\1+")
_FEMININE = ("ah", "eh", "at", "et", "ех", "ах")  # Zaydiyah, Maarrat; ة in Arabic
_LEAST_STEM = 3  # letters
_FEWEST_CONSONANTS = 2  # one consonant fits everything


def parts_of(name: str) -> list[str]:
    """The folded words of a name; hyphens divide, apostrophes join."""
    folded = (fold(part) for part in _PARTS.findall(_JOINERS.sub("", name)))
    return [part for part in folded if part]


def key_of(name: str) -> str:
    """The key of a name: its folded words divided by single blanks, "" when nothing remains."""
    return " ".join(parts_of(name))


def country_key(iso: str) -> str:
    """The key under which a gazetteer holds a country by its ISO 3166-1 alpha-2 code."""
    return f"iso {iso.casefold()}"


def is_article(part: str) -> bool:
    """Whether a folded word is the Arabic article as written in Latin or Cyrillic letters."""
    return part in _ARTICLES


def without_article(key: str) -> str | None:
    """The key without a leading Arabic article; None where there is none to take off."""
    first, _, rest = key.partition(" ")
    return rest if rest and first in _ARTICLES else None


@lru_cache(maxsize=1 << 14)
def romanised(key: str) -> str:
    """A key in Latin letters, roughly as read aloud; Latin keys stay as they are."""
    return key.translate(_LATIN)


def _bare(parts: list[str]) -> list[str]:
    """The words without articles and without the feminine ending, which comes and goes in print."""
    kept = [p for p in parts if p not in _ARTICLES] or parts
    words = [p[2:] if p.startswith("ال") and len(p) > 4 else p for p in kept]
    return [word[: _stem(word)] for word in words]


def _stem(word: str) -> int:
    ending = word.endswith("ه") or word.endswith(_FEMININE)
    return len(word) - 1 if ending and len(word) > _LEAST_STEM else len(word)


@lru_cache(maxsize=1 << 14)
def skeleton_of(key: str) -> str | None:
    """The consonants of a key, alike for every script and spelling; None when they are too few.

    "deir ez zor", "dayr az zawr", "дейр эз зор" and "دير الزور" meet in one skeleton.
    """
    sound = romanised(" ".join(_bare(key.split())))
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    sound = _DOUBLE.sub(r"\1", _SILENT.sub("", sound.replace(" ", "")))
    return sound if len(sound) >= _FEWEST_CONSONANTS else None
