"""Bodies of ledger entries as plain JSON values, and back: the round trip changes nothing.

Fields at their defaults are left out, so that a ledger stays small and an older entry stays
readable when a field is added.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, partial
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from bilan.core.errors import DataError
from bilan.core.incidents.entries import (
    Body,
    Decided,
    Erased,
    Linked,
    ReadingMade,
    ReportCaptured,
    Withdrawn,
)

KINDS: Mapping[str, type[Body]] = {
    "captured": ReportCaptured,
    "read": ReadingMade,
    "linked": Linked,
    "decided": Decided,
    "withdrawn": Withdrawn,
    "erased": Erased,
}
_BARE = frozenset({int, str, float, bool})  # plain already; an enum is of a type of its own
_KIND_OF = {body: kind for kind, body in KINDS.items()}


def kind_of(body: Body) -> str:
    """The ledger's word for this kind of entry."""
    return _KIND_OF[type(body)]


def body_to_plain(body: Body) -> dict[str, Any]:
    """Only dicts, lists, strings, numbers, booleans and null come out."""
    return cast("dict[str, Any]", to_plain(body))


def body_from_plain(kind: str, plain: Mapping[str, Any]) -> Body:
    """The body of that kind; a DataError says which field cannot be read."""
    if kind not in KINDS:
        raise DataError(f"no ledger entry of kind {kind!r} says anything about incidents")
    return cast("Body", from_plain(KINDS[kind], plain))


def to_plain(value: Any) -> Any:
    """A value of the core as plain JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: to_plain(getattr(value, f.name))
            for f in fields(value)
            if getattr(value, f.name) != _default(f)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        if all(type(v) in _BARE for v in value):  # thousands of numbers in one value
            return list(value)
        return [to_plain(v) for v in value]
    return value


def _default(entry: Field[Any]) -> Any:
    if entry.default_factory is not MISSING:
        return entry.default_factory()
    return entry.default


def from_plain(kind: Any, plain: Any) -> Any:
    """The value of type `kind` that `to_plain` made `plain` of; None stays None."""
    return None if plain is None else _reader(kind)(plain)


_Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> _Reader:
    """How a plain value that is not None becomes one of that type: found out once for each type."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _reader(next(a for a in get_args(kind) if a is not type(None)))
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if is_dataclass(kind):
        return partial(_instance, kind)
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _as_it_is


def _as_it_is(plain: Any) -> Any:
    return plain


def _tuple_reader(inner: tuple[Any, ...]) -> _Reader:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple if inner[0] in _BARE else partial(_run, inner[0])
    return partial(_each, inner)


def _run(inner: Any, plain: Any) -> tuple[Any, ...]:
    read = _reader(inner)
    return tuple([None if v is None else read(v) for v in plain])


def _each(inner: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    return tuple(from_plain(k, v) for k, v in zip(inner, plain, strict=True))


def _instance(kind: Any, plain: Any) -> Any:
    try:
        read = _readers(kind)
        return kind(**{n: None if v is None else read[n](v) for n, v in plain.items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{kind.__name__} cannot be read: {error!r}") from error


@cache
def _readers(kind: Any) -> dict[str, _Reader]:
    """Of every field of a value."""
    return {name: _reader(of) for name, of in get_type_hints(kind).items()}
