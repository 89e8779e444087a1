"""Homonyms: which of the places of one name is meant, and whether a place is meant at all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from bilan.core.frozen import dataclass, replace
from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.evidence import fought_in_by, lands_at_war, shares
from bilan.core.places.gazetteer import Entry, Match, PlaceKind
from bilan.core.places.locating import lies_there
from bilan.core.places.tongue import Tongue
from bilan.core.places.weights import weights
from bilan.core.values import Point, nearest_km

_FEWEST = 1_000  # inhabitants below which, or unknown, a town counts as a village
_MATCH = {Match.ALTERNATE: "alternate", Match.VARIANT: "variant", Match.SOUND: "sound"}
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA})
_REGIONAL = frozenset({PlaceKind.REGION, PlaceKind.COUNTRY})
_PARTS = frozenset({PlaceKind.NEIGHBOURHOOD, PlaceKind.SITE, PlaceKind.AREA})
_FOREIGN_SHARE = 0.1  # of the evidence, below which a country is not what the text is about
_ARMED = 0.25  # of its share, what a country named beside weapons alone says of where
_GOVERNMENT_SEAT = 500_000  # inhabitants of a city whose name may stand for a government
_ABBREVIATED = 3  # letters of an abbreviation, which may be any word in a text all in capitals
_KEPT_CLUES = 4_096  # combinations of clues of which the sum is remembered; under 1 MB
_MOST_ANCHORS = 12  # places that vouch for others; more cost time and change nothing

Ranking = list[tuple[float, Option]]


@dataclass
class Context:
    """What a text says about where it plays."""

    tongue: Tongue
    countries: Mapping[str, float]
    armed: frozenset[str] = frozenset()  # of them, those named beside weapons alone
    at_war: frozenset[str] = frozenset()  # lands at war, where the text names weapons of war
    fought_in: frozenset[str] = frozenset()  # those where the `armed` fight abroad
    regions: set[tuple[str | None, str]] = field(default_factory=set)
    anchors: list[tuple[str, Point]] = field(default_factory=list)  # entry id and point
    # What was worked out and holds for every mention of a name, or of a country.
    ranked: dict[tuple[int, PlaceKind | None], Ranking] = field(default_factory=dict)
    standing: dict[tuple[int, int], float] = field(default_factory=dict)
    fitting: dict[tuple[int, PlaceKind | None], float] = field(default_factory=dict)
    foreign: dict[tuple[str | None, bool], bool] = field(default_factory=dict)

    def arm(self, armed: frozenset[str]) -> None:
        """Take in what weapons say of where a text plays: whose they are, and that there is war."""
        self.armed = armed
        self.at_war = lands_at_war()
        self.fought_in = fought_in_by(armed)

    @property
    def homes(self) -> frozenset[str]:
        """The countries in which the report's language is at home."""
        return self.tongue.homes

    def is_foreign(self, country: str | None, *, part: bool) -> bool:
        """Whether the text speaks of other countries only, and of no army that fights there.

        "X Hospital" is no village X at home in a text that speaks of another country alone.
        """
        known = self.foreign.get((country, part))
        if known is None:
            known = self.foreign[country, part] = self._is_foreign(country, part=part)
        return known

    def _is_foreign(self, country: str | None, *, part: bool) -> bool:
        if self.countries.get(country or "", 0.0) >= _FOREIGN_SHARE:
            return False
        if country in self.homes and not part:
            return False
        lands = fought_in_by(self.countries)
        named = any(self.countries.get(land, 0.0) >= _FOREIGN_SHARE for land in lands)
        return bool(self.countries) and (part or named or country not in lands)


def prior(entry: Entry) -> float:
    """How likely a name means this place, all else being equal; about a power of ten a point."""
    if entry.kind is PlaceKind.SETTLEMENT:
        return math.log10(max(entry.population, _FEWEST)) - 3
    return weights()["choice"][entry.kind.value]


