"""`bilan decide`: what people decide, each with a name and a reason."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from bilan.acts.deciding import Decision
from bilan.acts.grade_incident import grade_incident
from bilan.acts.judge_one import accept as accept_one
from bilan.acts.judge_one import reject as reject_one
from bilan.acts.judge_pair import judge_different, judge_same
from bilan.acts.note_case import note_case
from bilan.acts.set_field import set_field
from bilan.acts.split_toll import split_toll as divide_toll
from bilan.acts.withdraw_decision import withdraw_decision
from bilan.cli.record_commands import AsJson, Because, By, now, opened, say, say_json
from bilan.cli.typed_values import count_of, value_of
from bilan.store.record import Record

_SEEN = "bilan.seen"  # where the callback leaves the entry that the person saw
app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

One = Annotated[str, typer.Argument(metavar="A", help="An incident's code, or a report's id.")]
Other = Annotated[str, typer.Argument(metavar="B", help="The other one.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The incident's code.")]
Target = Annotated[
    str, typer.Argument(metavar="TARGET", help="A proposal, a report, or an incident.")
]


@app.callback()
def decide(
    context: typer.Context,
    seen: Annotated[
        int | None,
        typer.Option(metavar="ENTRY", help="Refuse if it changed after this entry: `show` says."),
    ] = None,
) -> None:
    """Decide, with a name and a reason. Every decision can be withdrawn, none is erased."""
    context.meta[_SEEN] = seen


def _seen(context: typer.Context) -> Record:
    """The record as the person saw it who decides."""
    return opened(context).seen_at(context.meta.get(_SEEN))


@app.command()
def same(
    context: typer.Context,
    one: One,
    other: Other,
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """They tell of one incident."""
    _say(judge_same(_seen(context), one, other, by=by, because=because, at=now()), as_json)


@app.command()
def different(
    context: typer.Context,
    one: One,
    other: Other,
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """They tell of two incidents."""
    done = judge_different(_seen(context), one, other, by=by, because=because, at=now())
    _say(done, as_json)


@app.command("split-toll")
def split_toll(
    context: typer.Context,
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="As `bilan show` says it.")],
    parts: Annotated[
        list[str],
        typer.Argument(metavar="CODE=COUNT...", help="5, 5..7, 5+ or unknown for each incident."),
    ],
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Divide one number that was told of several places."""
    named = [_part(part) for part in parts]
    given = dict(named)
    if len(given) < len(named):
        raise typer.BadParameter("one incident is given two parts")
    counts = {code: count_of(words) for code, words in given.items()}
    done = divide_toll(_seen(context), proposal, counts, by=by, because=because, at=now())
    _say(done, as_json)


def _part(words: str) -> tuple[str, str]:
    code, _, count = words.partition("=")
    if not code or not count:
        raise typer.BadParameter(f"{words} is not CODE=COUNT")
    return code, count


@app.command()
def accept(
    context: typer.Context,
    target: Target,
    by: By,
    because: Because,
    into: Annotated[
        str | None, typer.Option(metavar="CODE", help="Which, where several are possible.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Accept what is proposed, what a report tells, or an incident."""
    done = accept_one(_seen(context), target, by=by, because=because, at=now(), into=into)
    _say(done, as_json)


@app.command()
def reject(
    context: typer.Context,
    target: Target,
    by: By,
    because: Because,
    field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Only this figure: killed, injured, ...")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Reject what is proposed, what a report tells, or an incident. It stays, shown as rejected."""
    done = reject_one(_seen(context), target, by=by, because=because, at=now(), field=field)
    _say(done, as_json)


@app.command("set")
def set_value(
    context: typer.Context,
    code: Code,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="when, place, cause, killed, ...")],
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE", help="2017-09-16, '35.02,40.45 Name', 5..7, unknown, ..."),
    ],
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Set what an incident says, where a person knows better than the reports."""
    typed = value_of(field, value)
    done = set_field(_seen(context), code, field, typed, by=by, because=because, at=now())
    _say(done, as_json)


@app.command()
def grade(
    context: typer.Context,
    code: Code,
    given: Annotated[str, typer.Argument(metavar="GRADE", help="Confirmed, Fair, Weak, ...")],
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Sign the grade of an incident."""
    done = grade_incident(_seen(context), code, given, by=by, because=because, at=now())
    _say(done, as_json)


@app.command()
def case(
    context: typer.Context,
    code: Code,
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Whose answer is awaited.")],
    state: Annotated[
        str,
        typer.Argument(
            metavar="STATE", help="submitted, acknowledged, no_response_closed or reopened."
        ),
    ],
    on: Annotated[
        datetime,
        typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="When that was."),
    ],
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Note that you asked a party, that it has it, or that it never answered.

    What a party says is no note: add its letter as a report.
    """
    done = note_case(
        _seen(context), code, party, state, on=on.date(), by=by, because=because, at=now()
    )
    _say(done, as_json)


@app.command()
def withdraw(
    context: typer.Context,
    decision: Annotated[int, typer.Argument(metavar="NUMBER", help="The decision's number.")],
    by: By,
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Take a decision back. It stays in the ledger and no longer counts."""
    done = withdraw_decision(_seen(context), decision, by=by, because=because, at=now())
    _say(done, as_json)


def _say(done: Decision, as_json: bool) -> None:
    if as_json:
        say_json({**asdict(done), "notes": [str(note) for note in done.notes]})
        return
    how = "signed by" if done.signed else "recorded as"
    say(f"decision {done.seq}, {how} {done.by}; now {', '.join(done.incidents) or 'no incident'}")
    for note in done.notes:
        say(f"note: {note}")
