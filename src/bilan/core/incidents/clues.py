"""Why two tellings may tell of one incident: clues with weights, or a contradiction.

Who is blamed is never looked at. Every clue says itself in words, and so does every contradiction.
A place or a day that was read otherwise weighs heavily against, but the words of the two texts may
outweigh it, for readers err. What no words outweigh is a contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.number_clues import origin_clues, toll_clues
from bilan.core.incidents.pair import Clue, Contradiction, Match, Pair
from bilan.core.incidents.reach import FINE_KM, days_apart, may_be_blurred, radius_of
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.traits import buckets_in
from bilan.core.incidents.weights import Weights, interpolated
from bilan.core.incidents.wording import Wordings
from bilan.core.values import Cause, DatePrecision, Place, PlacePrecision, When, distance_km

NEIGHBOURS_KM = 200.0  # km; two places that are read right and mixed up lie nearer than this
SAME_TOWN_KM = 1.5  # km; two gazetteer entries so near are one town entered twice
QUARTERS_KM = 1.0  # km; two neighbourhoods further apart than this are two
WEEK = 7  # days
NEWS_DAYS = 3  # days from an event to what is news of it; a day told later is often another one's
TOLD_APART = "the same report tells this incident apart from another"


def match(one: Telling, other: Telling, weights: Weights, wordings: Wordings) -> Match:
    """Compare two tellings; the order of the two does not matter."""
    if one.report == other.report:
        return Match(against=TOLD_APART, surely=True)
    pair = pair_of(one, other, weights, wordings)
    clues: list[Clue] = []
    try:
        for of in CLUES:
            clues.extend(of(pair))
    except Contradiction as contradiction:
        return Match(against=str(contradiction), surely=contradiction.surely)
    return Match(tuple(clues))


def pair_of(one: Telling, other: Telling, weights: Weights, wordings: Wordings) -> Pair:
    """Two tellings side by side, with how far their words are the same."""
    wording = wordings.of(one, other)
    form = bool(wording.copied) and _filled_in_anew(one, other)
    copied = 0.0 if form else wording.copied
    like = None if copied else wording.like
    return Pair(one, other, weights, wording, copied, like, form)


class Comparisons:
    """Comparisons of tellings under one table of weights, each made once."""

    def __init__(self, weights: Weights, lexis: Lexis) -> None:
        self.weights = weights
        self._wordings = Wordings(weights, lexis)
        self._made: dict[tuple[str, str], Match] = {}

    def of(self, one: Telling, other: Telling) -> Match:
        """How well two tellings fit one incident."""
        key = (one.id, other.id) if one.id <= other.id else (other.id, one.id)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = match(one, other, self.weights, self._wordings)
        return found

    def likely(self, one: Telling, other: Telling) -> bool:
        """Whether two tellings may be put together, or put to a person, in some company."""
        return self.of(one, other).score >= self.weights["decide.likely"]

    def joins(self, one: Telling, other: Telling) -> bool:
        """Whether the two alone would be put together."""
        return self.of(one, other).score >= self.weights["decide.join"]


def _filled_in_anew(one: Telling, other: Telling) -> bool:
    """Whether two short texts of one wording tell of another place, or of days far apart.

    Who reports every strike in the same few words ("a strike on T killed N people on D") copies
    nothing: what such texts do not share is all that they tell.
    """
    if min(len(one.traits.sketch), len(other.traits.sketch)) > FORM_RUNS:
        return False
    mine, theirs = _told(one), _told(other)
    if mine is not None and theirs is not None and days_apart(mine, theirs) > COPIED_DAYS:
        return True
    here, there = one.account.place, other.account.place
    if here is None or there is None or here.point is None or there.point is None:
        return False
    return distance_km(here.point, there.point) > radius_of(here) + radius_of(there)


FORM_RUNS = 60  # runs of four words; a longer text has words of its own besides place, day and toll
COPIED_DAYS = 3  # days by which two copies may differ in the date that they tell


# ---------------------------------------------------------------- where
def _place(pair: Pair) -> Iterator[Clue]:
    mine, theirs = pair.one.account.place, pair.other.account.place
    if mine is not None and theirs is not None and mine.point and theirs.point:
        yield _located(pair, mine, theirs, km=distance_km(mine.point, theirs.point))
    elif pair.one.place_mark and pair.one.place_mark == pair.other.place_mark:
        yield pair.clue("place.same_phrase", "the same place name")
    else:
        yield pair.clue("place.untold", "one does not tell a place that is known")


def _located(pair: Pair, mine: Place, theirs: Place, *, km: float) -> Clue:
    joint = radius_of(mine) + radius_of(theirs)
    if _namesakes(pair, mine, theirs):
        return pair.clue("place.namesakes", "the same name as written, read as two places")
    if km > joint:
        return _too_far(pair, mine, theirs, km)
    coarse = max(radius_of(mine), radius_of(theirs)) > FINE_KM
    if _one_entry(mine, theirs):
        known = "the same area" if coarse else "the same place"
        return pair.clue("place.same_area" if coarse else "place.same", known)
    within = f"{km:.0f} km apart, within the {joint:.0f} km that they may be off"
    if coarse:
        return pair.clue("place.coarse", within)
    if not pair.copied:
        _tell_apart(mine, theirs, km)
    if km <= pair.weights["place.near_km"]:
        return pair.clue("place.near", f"{km:.1f} km apart")
    return pair.clue("place.within", within)


def _one_entry(mine: Place, theirs: Place) -> bool:
    if mine.gazetteer_id is None or theirs.gazetteer_id is None:
        return mine.point == theirs.point
    return mine.gazetteer_id == theirs.gazetteer_id


def _namesakes(pair: Pair, mine: Place, theirs: Place) -> bool:
    """Whether two texts have one name that was read as one town here and as its namesake there.

    One of the two is the wrong one far more often than both are right. Not so of quarters: every
    city has one by the name of the revolution.
    """
    if pair.form or pair.one.place_mark is None or pair.one.place_mark != pair.other.place_mark:
        return False
    quarters = mine.precision in QUARTER or theirs.precision in QUARTER
    return not quarters and not _one_entry(mine, theirs)


def _too_far(pair: Pair, mine: Place, theirs: Place, km: float) -> Clue:
    """What a distance weighs that the uncertainty of the two places does not cover."""
    if pair.relayed and may_be_blurred(mine, theirs, km):
        return pair.clue("place.blurred", "a relay that names the province's seat or less")
    if PlacePrecision.COUNTRY in (mine.precision, theirs.precision):
        return pair.clue("place.elsewhere", "a country named that is another one")
    if (naming := _naming(pair, mine, theirs)) is not None:
        return naming
    words = f"{km:.0f} km apart, which their uncertainty does not cover"
    if not pair.doubted and not may_be_blurred(mine, theirs, km):
        raise Contradiction(words)
    return pair.clue("place.far" if km <= NEIGHBOURS_KM else "place.astray", words)


def _naming(pair: Pair, mine: Place, theirs: Place) -> Clue | None:
    """What it weighs that a report has the name of the place that was read in the other one.

    One of two names in a text may be taken for the place of its event. Of bombing nothing follows:
    a report of one strike names the towns of others.
    """
    if pair.form or _recurs(pair):
        return None
    named = (names_place(pair.one, theirs), names_place(pair.other, mine))
    if all(named):
        return pair.clue("place.both_named", "each names the place of the other")
    if any(named):
        return pair.clue("place.named", "one names the place of the other as well")
    return None


def names_place(telling: Telling, place: Place) -> bool:
    """Whether a report has the words of a place's name."""
    asked = buckets_in(place.canonical_name or "")
    return bool(asked) and all(bucket in telling.traits.words for bucket in asked)


