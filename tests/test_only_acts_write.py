"""Pages read the store freely; only acts write, through the store's own few writers."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "bilan"
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "raw",
    "executemany",
}
# The store's writers: each writes one thing, and only within `Record.writing` or `rebuilding`.
WRITERS = {
    "store/ledger.py",  # entries
    "store/objects.py",  # the index of objects
    "store/pen.py",  # how far the derived tables follow, what is to be erased
    "store/record.py",  # the version of the tables
    "store/tables.py",  # derived rows
}
ON_ROWS = {"objects", "_default_manager", "filter", "all", "exclude"}


def writes_in(path: Path) -> list[str]:
    """Calls like `Thing.objects.filter(...).update(...)`, with their line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = {n.attr for n in ast.walk(node.func.value) if isinstance(n, ast.Attribute)}
            if node.func.attr in WRITES and named & ON_ROWS:
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno} {node.func.attr}")
    return found


def test_only_acts_and_the_stores_writers_write() -> None:
    elsewhere = [
        line
        for path in sorted(SOURCE.rglob("*.py"))
        for line in writes_in(path)
        # The core knows no database at all: another test holds that.
        if not line.startswith(("acts/", "core/")) and line.split(":")[0] not in WRITERS
    ]
    assert elsewhere == []


def test_the_writers_do_write() -> None:
    assert all(writes_in(SOURCE / name) for name in WRITERS)


SHELVES = ("shelves.py", "kept_index.py")  # their `save` hands what changed to the pen


def test_no_model_and_no_signal_writes_behind_an_acts_back() -> None:
    for path in (SOURCE / "store").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert "save" not in named or path.name in SHELVES, path
        imports = {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
        assert not imports & {"receiver", "post_save", "pre_save"}, path


def importers_of(name: str) -> set[str]:
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "bilan.store.ledger"
        and any(alias.name == name for alias in node.names)
    }


def test_nobody_appends_but_the_pen() -> None:
    assert importers_of("append") == {"store/pen.py"}


def test_entries_come_from_elsewhere_only_when_a_record_is_restored_or_moved() -> None:
    assert importers_of("take_over") == {"acts/move_record.py", "acts/restore_record.py"}
