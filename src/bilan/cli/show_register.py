"""An entry of another recorder's register on a terminal, and what a code of theirs may mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from bilan.cli.harmless import harmless
from bilan.cli.page import Page as Screen
from bilan.cli.wording import day_words, number_of
from bilan.core.errors import Refused
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.plain import to_plain
from bilan.core.registers.asserted import Asserted, Bounds, Kind
from bilan.core.registers.beside import beside, window
from bilan.core.registers.codes import Meaning, certain
from bilan.store.models import RegisterRow
from bilan.store.registers import (
    asserted_of,
    known_between,
    meanings_of,
    recorder_of,
    row_of,
    rows_about,
    shared_defects,
)

_LABELS = {
    "killed": "Killed",
    "killed_children": "Children",
    "killed_women": "Women",
    "killed_men": "Men",
    "injured": "Injured",
}
NOT_OURS = "as the register has it; not counted among our own"


def entry_meant(meanings: Sequence[Meaning], code: str) -> Meaning:
    """The one entry that is meant; Refused, with every candidate, where there are several."""
    one = certain(meanings)
    if one is None:
        listed = "\n  ".join(f"{m.words}: bilan show '{m.register}:{m.key}'" for m in meanings)
        raise Refused(
            f"{code} may mean {len(meanings)} entries, and Bilan does not choose.", hint=listed
        )
    return one


def entry_plain(meaning: Meaning) -> dict[str, Any]:
    """An entry of a register as JSON: all that its row asserts, and what belongs to it."""
    row = row_of(meaning)
    return {
        "register": row.register,
        "table": row.part,
        "recorder": recorder_of(row),
        "entry": row.seq,
        "as_of": row.as_of.isoformat(),
        "meant_as": str(meaning.use),
        "asserted": to_plain(asserted_of(row)),
        "flags": [*row.defects.split(), *_shared(row)],
        "belongs": [to_plain(asserted_of(other)) for other in rows_about(row)],
    }


def meaning_plain(meaning: Meaning) -> dict[str, Any]:
    """One thing that a code may mean, as JSON."""
    return {
        "register": meaning.register,
        "key": meaning.key,
        "code": meaning.code,
        "use": str(meaning.use),
        "since": meaning.since.isoformat(),
        "until": meaning.until.isoformat() if meaning.until else None,
    }


def show_entry(meaning: Meaning, asked: str, screen: Screen) -> None:
    """Print what a register asserts of an incident."""
    row = row_of(meaning)
    told = asserted_of(row)
    title = f"{told.code or told.key}  in the register {row.register} of {recorder_of(row)}"
    screen.line(Text(harmless(title), "bold"))
    screen.row("", Text(harmless(f"{NOT_OURS}; edition of {day_words(row.as_of)}")))
    if ":" not in asked and asked.casefold() != (told.code or told.key).casefold():
        screen.row("Asked", Text(harmless(f"{asked}: {meaning.words}")))
    for label, words in (*_facts(told), *_about(row), *_codes(told)):
        screen.row(label, Text(harmless(words)))
    flags = (*row.defects.split(), *_shared(row))
    if flags:
        screen.row("Flags", Text(harmless(", ".join(flags))))


def _shared(row: RegisterRow) -> tuple[str, ...]:
    return tuple(shared_defects(row.register, row.part).get(row.fold, ()))


def _facts(told: Asserted) -> Iterator[tuple[str, str]]:
    days = [day_words(day) for day in (told.start, told.end) if day is not None]
    yield "When", " to ".join(dict.fromkeys(days)) or "not said, or not to be read"
    where = [p for p in (told.place, told.place_local, told.admin1, told.country) if p]
    point = f" ({told.lat}, {told.lon})" if told.lat is not None and told.lon is not None else ""
    yield "Where", (", ".join(where) or "not said") + point
    for name, label in _LABELS.items():
        bounds = told.count(name)
        if name == "killed" or bounds.low is not None or bounds.high is not None:
            yield label, bounds_words(bounds)
    for one in told.parties:
        named = f"{one.name} ({one.party})" if one.party not in (None, one.name) else one.name
        yield "Party", ", ".join(w for w in (named, one.role, one.answer) if w)
    if told.grade:
        yield "Grade", f"{told.grade}, their own"
    if told.url:
        yield "Page", told.url


def bounds_words(bounds: Bounds) -> str:
    """Two bounds as the register gives them, whichever is the greater."""
    if bounds.low is None and bounds.high is None:
        return "not known"
    if bounds.low is None:
        return f"up to {bounds.high:,}"
    if bounds.high is None:
        return f"{bounds.low:,} or more"
    return f"{bounds.low:,}" if bounds.low == bounds.high else f"{bounds.low:,} to {bounds.high:,}"


def _about(row: RegisterRow) -> Iterator[tuple[str, str]]:
    people: set[str] = set()
    nameless = 0
    for other in rows_about(row):
        told = asserted_of(other)
        if told.kind is Kind.INVOLVEMENT:
            for one in told.parties:
                yield "Party", ", ".join(w for w in (one.name, one.role, one.answer) if w)
        elif told.person is not None:
            people |= {told.person.mark} if told.person.mark else set()
            nameless += told.person.mark is None
    if people or nameless:
        yield "People", f"{number_of(len(people) + nameless, 'different person')} in its list"


def _codes(told: Asserted) -> Iterator[tuple[str, str]]:
    for old in told.former:
        others = [m for m in meanings_of(old) if m.key != told.key]
        also = "; ".join(f"{m.code} has it too ({m.use})" for m in others)
        yield "Once", f"{old}: {also}" if also else old


def beside_lines(incident: Incident) -> Iterator[str]:
    """The entries of registers that may tell of one of our incidents, with the reasons."""
    for row, why in _beside(incident):
        killed = bounds_words(Bounds("killed", row.killed_min, row.killed_max))
        yield f"{row.register} {row.code or row.key}: killed {killed}, {NOT_OURS}; {why}"


def beside_plain(incident: Incident) -> list[dict[str, Any]]:
    """The same as JSON."""
    return [
        {
            "register": row.register,
            "code": row.code,
            "key": row.key,
            "killed": {"min": row.killed_min, "max": row.killed_max},
            "why": why,
        }
        for row, why in _beside(incident)
    ]


def _beside(incident: Incident) -> Iterator[tuple[RegisterRow, str]]:
    if incident.when is None:
        return
    reach = window(incident.when)
    rows = known_between(reach.start, reach.end)
    for offer in beside(incident, (known for _, known in rows.values())):
        yield rows[offer.code][0], ", ".join(offer.why)
