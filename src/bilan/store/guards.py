"""The triggers that keep the ledger append-only, on both databases.

They stop a mistake, not a thief: who may write the file may drop a trigger. The hash chain is
what shows that; `verify` also says when a guard is gone.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

_SQLITE = {
    "ledger_no_update": """CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    "ledger_no_delete": """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    "ledger_in_order": """CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger)
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows by one'); END""",
}

_POSTGRESQL_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$""",
    """CREATE OR REPLACE FUNCTION ledger_next() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
             IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger) THEN
               RAISE EXCEPTION 'the ledger only grows by one';
             END IF;
             RETURN NEW;
           END $$""",
)
_POSTGRESQL = {
    "ledger_no_update": """CREATE TRIGGER ledger_no_update BEFORE UPDATE OR DELETE ON ledger
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    "ledger_no_delete": """CREATE TRIGGER ledger_no_delete BEFORE TRUNCATE ON ledger
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    "ledger_in_order": """CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
        FOR EACH ROW EXECUTE FUNCTION ledger_next()""",
}

MOVED = "the record has moved"
_CLOSED = {
    "sqlite": (
        f"""CREATE TRIGGER ledger_closed BEFORE INSERT ON ledger
        BEGIN SELECT RAISE(ABORT, '{MOVED}'); END""",
    ),
    "postgresql": (
        f"""CREATE OR REPLACE FUNCTION ledger_is_closed() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{MOVED}'; END $$""",
        """CREATE TRIGGER ledger_closed BEFORE INSERT ON ledger
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_closed()""",
    ),
}

_FIND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger'::regclass"
    " AND NOT tgisinternal AND tgenabled <> 'D'",
}


def set_guards(_apps: Any, editor: Any) -> None:
    """Create the triggers. In the shape that migrations ask for."""
    if editor.connection.vendor == "sqlite":
        statements: tuple[str, ...] = tuple(_SQLITE.values())
    else:
        statements = (*_POSTGRESQL_FUNCTIONS, *_POSTGRESQL.values())
    for statement in statements:
        editor.execute(statement)


def remove_guards(_apps: Any, editor: Any) -> None:
    """Drop them again, before a migration that rebuilds the table."""
    on = "" if editor.connection.vendor == "sqlite" else " ON ledger"
    for name in _SQLITE:
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def close_ledger() -> None:
    """Refuse every further entry: the record lies in another database now."""
    reopen_ledger()
    with connection.cursor() as cursor:
        for statement in _CLOSED[connection.vendor]:
            cursor.execute(statement)


def reopen_ledger() -> None:
    """Take entries again."""
    on = "" if connection.vendor == "sqlite" else " ON ledger"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS ledger_closed{on}")


def missing_guards() -> list[str]:
    """The names of the triggers that are no longer there."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_SQLITE) - present)
