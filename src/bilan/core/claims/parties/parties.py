"""Which armed parties a text names, and where: the words to the canonical names of parties.toml."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from bilan.core.claims.text.language import named, parties
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import QUOTE_SIGNS, Marks
from bilan.core.frozen import dataclass, replace
from bilan.core.values import Publisher

_HANDED_IN = 4  # weight of the first country that a place finder gave, against one name in the text
_REACH = 3  # tokens of small words between a country and its forces: "forces armées de la Russie"
_OWN_WITHIN = 8  # tokens between a party and "its soldiers"
NATIONAL = "national"
ANY_COUNTRY = "*"


class Guise(StrEnum):
    """As what a party is named."""

    BARE = "bare"  # the country or the group alone
    AIRCRAFT = "aircraft"
    ARMY = "army"
    VOICE = "voice"  # its spokesman, ministry, command


@dataclass(frozen=True, slots=True)
class Setting:
    """Where, when and by whom a report is told, as far as known.

    `countries` are ISO 3166-1 codes, the one most told of first.
    """

    countries: tuple[str, ...] = ()
    year: int | None = None
    publisher: Publisher | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Tokens [first, last) that name a party; `core` is the name without words for its forces.

    `party` is the id in parties.toml. `place_like` holds for a bare country or capital, which is
    a party only where it acts or speaks; `generic` for "the coalition" and the like, `accuses` for
    names that are an accusation ("the occupiers"). An empty party: the words say that nobody
    knows who it was ("unidentified aircraft").
    """

    first: int
    last: int
    core: tuple[int, int]
    party: str
    guise: Guise = Guise.BARE
    place_like: bool = False
    generic: bool = False
    accuses: bool = False

    @property
    def name(self) -> str:
        """The canonical name."""
        return str(parties()[self.party]["name"]) if self.party else ""


def nations() -> Mapping[str, Mapping[str, Any]]:
    """The countries by ISO code: their forces (a party's id) and names."""
    return named("nations.toml", "nation")


def name_of(party: str) -> str:
    """The canonical name of a party's id."""
    return str(parties()[party]["name"])


def countries_named(marks: Marks) -> Counter[str]:
    """How often a text names each country, by itself, its capital or a party that fights there."""
    count: Counter[str] = Counter()
    for category in ("nation", "seat"):
        count.update(hit.key for hit in marks.all(category))
    for hit in marks.all("party"):
        for country in parties()[hit.key].get("countries", ())[:1]:
            count[country] += 1
    return count


def told_of(marks: Marks, setting: Setting) -> list[str]:
    """The countries told of, most first: those handed in before those that the text only names."""
    count = countries_named(marks)
    for place, country in enumerate(setting.countries):
        count[country] += max(1, _HANDED_IN - place)
    return [country for country, _ in sorted(count.items(), key=lambda item: -item[1])]


def parties_named(marks: Marks, setting: Setting) -> list[Named]:
    """Every party that the text names, in order; none inside another.

    A country beside a word for forces is its army; "the coalition" and "the army" are resolved by
    what the text named before, then by the countries told of, and left out where these decide
    nothing. "Unidentified aircraft" is nobody.
    """
    claimed = list(_longest(marks))
    found = sorted(_read(marks, claimed), key=lambda n: n.first)
    return list(_resolved(_apart(found), marks, setting))


def _longest(marks: Marks) -> Iterator[Hit]:
    """Hits that name someone, none inside another; of equal ones the party before the country.

    Of two that overlap the one in which a country is named: "the air force of the Russian
    occupation" is Russia's, whoever "the air force of the occupation" alone would be.
    """
    rank = {"nobody": 0, "party": 1, "nation": 2, "seat": 3}
    hits = [hit for category in rank for hit in marks.all(category)]
    hits += _abbreviated(marks)
    hits.sort(key=lambda h: (h.first, -h.last, rank[h.category], _is_generic(h)))
    land = marks.tokens("nation")
    kept: list[Hit] = []
    for hit in hits:
        before = kept[-1] if kept else None
        if before is None or hit.first >= before.last:
            kept.append(hit)
        elif hit.last > before.last and _among(hit, land) and not _among(before, land):
            kept[-1] = hit
        elif hit.last > before.last:
            kept.append(hit)
    yield from kept


