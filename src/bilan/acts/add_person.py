"""Let somebody into a record, or note that they have left."""

from __future__ import annotations

from datetime import datetime

from bilan.core.errors import Refused, UsageError
from bilan.store import people
from bilan.store.ledger import Draft
from bilan.store.models import Person
from bilan.store.people import Duty, tidy_name
from bilan.store.record import Record
from bilan.store.signing import MACHINE, Author, keep_key, keys_folder, new_key

LONGEST_NAME = 100  # characters; the ledger keeps a name in every entry


def add_person(
    record: Record, name: str, *, at: datetime, duty: Duty = Duty.SIGNS, with_key: bool = True
) -> Person:
    """The new person, with a key of their own on this computer unless `with_key` is False.

    Their first entry is signed with that key. Without one, what they decide is recorded as their
    name says, and never called signed.
    """
    name = _checked(name)
    private = new_key() if with_key else None
    author = Author(name, private) if private else Author(MACHINE)
    with record.writing(f"that {name} belongs to the record") as pen:
        _refuse_known(name)
        if private:
            keep_key(private, keys_folder())
        public = Author(name, private).key
        body = {"name": name, "duty": str(duty), "key": public}
        pen.write([Draft(people.JOINED, body)], author=author, at=at)
    return people.person(name)


def _checked(name: str) -> str:
    tidy = tidy_name(name)
    if not tidy or len(tidy) > LONGEST_NAME or tidy.casefold() == MACHINE or not tidy.isprintable():
        raise UsageError(
            f"{name!r} cannot be a person's name.",
            hint=f"One to {LONGEST_NAME} printable characters, and not {MACHINE!r}.",
        )
    return tidy


def _refuse_known(name: str) -> None:
    for known in Person.objects.all():
        if known.name.casefold() == name.casefold():
            gone = " and has left" if known.left_seq is not None else ""
            raise Refused(
                f"{known.name} is in the record already{gone}.",
                hint="Names are given once; add them under another.",
            )


def note_departure(record: Record, name: str, *, by: str, because: str, at: datetime) -> Person:
    """Somebody has left: what they decided stands, they decide no more."""
    with record.writing(f"that {name} has left") as pen:
        author = people.who_may(by, Duty.SIGNS)
        leaving = people.person(name)
        if leaving.left_seq is not None:
            raise Refused(
                f"{leaving.name} has left already.", hint="`bilan people` shows since when."
            )
        was = {"duty": leaving.duty, "key": leaving.key, "since": leaving.since_seq}
        body = {"name": leaving.name, "because": because, **was}
        pen.write([Draft(people.LEFT, body)], author=author, at=at)
    return people.person(name)
