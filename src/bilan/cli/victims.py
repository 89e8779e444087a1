"""`bilan victims`: lists of named dead beside each other. Names stay in the lists.

No name enters a record, and nothing printed or written holds one: entries are called LIST:ID, so
that whoever has the lists can look them up, and nobody else. `accept` takes a number of people.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from bilan.acts.count_named import count_named
from bilan.capture.sheets import Sheet, open_sheet
from bilan.cli.harmless import harmless
from bilan.cli.record_commands import AsJson, Because, By, now, opened, say, say_json
from bilan.cli.wording import number_of
from bilan.core.errors import Refused, UsageError
from bilan.core.reports.cells import escaped, unescaped
from bilan.core.values import Fault
from bilan.core.victims.answers import COLUMNS as PAIRS
from bilan.core.victims.answers import Answers, answers_in
from bilan.core.victims.entry import Entry, entries_of
from bilan.core.victims.matching import Proposal, proposals, weights
from bilan.core.victims.overlap import Overlap, overlap_of
from bilan.engines.estimating import WARNING, Estimate, estimate

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

Lists = Annotated[list[Path], typer.Argument(metavar="LISTS…", help="CSV, one file a list.")]
Pairs = Annotated[Path, typer.Option("--pairs", help="The answered table of `match --out`.")]
SHOWN = 20  # proposals printed; all are in the table of --out


@app.callback()
def victims() -> None:
    """Match lists of named dead, count their overlap, and estimate whom no list has."""


@app.command()
def match(
    lists: Lists,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the pairs to a CSV, to be answered there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Propose who may be one person, with reasons. A person answers; nothing is joined here."""
    if out is not None and out.exists():
        raise Refused(f"{out} is there already.", hint="It may hold answers: name a new file.")
    taken = _taken(lists)
    found = proposals(taken.entries)
    if out is not None:
        out.write_text(_table(found), encoding="utf-8")
    if as_json:
        say_json({"proposals": [_plain(p) for p in found], "faults": list(map(str, taken.faults))})
        return
    for proposal in found[:SHOWN]:
        _say_proposal(proposal)
    if len(found) > SHOWN:
        say(f"… and {len(found) - SHOWN} more")
    likely = sum(1 for p in found if p.score >= weights()["decide.likely"])
    say(f"{len(taken.entries)} entries, {len(found)} pairs to look at, {likely} of them likely")
    if out is not None:
        say(
            f"{out}: fill in answer (same, different), by and because; then `bilan victims overlap`"
        )


@app.command()
def overlap(lists: Lists, pairs: Pairs, as_json: AsJson = False) -> None:
    """Count who stands on which lists, by the pairs that people answered. Holds no name."""
    found, answers = _overlap(lists, pairs)
    if as_json:
        say_json(_plain_overlap(found, answers))
        return
    for pattern, people in found.patterns.items():
        on = [name for name, is_on in zip(found.lists, pattern, strict=True) if is_on]
        typer.echo(f"{people:>8}  {harmless(' and '.join(on))}{' only' if len(on) == 1 else ''}")
    typer.echo(f"{found.people:>8}  people in all; {answers.open} pairs not answered yet")
    _say_open(found, answers)


@app.command("estimate")
def estimate_missed(lists: Lists, pairs: Pairs, as_json: AsJson = False) -> None:
    """Estimate how many people no list has, with an interval: three lists or more."""
    found, answers = _overlap(lists, pairs)
    made = estimate(found)
    if as_json:
        say_json({**_plain_estimate(made), "warning": WARNING, "open": answers.open})
        return
    say(f"{made.people} people are on at least one list.")
    say(f"On none: about {made.missed:.0f}, 95 % interval {made.low:.0f} to {made.high:.0f}.")
    say(f"Models nearly as good put the total at {made.others[0]:.0f} to {made.others[1]:.0f}.")
    depend = "; ".join(" with ".join(pair) for pair in made.depend)
    say(f"Lists taken to depend on each other: {depend or 'none'}.")
    say(WARNING)
    _say_open(found, answers)