def _kind_points(option: Option, noun: PlaceKind | None, table: Mapping[str, float]) -> float:
    kind = option.entry.kind
    if noun in _REGIONAL:
        return table["kind_agrees"] if kind is noun else table["kind_differs"]
    if kind is PlaceKind.REGION and noun is None:
        return table["bare_region"]
    if noun in (PlaceKind.SETTLEMENT, PlaceKind.SITE, PlaceKind.NEIGHBOURHOOD) and kind in _WIDE:
        return table["kind_differs"]
    return table["kind_agrees"] if noun is kind and noun is not None else 0.0


def _fitting(option: Option, noun: PlaceKind | None) -> float:
    """How well an option fits a name with its noun, in any text."""
    table = weights()["choice"]
    total = prior(option.entry) + _kind_points(option, noun, table)
    if option.match in _MATCH:
        total += table[_MATCH[option.match]]
    return total + table["change"] * option.changes


def points(option: Option, noun: PlaceKind | None, context: Context) -> float:
    """How well an option fits the text as a whole, with the noun that the name bears here."""
    table, entry = weights()["choice"], option.entry
    key = (id(option), noun)
    total = context.fitting.get(key)
    if total is None:
        total = context.fitting[key] = _fitting(option, noun)
    share = context.countries.get(entry.country or "", 0.0)
    home = entry.country in context.homes
    # At home in both: "a Russian missile fell on Kostiantynivka" in Russian speaks for no country.
    total += (
        table["country_share"]
        * share
        * (_ARMED if home and entry.country in context.armed else 1.0)
    )
    total += table["home"] * home
    total += table["at_war"] * (entry.country in context.at_war)
    total += table["fought_in"] * (entry.country in context.fought_in)
    if entry.admin1 and (entry.country, entry.admin1) in context.regions:
        total += table["region_named"] * (entry.kind is not PlaceKind.REGION)
    return total


def _nearness(entry: Entry, others: Sequence[Point], near_km: float) -> float:
    """1 beside another place of the text, falling to 0 far from all."""
    if entry.kind in _WIDE:
        return 0.0
    return math.exp(-nearest_km(entry, others) / near_km)


def _ranking(candidate: Candidate, context: Context) -> Ranking:
    """The options with their points, best first; the same for every mention of a name."""
    key = (id(candidate.options), candidate.around.noun)
    known = context.ranked.get(key)
    if known is None:
        options = candidate.options
        if len(options) == 1:
            known = context.ranked[key] = [(0.0, options[0])]  # nothing to be ahead of
            return known
        known = [(points(o, candidate.around.noun, context), o) for o in options]
        if context.anchors:
            own = {option.entry.id for option in options}
            others = [point for id_, point in context.anchors if id_ not in own]
            near, near_km = weights()["choice"]["near"], weights()["choice"]["near_km"]
            known = [(p + near * _nearness(o.entry, others, near_km), o) for p, o in known]
        known.sort(key=lambda scored: (-scored[0], scored[1].entry.id))
        context.ranked[key] = known
    return known


def choose(candidate: Candidate, context: Context) -> None:
    """Choose the best option: best for the text, and lying where the name beside it says."""
    if len(candidate.options) == 1:
        candidate.chosen = candidate.options[0]
        return
    ranking = _ranking(candidate, context)
    if candidate.located_by is not None:
        bonus = weights()["choice"]["contained"]
        ranking = sorted(
            ((p + bonus * lies_there(o, candidate, context.tongue), o) for p, o in ranking),
            key=lambda scored: (-scored[0], scored[1].entry.id),
        )
    candidate.chosen = ranking[0][1]


def margin(candidate: Candidate, context: Context) -> float:
    """How far the best option is ahead of the next one."""
    ranking = _ranking(candidate, context)
    return ranking[0][0] - ranking[1][0] if len(ranking) > 1 else math.inf


def _is_sure(candidate: Candidate, context: Context) -> bool:
    chosen = candidate.chosen
    far_ahead = margin(candidate, context) >= weights()["choice"]["margin"]
    return far_ahead and chosen is not None and chosen.entry.kind not in _WIDE


