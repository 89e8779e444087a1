"""Write anew the reference pages of what lies in data files: parties, conflicts, counting, linking.

`python docs/data_pages.py` rewrites them; a test calls the same functions and compares.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bilan.core.assessments.grades import TWO_SIGN
from bilan.core.tolls.schemes import Publishes, Scheme, schemes
from bilan.core.values import Count

ROOT = Path(__file__).parents[1]
CORE = ROOT / "src" / "bilan" / "core"
REFERENCE = ROOT / "docs" / "reference"

PARTIES = """# Parties

The armed actors that Bilan knows by name, from `src/bilan/core/claims/parties.toml`. To add one, or
a name in another language, add lines to that file: no code changes. This page is written by
`python docs/data_pages.py`.

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
`src/bilan/core/claims/conflicts.toml` and this page is written by `python docs/data_pages.py`.

**What this list is.** It was compiled by hand after the public descriptions of the sources named,
to sort reports. It is no legal qualification. Where the sources disagree the wider reading stands,
so that no harm is left out; add or correct a row and the change holds from the next reading on.
`--scope any` reads violent events everywhere.

Sources: {sources}.

{table}
"""

SCHEMES = """# Counting schemes

What each scheme publishes of one number that a report gives, from
`src/bilan/core/tolls/schemes.toml` (this page is written by `python docs/data_pages.py`). How
several numbers become one range is the same for all:
[how a toll is reckoned](../explanation/how-a-toll-is-reckoned.md).
`--scheme NAME` of `count`, `show` and `export` chooses; a published number names its version.

{table}

"low..high+" is open above: the source set no ceiling. "low.." has no upper end, "..high" no lower
one. A scheme that publishes one value shows the lower one; `ged` publishes the range and, as its
best estimate, the lower end, unless a person sets another (`bilan decide set CODE best 14`).

## Where each comes from

{sources}
"""

GRADES = """# Grades

How a grade is proposed, from `src/bilan/core/assessments/grades.toml`, version `{version}`.
Source: {source}.
This page is written by `python docs/data_pages.py`. The first rule whose conditions all hold gives
the grade. People sign grades: `bilan decide grade`. Why these rules:
[how a grade is proposed](../explanation/how-a-grade-is-proposed.md).

{rules}

## The conditions

{criteria}

## Signing

{two_sign} need two people, each with a key of their own; until the second signs, the proposed grade
is shown and the other one waits. `Discounted` is never proposed: only people can say that nothing
happened. When the ground of a signed grade moves (another origin, another answer), it is marked
*to be reviewed* and stays as it is.
"""

LINKING = """# Clues that link

The clues by which a report's account joins an incident, from `src/bilan/core/incidents/clues.toml`,
version `{version}` (this page is written by `python docs/data_pages.py`). Weights add up. What they
are for: [how incidents are linked](../explanation/how-incidents-are-linked.md).

{table}

Causes that reports take for one another: {families}.

Causes that come back to one place day after day, so that another day is another event:
{recurring}.
"""

CRITERIA = (
    ("harm_accepted", "a party admits civilian harm here, in its own words"),
    ("several_blamed", "different parties are blamed, one instead of the other or together"),
    ("two_independent", "two origins or more that belong to no party of the conflict allege harm"),
    ("one_origin", "at least one origin alleges harm"),
    (
        "near_action",
        "a party says that it struck there, or an independent origin names who did it",
    ),
)


def parties_page() -> str:
    """The page of parties."""
    entries = _load("claims/parties.toml")["party"]
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
    data = _load("claims/conflicts.toml")
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


# Wordings whose publication differs between schemes, with what reading makes of them.
WORDINGS = (
    ("12", Count(12, 12), None),
    ("at least 12", Count(12, None), "at_least"),
    ("more than 12", Count(13, None), "more_than"),
    ("up to 12", Count(None, 12), "up_to"),
    ("dozens", Count(24, None), "vague"),
    ("hundreds", Count(200, None), "vague"),
    ("several", Count(3, None), "vague"),
    ("civilians (no number)", Count(2, None), "plural"),
)


def schemes_page() -> str:
    """The page of counting schemes: what each makes of the same wordings, asked of the code."""
    known = schemes()
    table = _table(
        ("a report says", *(f"`{name}`" for name in known)),
        (
            (wording, *(_published(scheme, count, form) for scheme in known.values()))
            for wording, count, form in WORDINGS
        ),
    )
    sources = _table(
        ("scheme", "version", "what it is", "source"),
        ((f"`{n}`", f"`{s.version}`", s.title, s.source) for n, s in known.items()),
    )
    return SCHEMES.format(table=table, sources=sources)


def _published(scheme: Scheme, count: Count, form: str | None) -> str:
    bounds = scheme.bounds(count, form)
    low = scheme.floor if bounds.low is None else bounds.low
    if scheme.publishes is Publishes.LOWEST:
        return str(low)
    if low is None or bounds.high is None:
        return f"{'' if low is None else low}..{'' if bounds.high is None else bounds.high}"
    top = "+" if bounds.open_above else ""
    both = f"{low}..{bounds.high}" if low != bounds.high else f"{low}"
    return both + top


def grades_page() -> str:
    """The page of grades: the rules as they stand, and the conditions that they may name."""
    data = _load("assessments/grades.toml")
    return GRADES.format(
        version=data["version"],
        source=data["source"],
        rules=_table(
            ("grade", "when all of", "in words"),
            (
                (r["grade"], ", ".join(f"`{c}`" for c in r["when"]) or "otherwise", r["words"])
                for r in data["rule"]
            ),
        ),
        criteria=_table(("condition", "holds when"), ((f"`{n}`", w) for n, w in CRITERIA)),
        two_sign=" and ".join(f"`{grade}`" for grade in sorted(TWO_SIGN)),
    )


def linking_page() -> str:
    """The page of clues, each with the comment that stands beside its weight."""
    source = (CORE / "incidents" / "clues.toml").read_text("utf-8")
    data = tomllib.loads(source)
    return LINKING.format(
        version=data["linker"],
        table=_table(("clue", "weight or bound", "what it says"), _clues(source)),
        families="; ".join(", ".join(f) for f in data["families"].values()),
        recurring=", ".join(data["recurring"]["causes"]),
    )


def _clues(source: str) -> Iterator[tuple[str, str, str]]:
    """Name, weight and comment of each line of the table that is one number."""
    section = ""
    for line in source.splitlines():
        if head := re.fullmatch(r"\[(\w+)\].*", line):
            section = head[1]
        elif clue := re.fullmatch(r"(\w+) = (-?[\d.]+)(?:\s+# (.*))?", line):
            yield f"`{section}.{clue[1]}`", clue[2], clue[3] or clue[1].replace("_", " ")


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((CORE / name).read_text("utf-8"))


def pages() -> dict[Path, str]:
    """Every page that this script writes, with its text."""
    return {
        REFERENCE / "parties.md": parties_page(),
        REFERENCE / "conflicts.md": conflicts_page(),
        REFERENCE / "schemes.md": schemes_page(),
        REFERENCE / "grades.md": grades_page(),
        REFERENCE / "linking.md": linking_page(),
    }


def main() -> None:
    """Rewrite every page that has moved."""
    for page, text in pages().items():
        if not page.exists() or page.read_text("utf-8") != text:
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"rewrote {page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
