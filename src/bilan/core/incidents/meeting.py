"""Who meets whom: things, by number, found under the keys of the tellings that stand for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bilan.core.incidents.search import search_keys
from bilan.core.incidents.telling import Telling

LEAST_WORDS = 2  # rarer words by which two texts meet; one may be chance
WORDY = "rRw"  # how keys begin that stand for words: rarer ones, those with the place, copied ones
MOST_MET = 300  # things under one word, beyond which it is no key


class Meeting:
    """Things posted under the keys of tellings, and found by the keys of others."""

    def __init__(self) -> None:
        self._posted: dict[str, dict[int, None]] = {}
        self._asked: dict[str, dict[int, None]] = {}

    def post(self, telling: Telling, thing: int) -> None:
        """Let a thing be found by those that this telling may be like."""
        keys = search_keys(telling)
        for key in keys.posts:
            self._posted.setdefault(key, {})[thing] = None
        for key in keys.asks:
            self._asked.setdefault(key, {})[thing] = None

    def of(self, telling: Telling) -> set[int]:
        """Everything that this telling meets, or that looks for it."""
        keys = search_keys(telling)
        words = Counter(t for key in keys.both if key[0] == "r" for t in self._under(key))
        found = {thing for thing, met in words.items() if met >= LEAST_WORDS}
        found.update(t for key in keys.both if key[0] != "r" for t in self._under(key))
        found.update(t for key in keys.asks for t in self._posted.get(key, ()))
        found.update(t for key in keys.posts - keys.both for t in self._asked.get(key, ()))
        return found

    def _under(self, key: str) -> Iterable[int]:
        """The things under a key; a word that stands with too many tells nothing."""
        found = self._posted.get(key, {})
        return found if len(found) <= MOST_MET or key[0] not in WORDY else ()

    def move(self, gone: int, kept: int) -> None:
        """Let a thing be found where another one was."""
        for table in (self._posted, self._asked):
            for things in table.values():
                if things.pop(gone, False) is None:
                    things[kept] = None
