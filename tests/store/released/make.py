"""Keep a small record as this version makes it, for every later version to open.

    PYTHONPATH=src:. python tests/store/released/make.py

Run it in the tree of a release, once: `format-N` beside this file is never made again. The tables
are kept as SQL, so that a change of them can be read.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from bilan.acts.add_person import add_person
from bilan.acts.erase_report import erase_report
from bilan.acts.init_record import init_record
from bilan.acts.judge_pair import judge_same
from bilan.store.ledger import head
from bilan.store.models import RegisterRow
from bilan.store.record import FORMAT
from tests.acts.conftest import Folder, item
from tests.acts.killed import take_in
from tests.conftest import Clock

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
FAR = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"


def main() -> None:
    """A record with people, three reports, a decision, a register and an erasure."""
    kept = Path(__file__).parent / f"format-{FORMAT}"
    clock = Clock()
    with tempfile.TemporaryDirectory() as place:
        os.environ["BILAN_KEYS"] = str(Path(place) / "keys")
        record = init_record(Path(place) / "record", at=clock())
        add_person(record, "Boris", at=clock())
        reports = Folder(record, clock)
        reports.add(item("d01", FIVE), item("d02", FAR), item("d03", FIVE + " and more words"))
        judge_same(record, "d01", "d02", by="Boris", because="one night", at=clock())
        take_in(record, 1, Path(place))
        erase_report(record, "d03", by="Boris", because="a court", at=clock())
        rows = RegisterRow.objects.count()
        says = {"head": head().hash, "entries": head().seq, "register_rows": rows}
        shutil.copytree(record.folder, kept, ignore=shutil.ignore_patterns("record.sqlite*"))
        with sqlite3.connect(record.folder / "record.sqlite") as database:
            script = "".join(f"{line}\n" for line in database.iterdump())
    (kept / "record.sql").write_text(script, encoding="utf-8")
    (kept / "says.json").write_text(json.dumps(says) + "\n", encoding="utf-8")
    sys.stdout.write(f"made {kept.name}\n")


if __name__ == "__main__":
    main()
