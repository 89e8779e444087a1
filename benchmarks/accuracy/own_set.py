"""Our own synthetic sets: `<set>/<lang>.toml` as the reports to read and, apart, what they say.

`reports()` holds nothing but what a publisher publishes; only the scorer asks for `answers()`.
"""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from benchmarks.accuracy.marked import Mark, bounds, unmarked

FOLDER = Path(__file__).parent / "own"
FOLDERS = {  # by the name of the set
    name: FOLDER.with_name(name.replace("-", "_"))
    for name in (
        "own",
        "own-second",
        "own-third",
        "own-fourth",
        "own-fifth",
        "own-sixth",
        "own-held",
    )
}
COUNTS = (
    "killed",
    "injured",
    "missing",
    "killed_children",
    "killed_women",
    "killed_men",
    "fighters_killed",
)
# Labels of counts that belong to no account, unless a mark says otherwise.
_OF_NONE = {
    "cumulative_not_incident",
    "background_count",
    "hypothetical_count",
    "non_conflict_count",
    "other_count",
}
_NAMES = {"by": "attribution", "says": "statement", "shows": "evidence", "party": "perpetrator"}
Row = dict[str, Any]


def _written(folder: Path) -> list[tuple[str, Row]]:
    return [
        (table["lang"], entry)
        for path in sorted(folder.glob("*.toml"))
        for table in [tomllib.loads(path.read_text(encoding="utf-8"))]
        for entry in table["report"]
    ]


def _plain(entry: Row) -> tuple[str, tuple[Mark, ...]]:
    return unmarked(unicodedata.normalize("NFC", entry["text"]))


def reports(folder: Path = FOLDER) -> list[Row]:
    """The reports as they would come in (contract, section 3), without a mark."""
    rows = []
    for lang, entry in _written(folder):
        name, _, kind = entry["publisher"].partition(" | ")
        rows.append(
            {
                "id": entry["id"],
                "lang": lang,
                "published": entry["published"].isoformat(),
                "publisher": {"name": name, "kind": kind},
                "synthetic": True,
                "text": _plain(entry)[0],
            }
        )
    return rows


def answers(folder: Path = FOLDER) -> list[Row]:
    """What a perfect reader says of each report, in the shape of a reading."""
    return [_answer(lang, entry) for lang, entry in _written(folder)]


def _answer(lang: str, entry: Row) -> Row:
    text, marks = _plain(entry)
    written = entry.get("account", [])
    accounts = [_account(account) for account in written]
    spans = [_span(text, mark, told=len(accounts)) for mark in marks]
    for mark in marks:
        for index in _accounts_of(mark) if accounts else ():
            _tell(accounts[index], mark, text[mark.start : mark.end])
    return {
        "id": entry["id"],
        "lang": lang,
        "relevant": bool(accounts),
        "kinds": entry.get("kinds", []),
        "accounts": accounts,
        "spans": spans,
    }


def _accounts_of(mark: Mark) -> tuple[int, ...]:
    if mark.accounts is not None:
        return mark.accounts
    return () if mark.label in _OF_NONE else (0,)


def _span(text: str, mark: Mark, *, told: int) -> Row:
    label = _NAMES.get(mark.label, mark.label)
    counted = label not in _NAMES.values() and label not in ("date", "place", "cause")
    return {
        "start": mark.start,
        "end": mark.end,
        "label": label,
        "accounts": list(_accounts_of(mark)) if told else [],
        "quote": text[mark.start : mark.end],
        "value": bounds(mark.note) if counted else None,
    }


def _account(written: Row) -> Row:
    start, _, end = written["when"].partition("..")
    shared = written.get("shared")
    return {
        "role": written.get("role", "main"),
        "date_start": start,
        "date_end": end or start,
        "place": _place(written["place"]),
        "cause": written["cause"],
        **{name: bounds(written.get(name, "")) for name in COUNTS},
        "derived": written.get("derived", []),
        "shared_toll": bounds(shared) if shared else None,
        "killed_civilian_status": written.get("status"),
        "alleged_by": list(written.get("by", [])),
        "alleged_perpetrators": list(written.get("perpetrators", [])),
        "statements": [],
        "evidence": [],
        "is_update": written.get("update", False),
    }


def _place(written: str) -> Row:
    name, country, point, *precision = written.split(" | ")
    lat, lon = (float(part) for part in point.split())
    return {
        "canonical_name": name,
        "country": country,
        "lat": lat,
        "lon": lon,
        "precision": precision[0] if precision else "settlement",
    }


def _tell(account: Row, mark: Mark, words: str) -> None:
    """Enters into an account what a mark says of it."""
    if mark.label == "by":
        account["alleged_by"].append(words)
    elif mark.label == "party" and mark.note not in account["alleged_perpetrators"]:
        account["alleged_perpetrators"].append(mark.note)
    elif mark.label == "says":
        party, _, stance = mark.note.rpartition(" ")
        account["statements"].append({"party": party, "stance": stance, "quote": words})
    elif mark.label == "shows":
        kind, _, verified = mark.note.partition(" ")
        account["evidence"].append({"kind": kind, "verified": verified, "quote": words})
