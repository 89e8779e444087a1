"""A corpus with known copies, and the contest about it (G5): text to origin clusters.

A quarter of the texts are copies of an earlier one, changed as newsrooms change what they take
over. Synthetic, the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.speed.contest import cpu_seconds
from benchmarks.speed.goals import Result
from benchmarks.speed.news import stream
from benchmarks.speed.peers import peer
from bilan.engines.copies import text_clusters

TEXTS = 3_000
COPIED = 0.25  # share of copies; registers of news count 20 to 25 % (field, 2.1)
SEED = 7
RECALL = 0.98  # of the known copies that have to be found
_MINIMUM_WORDS = 3  # rensa's documentation joins three words to one feature


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts, and for each the number of the text that it copies in the end (itself if none)."""

    texts: tuple[str, ...]
    first: tuple[int, ...]
    how: tuple[str, ...]


def corpus(count: int = TEXTS, *, seed: int = SEED) -> Corpus:
    """`count` texts in the order of publication."""
    chance = Random(seed)  # noqa: S311 - a reproducible corpus, no secret
    own = (report.text for report in stream(count, relevant=0.3, seed=seed))
    texts: list[str] = []
    first: list[int] = []
    how: list[str] = []
    for number in range(count):
        if number and chance.random() < COPIED:
            model = chance.randrange(number)
            kind = chance.choice(list(CHANGES))
            texts.append(CHANGES[kind](texts[model], chance))
            first.append(first[model])
            how.append(kind if how[model] in ("own", "same words") else "copy of a changed copy")
        else:
            texts.append(f"{next(own)}\n{FOOTERS[number % len(FOOTERS)]}")
            first.append(number)
            how.append("own")
    return Corpus(tuple(texts), tuple(first), tuple(how))


# What stands under every page of a publisher, and makes no copy.
FOOTERS = tuple(
    f"{name} keeps its readers informed every day of the week. Subscribe to the newsletter of "
    f"{name}, follow us on all networks, and write to the editors. All rights reserved by {name}."
    for name in ("The Northern Courier", "Agence du Levant", "Evening Post of the Port", "Vestnik")
)


def _same(text: str, _: Random) -> str:
    return f"Taken over from a partner\n{' '.join(text.split())}"


def _edited(text: str, chance: Random) -> str:
    """Every thirtieth word another one, here and there a line break."""
    return " ".join("instead" if chance.random() < 1 / 30 else w for w in text.split())


def _shortened(text: str, chance: Random) -> str:
    lines = text.split(". ")
    return ". ".join(line for line in lines if chance.random() < 0.7)


def _excerpt(text: str, _: Random) -> str:
    return f"From our partners. {text[: len(text) // 2]}"


def _embedded(text: str, chance: Random) -> str:
    """In a longer text of its own."""
    (other,) = (r.text for r in stream(1, relevant=0.0, seed=chance.randrange(1 << 30)))
    return f"{other[: len(other) // 2]}\n{text}"


CHANGES = {
    "same words": _same,
    "edited": _edited,
    "shortened": _shortened,
    "excerpt": _excerpt,
    "embedded": _embedded,
}


@dataclass(frozen=True, slots=True)
class Quality:
    """Of the copies, how many stand with what they copy; of the pairs made, how many are right."""

    recall: float
    precision: float
    missed: dict[str, int]


def quality(found: Sequence[int], known: Corpus) -> Quality:
    """How right a clustering is."""
    copies = [n for n, first in enumerate(known.first) if first != n]
    missed: dict[str, int] = {}
    for n in copies:
        if found[n] != found[known.first[n]]:
            missed[known.how[n]] = missed.get(known.how[n], 0) + 1
    tied = [n for n, first in enumerate(found) if first != n]
    right = sum(known.first[n] == known.first[found[n]] for n in tied)
    recall = 1 - sum(missed.values()) / max(1, len(copies))
    return Quality(recall, right / max(1, len(tied)), missed)


def origins() -> Iterator[Result]:
    """G5: origin clusters of a corpus with known copies, against rensa with its index."""
    known = corpus()
    found = text_clusters(known.texts)
    measured = quality(found, known)
    missed = ", ".join(f"{kind} {count}" for kind, count in sorted(measured.missed.items()))
    said = f"precision {measured.precision:.3f}; missed: {missed or 'none'}"
    yield Result("G5", "known copies", said, measured.recall, RECALL, more_is_better=True)
    rensa = peer("rensa")
    if rensa is None:
        yield Result("G5", "origin clusters", "not held: rensa is not here")
        return
    theirs = quality(_rensa(rensa, known.texts), known)
    taken = cpu_seconds(
        {
            "bilan": lambda: text_clusters(known.texts),
            "rensa": lambda: _rensa(rensa, known.texts),
        }
    )
    ours = taken["bilan"] / len(known.texts) * 1e6
    said = f"{ours:.0f} us a text; rensa {taken['rensa'] / len(known.texts) * 1e6:.0f}, its recall "
    said += f"{theirs.recall:.3f}, precision {theirs.precision:.3f}"
    yield Result("G5", "origin clusters", said, taken["bilan"] / taken["rensa"], 0.5)


def _rensa(rensa: Any, texts: Sequence[str]) -> list[int]:
    """As its documentation shows it, shingles of three words, candidates checked by estimate."""
    index = rensa.RMinHashLSH(threshold=0.4, num_perm=128, num_bands=32)
    first: list[int] = []
    hashes: list[Any] = []
    for number, text in enumerate(texts):
        words = text.split()
        features = [
            " ".join(words[i : i + _MINIMUM_WORDS]) for i in range(len(words) - _MINIMUM_WORDS + 1)
        ]
        made = rensa.RMinHash(num_perm=128, seed=42)
        made.update(features)
        near = [(made.jaccard(hashes[m]), -m) for m in index.query(made)]
        best = max(near, default=(0.0, 0))
        first.append(first[-best[1]] if best[0] >= RENSA_SHARE else number)
        index.insert(number, made)
        hashes.append(made)
    return first


RENSA_SHARE = 0.35  # of both texts together: what half of the shorter text comes to, near enough