@app.command()
def accept(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The incident's code.")],
    lists: Lists,
    pairs: Pairs,
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Let the distinct people whom lists name for an incident raise the floor of its toll.

    Entries count whose column `incident` has the code. Who may be one person counts once; nothing
    is counted while somebody may stand under two incidents. The names stay in the lists.
    """
    answers = _answers(pairs)
    entries = _taken(lists).entries
    record = opened(context)
    done = count_named(record, code, entries, answers, by=by, because=because, at=now())
    floor, decision = done.floor, done.decision
    if as_json:
        say_json({"decision": decision.seq, **asdict(floor), "signed": decision.signed})
        return
    how = "signed by" if decision.signed else "recorded as"
    named = number_of(floor.people, "distinct person").replace("persons", "people")
    say(f"decision {decision.seq}, {how} {decision.by}: the lists name {named} for {code}")
    if floor.untold:
        doubt = number_of(len(floor.untold), "pair")
        say(f"{doubt} that nobody answered as different: each counts as one person")


@dataclass(frozen=True, slots=True)
class _Taken:
    entries: list[Entry]
    faults: list[Fault]


def _taken(lists: Sequence[Path]) -> _Taken:
    """The entries of every list, called after its file; faults are said at once."""
    names = [path.stem for path in lists]
    if len(set(names)) < len(names):
        raise UsageError("two files have one name.", hint="A list is called after its file.")
    entries: list[Entry] = []
    faults: list[Fault] = []
    for path in lists:
        sheet = open_sheet(path, lambda columns: {"id", "name"} <= _lower(columns))
        for made in entries_of(_rows(sheet, faults), of_list=path.stem):
            if isinstance(made, Entry):
                entries.append(made)
            else:
                faults.append(made)
    for fault in faults:
        typer.echo(f"  {fault}", err=True)
    return _Taken(entries, faults)


def _lower(columns: Sequence[str]) -> set[str]:
    return {column.strip().casefold() for column in columns}


def _rows(sheet: Sheet, faults: list[Fault]) -> Iterator[tuple[str, Mapping[str, str]]]:
    columns = [column.strip().casefold() for column in sheet.columns]
    for row in sheet.rows():
        faults.extend(row.faults)
        if row.cells is not None and not row.faults:
            cells = map(unescaped, row.cells)
            yield f"{sheet.path.name}, row {row.line}", dict(zip(columns, cells, strict=False))


def _table(found: Sequence[Proposal]) -> str:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(PAIRS)
    for p in found:
        why = "; ".join(r.words for r in p.reasons)
        rows.writerow(
            (
                *map(escaped, (p.one, p.other)),
                p.score,
                escaped(why),
                "two incidents" if p.alert else "",
                *("", "", ""),
            )
        )
    return written.getvalue()


def _overlap(lists: Sequence[Path], pairs: Path) -> tuple[Overlap, Answers]:
    answers = _answers(pairs)
    return overlap_of(_taken(lists).entries, answers.same), answers


def _answers(pairs: Path) -> Answers:
    """What people answered in the table of pairs; faults are said at once."""
    sheet = open_sheet(pairs, lambda columns: {"one", "other", "answer"} <= _lower(columns))
    faults: list[Fault] = []
    answers = answers_in(_rows(sheet, faults))
    for fault in (*faults, *answers.faults):
        typer.echo(f"  {fault}", err=True)
    return answers


def _say_proposal(proposal: Proposal) -> None:
    say(f"{proposal.one} and {proposal.other} ({proposal.score:.2f})")
    for reason in proposal.reasons:
        typer.echo(f"  {reason.words} ({reason.weight:+.2f})")
    if proposal.within:
        typer.echo("  both on one list: it may have somebody twice")
    if proposal.alert:
        typer.echo("  under two incidents: one person would be counted twice")


def _say_open(found: Overlap, answers: Answers) -> None:
    for one, other in answers.contradicted:
        say(f"contradiction: {one} and {other} are called same and different; not joined")
    for alert in found.alerts:
        say(f"one person under several incidents: {', '.join(alert)}")


def _plain(proposal: Proposal) -> dict[str, object]:
    return {
        "one": proposal.one,
        "other": proposal.other,
        "score": proposal.score,
        "reasons": [{"words": r.words, "weight": r.weight} for r in proposal.reasons],
        "within_one_list": proposal.within,
        "two_incidents": proposal.alert,
    }


def _plain_overlap(found: Overlap, answers: Answers) -> dict[str, object]:
    return {
        "lists": found.lists,
        "patterns": [{"on": list(p), "people": n} for p, n in found.patterns.items()],
        "people": found.people,
        "open": answers.open,
        "contradicted": answers.contradicted,
        "alerts": found.alerts,
    }


def _plain_estimate(made: Estimate) -> dict[str, object]:
    return {
        "people": made.people,
        "missed": {"estimate": made.missed, "low": made.low, "high": made.high},
        "total": made.total,
        "depend": made.depend,
        "aic": made.aic,
        "others": made.others,
    }
