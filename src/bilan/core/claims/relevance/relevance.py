"""Whether a report concerns harm to people in an armed conflict, and why (contract, rule 1).

Two questions: does it tell of harm, of an answer to an allegation, or of a strike; and is that part
of an armed conflict, by the country and the year (`conflicts.toml`), by the parties and weapons
that it names, against what else it may be about: an accident, a disaster, a match, an exercise.
The words of each are `[lexicon.scene]` and `[lexicon.cause]` of the language.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Container
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bilan.core.claims.harm.causes import OPERATION, WEAK
from bilan.core.claims.parties.blame import Part
from bilan.core.claims.parties.parties import Setting, nations, told_of
from bilan.core.claims.speech.testimony import Testimony
from bilan.core.claims.text.language import parties
from bilan.core.claims.text.marks import Marks
from bilan.core.errors import DataError
from bilan.core.frozen import dataclass
from bilan.core.values import Cause

_LEAD = 60  # tokens; a report says at its head what it is about
_LEAD_WEIGHT = 2
_ALL = 1 << 62  # a lead as long as any text
_SAME_WORDS = 3  # times that one wording counts; more often it says nothing new
_COUNTRIES = 3  # countries told of most, of which one has to be at war
_FEW = 2  # signs of war below which a peaceful subject decides
# Keys of [lexicon.scene]: signs of war anywhere, and those which are where a war is fought and the
# text has no other subject ("a strike on Kramatorsk", "two dead, nine wounded after the blast").
_WAR = frozenset({"war"})
_WAR_WHERE_FOUGHT = frozenset({"war", "fought"})
_WEAPONS_OF_WAR = frozenset(
    {Cause.AIRSTRIKE, Cause.DRONE, Cause.ARTILLERY, Cause.ROCKET, Cause.CHEMICAL}
)
_FROM_AFAR = frozenset({Cause.AIRSTRIKE, Cause.ARTILLERY})
_HARMED = frozenset({"killed", "injured", "missing", "both"})  # first half of a [lexicon.harm] key
_PEACEFUL = (
    "accident",
    "disaster",
    "sport",
    "economy",
    "crime",
    "exercise",
    "pretended",
    "fiction",
)
_REMEMBERED = "anniversary"
_PLAYED = frozenset({"exercise", "fiction", "sport", "pretended"})
_LIKENED = 6  # tokens behind "it was like" that name what something was only compared to
_HARM_IN_PEACE = ("accident", "disaster", "crime")
_ARMED = frozenset({"state", "coalition", "non_state", "generic"})


class Scope(StrEnum):
    """What is read: harm in armed conflicts, or every violent event."""

    CONFLICT = "conflict"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Relevance:
    """The verdict, and in words what it rests on."""

    relevant: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Signs:
    war: int
    peaceful: int
    subject: str
    weapons: int
    armed: int
    from_afar: int  # of the weapons those that only forces have, named for sure
    elsewhere: int  # for what does harm in peace: accidents, crime, disasters


@cache
def conflicts() -> dict[str, tuple[tuple[int, int | None], ...]]:
    """Countries (ISO 3166-1) in armed conflict, with stretches of years; None = goes on."""
    text = (files("bilan.core.claims") / "conflicts.toml").read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(text)["conflict"]
        table: dict[str, list[tuple[int, int | None]]] = {}
        for row in rows:
            table.setdefault(row["country"], []).append((row["from"], row.get("to")))
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(f"conflicts.toml: {error}") from error
    return {country: tuple(stretches) for country, stretches in table.items()}


def at_war(country: str, year: int | None) -> bool:
    """Whether a country was in armed conflict in a year; without a year, whether it ever was."""
    stretches = conflicts().get(country, ())
    if year is None:
        return bool(stretches)
    return any(start <= year and (end is None or year <= end) for start, end in stretches)


def relevance(
    testimony: Testimony, setting: Setting, *, scope: Scope = Scope.CONFLICT
) -> Relevance:
    """Whether a report is to be read, and why."""
    marks = testimony.marks
    answered = bool(testimony.said)
    harm = any(h.key.split("_")[0] in _HARMED for h in marks.all("harm"))
    harm = harm or any(h.key != "0" for h in marks.all("deadly"))
    if scope is Scope.ANY:
        return _any_violence(marks, harm or answered)
    if not harm and not answered:
        return Relevance(False, "tells of no harm, no answer and no strike")
    signs = _signs(marks, testimony)
    pretended = any(h.key == "pretended" for h in marks.all("scene"))
    told_apart = signs.elsewhere or pretended
    apart = _told_apart(marks, testimony) if told_apart else signs.war
    if signs.peaceful > signs.war or (signs.peaceful and apart < _FEW):
        return Relevance(False, f"more about {signs.subject} than about war")
    if signs.war < _FEW and not answered and (signs.peaceful or not _as_where_fought(marks)):
        return Relevance(False, "nothing says that it is part of an armed conflict")
    return _where(marks, setting, signs)


def no_war_in(signs: Marks) -> str | None:
    """Why a text with these signs is not relevant whoever speaks in it and wherever it plays.

    `signs` are all phrases for scenes, causes, parties, nations and seats of government of the
    text, in any position: none is weighed less than `relevance` does. None = it may be relevant.
    """
    war = _weight(signs, "scene", _WAR_WHERE_FOUGHT, lead=_ALL)
    war += _weight(signs, "cause", {str(c) for c in _WEAPONS_OF_WAR} | WEAK.keys(), lead=_ALL)
    named = _forces_named(signs)
    armed = sum(_fights(party) for party in named)
    war += 2 * armed + bool(armed)
    likened = _likened(signs)
    subjects = _subjects(signs, lead=0, barred=likened)
    subject = max(subjects, key=lambda key: subjects[key])
    if subjects[subject] > war or (subjects[subject] and war < _FEW):
        return f"more about {subject} than about war"
    if war < _FEW and not named:
        return "nothing says that it is part of an armed conflict"
    return None


def _forces_named(signs: Marks) -> set[str]:
    """Every party that the text names, or whose country it names."""
    named = {hit.key for hit in signs.all("party")}
    for category in ("nation", "seat"):
        for hit in signs.all(category):
            nation = nations()[hit.key]
            named.update(str(nation[arm]) for arm in ("forces", "air") if nation.get(arm))
    return named


def _any_violence(marks: Marks, harm: bool) -> Relevance:
    named = {str(c) for c in Cause} - {str(Cause.OTHER)} | WEAK.keys() | {OPERATION}
    violent = _weight(marks, "cause", named)
    attacks = _weight(marks, "attack", {"noun", "verb"})
    if not harm and not violent and not attacks:
        return Relevance(False, "tells of no harm and no violence")
    subjects = {key: _weight(marks, "scene", {key}) for key in _PEACEFUL if key != "crime"}
    subject = max(subjects, key=lambda key: subjects[key])
    crime = _weight(marks, "scene", {"crime"})
    if subjects[subject] > violent + attacks + crime:
        return Relevance(False, f"about {subject}, not about violence")
    return Relevance(True, "tells of harm by violence")


def _where(marks: Marks, setting: Setting, signs: _Signs) -> Relevance:
    countries = list(setting.countries[:_COUNTRIES]) or told_of(marks, setting)[:_COUNTRIES]
    fought = [c for c in countries if at_war(c, setting.year)]
    if fought:
        return Relevance(True, f"harm or an answer in an armed conflict ({fought[0]})")
    named = [c for c in told_of(marks, setting)[:_COUNTRIES] if at_war(c, setting.year)]
    if named and (signs.weapons or not countries) and signs.armed:
        return Relevance(True, f"weapons of war and a country in conflict ({named[0]})")
    if not countries and (signs.weapons or signs.armed):
        return Relevance(True, "weapons of war or armed parties, no country named")
    if signs.from_afar >= _FEW and not signs.peaceful:
        # Nobody shells a town in peace: the list of wars is behind, or a namesake was taken.
        return Relevance(True, f"weapons of war, though no war is known in {', '.join(countries)}")
    return Relevance(False, f"no armed conflict in {', '.join(countries) or 'any country named'}")


def _signs(marks: Marks, testimony: Testimony) -> _Signs:
    likened = _likened(marks)
    unreal = likened | _ruled_out(marks, testimony)
    causes = {str(c) for c in _WEAPONS_OF_WAR} | WEAK.keys()
    weapons = _weight(marks, "cause", causes, barred=unreal)
    armed = _armed(testimony)
    war = _weight(marks, "scene", _WAR, barred=unreal) + weapons + armed
    subjects = _subjects(marks, barred=likened)
    subject = max(subjects, key=lambda key: subjects[key])
    elsewhere = max(subjects[key] for key in _HARM_IN_PEACE)
    from_afar = _weight(marks, "cause", {str(c) for c in _FROM_AFAR}, barred=unreal)
    return _Signs(war, subjects[subject], subject, weapons, armed, from_afar, elsewhere)


def _as_where_fought(marks: Marks) -> bool:
    """Whether the text tells of what is war where a war is fought."""
    return _weight(marks, "scene", _WAR_WHERE_FOUGHT) >= _FEW


def _likened(marks: Marks) -> set[int]:
    """The tokens that name what something was only like: "it sounded like an air raid"."""
    return {
        token
        for hit in marks.all("scene")
        if hit.key == "like"
        for token in range(hit.last, hit.last + _LIKENED)
    }


def _ruled_out(marks: Marks, testimony: Testimony) -> set[int]:
    """The tokens of sentences in which somebody says what the cause was not."""
    return _sentences_with(marks, testimony, {"ruled_out"})


def _sentences_with(marks: Marks, testimony: Testimony, keys: Container[str]) -> set[int]:
    """The tokens of the sentences in which a scene of these keys stands."""
    named = [h.first for h in marks.all("scene") if h.key in keys]
    return {
        token
        for first, last in testimony.sentences
        if any(first <= at < last for at in named)
        for token in range(first, last)
    }


def _told_apart(marks: Marks, testimony: Testimony) -> int:
    """The signs of war of a text outside the sentences about exercises, films and matches, whose
    wars are none: "the drill hit its targets", "the film bombed"."""
    barred = _sentences_with(marks, testimony, _PLAYED)
    if not barred:
        return _signs(marks, testimony).war
    kept = _weight(marks, "scene", _WAR, barred=barred)
    kept += _weight(marks, "cause", {str(c) for c in _WEAPONS_OF_WAR} | WEAK.keys(), barred=barred)
    return kept + _armed(testimony, barred=barred)


def _weight(
    marks: Marks,
    category: str,
    keys: Container[str],
    *,
    lead: int = _LEAD,
    barred: Container[int] = (),
) -> int:
    """How much of a text is about something: its wordings, those at the head counted twice.

    What stands on `barred` tokens counts for nothing.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    weight = 0
    for hit in marks.all(category):
        if hit.key not in keys or hit.first in barred:
            continue
        wording = marks.words.norms[hit.first : hit.last]
        seen[wording] += 1
        if seen[wording] <= _SAME_WORDS:
            weight += _LEAD_WEIGHT if hit.first < lead else 1
    return weight


def _subjects(marks: Marks, *, lead: int = _LEAD, barred: Container[int] = ()) -> dict[str, int]:
    """How much of a text is about each peaceful subject, as `_weight` has it: in one pass."""
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    weights = dict.fromkeys((*_PEACEFUL, _REMEMBERED), 0)
    for first, last, _, key in marks.all("scene"):
        if key in weights and first not in barred:
            told = (key, marks.words.norms[first:last])
            seen[told] += 1
            if seen[told] <= _SAME_WORDS:
                weights[key] += _LEAD_WEIGHT if first < lead else 1
    return weights


def _armed(testimony: Testimony, *, barred: Container[int] = ()) -> int:
    """Twice the armed parties that act, are struck or answer; one more if forces are near."""
    mentions = [m for m in testimony.mentions if m.first not in barred]
    acting = {m.party for m in mentions if m.part in (Part.ACTOR, Part.TARGET)}
    acting |= {s.party for s in testimony.said if s.first not in barred}
    fighting = sum(_fights(party) for party in acting)
    near = any(_fights(m.party) for m in mentions)
    return 2 * fighting + near


def _fights(party: str | None) -> bool:
    return party is not None and parties()[party]["kind"] in _ARMED
