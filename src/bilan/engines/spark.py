"""The stages of `engines.scanning` on Spark: from archives of reports to incidents and tolls.

The workers read; the driver, which sees numbers only, makes the plan; the workers count groups of
incidents. The rows are those of `bilan scan`, whatever the number of workers. Needs the extra
`[spark]` (PySpark, and Java 17 on every machine).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from bilan.core.errors import UsageError
from bilan.engines.scanning import GROUP, Gathering, Line, Plan, rows_of_group, with_codes

# From an item as the partitions hold it to the line of its report; runs on the workers, so it has
# to be a function of a module that they can import.
LineOf = Callable[[Any], Line]


def session(*, workers: int, name: str = "bilan scan", **settings: str) -> Any:
    """A Spark session on this computer with so many workers, without its web page.

    On a cluster make your own session and hand it to `scanned`.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - the extra `[spark]`
    except ImportError as error:
        hint = 'Install Bilan with it, and Java 17: pip install "bilan[spark]"'
        raise UsageError("Spark needs pyspark, which is not installed.", hint=hint) from error
    builder = SparkSession.builder.appName(name).master(f"local[{workers}]")
    stated = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": str(2 * workers),
        **settings,
    }
    for key, value in stated.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def scanned(
    spark: Any, items: Any, line_of: LineOf, *, group: int = GROUP
) -> tuple[Any, list[Line]]:
    """(lines, incidents): every line as an RDD, the incidents with their codes, by number.

    `items` is an RDD of whatever `line_of` reads. A report that is told a hundred thousand times
    makes no partition larger: lines are dealt out by group of incidents, and copies beyond those
    that could tell something new are only named.
    """
    lines = items.map(line_of).persist(_on_disk())
    lines.count()  # by all workers at once; below, the parts come to the driver one by one
    plan = _planned(lines.filter(_tells).map(_light).toLocalIterator(), group)
    shared = spark.sparkContext.broadcast(plan)
    dealt = lines.filter(_tells).map(_light).flatMap(partial(_dealt, shared))
    rows = dealt.groupByKey().flatMap(partial(_counted, shared)).collect()
    rows.sort(key=lambda row: int(row["number"]))
    return lines, list(with_codes(rows))


def _on_disk() -> Any:
    from pyspark import StorageLevel  # noqa: PLC0415 - the extra `[spark]`

    return StorageLevel.MEMORY_AND_DISK


def _tells(line: Line) -> bool:
    return "read" in line


def _light(line: Line) -> Line:
    """A line without the reading for people."""
    return {name: value for name, value in line.items() if name != "reading"}


def _planned(lines: Iterable[Line], group: int) -> Plan:
    gathering = Gathering()
    for line in lines:
        gathering.add(line)
    return gathering.plan(group=group)


def _dealt(shared: Any, line: Line) -> Iterator[tuple[int, Line]]:
    for group in shared.value.groups.get(line["id"], ()):
        yield group, line


def _counted(shared: Any, told: tuple[int, Iterable[Line]]) -> Iterator[Line]:
    group, lines = told
    plan: Plan = shared.value
    incident: Mapping[str, int] = plan.of_group(group)
    ordered = sorted(lines, key=lambda line: str(line["id"]))
    yield from rows_of_group(ordered, incident, plan.origin)
