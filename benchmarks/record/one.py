"""Times `bilan add` of one report into a record of many incidents.

    python -m benchmarks.record.one [--incidents 100000] [--rounds 11] [--seed 1] [--keep FOLDER]

The record is made without linking: a few hundred generated reports are read, and what they told is
told again of other towns and days, each an incident of its own, written through the ledger and its
tables as `bilan add` does. Then new reports of the real towns come in one by one, here and into an
empty record, by the command and in a process that has begun already: the first is what a person
waits, most of it the start of the command; the difference is what the size of the record costs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.record.__main__ import Taken, timed
from benchmarks.record.reports import write_reports
from bilan.acts.add_reports import add_reports
from bilan.acts.init_record import init_record
from bilan.capture.files import captured_in
from bilan.cli.place_finder import opened_places
from bilan.cli.reader import Reader
from bilan.core.claims.account import Reading
from bilan.core.claims.read import read
from bilan.core.incidents.entries import Linked, Placed, ReportCaptured
from bilan.core.incidents.plain import body_to_plain, kind_of
from bilan.core.incidents.telling import telling_id
from bilan.core.incidents.traits import BUCKETS
from bilan.core.values import Publisher, PublisherKind, Report
from bilan.store.ledger import Draft
from bilan.store.pen import OBJECTS, Pen
from bilan.store.readings import reading_body
from bilan.store.record import open_record
from bilan.store.signing import MACHINE, Author

PATTERNS = 200  # reports that are read; every incident retells one of them
ELSEWHERE = 0.9  # of the incidents; the others stay in the towns of the generated reports
STEP = 20  # generated reports between two that are added: each tells of another incident
TOWNS = 2_000  # spread over the Middle East
FIRST, DAYS = date(2011, 3, 15), 5_000
WARMING = 8  # reports after which every language of them has been read once
BATCH = 500  # incidents of one transaction
AT = datetime(2026, 1, 1, tzinfo=UTC)


def fill(folder: Path, aside: Path, *, incidents: int, seed: int) -> None:
    """So many incidents, told once each."""
    chance = Random(seed)  # noqa: S311 - no secret
    patterns = list(_patterns(aside, seed))
    numbers = iter(range(incidents))
    while some := list(islice(numbers, BATCH)):
        with open_record(folder).writing("incidents") as pen:
            for number in some:
                _tell(pen, number, *chance.choice(patterns), chance)


def _patterns(aside: Path, seed: int) -> Iterator[tuple[Report, Reading]]:
    path, places = aside / "patterns.jsonl", opened_places()
    write_reports(path, PATTERNS, seed=seed)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        report = Report(
            id=row["id"],
            text=row["text"],
            lang=row["lang"],
            published=date.fromisoformat(row["published"]),
            publisher=Publisher(row["publisher"]["name"], PublisherKind.LOCAL_MEDIA),
        )
        reading = read(report, places)
        if len(reading.accounts) == 1 and reading.accounts[0].place is not None:
            yield report, reading


def _tell(pen: Pen, number: int, report: Report, reading: Reading, chance: Random) -> None:
    name, code = f"m{number:06d}", f"MADE-{number:06d}"
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    body = _elsewhere(reading_body(report, reading), name, day, chance)
    captured = ReportCaptured(name, report.lang, day, report.publisher)
    held = sha256(name.encode()).hexdigest()
    objects = {OBJECTS: {"bytes": held, "words": held}}
    telling = telling_id(name, 0)
    linked = Linked("made", (Placed(telling, code),), ((code, telling),))
    drafts = [
        Draft(kind_of(captured), {**body_to_plain(captured), **objects}),
        Draft("read", body),
        Draft(kind_of(linked), body_to_plain(linked)),
    ]
    pen.write(drafts, author=Author(MACHINE), at=AT)


def _elsewhere(body: dict[str, Any], name: str, day: date, chance: Random) -> dict[str, Any]:
    """The body of a reading, told of another day, mostly of another town, in other words."""
    made: dict[str, Any] = json.loads(json.dumps(body))
    made["report"] = made["rest"]["id"] = name
    told, traits = made["told"][0], made["traits"]
    account = told["account"]
    account["when"] = {"start": day.isoformat(), "end": day.isoformat()}
    if chance.random() < ELSEWHERE:
        town = chance.randrange(TOWNS)
        account["place"] |= _town(town)
        told["place_mark"] = f"{town:012x}"
    killed = chance.randint(1, 40)
    account["killed"] = {"min": killed, "max": killed}
    account.pop("victim_numbers", None)
    traits["sketch"] = sorted(_other(traits["sketch"], 1 << 32, chance))
    traits["words"] = _other(traits["words"], BUCKETS, chance)
    return made


def _town(number: int) -> dict[str, Any]:
    """An invented town on a grid of places, in one of twenty provinces."""
    row, column = divmod(number, 50)
    point = {"lat": 30.0 + row * 0.19, "lon": 36.0 + column * 0.24}
    province = f"Province {row // 8}{column // 13}"
    known = {"canonical_name": f"Town {number}", "admin1": province, "country": "IQ"}
    return {**known, "point": point, "uncertainty_km": 5.0, "gazetteer_id": f"made:{number}"}


def _other(values: Sequence[int], bound: int, chance: Random) -> list[int]:
    """Half of them as they are, as posts of one channel share; the others anew."""
    return [chance.randrange(bound) if chance.random() < 0.5 else value for value in values]


def added(record: Path, rounds: int, *, seed: int) -> Iterator[Taken]:
    """What adding one new report takes, report by report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reports.jsonl")
        write_reports(path, rounds * STEP, seed=seed)
        lines = path.read_text(encoding="utf-8").splitlines()[::STEP]
        for number, line in enumerate(lines):
            one = Path(folder, f"{number}.jsonl")
            one.write_text(json.dumps({**json.loads(line), "id": f"new{seed}-{number}"}) + "\n")
            yield timed("--record", str(record), "add", str(one))


