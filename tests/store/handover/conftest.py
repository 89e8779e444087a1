"""One record with people, decisions, an erasure and a stamp, and a signed export of it; each test
gets a copy of its own to tamper with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from bilan.acts.add_person import add_person
from bilan.acts.erase_report import erase_report
from bilan.acts.hand_over import hand_over
from bilan.acts.init_record import init_record
from bilan.acts.judge_pair import judge_same
from bilan.acts.stamp_head import stamp_head
from bilan.capture.stamps import ask_for_stamp
from bilan.store.record import Record, open_record
from tests.acts.conftest import Folder, item
from tests.authority import NO_OPENSSL, Authority, has_openssl
from tests.conftest import Clock

FIVE = "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR"
FAR = "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR"


@dataclass
class Evidence:
    """A record and a signed export of it."""

    record: Record
    export: Path

    @property
    def manifest(self) -> dict[str, Any]:
        text = (self.export / "manifest.json").read_text(encoding="utf-8")
        return dict(json.loads(text))


@pytest.fixture(scope="package")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with `record` and `export`."""
    if not has_openssl():
        pytest.skip(NO_OPENSSL)
    folder, clock = tmp_path_factory.mktemp("evidence"), Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BILAN_KEYS", str(folder / "keys"))
        patch.delenv("DATABASE_URL", raising=False)
        record = init_record(folder / "record", at=clock())
        for name in ("Amal", "Boris"):
            add_person(record, name, at=clock())
        reports = Folder(record, clock)
        reports.add(item("d01", FIVE), item("d02", FAR), item("d03", FIVE + " and more words"))
        judge_same(record, "d01", "d02", by="Boris", because="one night", at=clock())
        erase_report(record, "d03", by="Boris", because="a court", at=clock())
        with Authority(folder / "authority").open() as address:
            stamp_head(record, address, ask_for_stamp, at=clock())
        reports.tell("d04", "2018-01-02 | Quay 30.0 44.0 | killed 1 | said by SOHR")
        why = "asked for by the tribunal"
        hand_over(record, folder / "export", by="Boris", because=why, at=clock())
        connections.close_all()
        yield folder


@pytest.fixture
def evidence(original: Path, own_folders: Path) -> Iterator[Evidence]:
    """A copy to tamper with."""
    for name in ("record", "export"):
        shutil.copytree(original / name, own_folders / name)
    yield Evidence(open_record(own_folders / "record"), own_folders / "export")
    connections.close_all()
