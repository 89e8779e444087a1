"""Homonyms: which of the places of one name is meant, and whether a place is meant at all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bilan.core.places.candidates import Candidate, Option
from bilan.core.places.evidence import shares
from bilan.core.places.gazetteer import Entry, Match, PlaceKind
from bilan.core.places.weights import weights
from bilan.core.values import Point, distance_km

_FEWEST = 1_000  # inhabitants below which, or unknown, a town counts as a village
_MATCH = {
    Match.NAME: None,
    Match.ALTERNATE: "alternate",
    Match.VARIANT: "variant",
    Match.SOUND: "sound",
}
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.AREA})
_REGIONAL = frozenset({PlaceKind.REGION, PlaceKind.COUNTRY})


@dataclass
class Context:
    """What a text says about where it plays."""

    countries: Mapping[str, float]
    homes: frozenset[str]
    regions: set[tuple[str | None, str]] = field(default_factory=set)
    anchors: list[tuple[Candidate, Point]] = field(default_factory=list)


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


def points(option: Option, candidate: Candidate, context: Context) -> float:
    """How well an option fits the text."""
    table, entry = weights()["choice"], option.entry
    total = prior(entry) + _kind_points(option, candidate.around.noun, table)
    if _MATCH[option.match]:
        total += table[str(_MATCH[option.match])]
    total += table["change"] * option.changes
    total += table["country_share"] * context.countries.get(entry.country or "", 0.0)
    total += table["home"] * (entry.country in context.homes)
    if entry.admin1 and (entry.country, entry.admin1) in context.regions:
        total += table["region_named"] * (entry.kind is not PlaceKind.REGION)
    return total + table["near"] * _nearness(candidate, entry, context, table["near_km"])


def _nearness(candidate: Candidate, entry: Entry, context: Context, reach: float) -> float:
    if entry.kind in _WIDE:
        return 0.0
    others = (
        distance_km(point, entry.point)
        for other, point in context.anchors
        if other.options is not candidate.options
        and other.chosen
        and other.chosen.entry.id != entry.id
    )
    return math.exp(-min(others, default=math.inf) / reach)


def choose(candidate: Candidate, context: Context) -> None:
    """Choose the best option and say why."""
    scored = sorted(
        (
            (points(option, candidate, context), option.entry.id, option)
            for option in candidate.options
        ),
        key=lambda s: (-s[0], s[1]),
    )
    best = scored[0][2]
    candidate.chosen = best
    candidate.reasons = _reasons(best, [s[2] for s in scored[1:]], context)


def margin(candidate: Candidate, context: Context) -> float:
    """How far the best option is ahead of the next one elsewhere."""
    scored = sorted((points(o, candidate, context) for o in candidate.options), reverse=True)
    return scored[0] - scored[1] if len(scored) > 1 else math.inf


def _reasons(best: Option, others: Sequence[Option], context: Context) -> list[str]:
    entry, said = best.entry, []
    if not others:
        said.append("the only place of that name in the gazetteer")
    elif prior(entry) >= max(prior(o.entry) for o in others):
        said.append(f"the largest of {len(others) + 1} places of that name")
    else:
        said.append(f"one of {len(others) + 1} places of that name, not the largest")
    share = context.countries.get(entry.country or "", 0.0)
    if share > 0 and entry.kind is not PlaceKind.COUNTRY:
        said.append(f"the text speaks of {entry.country}")
    if entry.admin1 and (entry.country, entry.admin1) in context.regions:
        said.append(f"the text names {entry.admin1}")
    if best.match is Match.SOUND:
        said.append("spelt otherwise there: the consonants agree")
    return said


def believe(candidate: Candidate, context: Context, *, capitals: bool) -> float:
    """Points for the stretch naming a place at all, with the option chosen."""
    if candidate.chosen is None:
        return -math.inf
    table, around, option = weights()["belief"], candidate.around, candidate.chosen
    entry = option.entry
    total = _standing(entry, table)
    total += table["country_share"] * context.countries.get(entry.country or "", 0.0)
    total += table["word"] * (candidate.words - 1) + table["change"] * option.changes
    total += table["variant"] * (option.match >= Match.VARIANT)
    relation = around.relation is not None or around.relation_after is not None
    clues = {
        "noun": around.noun is not None,
        "relation": relation and around.noun is None,
        "within": around.within and not relation,
        "weakly": around.weakly and not around.within,
        "initial": around.initial and capitals,
        "person": around.person,
        "other_thing": around.other_thing,
        "next_capital": around.next_capital and around.noun is None,
        "previous_capital": around.previous_capital and around.noun is None and not relation,
        "hashtag": around.hashtag,
        "short": not capitals and candidate.end - candidate.start <= 3,
    }
    return total + math.fsum(table[clue] for clue, holds in clues.items() if holds)


def _standing(entry: Entry, table: Mapping[str, float]) -> float:
    if entry.kind is PlaceKind.COUNTRY:
        return table["country"]
    if entry.kind is PlaceKind.REGION:
        return table["region"]
    if entry.kind is not PlaceKind.SETTLEMENT:
        return table["listed"]
    return table["population"] * (math.log10(max(entry.population, 500)) - 3)


def context_of(
    candidates: Sequence[Candidate], counts: Counter[str], homes: Iterable[str]
) -> Context:
    """The context from the countries that a text names, before any other place is chosen."""
    known = Counter(counts)
    for candidate in candidates:
        for option in candidate.options:
            if option.entry.kind is PlaceKind.COUNTRY and option.entry.country:
                known[option.entry.country] += 1
                break
    return Context(shares(known), frozenset(homes))


def settle(
    candidates: Sequence[Candidate], context: Context, counts: Counter[str], *, capitals: bool
) -> Context:
    """Choose for all: first each alone, then each beside those that were sure.

    Gives the context that the second round used, with its regions and anchors.
    """
    least = weights()["choice"]["margin"]
    known: Counter[str] = Counter(counts)
    anchors: list[tuple[Candidate, Point]] = []
    regions: set[tuple[str | None, str]] = set()
    for candidate in candidates:
        choose(candidate, context)
        entry = candidate.chosen.entry if candidate.chosen else None
        if entry is None or believe(candidate, context, capitals=capitals) < 1.0:
            continue
        if entry.country and (entry.kind is not PlaceKind.COUNTRY or not counts[entry.country]):
            known[entry.country] += 1
        if entry.kind is PlaceKind.REGION and entry.admin1:
            regions.add((entry.country, entry.admin1))
        elif entry.kind not in _WIDE and margin(candidate, context) >= least:
            anchors.append((candidate, entry.point))
    settled = Context(shares(known), context.homes, regions, anchors)
    for candidate in candidates:
        choose(candidate, settled)
        candidate.belief = believe(candidate, settled, capitals=capitals)
    return settled