def _abbreviated(marks: Marks) -> list[Hit]:
    """Where a text uses an abbreviation that it gave in brackets behind a party's name."""
    words = marks.words
    given: dict[str, str] = {}
    for hit in marks.all("party"):
        at = hit.last + 1
        bracketed = words.norms[hit.last : at] == ("(",) and words.norms[at + 1 : at + 2] == (")",)
        if bracketed and not _is_generic(hit) and _is_abbreviation(words.raw(at)):
            given.setdefault(words.raw(at), hit.key)
    known = marks.tokens("party") if given else ()
    free = (t for t in range(len(words) if given else 0) if t not in known)
    used = (t for t in free if words.norms[t - 1 : t] != ("(",) and words.raw(t) in given)
    return [Hit(t, t + 1, "party", given[words.raw(t)]) for t in used]


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _among(hit: Hit, tokens: Collection[int]) -> bool:
    return any(token in tokens for token in range(hit.first, hit.last))


def _is_generic(hit: Hit) -> bool:
    return hit.category == "party" and parties()[hit.key]["kind"] == "generic"


def _read(marks: Marks, claimed: Sequence[Hit]) -> Iterator[Named]:
    named_at = {h.first: h for h in claimed} | {-h.last: h for h in claimed}
    for hit in claimed:
        core = (hit.first, hit.last)
        if hit.category == "nobody":
            yield Named(*core, core, "")
            continue
        first, last, guise = _with_forces(marks, hit, named_at)
        if hit.category == "party":
            yield Named(first, last, core, hit.key, guise, generic=_is_generic(hit))
            continue
        nation = nations()[hit.key]
        party = nation.get("air") if guise is Guise.AIRCRAFT else None
        party = party or nation.get("forces")
        if party:
            yield Named(first, last, core, party, guise, place_like=guise is Guise.BARE)


def _with_forces(marks: Marks, hit: Hit, named_at: Mapping[int, Hit]) -> tuple[int, int, Guise]:
    """The hit with the words for forces beside it, and as what the party appears."""
    last, guise = _forces_after(marks, hit, named_at)
    first, before = _forces_before(marks, hit, named_at)
    if guise is Guise.BARE or before is Guise.VOICE:
        guise = before if before is not Guise.BARE else guise
    return first, last, guise


def _forces_after(marks: Marks, hit: Hit, named_at: Mapping[int, Hit]) -> tuple[int, Guise]:
    at, last, guise = hit.last, hit.last, Guise.BARE
    for _ in range(_REACH):
        following = _force(marks.first_at("force", at)) or _army(named_at.get(at))
        if following and _is_of_another(hit, following, named_at):
            break
        if following:
            last, guise = following[1], following[2]
            at = last
            continue
        if at >= len(marks.words) or not _passes(marks, at):
            break
        at += 1
    return last, guise


def _is_of_another(hit: Hit, force: tuple[int, int, Guise], named_at: Mapping[int, Hit]) -> bool:
    """Whether the forces behind a name are those of the next one: "اتهمت تركيا قوات النظام".

    A force that is named by nobody's country ("the army") stands apart from another force's name.
    """
    name, behind = named_at.get(force[0]), named_at.get(force[1])
    if name is not None and (not _is_generic(name) or hit.category == "party"):
        return True
    return behind is not None and not _is_generic(behind)


def _forces_before(marks: Marks, hit: Hit, named_at: Mapping[int, Hit]) -> tuple[int, Guise]:
    if marks.has("small", hit.last, "object"):
        return hit.first, Guise.BARE  # "the government X accuses": the name is the object alone
    at, first, guise = hit.first, hit.first, Guise.BARE
    steps = 0
    while at > 0 and steps <= _REACH:
        before = _force(marks.last_at("force", at)) or _army(named_at.get(-at))
        if before:
            first = at = before[0]
            guise = before[2] if guise is not Guise.VOICE else guise
            continue
        if not _passes(marks, at - 1) and not _seated(marks, hit, at - 1):
            break
        at -= 1
        steps += 1
    return first, guise


def _force(hits: Sequence[Hit]) -> tuple[int, int, Guise] | None:
    longest = max(hits, key=lambda h: h.last - h.first, default=None)
    return (longest.first, longest.last, Guise(longest.key)) if longest else None


