"""Write anew the reference pages of parties and conflicts from their data files.

`python docs/names.py` rewrites them; a test calls the same functions and compares.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "bilan" / "core" / "claims"
REFERENCE = ROOT / "docs" / "reference"

PARTIES = """# Parties

The armed actors that Bilan knows by name, from `src/bilan/core/claims/parties.toml`. To add one, or
a name in another language, add lines to that file: no code changes. This page is written by
`python docs/names.py`.

- **Armies.** "Russian warplanes", «авиация США» or «الجيش الإسرائيلي» need no line of their own:
  the country (`nations.toml`) beside a word for forces (`[lexicon.force]` of the language) names
  its army. A capital speaks for its government ("Moscow denied") and is a place everywhere else.
- **Groups of parties.** A coalition has members; the member that leads it speaks for it where the
  coalition is accused and the member is not.
- **Nobody.** "Unidentified aircraft" is nobody: Bilan never guesses whose they were.
- **Context.** A party that is only named as active nearby, backed by or opposed to another is
  context, never an accusation.

{named}

## Words that hang on the country

"The coalition" is the one named before it in the report, else the one of the country told of; "the
army" is that country's. Where nothing decides, it is nobody.

{generic}
"""

CONFLICTS = """# Armed conflicts

A report is relevant when it tells of harm, or of an answer to an allegation, in an armed conflict.
The countries and years below decide where that is; they come from
`src/bilan/core/claims/conflicts.toml` and this page is written by `python docs/names.py`.

**What this list is.** It was compiled by hand after the public descriptions of the sources named,
to sort reports. It is no legal qualification. Where the sources disagree the wider reading stands,
so that no harm is left out; add or correct a row and the change holds from the next reading on.
`--scope any` reads violent events everywhere.

Sources: {sources}.

{table}
"""


def parties_page() -> str:
    """The page of parties."""
    entries = _load("parties.toml")["party"]
    names = {key: entry["name"] for key, entry in entries.items()}
    named = [e for e in entries.values() if e["kind"] != "generic"]
    generic = [e for e in entries.values() if e["kind"] == "generic"]
    return PARTIES.format(
        named=_table(
            ("name", "kind", "where", "part of"),
            (
                (
                    entry["name"],
                    entry["kind"].replace("_", "-"),
                    ", ".join(entry.get("countries", ())),
                    ", ".join(names[m] for m in entry.get("member_of", ())),
                )
                for entry in sorted(named, key=lambda e: str(e["name"]).casefold())
            ),
        ),
        generic=_table(
            ("words", "mean"), ((entry["name"], _meaning(entry, names)) for entry in generic)
        ),
    )


def _meaning(entry: dict[str, Any], names: dict[str, str]) -> str:
    stands_for = entry["stands_for"]
    meant = (
        (f"{country}: " if country != "*" else "elsewhere: ")
        + ("that country's forces" if party == "national" else names[party])
        for country, party in stands_for.items()
    )
    text = "; ".join(meant)
    return text.removeprefix("elsewhere: ") if len(stands_for) == 1 else text


def conflicts_page() -> str:
    """The page of conflicts."""
    data = _load("conflicts.toml")
    rows = sorted(data["conflict"], key=lambda row: (row["country"], row["from"]))
    return CONFLICTS.format(
        sources="; ".join(f"`{key}` = {text}" for key, text in data["sources"].items()),
        table=_table(
            ("country", "from", "to", "conflict", "source"),
            (
                (row["country"], row["from"], row.get("to", ""), row["name"], row["source"])
                for row in rows
            ),
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


def pages() -> dict[Path, str]:
    """Every page that this script writes, with its text."""
    return {
        REFERENCE / "parties.md": parties_page(),
        REFERENCE / "conflicts.md": conflicts_page(),
    }


def main() -> None:
    """Rewrite every page that has moved."""
    for page, text in pages().items():
        if not page.exists() or page.read_text("utf-8") != text:
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"rewrote {page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
