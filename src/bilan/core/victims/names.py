"""Names as they are heard: tokens, and for each the consonants that every script writes.

محمد, Mohammed, Muhammad and Мухаммед are one sequence of consonants. Vowels are not compared, as
half of the scripts do not write them, so a likeness is a reason to ask a person, never a finding.
Letters and particles are data (`scripts.toml`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bilan.core.errors import DataError

_NEAR_COST = 0.4  # of one consonant for another that spellings mix up; 1 for any other
_SHORTEST = 3  # letters that must remain after a written-on article is taken off
_WORDS = re.compile(r"[^\W\d_]+(?:['’`ʿʾ][^\W\d_]+)*")
_MARKS = re.compile(r"['’`ʿʾـ]")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: `parts` as heard (consonants), in order; `kunya` after "father of"."""

    parts: tuple[str, ...]
    kunya: str | None = None


@dataclass(frozen=True, slots=True)
class _Scripts:
    classes: Mapping[str, str]
    near: frozenset[frozenset[str]]
    endings: tuple[str, ...]
    dropped: frozenset[str]
    article: tuple[str, ...]
    father_of: frozenset[str]
    servant: frozenset[str]
    servant_joined: tuple[str, ...]


@cache
def _scripts() -> _Scripts:
    source = (files("bilan.core.victims") / "scripts.toml").read_text(encoding="utf-8")
    try:
        data = tomllib.loads(source)
        words = data["particles"]
        return _Scripts(
            data["classes"],
            frozenset(frozenset(pair) for pair in data["near"]["pairs"]),
            tuple(data["weak"]["endings"]),
            frozenset(words["dropped"]),
            tuple(words["article"]),
            frozenset(words["father_of"]),
            frozenset(words["servant"]),
            tuple(words["servant_joined"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(f"scripts.toml: {error!r}") from error


def name_of(written: str) -> Name:
    """A written name, in any of the scripts of `scripts.toml`, as it is heard.

    "Abu X" is a kunya and no part of the name; "Abd al-X" is one part; articles and "son of" are
    dropped. A name of which nothing is heard has no parts.
    """
    words = [_fold(word) for word in _WORDS.findall(_unjoined(written))]
    kunya, rest = _without_kunya([w for w in words if w])
    named = [w for w in _servants(rest) if w not in _scripts().dropped]
    heard = [(heard_in(w), w) for w in (_without_article(w) for w in named)]
    return Name(tuple(h or w[0] for h, w in heard if h or len(w) > 1), kunya)


def _unjoined(written: str) -> str:
    return unicodedata.normalize("NFKC", written).replace("-", " ")


def _fold(word: str) -> str:
    """Lower case, without accents, vowel signs and apostrophes; alef and ya in one form."""
    plain = unicodedata.normalize("NFD", _MARKS.sub("", word.casefold()))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


def _without_kunya(words: list[str]) -> tuple[str | None, list[str]]:
    scripts = _scripts()
    for at, word in enumerate(words[:-1]):
        if word in scripts.father_of:
            owner = next(
                (i for i in range(at + 1, len(words)) if words[i] not in scripts.dropped), at
            )
            return heard_in(_without_article(words[owner])), words[:at] + words[owner + 1 :]
    return None, words


def _servants(words: Sequence[str]) -> list[str]:
    """ "Abd al-Rahman", "Abdulrahman" and "Abdul Rahman" as one word each."""
    scripts, made, at = _scripts(), [], 0
    while at < len(words):
        word = words[at]
        if word in scripts.servant and at + 1 < len(words):
            at += 1
            while words[at] in scripts.dropped and at + 1 < len(words):
                at += 1
            made.append("abd" + _without_article(words[at]))
        else:
            made.append(_joined_servant(word))
        at += 1
    return made


def _joined_servant(word: str) -> str:
    """ "Abdulrahman", "Abderrahmane", عبدالرحمن: the article between is not heard."""
    for head in _scripts().servant_joined:
        rest = word.removeprefix(head)
        if rest != word and len(rest) > _SHORTEST:
            bare = re.sub(r"^(?:ال|[aeiouаеэуи]?(?:[lл]|(\w)(?=\1)))", "", rest)
            return "abd" + (bare or rest)
    return word


def _without_article(word: str) -> str:
    for article in _scripts().article:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            return word.removeprefix(article)
    return word


@lru_cache(maxsize=200_000)
def heard_in(word: str) -> str:
    """The consonant classes of one folded word: doubled ones once, weak endings dropped."""
    classes = _scripts().classes
    heard: list[str] = []
    at = 0
    while at < len(word):
        spelling = next(
            (word[at : at + n] for n in (3, 2, 1) if word[at : at + n] in classes), None
        )
        sound = classes[spelling] if spelling else ""
        if sound and (not heard or heard[-1] != sound):
            heard.append(sound)
        at += len(spelling) if spelling else 1
    while len(heard) > 1 and heard[-1] in _scripts().endings:
        heard.pop()
    return "".join(heard)


@lru_cache(maxsize=400_000)
def likeness(one: str, other: str) -> float:
    """How alike two parts are heard, 0 to 1: one less the cost of changing one into the other."""
    if one == other:
        return 1.0
    longest = max(len(one), len(other))
    return max(0.0, 1.0 - _cost(one, other) / longest) if longest else 0.0


def _cost(one: str, other: str) -> float:
    near = _scripts().near
    row = [float(n) for n in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], float(i)
        for j, b in enumerate(other, 1):
            swap = 0.0 if a == b else _NEAR_COST if frozenset((a, b)) in near else 1.0
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + swap)
    return row[-1]


@lru_cache(maxsize=200_000)
def coarse(heard: str) -> str:
    """A part with the consonants that spellings mix up as one: candidates lie under it."""
    return heard.translate(_coarse_table())


@cache
def _coarse_table() -> dict[int, str]:
    leader: dict[str, str] = {}
    for pair in _scripts().near:
        one, other = sorted(_led(leader, c) for c in pair)
        leader[other] = one
    return {ord(c): _led(leader, c) for pair in _scripts().near for c in pair}


def _led(leader: Mapping[str, str], sound: str) -> str:
    while leader.get(sound, sound) != sound:
        sound = leader[sound]
    return sound
