"""What the columns of another recorder's files mean: a mapping, which is data (one TOML a shape).

`docs/reference/mappings.md` explains every key. A mapping that says something unknown is refused
with the place, so that a slip of the pen does not lose a column in silence.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from bilan.core.errors import DataError, UnknownName
from bilan.core.registers.asserted import Kind

FORMAT = 1  # of mapping files
LONGEST_DAYS = 60  # days; an incident said to last longer is flagged (recorders' usual limit)
EARLIEST = date(1945, 1, 1)  # a day before it is flagged, unless the mapping knows better
LISTS = frozenset(
    {"precision", "date_precision", "grade", "cause", "role", "answer", "party"}
    | {"age_group", "sex", "outcome"}
)
FIELDS = frozenset(
    {"code", "former", "of", "start", "end", "date_precision", "place", "place_local", "admin1"}
    | {"country", "lat", "lon", "place_precision", "cause", "grade", "url"}
    | {"person", "age_group", "sex", "age", "outcome"}
)
COUNTS = frozenset(
    {"killed", "injured", "missing", "killed_civilians", "conceded_killed", "conceded_injured"}
    | {f"{m}_{g}" for m in ("killed", "injured") for g in ("children", "women", "men")}
    | {"fighters_killed", "fighters_injured"}
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Where the parties of a row stand: `{n}` in a column's name stands for 1, 2, 3 …"""

    name: str
    lists: str = ""
    role: str | None = None
    role_from: str | None = None
    answer_from: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What is flagged as a defect. `box`: south, west, north, east; None = the country's."""

    earliest: date = EARLIEST
    longest_days: int = LONGEST_DAYS
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a shape: which columns identify a row and which say what.

    `words` are lists of other recorders' words by what they mean here, the mapping's own included.
    """

    name: str
    kind: Kind
    key: tuple[str, ...]
    file: str = "*.csv"
    repeats: bool = False
    hidden: frozenset[str] = frozenset()  # columns of the key that only enter as a mark
    lists: str = ""
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    unknown: frozenset[str] = frozenset({""})
    zero_is_unknown: frozenset[str] = frozenset()
    fields: Mapping[str, str] = field(default_factory=dict)
    constant: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parties: tuple[Parties, ...] = ()
    limits: Limits = field(default_factory=Limits)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What identifies the meaning of every column: a row is read anew where it changed."""
        plain = json.dumps(asdict(self), sort_keys=True, default=_plain, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a file is not of this shape; those with `{n}` may be absent."""
        counted = (column for pair in self.counts.values() for column in pair)
        named = (*self.key, *self.fields.values(), *counted, *(p.name for p in self.parties))
        return tuple(dict.fromkeys(column for column in named if "{n}" not in column))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)


@dataclass(frozen=True, slots=True)
class Shape:
    """A whole mapping: whose register, and its tables. `digest` names its exact content."""

    name: str
    title: str
    register: str
    recorder: str
    terms: str
    digest: str
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """The table of that name."""
        for table in self.tables:
            if table.name == name:
                return table
        known = ", ".join(t.name for t in self.tables)
        raise UnknownName(f"{self.name} has no table {name}.", hint=f"It has: {known}.")

    def table_for(self, file: str, columns: Collection[str]) -> Table:
        """The table that a file holds, told by its columns, then by its name."""
        there = {c.strip().casefold() for c in columns}
        fitting = [t for t in self.tables if all(c.casefold() in there for c in t.required)]
        named = [t for t in fitting if fnmatch(PurePath(file).name.casefold(), t.file.casefold())]
        if len(named or fitting) == 1:
            return (named or fitting)[0]
        if not fitting:
            raise DataError(f"{file}: {_why_none(self.tables, there)}")
        names = ", ".join(t.name for t in named or fitting)
        raise DataError(f"{file}: it may be {names}.", hint="Say which: --table NAME.")


def _why_none(tables: Iterable[Table], there: Collection[str]) -> str:
    missing = {t.name: [c for c in t.required if c.casefold() not in there] for t in tables}
    name, columns = min(missing.items(), key=lambda pair: len(pair[1]))
    return f"nearest to the table {name}, but without the columns {', '.join(columns)}."


def shape_names() -> tuple[str, ...]:
    """The mappings that ship with Bilan."""
    folder = files("bilan.core.registers") / "mappings"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir()))


def shape_named(name: str) -> Shape:
    """A mapping that ships with Bilan."""
    if name not in shape_names():
        raise UnknownName(
            f"No mapping is called {name}.",
            hint=f"There are {', '.join(shape_names())}; or name a file that ends in .toml.",
        )
    source = files("bilan.core.registers") / "mappings" / f"{name}.toml"
    return read_shape(source.read_text(encoding="utf-8"), where=f"{name}.toml")


@cache
def common_words() -> dict[str, dict[str, str]]:
    """The words of other recorders that every mapping knows."""
    source = (files("bilan.core.registers") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def plain_word(word: str) -> str:
    """A word as the lists have it: lower case, "_" and "-" as blanks."""
    return " ".join(word.replace("_", " ").replace("-", " ").casefold().split())


def read_shape(toml: str, *, where: str) -> Shape:
    """A mapping from its TOML; a DataError says what is wrong with it and where."""
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{where}: {error}") from error
    if data.get("format") != FORMAT:
        raise DataError(f"{where}: format has to be {FORMAT}, not {data.get('format')!r}")
    words = _words(data.get("words", {}), where)
    heads = {"format", "name", "title", "register", "recorder", "terms", "words", "table"}
    _only(data, heads, where)
    try:
        return Shape(
            name=str(data["name"]),
            title=str(data["title"]),
            register=str(data["register"]),
            recorder=str(data["recorder"]),
            terms=str(data.get("terms", "")),
            digest=hashlib.sha256(toml.encode()).hexdigest(),
            tables=tuple(_table(t, words, where) for t in data["table"]),
        )
    except KeyError as error:
        raise DataError(f"{where}: {error} is missing") from error


def _words(own: Mapping[str, Mapping[str, str]], where: str) -> dict[str, dict[str, str]]:
    _only(own, LISTS, f"{where}, words")
    merged = {name: dict(common_words().get(name, {})) for name in LISTS}
    for name, words in own.items():
        merged[name] |= {plain_word(word): str(meaning) for word, meaning in words.items()}
    return merged


def _only(given: Mapping[str, Any], known: Collection[str], where: str) -> None:
    strange = sorted(set(given) - set(known))
    if strange:
        raise DataError(f"{where}: nothing is called {', '.join(strange)} here")


def _table(data: Mapping[str, Any], words: dict[str, dict[str, str]], where: str) -> Table:
    name = str(data["name"])
    place = f"{where}, table {name}"
    _only(data, {f for f in Table.__slots__ if f != "words"}, place)
    _only(data.get("fields", {}), FIELDS, f"{place}, fields")
    _only(data.get("constant", {}), FIELDS, f"{place}, constant")
    _only(data.get("counts", {}), COUNTS, f"{place}, counts")
    limits = data.get("limits", {})
    _only(limits, Limits.__slots__, f"{place}, limits")
    try:
        return Table(
            name=name,
            kind=Kind(data["kind"]),
            key=tuple(map(str, data["key"])),
            file=str(data.get("file", "*.csv")),
            repeats=bool(data.get("repeats", False)),
            hidden=frozenset(str(c).casefold() for c in data.get("hidden", ())),
            lists=str(data.get("lists", "")),
            dates=tuple(data.get("dates", ("%Y-%m-%d",))),
            unknown=frozenset({"", *(plain_word(w) for w in data.get("unknown", ()))}),
            zero_is_unknown=frozenset(data.get("zero_is_unknown", ())),
            fields={k: str(v) for k, v in data.get("fields", {}).items()},
            constant={k: str(v) for k, v in data.get("constant", {}).items()},
            counts={k: (str(v[0]), str(v[1])) for k, v in data.get("counts", {}).items()},
            parties=tuple(Parties(**p) for p in data.get("parties", ())),
            limits=_limits(limits),
            words=words,
        )
    except (ValueError, TypeError, IndexError) as error:
        raise DataError(f"{place}: {error}") from error


def _limits(data: Mapping[str, Any]) -> Limits:
    box = data.get("box")
    if box is not None:
        south, west, north, east = map(float, box)
        box = (south, west, north, east)
    return Limits(
        earliest=data.get("earliest", EARLIEST),
        longest_days=int(data.get("longest_days", LONGEST_DAYS)),
        box=box,
    )