def _tell_apart(mine: Place, theirs: Place, km: float) -> None:
    """Two neighbourhoods, or two settlements of the gazetteer, are not one, however near."""
    if mine.precision in QUARTER and theirs.precision in QUARTER and km > QUARTERS_KM:
        raise Contradiction(f"two neighbourhoods {km:.1f} km apart", surely=True)
    towns = mine.precision is TOWN and theirs.precision is TOWN
    if towns and mine.gazetteer_id and theirs.gazetteer_id and km > SAME_TOWN_KM:
        raise Contradiction(f"two different places {km:.0f} km apart", surely=True)


QUARTER = (PlacePrecision.NEIGHBOURHOOD, PlacePrecision.EXACT)
TOWN = PlacePrecision.SETTLEMENT


# ---------------------------------------------------------------- when
def _told(telling: Telling) -> When | None:
    when = telling.account.when
    return when if when and when.precision is not DatePrecision.UNKNOWN else None


def _time(pair: Pair) -> Iterator[Clue]:
    mine, theirs = _told(pair.one), _told(pair.other)
    if mine is not None and theirs is not None:
        yield _dated(pair, mine, theirs)
    elif mine is not None:
        yield from _published_after(pair, mine, pair.other)
    elif theirs is not None:
        yield from _published_after(pair, theirs, pair.one)
    else:
        yield pair.clue("time.untold", "neither tells the day")