def reasons_of(candidate: Candidate, context: Context) -> list[str]:
    """Why the chosen option and no other, in words."""
    best, others = candidate.chosen, len(candidate.options) - 1
    if best is None:
        return []
    entry, said = best.entry, []
    if not others:
        said.append("the only place of that name in the gazetteer")
    elif prior(entry) >= max(prior(o.entry) for o in candidate.options):
        said.append(f"the largest of {others + 1} places of that name")
    else:
        said.append(f"one of {others + 1} places of that name, not the largest")
    if candidate.located_by is not None and lies_there(best, candidate, context.tongue):
        said.append("it lies where the name beside it says")
    if context.countries.get(entry.country or "") and entry.kind is not PlaceKind.COUNTRY:
        said.append(f"the text speaks of {entry.country}")
    if entry.admin1 and (entry.country, entry.admin1) in context.regions:
        said.append(f"the text names {entry.admin1}")
    return said


def believe(candidate: Candidate, context: Context, *, capitals: bool) -> float:
    """Points for the stretch naming a place at all, with the option chosen."""
    if candidate.chosen is None:
        return -math.inf
    option, entry = candidate.chosen, candidate.chosen.entry
    key = (id(option), candidate.words)
    total = context.standing.get(key)
    if total is None:
        total = context.standing[key] = _by_itself(option, candidate.words, context)
    clues = _clues(candidate, capitals=capitals)
    there = _whereabouts(candidate, context)
    if there:
        clues = (*clues, *there)
    if not capitals and context.tongue.capitals:
        clues += tuple(_shouted(candidate, entry, abroad="foreign" in clues))
    if candidate.around.speaks and entry.population >= _GOVERNMENT_SEAT:
        clues += ("speaks",)
    return total + _sum_of(clues)


@lru_cache(maxsize=_KEPT_CLUES)
def _sum_of(clues: tuple[str, ...]) -> float:
    """The points of some clues together."""
    table = weights()["belief"]
    return math.fsum([table[clue] for clue in clues])


def _by_itself(option: Option, words: int, context: Context) -> float:
    """Points for a name of so many words to name this place, whatever stands around it."""
    table, entry = weights()["belief"], option.entry
    share = context.countries.get(entry.country or "", 0.0)
    at_home = entry.country in context.homes and entry.kind is PlaceKind.SETTLEMENT
    total = _standing(entry, table) + table["country_share"] * share
    total += table["word"] * (words - 1) + table["change"] * option.changes
    total += table["home"] * at_home
    return total + table["variant"] * (option.match >= Match.VARIANT)


def _shouted(candidate: Candidate, entry: Entry, *, abroad: bool) -> list[str]:
    """What speaks against a lesser place in a text all in capitals, where any word may be a name.

    In a country that the text does not speak of it is an ordinary word, a given name is a person,
    and nothing that leads to a place stands before it.
    """
    around = candidate.around
    if entry.kind is PlaceKind.COUNTRY:
        # "CAR" is a car, "MAURICIO" a man.
        short = candidate.end - candidate.start <= _ABBREVIATED and candidate.words == 1
        return ["shouted_short"] * short + ["shouted_person"] * around.given
    if entry.population >= _GOVERNMENT_SEAT or entry.kind is not PlaceKind.SETTLEMENT:
        return []
    bare = around.noun is None
    led = around.within or around.relation is not None or candidate.located_by is not None
    person, alone = bare and around.given, bare and not led and candidate.words == 1
    return ["shouted_abroad"] * abroad + ["shouted_person"] * person + ["shouted_alone"] * alone


def _clues(candidate: Candidate, *, capitals: bool) -> tuple[str, ...]:
    """What holds of the stretch whatever place is chosen for it: asked once."""
    if candidate.clues is None:
        found = _found_around(candidate, capitals=capitals)
        candidate.clues = tuple(clue for clue, holds in found.items() if holds)
    return candidate.clues


