"""A language is one data file: every file has what all have, and the newest reads as the others."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.claims.text.language import known_languages
from bilan.core.values import Count, Place, PlaceMention, Point, Report, Span

_TOWN = Place("Ariha", "Ariha", "Idlib", "SY", Point(35.81, 36.61), uncertainty_km=1.0)
# Tables that only some grammars need.
_OPTIONAL = {"clitics", "inflect", "timex"}


class OneTown:
    """A gazetteer of one town."""

    version = "town-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        at = text.find(_TOWN.name)
        return [PlaceMention(Span(at, at + len(_TOWN.name)), _TOWN)] if at >= 0 else []


def _tables(code: str) -> set[str]:
    source = files("bilan.core.claims") / "languages" / f"{code}.toml"
    return set(tomllib.loads(source.read_text(encoding="utf-8"))) - _OPTIONAL


def only(text: str) -> Account:
    (account,) = read(Report("t", text, "pt", date(2021, 3, 14)), OneTown()).accounts
    return account


def test_no_language_lacks_a_table_that_the_others_have() -> None:
    tables = {code: _tables(code) for code in known_languages()}
    every = set().union(*tables.values()) - {"parties", "apart"}  # not every order needs them
    assert {code: every - found for code, found in tables.items() if every - found} == {}


def test_portuguese_reads_a_relay_with_its_toll_party_and_day() -> None:
    account = only(
        "Pelo menos nove civis morreram no sábado em um bombardeio da coalizão internacional em "
        "Ariha, segundo uma agência local. A guerra já deixou mais de 400 mil mortos."
    )
    assert account.killed == Count(9, None)
    assert account.alleged_perpetrators == ("US-led Coalition",)
    assert account.when is not None
    assert account.when.start == date(2021, 3, 13)


def test_portuguese_tells_parts_from_totals() -> None:
    account = only(
        "O bombardeamento de Ariha matou treze civis. Entre as vítimas estão quatro crianças."
    )
    assert account.killed == Count.exactly(13)
    assert account.killed_children == Count.exactly(4)
