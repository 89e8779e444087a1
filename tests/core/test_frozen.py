"""Frozen values made fast behave as the standard library's do."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.frozen import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Quick:
    """As most values of the core are declared."""

    name: str
    count: int = 0
    notes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Plain:
    """The same, made by the standard library alone."""

    name: str
    count: int = 0
    notes: tuple[str, ...] = ()


_FIELDS = st.fixed_dictionaries(
    {"name": st.text()}, optional={"count": st.integers(), "notes": st.tuples(st.text())}
)


@given(_FIELDS, _FIELDS)
def test_a_value_made_fast_holds_hashes_and_compares_as_a_plain_one(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    quick, plain = Quick(**one), Plain(**one)
    assert dataclasses.astuple(quick) == dataclasses.astuple(plain)
    assert hash(quick) == hash(plain)
    assert repr(quick) == repr(plain).replace("Plain", "Quick")
    assert (quick == Quick(**other)) == (plain == Plain(**other))
    assert (quick < Quick(**other)) == (plain < Plain(**other))
    assert pickle.loads(pickle.dumps(quick)) == quick


@given(_FIELDS, _FIELDS)
def test_a_changed_copy_leaves_the_value_as_it_was(
    one: dict[str, Any], changes: dict[str, Any]
) -> None:
    value = Quick(**one)
    copy = replace(value, **changes)
    assert copy == dataclasses.replace(Quick(**one), **changes)
    assert type(copy) is Quick
    assert value == Quick(**one)


@pytest.mark.parametrize("value", [Quick("a"), replace(Quick("a"), count=3)])
def test_no_field_of_a_value_or_of_its_copy_can_be_set(value: Quick) -> None:
    anything: Any = value
    with pytest.raises(dataclasses.FrozenInstanceError):
        anything.count = 5
    with pytest.raises((AttributeError, TypeError)):
        anything.other = 5


def test_a_field_that_is_not_declared_is_refused() -> None:
    make: Any = Quick
    change: Any = replace
    with pytest.raises(TypeError):
        make("a", colour="red")
    with pytest.raises(TypeError):
        make()
    with pytest.raises(TypeError):
        change(Quick("a"), colour="red")


def test_a_class_that_checks_its_fields_still_checks_them() -> None:
    @dataclass(frozen=True, slots=True)
    class Checked:
        """A value with a rule."""

        count: int

        def __post_init__(self) -> None:
            if self.count < 0:
                raise ValueError("less than nobody")

    assert Checked(3).count == 3
    with pytest.raises(ValueError, match="less than nobody"):
        Checked(-1)
    with pytest.raises(ValueError, match="less than nobody"):
        replace(Checked(3), count=-1)


def test_each_value_has_its_own_list() -> None:
    @dataclass(frozen=True, slots=True)
    class Listed:
        """A value with a field that is made anew."""

        names: list[str] = dataclasses.field(default_factory=list)

    Listed().names.append("a")
    assert Listed().names == []