def _found_around(candidate: Candidate, *, capitals: bool) -> dict[str, bool]:
    around = candidate.around
    relation = around.relation is not None or around.relation_after is not None
    bare = around.noun is None
    return {
        "noun": not bare,
        "relation": relation and bare,
        "within": around.within and not relation,
        "weakly": around.weakly and not around.within,
        "initial": around.initial and capitals and not (around.headed or around.suffixed),
        "suffixed": around.suffixed,
        "holds": around.holds,
        "only": len(candidate.options) == 1,
        "headed": around.headed and around.initial,
        "person": around.person,
        "other_thing": around.other_thing,
        "next_capital": around.next_capital and bare and capitals,
        "previous_capital": around.previous_capital and bare and not relation and capitals,
        "hashtag": around.hashtag,
        "short": not capitals and candidate.end - candidate.start <= 3,
    }


def _whereabouts(candidate: Candidate, context: Context) -> list[str]:
    if candidate.chosen is None:
        return []
    entry, holder = candidate.chosen.entry, candidate.located_by
    if holder is not None and lies_there(candidate.chosen, candidate, context.tongue):
        return ["contained"]
    if entry.kind is not PlaceKind.SETTLEMENT:
        return []
    found = ["elsewhere"] if holder is not None and holder.kind not in _WIDE else []
    part = candidate.around.noun in _PARTS
    around = candidate.around
    if around.headed and around.initial and entry.country in context.at_war:
        return found  # an entry of a round-up of wars: "> Tue 4 Jun, Djibo: …"
    if context.is_foreign(entry.country, part=part):
        found += ["foreign", "foreign_part"] if part else ["foreign"]
    return found


def _standing(entry: Entry, table: Mapping[str, float]) -> float:
    if entry.kind is PlaceKind.COUNTRY:
        return table["country"]
    if entry.kind is PlaceKind.REGION:
        return table["region"]
    if entry.kind is not PlaceKind.SETTLEMENT:
        return table["listed"]
    return table["population"] * (math.log10(max(entry.population, 500)) - 3)


def first_context(candidates: Sequence[Candidate], counts: Counter[str], tongue: Tongue) -> Context:
    """The context from the countries that a text names, before any other place is chosen."""
    known = Counter(counts)
    for candidate in candidates:
        kinds = {option.entry.kind for option in candidate.options}
        if PlaceKind.COUNTRY in kinds and PlaceKind.REGION not in kinds:
            named = (o.entry for o in candidate.options if o.entry.kind is PlaceKind.COUNTRY)
            known[next(named).country or ""] += 1
    return Context(tongue, shares(known))


def widened(candidates: Iterable[Candidate], context: Context, counts: Counter[str]) -> Context:
    """The context with what the believed candidates add: countries, regions, sure places."""
    known: Counter[str] = Counter(counts)
    wider = replace(
        context, countries={}, regions=set(), anchors=[], ranked={}, standing={}, foreign={}
    )
    anchors: dict[str, Point] = {}
    for candidate in candidates:
        entry = candidate.chosen.entry if candidate.chosen else None
        if entry is None:
            continue
        if entry.country and (entry.kind is not PlaceKind.COUNTRY or not counts[entry.country]):
            known[entry.country] += 1
        if entry.kind is PlaceKind.REGION and entry.admin1:
            wider.regions.add((entry.country, entry.admin1))
        elif len(anchors) < _MOST_ANCHORS and _is_sure(candidate, context):
            anchors[entry.id] = entry.point
    wider.countries = shares(known)
    wider.anchors = list(anchors.items())
    return wider


def judge(candidates: Sequence[Candidate], context: Context, *, capitals: bool) -> None:
    """Choose for every candidate and say how far it is believed."""
    surest: dict[int, float] = {}
    for candidate in candidates:
        choose(candidate, context)
        candidate.belief = believe(candidate, context, capitals=capitals)
        if not candidate.around.initial:
            name = id(candidate.options)
            surest[name] = max(candidate.belief, surest.get(name, -math.inf))
    for candidate in candidates:
        # A name that the text uses elsewhere, where capitals mean something, is one here too.
        if (
            candidate.around.initial
            and surest.get(id(candidate.options), -math.inf) > candidate.belief
        ):
            candidate.belief = surest[id(candidate.options)]
