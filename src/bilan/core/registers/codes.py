"""Codes of other registers: how two spellings are one, and what a code may mean.

A register renames its codes, joins and parts its entries, so that yesterday's code is another
entry's today (3,313 rows of one register of 8,114). A code is therefore never resolved in silence:
every entry that carries it or carried it is a candidate, and only a single one is an answer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST = 200  # characters of a key or a code; a longer one is no code

# Letters of other scripts that look like Latin ones (Unicode TR 39, those of codes and keys).
_ALIKE = str.maketrans(
    "АВЕКМНОРСТХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοＯ０",
    "ABEKMHOPCTXIJSaeopcyxijsABEZHIKMNOPTYXoO0",
)


class Use(StrEnum):
    """How an entry of a register carries a code."""

    CODE = "code"  # the code as it stands in its cell
    PART = "part"  # one of several codes in that cell
    FORMER = "former"  # a code that it had before, as it says itself


def fold(code: str) -> str:
    """What two spellings of a code share: case, blanks and look-alike letters do not count."""
    plain = unicodedata.normalize("NFKC", code.translate(_ALIKE))
    return " ".join(plain.split()).casefold()


def uses_of(code: str | None, former: Iterable[str]) -> tuple[tuple[str, Use], ...]:
    """Every code that an entry carries and how; a cell may hold several ("CS1499 RS2464")."""
    found: list[tuple[str, Use]] = []
    if code:
        found.append((code, Use.CODE))
        parts = code.split()
        found += [(part, Use.PART) for part in dict.fromkeys(parts) if len(parts) > 1]
    found += [(old, Use.FORMER) for old in former]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One entry that a code may mean.

    `since` is the day of the register's edition in which the entry first carried the code here;
    `until` that of the edition in which it no longer did, None while it does.
    """

    register: str
    part: str
    key: str
    code: str
    use: Use
    since: date
    until: date | None = None

    @property
    def words(self) -> str:
        """Why this entry is a candidate."""
        how = {Use.CODE: "its code", Use.PART: "one of its codes", Use.FORMER: "a former code"}
        held = f"since {self.since}" if self.until is None else f"{self.since} to {self.until}"
        return f"{self.code} ({self.register}): {how[self.use]}, {held}"


def certain(meanings: Iterable[Meaning]) -> Meaning | None:
    """The one entry that is meant, or None where there is none or more than one.

    An entry in whose cell the whole code stands does not win over one that once had it: both are
    what somebody may mean who cites it.
    """
    by_entry: dict[tuple[str, str, str], Meaning] = {}
    for one in meanings:
        by_entry.setdefault((one.register, one.part, one.key), one)
    return next(iter(by_entry.values())) if len(by_entry) == 1 else None
