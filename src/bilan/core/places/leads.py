"""Names that no list holds as written: told by their surroundings, heard by their consonants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from bilan.core.places.around import Around, Reader, is_initial
from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.evidence import peoples
from bilan.core.places.gazetteer import Gazetteer, Match, PlaceKind
from bilan.core.places.keys import APOSTROPHES, key_of, romanised, skeleton_of
from bilan.core.places.left import Left
from bilan.core.places.locating import lies_there
from bilan.core.places.resolve import Context, prior
from bilan.core.places.scan import ANY_WORD
from bilan.core.places.tongue import Tongue

_GAP = re.compile(r"[ \u00a0\u202f]?[-\u2010-\u2012]?[ ]?\Z")
_NEXT_WORD = re.compile(rf"[ \u00a0\u200c_]({ANY_WORD})")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_LONGEST_LEAD = 5  # words
_KEPT_WORDS = 100_000  # words of which it is remembered whether they are common; about 10 MB
_SHORTEST = 3  # letters
_LIKE = 0.6  # how alike two romanised names with the same consonants must be, of 1
_LIKE_FEW = 0.75  # with two consonants only
_SURE_CONSONANTS = 3
_LEAST_SHARE = 0.15  # of the text's evidence, for a country in which names are heard
_HEARD = frozenset({PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD, PlaceKind.DISTRICT})
_NOT_NAMES = frozenset({PlaceKind.SITE, PlaceKind.COUNTRY})


class Leads:
    """Finds unlisted names in texts of one language."""

    def __init__(self, tongue: Tongue, reader: Reader, gazetteer: Gazetteer) -> None:
        self._tongue = tongue
        self._reader = reader
        self._gazetteer = gazetteer
        self._common: dict[str, bool] = {}

    def find(
        self,
        text: str,
        plain: str,
        left_of: Left,
        words: Sequence[tuple[int, int]],
        covered: Sequence[Candidate],
        *,
        shouted: bool = False,
    ) -> list[Candidate]:
        """Unlisted names among `words` that overlap none of the `covered`.

        In a `shouted` text, all in capitals, these say nothing: a name is one beside "town of".
        """
        taken: set[int] = set()
        for candidate in covered:
            taken.update(range(candidate.start, candidate.end))
        found = []
        for start, end in self._names(text, plain, words):
            if start in taken or end - 1 in taken:
                continue
            if not self._reader.may_tell(plain, left_of, start, end):
                continue  # as for most names
            around = self._reader.around(text, plain, left_of, start, end)
            if shouted and around.noun is not PlaceKind.SETTLEMENT:
                continue
            named = not any(map(str.isdecimal, plain[start:end]))  # "M23" is no village
            if named and self._is_lead(around, plain[start:end]):
                count = len(text[start:end].split())
                found.append(Candidate(start, end, count, [], around))
        return found

    def _names(
        self, text: str, plain: str, words: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        if not self._tongue.capitals:
            return [
                self._compound(text, plain, start, end)
                for start, end in words
                if not self._is_common(plain[start:end])
            ]
        runs: list[list[tuple[int, int]]] = []
        for start, end in words:
            before = runs[-1] if runs else None
            if before and before[-1][1] <= start and _GAP.match(text, before[-1][1], start):
                before.append((start, end))
            else:
                runs.append([(start, end)])
        # A common word with a capital, alone, is no name: so are most.
        runs = [run for run in runs if len(run) > 1 or not self._is_common(plain[slice(*run[0])])]
        trimmed = (self._trimmed(plain, run) for run in runs)
        return [(run[0][0], run[-1][1]) for run in trimmed if 0 < len(run) <= _LONGEST_LEAD]

    def _trimmed(self, plain: str, run: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """A run of capitalised words without the nouns and common words at its ends.

        A common word is part of a name where nothing else gives it a capital ("Tell Rifaat").
        """
        words = [plain[start:end] for start, end in run]
        common = [self._is_common(word) for word in words]
        if all(common):
            return []  # as most are
        first, last = 0, len(run)
        head = any(common) and is_initial(plain, run[0][0])
        while first < last and (self._tongue.is_noun(words[first]) or (head and common[first])):
            first += 1
        while last > first and common[last - 1]:
            last -= 1
        return [] if all(common[first:last]) else run[first:last]

    def _is_common(self, word: str) -> bool:
        known = self._common.get(word)
        if known is None:
            if len(self._common) > _KEPT_WORDS:
                self._common.clear()
            known = self._common[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> bool:
        name = word.split("'")[0]
        tongue = self._tongue
        forms = (name,) if tongue.capitals else tongue.words.keys(name)
        listed = any(form in tongue.not_places for form in forms) or tongue.is_noun(name)
        return listed or len(name) < _SHORTEST or peoples(tongue.code).country_of(name) is not None

    def _compound(self, text: str, plain: str, start: int, end: int) -> tuple[int, int]:
        """An Arabic name from its first word: with the second where the two belong together."""
        article = self._tongue.article
        following = _NEXT_WORD.match(text, end)
        if following is None:
            return start, end
        word, second = plain[start:end], plain[following.start(1) : following.end(1)]
        ruled_out = self._is_common(second) or second in self._tongue.directions
        if word in self._tongue.compounds and second not in self._tongue.not_places:
            return start, following.end()
        possessed = second.startswith(article) and not word.startswith(article)
        return (start, following.end()) if possessed and not ruled_out else (start, end)

    def _is_lead(self, around: Around, name: str) -> bool:
        if around.person or around.other_thing or self._is_common(name):
            return False
        if around.noun is not None:
            return around.noun not in _NOT_NAMES
        if not self._tongue.capitals:
            return around.relation is not None and around.relation.kind != "bearing"
        moves = around.relation is not None and around.relation.kind != "part"
        behind = self._tongue.suffixes and around.relation_after is not None
        return moves or behind or (around.within and not around.next_capital)

    def hear(self, leads: Sequence[Candidate], text: str, context: Context) -> None:
        """Give each lead the listed places whose consonants agree, in the text's countries."""
        spelt = {id(lead): self._key(text[lead.start : lead.end]) for lead in leads}
        skeletons = {i: skeleton_of(key) for i, key in spelt.items()}
        found = self._gazetteer.sounding({s for s in skeletons.values() if s})
        for lead in leads:
            skeleton = skeletons[id(lead)]
            for entry, _ in found.get(skeleton or "", ()):
                share = context.countries.get(entry.country or "", 0.0)
                if (
                    entry.kind in _HEARD
                    and share >= _LEAST_SHARE
                    and self._alike(spelt[id(lead)], entry.name, skeleton or "")
                ):
                    lead.options.append(Option(entry, Match.SOUND, 0))

    def _key(self, written: str) -> str:
        """The key of a name as it sounds, without grammar after an apostrophe."""
        name = _APOSTROPHE.split(written)[0] if self._tongue.suffixes else written
        return key_of(name.translate(self._tongue.letters))

    @staticmethod
    def _alike(written: str, listed: str, skeleton: str) -> bool:
        least = _LIKE if len(skeleton) >= _SURE_CONSONANTS else _LIKE_FEW
        a, b = _spoken(written), _spoken(key_of(listed))
        return SequenceMatcher(None, a, b, autojunk=False).ratio() >= least

    def decide(self, leads: Sequence[Candidate], context: Context) -> None:
        """Choose what each heard lead is: what lies where its neighbour says, else the likeliest.

        Few consonants fit many names, so that a lead of two needs a neighbour that agrees.
        """
        for lead in leads:
            placed = [o for o in lead.options if lies_there(o, lead, self._tongue)]
            pool = placed or ([] if lead.located_by is not None else lead.options)
            if pool:
                lead.chosen = max(pool, key=lambda o: (prior(o.entry), o.entry.id))
                lead.reasons = ["spelt otherwise in the gazetteer: the consonants agree"]
                if placed:
                    lead.reasons.append("it lies where the text says")
                elif context.countries:
                    lead.reasons.append(f"the text speaks of {lead.chosen.entry.country}")


def _spoken(key: str) -> str:
    plain = romanised(key).replace("ou", "u").replace("oo", "u").replace("ee", "i")
    parts = [p for p in plain.split() if p not in ("al", "el", "a")]
    return "".join(p.removeprefix("al") if len(p) > 4 else p for p in parts).replace("y", "i")
