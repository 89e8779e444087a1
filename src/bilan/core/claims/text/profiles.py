"""The heads of the language files, and how the languages of this world are told apart."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bilan.core.errors import DataError
from bilan.core.reports.language_of import Profile, other_languages, profile_of

_FOLDER = files("bilan.core.claims") / "languages"
# Parsing a whole language file to know its stop words would cost more than reading a short report.
_SECOND_TABLE = re.compile(r"^\[(?!detect\])", re.MULTILINE)
_HEAD = 16_000  # characters within which the `[detect]` table, the first of each file, has to end


@cache
def profiles() -> tuple[Profile, ...]:
    """Every language that Bilan reads, then those that it can only name."""
    entries = sorted(_FOLDER.iterdir(), key=lambda entry: entry.name)
    read = [_profile(entry) for entry in entries if entry.name.endswith(".toml")]
    codes = {profile.code for profile in read}
    return (*read, *(p for p in other_languages() if p.code not in codes))


def _profile(entry: Traversable) -> Profile:
    with entry.open(encoding="utf-8") as file:
        head = file.read(_HEAD)
    second = _SECOND_TABLE.search(head)
    code = entry.name.removesuffix(".toml")
    try:
        table = tomllib.loads(head[: second.start()] if second else head)
        return profile_of(code, table["detect"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        message = f"languages/{entry.name}: its first table has to be [detect]: {error}"
        raise DataError(message) from error