def added_at_once(record: Path, rounds: int, *, seed: int) -> Iterator[float]:
    """Seconds for each of as many reports, one by one in a process that has begun already."""
    reader, opened = Reader(), open_record(record)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reports.jsonl")
        write_reports(path, (rounds + WARMING) * STEP, seed=seed)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[::STEP]):
            one = Path(folder, f"{number}.jsonl")
            one.write_text(json.dumps({**json.loads(line), "id": f"at-once{seed}-{number}"}) + "\n")
            items = captured_in([str(one)], stdin=sys.stdin.buffer)
            begun = time.perf_counter()
            for _ in add_reports(opened, items, reader.read_all, clock=lambda: datetime.now(UTC)):
                pass
            if number >= WARMING:
                yield time.perf_counter() - begun


def main(words: Sequence[str] | None = None) -> None:
    """Make the record, or take the one that was kept; add reports one by one; print the median."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--incidents", type=int, default=100_000)
    ask.add_argument("--rounds", type=int, default=11)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--keep", type=Path, help="where the record lies or is to lie")
    asked = ask.parse_args(words)
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.keep or Path(passing, "record")
        if not folder.exists():
            init_record(folder, at=AT)
            fill(folder, Path(passing), incidents=asked.incidents, seed=asked.seed)
        empty = Path(passing, "empty")
        init_record(empty, at=AT)
        for name, record in (("an empty record", empty), ("the large record", folder)):
            taken = list(added(record, asked.rounds, seed=asked.seed))
            clock, worked = median(t.clock for t in taken), median(t.processor for t in taken)
            print(f"one report into {name}: median {clock:.2f} s, {worked:.2f} s of processor")
            linked = median(added_at_once(record, asked.rounds, seed=asked.seed + 1))
            print(f"  in a process that has begun already: median {linked:.2f} s")


if __name__ == "__main__":
    main()
