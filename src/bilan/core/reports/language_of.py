"""Which language a text is in: its script first, then its function words and letters.

What tells a language is data: the `[detect]` table of each `claims/languages/<code>.toml`, and
`other_languages.toml` for those that Bilan can name but not read, so that none is guessed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bilan.core.values import Fault

UNKNOWN = "und"
# Characters; the head of a report tells its language: of 2,384 texts of seven sets not one was told
# otherwise by its first 20,000, three were by their first 1,000.
_LOOKED_AT = 2_000
_FEWEST = 3  # words of evidence below which nothing is said
_LEAST_SHARE = 0.12  # of the words; function words make up 20 to 50 % of running text
_FAIR_SHARE = 0.15  # of the letters; below it a script is a quotation or a name
_CLEARLY = 1.15  # how many times more evidence than the next language is clear

# A text with a smaller share of its letters in the script of a language is not written in it.
_OWN_SHARE = 0.5

_NOISE = re.compile(r"https?://\S+|www\.\S+|[@#]\S+|\S+@\S+")
# Joiners stand inside Persian words, so they belong to the word.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u200c])*")


@dataclass(frozen=True, slots=True)
class Profile:
    """By what one language is told: function words, own letters, letters that it never has."""

    code: str
    script: str
    words: frozenset[str]
    letters: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def evidence(self, word: str) -> int:
        """1 where a word speaks for this language, -1 where it speaks against, else 0."""
        if not self.never.isdisjoint(word):
            return -1
        if word in self.words or not self.letters.isdisjoint(word):
            return 1
        if len(word) < 4:
            return 0
        return int(word.startswith(self.beginnings) or word.endswith(self.endings))


def profile_of(code: str, table: dict[str, object]) -> Profile:
    """The profile that a `[detect]` table describes."""

    def listed(name: str) -> list[str]:
        value = table.get(name, [])
        return [_lower(str(part)) for part in value] if isinstance(value, list) else []

    return Profile(
        code=code,
        script=str(table["script"]),
        words=frozenset(listed("words")),
        letters=frozenset(_lower(str(table.get("letters", "")))),
        never=frozenset(_lower(str(table.get("never", "")))),
        beginnings=tuple(listed("beginnings")),
        endings=tuple(listed("endings")),
    )


@cache
def other_languages() -> tuple[Profile, ...]:
    """The languages that Bilan can name but not read."""
    source = files("bilan.core.reports") / "other_languages.toml"
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(profile_of(code, table) for code, table in tables.items())


@cache
def _page_words() -> re.Pattern[str]:
    """What a network prints around a post: lines of its own words, tails of lines, counters."""
    source = files("bilan.core.reports") / "page_words.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    begins, tails = ("|".join(map(re.escape, table[name])) for name in ("lines", "tails"))
    alone = rf"^\W*(?:{begins})\b.{{0,120}}$|{table['counters']}"
    return re.compile(rf"{alone}|(?:{tails}).*$", re.MULTILINE | re.IGNORECASE)


def _lower(text: str) -> str:
    # Turkish capital dotted I lowers to two characters otherwise.
    return unicodedata.normalize("NFC", text).replace("İ", "i").lower()


@cache
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ")[0].split("-")[0].capitalize()
    return "Han" if name in ("Cjk", "Hiragana", "Katakana") else name


def _scripts(text: str) -> list[str]:
    """The scripts of a text in the order in which they are asked.

    Names, links and page furniture in Latin letters surround posts in every other script, the
    reverse is rare: so a script other than Latin goes first once it has a fair share.
    """
    counts: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if letter.isalpha():
            counts[_script(letter)] += times
    fair = _FAIR_SHARE * counts.total()
    return sorted(
        (s for s in counts if counts[s] >= fair), key=lambda s: (s == "Latin", -counts[s])
    )


def language_of(text: str, profiles: Sequence[Profile]) -> str:
    """The code of the language that the words tell; "und" where they are too few or unclear."""
    sample = _NOISE.sub(" ", text[:_LOOKED_AT])
    words = _WORD.findall(_lower(sample))
    told = (
        _in_script([w for w in words if _script(w[0]) == s], [p for p in profiles if p.script == s])
        for s in _scripts(sample)
    )
    return next((code for code in told if code != UNKNOWN), UNKNOWN)


def _in_script(words: list[str], rivals: Sequence[Profile]) -> str:
    if len(rivals) == 1 and not rivals[0].words and len(words) >= _FEWEST:
        return rivals[0].code  # nobody else writes so
    times = Counter(words)
    scores = sorted(
        ((sum(p.evidence(word) * n for word, n in times.items()), p.code) for p in rivals),
        reverse=True,
    )
    if not scores:
        return UNKNOWN
    best, code = scores[0]
    runner_up = max(scores[1][0], 0) if len(scores) > 1 else 0
    clear = best >= _FEWEST and best >= _LEAST_SHARE * len(words) and best >= _CLEARLY * runner_up
    return code if clear else UNKNOWN


def settle_language(
    stated: str, text: str, profiles: Sequence[Profile], *, where: str = ""
) -> tuple[str, Fault | None]:
    """The language to read a text in, and a fault where it is unknown or disagrees with its words.

    What was stated is believed, and the disagreement shown. Only a text that is not written in the
    letters of the stated language is read in the one it is written in: nothing can be read in the
    other (decision 0021).
    """
    told = language_of(text, profiles)
    if stated == UNKNOWN:
        if told == UNKNOWN:
            message = "its language cannot be told: too short, or none that Bilan knows; use --lang"
            return UNKNOWN, Fault("language_unknown", message, where)
        return told, None
    if told in (UNKNOWN, stated):
        return stated, None
    message = f"it is said to be in {stated!r} but its words look like {told!r}"
    if _in_other_letters(stated, told, text, profiles):
        return told, Fault("language_disagrees", f"{message}; it is read as {told!r}", where)
    return stated, Fault("language_disagrees", message, where)


def _in_other_letters(stated: str, told: str, text: str, profiles: Sequence[Profile]) -> bool:
    """Whether a post, without what its page prints around it, is in the letters of `told`."""
    scripts = {profile.code: profile.script for profile in profiles}
    if any(told == other.code for other in other_languages()):
        return False  # nothing would be read in it either
    here, there = scripts.get(stated), scripts.get(told)
    if here is None or there is None or here == there:
        return False
    own = _NOISE.sub(" ", _page_words().sub("", text[:_LOOKED_AT]))
    letters = Counter(_script(letter) for letter in own if letter.isalpha())
    return letters[here] < _OWN_SHARE * (letters[here] + letters[there])