def _dated(pair: Pair, mine: When, theirs: When) -> Clue:
    apart = days_apart(mine, theirs)
    fine = mine.precision is DatePrecision.DAY and theirs.precision is DatePrecision.DAY
    words = f"{apart} days apart"
    if apart > 1 and _recurs(pair):
        if not pair.doubted:
            raise Contradiction(words)
        return pair.clue("time.few_days" if apart <= WEEK else "time.misread", words)
    if apart > 1:
        return _followed(pair, mine, theirs, apart)
    if apart:
        other_strike = _recurs(pair) and not pair.doubted
        return pair.clue("time.next_strike" if other_strike else "time.next_day", "one day apart")
    if not fine:
        return pair.clue("time.coarse", "the same week or month")
    if mine == theirs:
        return pair.clue("time.same", "the same day")
    return pair.clue("time.touching", "days that touch")


def _followed(pair: Pair, mine: When, theirs: When, apart: int) -> Clue:
    """What two days weigh that are told of what does not come back day after day.

    Who writes of a trial or a funeral may give its day for that of the event. Where both are news
    of the very days that they tell, two events are told.
    """
    if _is_news(pair.one, mine) and _is_news(pair.other, theirs):
        weight = interpolated(apart, pair.weights.news)
        return Clue("time.news", weight, f"{apart} days apart, each told within days", apart)
    weight = interpolated(apart, pair.weights.followed)
    return Clue("time.followed", weight, f"{apart} days apart", apart)


def _is_news(telling: Telling, when: When) -> bool:
    """Whether a report came out within days of the day that it tells."""
    if telling.published is None:
        return False
    return 0 <= (telling.published - when.end).days <= NEWS_DAYS


def _recurs(pair: Pair) -> bool:
    """Whether what was done comes back to one place day after day, as bombing does."""
    causes = {pair.one.account.cause, pair.other.account.cause}
    return bool(causes & pair.weights.recurring)


def _published_after(pair: Pair, when: When, undated: Telling) -> Iterator[Clue]:
    if undated.published is None:
        yield pair.clue("time.untold", "one tells no day")
        return
    days = (undated.published - when.start).days
    words = f"no date told; published {days} days after"
    if days < 0:
        yield pair.clue("time.before_it", "published before it happened")
    else:
        yield Clue("time.after", interpolated(days, pair.weights.after), words, days)


def _published(pair: Pair) -> Iterator[Clue]:
    """News of one event comes within days, and ever more rarely after."""
    mine, theirs = pair.one.published, pair.other.published
    if mine is None or theirs is None:
        return
    gap = abs((mine - theirs).days)
    weight = interpolated(gap, pair.weights.published)
    yield Clue("time.published", weight, f"published {gap} days apart", gap)


def _cause(pair: Pair) -> Iterator[Clue]:
    mine, theirs = pair.one.account.cause, pair.other.account.cause
    if Cause.UNKNOWN in (mine, theirs):
        return
    if mine is theirs:
        yield pair.clue("cause.same", f"the same cause: {mine}")
    elif not any({mine, theirs} <= family for family in pair.weights.families):
        first, second = sorted((mine, theirs))
        yield pair.clue("cause.other", f"{first} against {second}")


# ---------------------------------------------------------------- in which words
def _words(pair: Pair) -> Iterator[Clue]:
    if pair.copied:
        share = f"{pair.copied:.0%} of the shorter text stands in the other"
        yield pair.clue("words.copy", share)
    if pair.wording.quoted:
        yield pair.clue("words.quotation", "the same words quoted")
    if pair.wording.things:
        yield pair.clue("words.object", f"the same thing told: {', '.join(pair.wording.things)}")
    yield from _rare_words(pair)


def _rare_words(pair: Pair) -> Iterator[Clue]:
    if pair.like is None:
        return
    wording = pair.wording
    many = "many" if wording.alike > 0 else "few"
    words = f"{many} of the same rare words ({pair.like:.0%} alike)"
    yield Clue("words.rare", wording.alike, words, pair.like)
    if wording.heard < 1.0:
        some = "words" if wording.marked > 0 else "hardly a word"
        words = f"{some} that few other reports have, in a short text"
        yield Clue("words.marked", wording.marked, words, wording.distinct)


CLUES: tuple[Callable[[Pair], Iterator[Clue]], ...] = (
    _place,
    _time,
    _published,
    _cause,
    toll_clues,
    origin_clues,
    _words,
)
