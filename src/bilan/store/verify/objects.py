"""Are the preserved bytes there, unchanged, and gone where they were erased?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilan.core.errors import IntegrityError
from bilan.core.values import Fault
from bilan.store.chain import Link
from bilan.store.ledger import links
from bilan.store.models import StoredObject
from bilan.store.objects import Objects
from bilan.store.record import Record
from bilan.store.register_rows import IMPORTED, ROW_ERASED
from bilan.store.verify.ledger import said
from bilan.store.verify.verdict import Progress, Verdict

STEP = 200  # objects between two words of progress


def check_objects(record: Record, verdict: Verdict, progress: Progress) -> None:
    """Every object that the ledger names, and what lies there that it does not name."""
    named, gone = named_objects()
    index = StoredObject.objects.in_bulk(list(named)) if len(named) < STEP else _index()
    for done, sha256 in enumerate(named, start=1):
        if sha256 in gone:
            verdict.erased += 1
            verdict.faults += _still_there(record.objects, sha256, named[sha256])
        else:
            verdict.objects += 1
            verdict.faults += _wrong(record.objects, sha256, named[sha256], index.get(sha256))
        if done % STEP == 0 or done == len(named):
            progress("objects", done, len(named))
    _note_leftovers(record.objects, verdict, named)


def named_objects(chain: Iterable[Link] | None = None) -> tuple[dict[str, str], set[str]]:
    """The objects that the ledger names, each with what rests on it; those erased.

    `chain`: entries that lie elsewhere than in the tables.
    """
    named: dict[str, str] = {}
    of_report: dict[str, set[str]] = {}
    gone: set[str] = set()
    kinds = ("captured", "erased", IMPORTED, ROW_ERASED)
    found = links(kinds=kinds) if chain is None else (one for one in chain if one.kind in kinds)
    for link in found:
        body = said(link)
        report, objects = body.get("report"), body.get("objects", {})
        what = f"register {body.get('register')}, entry {link.seq}"
        if link.kind == "erased":
            gone |= of_report.get(str(report), set())
        elif link.kind == ROW_ERASED:
            gone |= set(body.get("replaced", {}))
            named |= dict.fromkeys(body.get("replaced", {}).values(), what)
        elif link.kind == IMPORTED:
            named |= dict.fromkeys(objects.values(), what)
        else:
            for sha256 in objects.values():
                named.setdefault(sha256, f"report {report}")
                of_report.setdefault(str(report), set()).add(sha256)
    return named, gone


def _index() -> dict[str, StoredObject]:
    return {row.sha256: row for row in StoredObject.objects.iterator()}


def _wrong(objects: Objects, sha256: str, what: str, row: StoredObject | None) -> Iterator[Fault]:
    where = f"object {sha256[:12]} of {what}"
    if row is None or row.slot is None:
        yield Fault("object.unknown", "is not in the index: run `bilan rebuild`", where)
        return
    if row.erased:
        yield Fault("object.erased", "is marked as erased, and no entry says so", where)
        return
    try:
        data = objects.opened(sha256, row.slot)
    except IntegrityError as error:
        yield Fault("object.damaged", error.message, where)
    else:
        if len(data) != row.size:
            yield Fault("object.size", f"has {len(data)} bytes, not {row.size}", where)


def _still_there(objects: Objects, sha256: str, what: str) -> Iterator[Fault]:
    row = StoredObject.objects.filter(pk=sha256).first()
    where = f"object {sha256[:12]} of {what}"
    if row is not None and not row.erased:
        yield Fault("object.kept", "was erased by an entry and is still kept", where)
    elif row is not None and row.slot is not None:
        return  # decided and not finished: noted by `_note_leftovers`
    elif objects.path(sha256).exists():
        yield Fault("object.back", "was erased, and a file of its name is back", where)


def _note_leftovers(objects: Objects, verdict: Verdict, named: dict[str, str]) -> None:
    for sha256 in objects.names():
        if sha256 not in named:
            note = "belongs to no entry: left by an interrupted write; `bilan rebuild` removes it"
            verdict.notes.append(Fault("object.leftover", note, f"object {sha256[:12]}"))
    for path in objects.unfinished():
        verdict.notes.append(
            Fault("object.unfinished", "was left by an interrupted write", path.name)
        )
    pending = StoredObject.objects.filter(erased=True, slot__isnull=False)
    for sha256 in pending.values_list("sha256", flat=True):
        note = "is decided to be erased and not yet gone: any next command that writes finishes it"
        verdict.notes.append(Fault("object.unerased", note, f"object {sha256[:12]}"))
