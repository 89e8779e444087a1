"""The pages of parties and conflicts say what the data files say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[3]


def names() -> ModuleType:
    spec = importlib.util.spec_from_file_location("names", ROOT / "docs" / "names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_what_the_data_files_say() -> None:
    for page, text in names().pages().items():
        assert page.read_text("utf-8") == text, f"{page.name}: run python docs/names.py"