def _army(hit: Hit | None) -> tuple[int, int, Guise] | None:
    """A word like "the army" beside a country's name says whose it is."""
    if hit is None or hit.category != "party":
        return None
    entry = parties()[hit.key]
    if entry["kind"] != "generic" or entry.get("stands_for", {}).get(ANY_COUNTRY) != NATIONAL:
        return None
    return hit.first, hit.last, Guise.AIRCRAFT if entry.get("air") else Guise.ARMY


def _passes(marks: Marks, token: int) -> bool:
    """Whether the token may stand between a name and its forces: "of", "the", a quotation mark."""
    return marks.words.norms[token] in QUOTE_SIGNS or marks.has("small", token, "of", "skip")


def _seated(marks: Marks, hit: Hit, token: int) -> bool:
    """Whether the token is the "in" of "the government in Damascus"."""
    return hit.category == "seat" and marks.has("small", token, "prep")


def _apart(found: Sequence[Named]) -> Iterator[Named]:
    """Overlapping ones told apart: the name that is no word like "the army" wins."""
    kept: list[Named] = []
    for one in found:
        if kept and one.first < kept[-1].last:
            if kept[-1].generic and not one.generic:
                kept[-1] = one
            continue
        kept.append(one)
    yield from kept


def _resolved(found: Iterator[Named], marks: Marks, setting: Setting) -> Iterator[Named]:
    seen = list(found)
    countries = told_of(marks, setting)
    places: dict[str, list[int]] = {}
    for place, one in enumerate(seen):
        places.setdefault(one.party, []).append(place)
    army: str | None = None
    for place, one in enumerate(seen):
        if _is_army(one):
            army = one.party
        if not one.generic:
            yield one
            continue
        party = _its_own(one, seen[:place], marks)
        party = party or _meant(one, place, places, army, countries)
        if party:
            accuses = bool(parties()[one.party].get("accuses", False))
            yield replace(one, party=party, accuses=accuses)


def _its_own(one: Named, before: Sequence[Named], marks: Marks) -> str | None:
    """The party whose soldiers a word means behind "its": "X said its soldiers had killed"."""
    if not before or not one.first or not marks.has("small", one.first - 1, "whose"):
        return None
    last = before[-1]
    near = (
        one.first - last.last <= _OWN_WITHIN and "." not in marks.words.norms[last.last : one.first]
    )
    return last.party if near and not last.generic else None


def _meant(
    one: Named,
    place: int,
    places: Mapping[str, Sequence[int]],
    army: str | None,
    countries: Sequence[str],
) -> str | None:
    """The party that a word like "the coalition" means here; None where nothing decides.

    `place` is its index among those named, `places` the indices of every party, `army` the last
    state's forces named before.
    """
    entry = parties()[one.party]
    near = [
        found
        for party in entry.get("candidates", ())
        if (found := _nearest(place, party, places.get(party, ())))
    ]
    if near:
        return min(near)[1]
    stands_for = entry.get("stands_for", {})
    if ANY_COUNTRY in stands_for and army is not None and not entry.get("seated", False):
        return army
    for country in countries:
        party = _in_country(entry, stands_for.get(country, stands_for.get(ANY_COUNTRY)), country)
        if party:
            return party
    return army if ANY_COUNTRY in stands_for else None


def _nearest(place: int, party: str, places: Sequence[int]) -> tuple[tuple[bool, int], str] | None:
    """How near a party was named, before rather than after, to sort by; None where nowhere."""
    at = bisect_left(places, place)
    if at:
        return (False, place - places[at - 1]), party
    return ((True, places[at] - place), party) if at < len(places) else None


def _is_army(one: Named) -> bool:
    state = bool(one.party) and parties()[one.party]["kind"] == "state"
    return state and not one.generic and one.guise in (Guise.ARMY, Guise.AIRCRAFT, Guise.VOICE)


def _in_country(entry: Mapping[str, Any], party: str | None, country: str) -> str | None:
    if party != NATIONAL:
        return party
    nation = nations().get(country, {})
    forces = nation.get("air") if entry.get("air") else None
    return forces or nation.get("forces")
