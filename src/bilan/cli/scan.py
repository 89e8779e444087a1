"""`bilan scan`: whole archives of reports to readings, origins, incidents and tolls, on all cores.

Nothing enters a record: a folder of files comes out. Stopped at any moment, the same command goes
on where it was. However many processes work, the files are the same.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from bilan import __version__
from bilan.capture.bulk import Item, captured_item, items_in
from bilan.cli.asking import Scope
from bilan.cli.exits import Exit
from bilan.cli.place_finder import opened_places
from bilan.cli.progress import Progress
from bilan.cli.reader import Reader
from bilan.core.errors import UsageError

app = typer.Typer()

PART = 250  # items that are read together: what a stop may cost, some seconds a process
_AHEAD = 2  # parts waiting for each process; more only takes memory


class Ending(StrEnum):
    """What the files of a scan are."""

    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(slots=True)
class Scan:
    """One run: where its files lie, how it reads, and what each stage took."""

    out: Path
    reader: Reader
    jobs: int
    stages: dict[str, dict[str, float]] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Note the seconds, the CPU seconds of all processes, and the largest of them in MB."""
        began, cpu = time.monotonic(), _cpu()
        yield
        self.stages[name] = {
            "seconds": round(time.monotonic() - began, 2),
            "cpu": round(_cpu() - cpu, 2),
            "peak_mb": round(_peak_mb(), 1),
        }


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))


def _peak_mb() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1000


@app.command()
def scan(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES",
            help="Archives: .jsonl, .parquet, .warc, also gzipped, or folders of them.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files are to lie.")],
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Processes; all cores if not said.", show_default=False),
    ] = None,
    ending: Annotated[
        Ending, typer.Option("--format", help="What the files are: jsonl, parquet.")
    ] = Ending.JSONL,
    scope: Annotated[
        Scope, typer.Option(help="any: read violence outside armed conflicts too.")
    ] = Scope.CONFLICT,
) -> None:
    """Read archives of reports into incidents with tolls, without a record. Goes on where it was.

    DIR then holds readings, origins, incidents, tolls and faults. What is broken in an archive is
    a fault with its place, and the rest goes in.
    """
    missing = [file for file in files if not Path(file).exists()]
    if missing:
        raise UsageError(f"There is no {missing[0]}.", hint="Name files or folders that are there.")
    run = Scan(out, Reader(scope=scope), jobs or os.cpu_count() or 1)
    raise typer.Exit(Exit.FAULTS if _scanned(run, files, ending) else Exit.DONE)


def _scanned(run: Scan, files: list[str], ending: Ending) -> int:
    """Do all stages; the number of faults."""
    folder = _folder(run.out)
    folder.claim(_task(run, files))
    opened_places()  # built here once if there is none, not in every process
    with run.stage("read"), Progress("read parts") as progress:
        for _ in _in_processes(run, read_part, _parts(run, files)):
            progress.step()
    with run.stage("link"):
        plan = folder.make_plan()
    with run.stage("deal"):
        count = folder.deal(plan)
    with run.stage("count"), Progress("counted groups") as progress:
        tasks = ((run.out, g, plan.of_group(g), plan.origin) for g in folder.open_groups(count))
        for _ in _in_processes(run, count_group, tasks):
            progress.step()
    with run.stage("write"):
        folder.publish(plan, count, f".{ending}")
    return _said(run, folder, ending)


def _folder(out: Path) -> Any:
    try:
        from bilan.engines.scan_files import ScanFolder  # noqa: PLC0415 - the extra `[scale]`
    except ImportError as error:
        raise UsageError(
            f"A scan needs {error.name}, which is not installed.",
            hint='Install Bilan with it: pip install "bilan[scale]"',
        ) from error
    return ScanFolder(out)


def _task(run: Scan, files: list[str]) -> dict[str, Any]:
    """What makes two scans the same: the archives, how they are read, and by which version."""
    stats = [(file, Path(file).stat()) for file in files]
    return {
        "archives": [[f, s.st_size, s.st_mtime_ns if Path(f).is_file() else 0] for f, s in stats],
        "scope": str(run.reader.scope),
        "version": __version__,
        "part": PART,
    }


def _parts(run: Scan, files: list[str]) -> Iterator[tuple[Path, Reader, list[Item]]]:
    """The parts that are not there yet."""
    items, number = items_in(files), 0
    folder = _folder(run.out)
    while batch := list(islice(items, PART)):
        if not folder.part(number).exists():
            yield folder.part(number), run.reader, batch
        number += 1


def _in_processes(
    run: Scan, work: Callable[..., int], tasks: Iterable[tuple[Any, ...]]
) -> Iterator[int]:
    """The work on every task, a few in flight for each process, in any order."""
    if run.jobs == 1:
        yield from (work(*task) for task in tasks)
        return
    tasks = iter(tasks)
    with ProcessPoolExecutor(run.jobs) as pool:
        flying: set[Future[int]] = set()
        while True:
            for task in islice(tasks, run.jobs * _AHEAD - len(flying)):
                flying.add(pool.submit(work, *task))
            if not flying:
                return
            done, flying = wait(flying, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in done)


def read_part(path: Path, reader: Reader, items: list[Item]) -> int:
    """Capture and read some items into one file; how many there are."""
    from bilan.engines.scan_files import write_lines  # noqa: PLC0415 - the extra `[scale]`

    return write_lines(path, (line_of_item(reader, item) for item in items))


def line_of_item(reader: Reader, item: Item) -> dict[str, Any]:
    """The line of one item, with its faults and where it stands."""
    from bilan.engines.scanning import line_of  # noqa: PLC0415 - the extra `[scale]`

    found, reading = reader.read_one(captured_item(item))
    line: dict[str, Any] = {"id": found.where}
    if found.report is not None and reading is not None:
        line = line_of(found.report, reading)
    faults = dict.fromkeys((*found.faults, *(reading.faults if reading else ())))
    if faults:
        line["faults"] = [
            {"where": f.where or found.where, "code": f.code, "message": f.message} for f in faults
        ]
    return line


def count_group(out: Path, group: int, incident: dict[str, int], origin: dict[str, Any]) -> int:
    """Reckon one group of incidents; how many."""
    return int(_folder(out).count_group(group, incident, origin))


def _said(run: Scan, folder: Any, ending: Ending) -> int:
    from bilan.engines.scan_files import write_table  # noqa: PLC0415 - the extra `[scale]`

    faults = sum(len(line.get("faults", ())) for line in folder.lines())
    stages = [{"stage": name, **took} for name, took in run.stages.items()]
    write_table(run.out / "stages.jsonl", stages)
    for took in stages:
        words = f"{took['seconds']:8.1f} s, {took['cpu']:8.1f} s of CPU"
        typer.echo(f"{took['stage']:6s} {words}, {took['peak_mb']:,.0f} MB at most", err=True)
    typer.echo(f"{run.out}: readings, origins, incidents, tolls .{ending}", err=True)
    if faults:
        typer.echo(f"{faults:,} faults: {run.out / f'faults.{ending}'}", err=True)
    return faults
