"""What the docs say is what the program does."""

from __future__ import annotations

import importlib.util
import re
from enum import StrEnum
from pathlib import Path
from types import ModuleType

import pytest

from bilan.cli.main import MODULES
from bilan.core.claims.account import Label
from bilan.core.values import (
    Cause,
    CivilianStatus,
    DatePrecision,
    EvidenceKind,
    PlacePrecision,
    Stance,
    Verified,
)
from bilan.engines.gazetteer import gazetteer_path

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
_SETTING = re.compile(r"\bBILAN_[A-Z_]+\b")


def regenerate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("regenerate", ROOT / "docs" / "regenerate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = regenerate()


def test_the_command_reference_is_what_the_program_says_of_itself() -> None:
    assert TOOL.command_reference() == TOOL.COMMANDS.read_text("utf-8"), "run: make docs"


@pytest.mark.parametrize("command", MODULES)
def test_every_command_has_its_chapter(command: str) -> None:
    assert f"## bilan {command}" in TOOL.COMMANDS.read_text("utf-8")


def test_every_setting_has_its_line() -> None:
    used = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in _SETTING.findall(path.read_text("utf-8"))
    }
    assert used <= set(_SETTING.findall(TOOL.COMMANDS.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_link_leads_nowhere(page: Path) -> None:
    links = _LINK.findall(page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.skipif(not gazetteer_path().exists(), reason="needs a gazetteer: make gazetteer")
@pytest.mark.parametrize("page", list(TOOL.sessions()), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_session_in_the_docs_shows_what_the_program_prints(page: Path) -> None:
    assert TOOL.rerun(page) == page.read_text("utf-8"), "run: make docs"


CLOSED = (
    Label,
    Cause,
    Stance,
    CivilianStatus,
    EvidenceKind,
    Verified,
    DatePrecision,
    PlacePrecision,
)


@pytest.mark.parametrize("words", CLOSED, ids=lambda kind: kind.__name__)
def test_every_word_of_a_closed_list_is_explained(words: type[StrEnum]) -> None:
    page = (ROOT / "docs" / "reference" / "reading.md").read_text("utf-8")
    assert not [word for word in words if f"`{word}`" not in page]


def test_every_fault_code_is_explained() -> None:
    given = re.compile(r'(?:Fault|refused)\(\s*(?:\w+, )?"([a-z_]+)"')
    rooms = ("capture", "core/reports", "core/claims")
    paths = (p for room in rooms for p in (ROOT / "src" / "bilan" / room).rglob("*.py"))
    codes = {code for path in paths for code in given.findall(path.read_text("utf-8"))}
    page = (ROOT / "docs" / "reference" / "files.md").read_text("utf-8")
    assert {"empty", "no_reader"} <= codes
    assert not [code for code in codes if f"`{code}`" not in page]


def test_every_decision_has_a_date_and_a_status() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        assert re.search(r"^\*20\d\d-\d\d-\d\d, (taken|replaced|withdrawn)", text, re.MULTILINE)
