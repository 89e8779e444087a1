"""Frozen dataclasses that are made as fast as ones that are not: `dataclass` and `replace`.

They do what those of the standard library do, and type checkers take them for these. A frozen
dataclass of the standard library sets each field by a call, a reading makes thousands of fields a
page, and a changed copy sets them all again. Here a new value is a twin class without a lock while
its fields are set, and locked by changing its class: a third of the time for twenty fields, a sixth
for a changed copy (docs/decisions/0025-frozen-values-made-fast.md).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:

    def dataclass(cls=None, /, **wanted):
        """The class as a dataclass; quick to make where it is frozen, slotted and simple."""
        if cls is None:
            return lambda cls: dataclass(cls, **wanted)
        made = dataclasses.dataclass(cls, **wanted)
        if wanted.get("frozen") and wanted.get("slots") and _is_simple(made):
            _quicken(made)
        return made

    def replace(value, /, **changes):
        """A copy of a value with some fields changed; a field that it has not is a TypeError."""
        copied = _COPIED.get(type(value))
        if copied is None:
            return dataclasses.replace(value, **changes)
        return copied(value, changes)


_COPIED: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}  # how a class copies its values


def _is_simple(made: Any) -> bool:
    """Whether making a value is nothing but setting its fields, each given or by default."""
    fields = dataclasses.fields(made)
    return (
        made.__mro__ == (made, object)
        and not hasattr(made, "__post_init__")
        and all(field.init and not field.kw_only for field in fields)
        and all(field.default_factory is dataclasses.MISSING for field in fields)
    )


def _quicken(made: Any) -> None:
    """Give a frozen class an `__init__` that sets its fields while the value is not locked."""
    fields = dataclasses.fields(made)
    open_twin = type(f"_Open{made.__name__}", (), {"__slots__": made.__slots__})
    space: dict[str, Any] = {
        "_made": made, "_open": open_twin, "_new": object.__new__, "_set": object.__setattr__,
        "_alter": setattr,
    }  # fmt: skip
    heads = []
    for field in fields:
        if field.default is dataclasses.MISSING:
            heads.append(field.name)
        else:
            space[f"_of_{field.name}"] = field.default
            heads.append(f"{field.name}=_of_{field.name}")
    names = [field.name for field in fields]
    code = [
        f"def __init__({', '.join(['self', *heads])}):",
        "    _set(self, '__class__', _open)",
        *(f"    self.{name} = {name}" for name in names),
        "    self.__class__ = _made",
        "def copied(value, changes):",
        "    copy = _new(_open)",
        *(f"    copy.{name} = value.{name}" for name in names),
        "    try:",
        "        for name, changed in changes.items():",
        "            _alter(copy, name, changed)",
        "    except AttributeError as error:",
        "        raise TypeError(str(error)) from error",
        "    copy.__class__ = _made",
        "    return copy",
    ]
    # Code of names that a class of ours declares, as the standard library writes it.
    exec("\n".join(code), space)  # noqa: S102
    init = space["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = made.__init__.__annotations__
    made.__init__ = init
    _COPIED[made] = space["copied"]
