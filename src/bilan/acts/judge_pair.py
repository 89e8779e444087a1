"""Say that two incidents, or two tellings, are one, or that they are not."""

from __future__ import annotations

from datetime import datetime

from bilan.acts.deciding import Decision, decide, reason, telling_meant
from bilan.core.errors import Refused
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Decided, Verb
from bilan.store.record import Record


def judge_same(
    record: Record, one: str, other: str, *, by: str, because: str, at: datetime
) -> Decision:
    """They tell of one incident, whatever the scores say."""
    return _judge(record, Verb.SAME, (one, other), by=by, because=because, at=at)


def judge_different(
    record: Record, one: str, other: str, *, by: str, because: str, at: datetime
) -> Decision:
    """They tell of two incidents, whatever the scores say."""
    return _judge(record, Verb.DIFFERENT, (one, other), by=by, because=because, at=at)


def _judge(
    record: Record, verb: Verb, pair: tuple[str, str], *, by: str, because: str, at: datetime
) -> Decision:
    why = reason(because)

    def decided(book: Casebook) -> Decided:
        tellings = tuple(telling_meant(book, name) for name in pair)
        if tellings[0] == tellings[1]:
            raise Refused(
                f"{pair[0]} and {pair[1]} are one telling already: {tellings[0]}.",
                hint="Name two reports, or two incidents that are two today.",
            )
        named = tuple(name for name in pair if name in book.shelf.codes)
        if verb is Verb.DIFFERENT and named:
            tellings = _told_apart(book, pair, tellings)
        return Decided(verb, why, incidents=named, tellings=tellings)

    incidents = "one incident" if verb is Verb.SAME else "two incidents"
    what = f"that {pair[0]} and {pair[1]} tell of {incidents}"
    return decide(record, what, decided, by=by, at=at)


def _told_apart(
    book: Casebook, pair: tuple[str, str], tellings: tuple[str, ...]
) -> tuple[str, ...]:
    """One telling, and all those of the incident that it is told apart from: the rest of the
    incident would else be free to follow either."""
    alone, code = (tellings[1], pair[0]) if pair[0] in book.shelf.codes else (tellings[0], pair[1])
    return (alone, *book.others(code, alone))
