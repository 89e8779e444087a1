"""The reference pages made from data files say what the data files say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]


def data_pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("data_pages", ROOT / "docs" / "data_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_what_the_data_files_say() -> None:
    for page, text in data_pages().pages().items():
        assert page.read_text("utf-8") == text, f"{page.name}: run python docs/data_pages.py"


def test_every_condition_that_a_rule_may_name_is_on_the_page_of_grades() -> None:
    page = data_pages()
    named = {name for name, _ in page.CRITERIA}
    source = (ROOT / "src/bilan/core/assessments/grades.py").read_text("utf-8")
    asked = {name for name in named if f'"{name}"' in source}
    rules = page._load("assessments/grades.toml")["rule"]
    ruled = {name for rule in rules for name in rule["when"]}
    assert ruled <= named == asked
