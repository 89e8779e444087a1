"""From readings to what a scorer asks for, where its words differ from ours. No gold is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]


def adapted(name: str, reading: Row) -> Row:
    """The reading in the words of one set's scorer; most sets take it as it is."""
    change = _CHANGES.get(name)
    return change(reading) if change else reading


def _muc4(reading: Row) -> Row:
    """Its templates count victims as "5", "20-" (at least), "-5" (up to), "PLURAL" (some)."""
    for account in reading["accounts"]:
        groups = account.get("victim_numbers")
        if groups:
            account["victim_numbers"] = [_template_number(group) for group in groups]
    return reading


def _template_number(count: Row) -> str:
    low, high = count["min"], count["max"]
    if low == high:
        return str(low)
    if high is None:
        # 2..null and 3..null are bare plurals and "several" by the reading rules.
        return "PLURAL" if low <= 3 else f"{low}-"
    return f"-{high}" if low is None else f"{low}-{high}"


_CHANGES: dict[str, Callable[[Row], Row]] = {"muc4": _muc4}
