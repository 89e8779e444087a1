"""What capture hands on: the bytes as they came, and the report that they hold."""

from __future__ import annotations

from dataclasses import dataclass

from bilan.core.values import Fault, Report


@dataclass(frozen=True, slots=True)
class Captured:
    """One item that came in. `report` is None where the faults say why nothing can be read."""

    where: str
    content: bytes = b""
    report: Report | None = None
    faults: tuple[Fault, ...] = ()


def refused(where: str, code: str, message: str, content: bytes = b"") -> Captured:
    """An item of which no report could be made."""
    return Captured(where, content, None, (Fault(code, message, where),))
