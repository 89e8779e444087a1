"""The folder of a scan: parts that were read, the plan, groups, rows, and what comes out.

Every file is whole or not there, so a scan that was stopped goes on where it was: what is there is
not made again. Lines are JSON, gzipped lightly.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from bilan.core.errors import UsageError
from bilan.engines.scanning import Gathering, Line, Plan, rows_of_group, tolls_of, with_codes

_LEVEL = 1  # of gzip: a tenth of the size for a tenth of a millisecond a report
_HELD = 2_000  # lines held while they are dealt out to the groups


def write_lines(path: Path, lines: Iterable[Line]) -> int:
    """Write lines whole; how many."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.aside")
    count = 0
    with gzip.open(aside, "wt", _LEVEL, encoding="utf-8") as out:
        for count, line in enumerate(lines, start=1):  # noqa: B007 - the last one is the answer
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    aside.replace(path)
    return count


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a file, one by one."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class ScanFolder:
    """Where the files of a scan lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("parts", "groups", "rows"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def claim(self, task: Mapping[str, Any]) -> bool:
        """Whether this goes on with what was begun here; refused where that was another task."""
        path = self.folder / "task.json"
        text = json.dumps(task, ensure_ascii=False, indent=1, sort_keys=True)
        if path.exists():
            if path.read_text("utf-8") != text:
                hint = "Name another folder, or remove this one to begin anew."
                raise UsageError(f"{self.folder} holds a scan of other reports.", hint=hint)
            return True
        path.write_text(text, "utf-8")
        return False

    def part(self, number: int) -> Path:
        """The file of the reports that were read together."""
        return self.folder / "parts" / f"{number:06d}.jsonl.gz"

    def parts(self) -> list[Path]:
        """Those that are there, in order."""
        return sorted((self.folder / "parts").glob("*.jsonl.gz"))

    def lines(self) -> Iterator[Line]:
        """Every line that was read, in the order of the reports."""
        for part in self.parts():
            yield from read_lines(part)

    # -- the plan -----------------------------------------------------------------------------

    def make_plan(self) -> Plan:
        """Origins, incidents and groups: kept, and made anew only where it is not there."""
        path = self.folder / "plan.json.gz"
        if not path.exists():
            gathering = Gathering()
            for line in self.lines():
                gathering.add(line)
            _save(path, gathering.plan())
        return _load(path)

    def deal(self, plan: Plan) -> int:
        """Deal every line out to the groups in which it is counted; how many groups there are."""
        done = self.folder / "groups" / "dealt"
        count = max(plan.group_of.values(), default=-1) + 1
        if done.exists():
            return count
        for old in (self.folder / "groups").glob("*.jsonl.gz"):
            old.unlink()
        held: dict[int, list[Line]] = {}
        for number, line in enumerate(self._told()):
            for group in plan.groups.get(line["id"], ()):
                held.setdefault(group, []).append(line)
            if number % _HELD == _HELD - 1:
                self._append(held)
        self._append(held)
        done.touch()
        return count

    def _told(self) -> Iterator[Line]:
        for line in self.lines():
            if "read" in line:
                line.pop("reading")
                yield line

    def _append(self, held: dict[int, list[Line]]) -> None:
        for group, lines in held.items():
            with gzip.open(self._group(group), "at", _LEVEL, encoding="utf-8") as out:
                out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        held.clear()

    def _group(self, group: int) -> Path:
        return self.folder / "groups" / f"{group:06d}.jsonl.gz"

    # -- incidents ----------------------------------------------------------------------------

    def open_groups(self, count: int) -> list[int]:
        """The groups that are not counted yet."""
        return [group for group in range(count) if not self._rows(group).exists()]

    def _rows(self, group: int) -> Path:
        return self.folder / "rows" / f"{group:06d}.jsonl.gz"

    def count_group(
        self, group: int, incident: Mapping[str, int], origin: Mapping[str, Any]
    ) -> int:
        """Reckon one group; how many incidents are in it."""
        lines = read_lines(self._group(group))
        return write_lines(self._rows(group), rows_of_group(lines, incident, origin))

    def rows(self, count: int) -> Iterator[Line]:
        """The incidents of all groups, by number, with their codes."""
        every = [row for group in range(count) for row in read_lines(self._rows(group))]
        every.sort(key=lambda row: int(row["number"]))
        yield from with_codes(every)

    def publish(self, plan: Plan, count: int, ending: str) -> None:
        """Write what the scan found: readings, origins, incidents, tolls, faults."""
        rows = list(self.rows(count))
        tables: dict[str, Iterable[Line]] = {
            "incidents": rows,
            "tolls": (toll for row in rows for toll in tolls_of(row)),
            "origins": (
                {"report": r, "origin": o, "share": s} for r, (o, s) in sorted(plan.origin.items())
            ),
            "readings": (line["reading"] for line in self.lines() if "reading" in line),
            "faults": (fault for line in self.lines() for fault in line.get("faults", ())),
        }
        for name, lines in tables.items():
            write_table(self.folder / f"{name}{ending}", lines)


def write_table(path: Path, lines: Iterable[Line]) -> None:
    """Lines as `.jsonl`, or as `.parquet` with what is no number or word as JSON."""
    aside = path.with_name(f"{path.name}.aside")
    if path.suffix == ".parquet":
        _write_parquet(aside, lines)
    else:
        with aside.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    aside.replace(path)


def _write_parquet(path: Path, lines: Iterable[Line]) -> None:
    from pyarrow import parquet, schema, string, table  # noqa: PLC0415 - only where Parquet is asked

    lines, writer = iter(lines), None
    while batch := list(islice(lines, _HELD)):
        if writer is None:
            kinds = [(name, _kind([row.get(name) for row in batch])) for name in batch[0]]
            writer = parquet.ParquetWriter(path, schema(kinds))
        columns = {f.name: _cells(f, batch) for f in writer.schema}
        writer.write_table(table(columns, schema=writer.schema))
    if writer is None:
        writer = parquet.ParquetWriter(path, schema([("code", string())]))
    writer.close()


def _kind(values: list[Any]) -> Any:
    from pyarrow import bool_, int64, string  # noqa: PLC0415 - only where Parquet is asked

    told = {type(value) for value in values if value is not None}
    return bool_() if told == {bool} else int64() if told == {int} else string()


def _cells(field: Any, batch: list[Line]) -> list[Any]:
    values = [row.get(field.name) for row in batch]
    if str(field.type) != "string":
        return values
    return [v if v is None or isinstance(v, str) else _json(v) for v in values]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _save(path: Path, plan: Plan) -> None:
    write_lines(
        path,
        [
            {
                "incident": dict(plan.incident),
                "groups": {r: list(g) for r, g in plan.groups.items()},
                "group_of": list(plan.group_of.items()),
                "origin": {r: list(o) for r, o in plan.origin.items()},
            }
        ],
    )


def _load(path: Path) -> Plan:
    (plain,) = read_lines(path)
    return Plan(
        incident=plain["incident"],
        groups={r: tuple(g) for r, g in plain["groups"].items()},
        group_of={int(n): int(g) for n, g in plain["group_of"]},
        origin={r: (o, s) for r, (o, s) in plain["origin"].items()},
    )
