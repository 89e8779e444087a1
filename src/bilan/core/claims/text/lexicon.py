"""Phrases as data: finds every phrase of a language's vocabulary in one pass over the words.

A phrase is written as words divided by blanks. `word*` stands for every word that begins so;
`one|other` for either. Phrases are folded like the text, so accents and case need no variants.
A phrase belongs to a category and, within it, to a key:
[lexicon.cause] airstrike = ["air strike*"].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bilan.core.claims.text.tokens import Words, fold, words_of

_KEPT_WRITTEN = 1 << 14  # words of phrases remembered while languages are loaded; about 2 MB
_MEMO_SIZE = 1 << 17  # distinct word forms remembered per language; about 20 MB when full


class Entry(NamedTuple):
    """One phrase of the vocabulary."""

    phrase: str
    category: str
    key: str


class Hit(NamedTuple):
    """One phrase found: tokens [first, last), and what it stands for."""

    first: int
    last: int
    category: str
    key: str


class Hits(list[Hit]):
    """The phrases found in a text, in its order; sorted by category once, when first asked."""

    __slots__ = ("_sorted",)

    def by_category(self) -> Mapping[str, Sequence[Hit]]:
        """The hits of each category, in the order of the text."""
        try:
            return self._sorted
        except AttributeError:
            self._sorted: dict[str, list[Hit]] = _sorted(self)
            return self._sorted


def by_category(hits: Sequence[Hit]) -> Mapping[str, Sequence[Hit]]:
    """Hits by their category, each in the order given."""
    return hits.by_category() if isinstance(hits, Hits) else _sorted(hits)


def _sorted(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        category = hit[2]  # by index: twice as fast as by name
        known = found.get(category)
        if known is None:
            found[category] = [hit]
        else:
            known.append(hit)
    return found


class _Node:
    __slots__ = ("exact", "stem_lengths", "stems", "tags")

    def __init__(self) -> None:
        self.exact: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.stem_lengths: tuple[int, ...] = ()
        self.tags: list[tuple[str, str]] = []

    def children(self, forms: Sequence[str]) -> list[_Node]:
        """The nodes that one of the forms of a word leads to."""
        found = [self.exact[f] for f in forms if f in self.exact]
        stems, longest = self.stems, len(forms[0])  # the other forms lack a particle of the first
        for length in self.stem_lengths:
            if length > longest:
                break
            for form in forms:
                node = stems.get(form[:length])
                if node is not None and len(form) >= length:
                    found.append(node)
        return found


class _Next(dict[str, "_State | None"]):
    """Where each word leads, worked out when it is first met and remembered."""

    __slots__ = ("_state", "_step")

    def __init__(self, state: _State, step: _Step) -> None:
        self._state = state
        self._step = step

    def __missing__(self, norm: str) -> _State | None:
        found = self._step(self._state, norm)
        if len(self) >= _MEMO_SIZE:
            self.clear()
        self[norm] = found
        return found


class _State:
    """Every phrase that goes on from here at once: the nodes reached, and what ends at them."""

    __slots__ = ("alone", "ends", "next", "nodes", "tags")

    def __init__(self, nodes: Sequence[_Node], step: _Step) -> None:
        self.nodes = nodes
        self.next = _Next(self, step)
        self.ends = not any(node.exact or node.stems for node in nodes)
        keys: dict[str, dict[str, None]] = {}
        for node in nodes:
            for category, key in node.tags:
                keys.setdefault(category, {})[key] = None
        self.tags = tuple((category, tuple(found)) for category, found in keys.items())
        self.alone = tuple((category, key) for category, found in self.tags for key in found)


_Step = Callable[[_State, str], _State | None]

# Signs that people write in several ways; a phrase with one is found with any.
_SIGNS = {"'": ("'", "’"), "-": ("-", "–", "—", "‑", "‐")}


def unit_forms(unit: str) -> Iterator[tuple[str, bool]]:
    """The folded forms of one unit of a phrase, and whether each is only a beginning."""
    if unit in _SIGNS:
        yield from ((sign, False) for sign in _SIGNS[unit])
        return
    for choice in unit.split("|"):
        stem = choice.endswith("*")
        bare = choice.rstrip("*")
        yield (fold(bare) or bare), stem


def units_of(phrase: str) -> list[str]:
    """A phrase cut as a text would be cut, so that signs are units of their own."""
    units: list[str] = []
    for written in phrase.split():
        if "*" in written or "|" in written:
            units.append(written)
        else:
            units.extend(_tokens_of(written))
    return units


@lru_cache(maxsize=_KEPT_WRITTEN)
def _tokens_of(written: str) -> tuple[str, ...]:
    """The tokens of a word as written; the phrases of a language share most of their words."""
    if written.isascii() and written.isalpha():
        return (written,)
    words = words_of(written)
    return tuple(words.raw(i) for i in range(len(words)))


class Lexicon:
    """The vocabulary of one language, compiled once."""

    def __init__(
        self, entries: Iterable[Entry], *, prefixes: Sequence[str] = (), shortest_rest: int = 3
    ) -> None:
        """`prefixes` are written-on particles (Arabic و ب ل ال …), tried when a word has them.

        `shortest_rest` is the least number of letters that must remain after taking one off.
        """
        self.entries = tuple(entries)
        self._root = _Node()
        self._prefixes = tuple(fold(p) for p in prefixes)
        self._rest = shortest_rest
        self._forms: dict[str, tuple[str, ...]] = {}
        self._states: dict[tuple[int, ...], _State] = {}
        self._start = _State([self._root], self._step)
        for entry in self.entries:
            self._add(entry)

    def of(self, entries: Iterable[Entry]) -> Lexicon:
        """A smaller vocabulary of the same language: the same particles are taken off."""
        return Lexicon(entries, prefixes=self._prefixes, shortest_rest=self._rest)

    def _add(self, entry: Entry) -> None:
        frontier = [self._root]
        for unit in self._joined(units_of(entry.phrase)):
            frontier = [child for node in frontier for child in self._grow(node, unit)]
        for node in frontier:
            node.tags.append((entry.category, entry.key))

    def _joined(self, units: list[str]) -> list[str]:
        """The units, the first one also with particles where it is too short to take them off.

        "لم" alone is no word to look for in "ولم"; at the head of "لم يعثر على" it is.
        """
        choices = units[0].split("|")
        short = [c for c in choices if not c.endswith("*") and len(fold(c)) < self._rest]
        if len(units) == 1 or units[0] in _SIGNS:
            return units
        return ["|".join([*choices, *(p + c for p in self._prefixes for c in short)]), *units[1:]]

    @staticmethod
    def _grow(node: _Node, unit: str) -> Iterator[_Node]:
        for form, stem in unit_forms(unit):
            table = node.stems if stem else node.exact
            if stem:
                node.stem_lengths = tuple(sorted({*node.stem_lengths, len(form)}))
            yield table.setdefault(form, _Node())

    def forms(self, norm: str) -> tuple[str, ...]:
        """The folded word itself, then the word without each particle that it may carry."""
        if not norm.startswith(self._prefixes):
            return (norm,)
        known = self._forms.get(norm)
        if known is None:
            rest = [norm]
            for prefix in self._prefixes:
                if norm.startswith(prefix) and len(norm) - len(prefix) >= self._rest:
                    rest.append(norm[len(prefix) :])
            known = tuple(rest)
            if len(self._forms) < _MEMO_SIZE:
                self._forms[norm] = known
        return known

    def _step(self, state: _State, norm: str) -> _State | None:
        """Where a word leads from a state; None where no phrase goes on with it."""
        forms = self.forms(norm)
        nodes = [child for node in state.nodes for child in node.children(forms)]
        if not nodes:
            return None
        key = tuple(map(id, nodes))
        known = self._states.get(key)
        if known is None:
            known = self._states[key] = _State(nodes, self._step)
        return known

    def find(self, words: Words) -> Hits:
        """Every phrase found, in text order; of one category the longest, none inside another."""
        return self.find_among(words.norms)

    def find_among(self, norms: Sequence[str]) -> Hits:
        """The same, by the folded forms of the words of a text."""
        hits = Hits()
        reached: dict[str, int] = {}  # by category the end of the last phrase of several words
        behind = 0  # the farthest of them
        starts, add, after = self._start.next, hits.append, reached.get
        firsts = [(i, state) for i, norm in enumerate(norms) if (state := starts[norm])]
        size = len(norms)
        for i, state in firsts:
            if state.ends or i + 1 == size or state.next[norms[i + 1]] is None:
                # No phrase goes on: most words that are found stand alone.
                for category, key in state.alone:
                    if i >= behind or i >= after(category, 0):
                        add(_new(Hit, (i, i + 1, category, key)))
                continue
            for category, (last, keys) in _longest(norms, i, state).items():
                if last > after(category, 0):
                    reached[category] = last
                    behind = max(behind, last)
                    for key in keys:
                        add(_new(Hit, (i, last, category, key)))
        return hits


# A named tuple's own constructor takes twice as long, and a page has a thousand hits.
_new: Callable[[type[Hit], tuple[int, int, str, str]], Hit] = tuple.__new__


def _longest(
    norms: Sequence[str], i: int, state: _State | None
) -> dict[str, tuple[int, tuple[str, ...]]]:
    """By category the end and the keys of the longest phrase that begins at token `i`."""
    best: dict[str, tuple[int, tuple[str, ...]]] = {}
    last = i + 1
    while state is not None:
        for category, keys in state.tags:
            best[category] = (last, keys)
        if state.ends or last >= len(norms):
            break
        state = state.next[norms[last]]
        last += 1
    return best
