"""What a person sees of a reading: every value with its words, nothing that acts on a terminal."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bilan.cli.harmless import harmless
from bilan.cli.show_reading import Told, show
from bilan.core.claims.account import (
    Account,
    Evidence,
    Informant,
    Label,
    LabelledSpan,
    Reading,
    SharedToll,
    Statement,
)
from bilan.core.values import (
    Cause,
    CivilianStatus,
    Count,
    EvidenceKind,
    Fault,
    Place,
    PlacePrecision,
    Point,
    Publisher,
    Report,
    Span,
    Stance,
    Verified,
    When,
)

TEXT = (
    "Une frappe a tué au moins 12 civils, surtout des femmes, samedi à Mayadin, selon la "
    "télévision syrienne. La Coalition dit avoir visé « une unité de l'EI ». Une vidéo non "
    "vérifiée montre des ruines. Depuis 2014, 900 civils ont été tués. Le maire a parlé de "
    "٤٠ جريحاً."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def labelled(words: str, label: Label, *accounts: int, value: Count | None = None) -> LabelledSpan:
    return LabelledSpan(span(words), label, accounts, value)


MAYADIN = Place(
    name="Mayadin",
    canonical_name="Al Mayādīn",
    admin1="Deir ez-Zor",
    country="SY",
    point=Point(35.0198, 40.4515),
    precision=PlacePrecision.SETTLEMENT,
    uncertainty_km=3.2,
    reasons=("the only place of this name near Deir ez-Zor",),
)

READING = Reading(
    id="a1",
    lang="fr",
    published=date(2017, 9, 17),
    relevant=True,
    accounts=(
        Account(
            when=When.on(date(2017, 9, 16)),
            place=MAYADIN,
            place_span=span("Mayadin"),
            cause=Cause.AIRSTRIKE,
            killed=Count(12, None),
            civilian_status=CivilianStatus.CIVILIAN,
            alleged_by=(Informant("la télévision syrienne", span("la télévision syrienne")),),
            alleged_perpetrators=("US-led Coalition",),
            statements=(
                Statement(
                    "US-led Coalition", Stance.DISPUTES_TARGET, span("visé « une unité de l'EI »")
                ),
            ),
            evidence=(
                Evidence(EvidenceKind.VIDEO, Verified.UNVERIFIED, span("Une vidéo non vérifiée")),
            ),
        ),
    ),
    spans=(
        labelled("au moins 12 civils", Label.KILLED, 0, value=Count(12, None)),
        labelled("surtout des femmes", Label.COMPOSITION, 0),
        labelled("samedi", Label.DATE, 0),
        labelled("900 civils", Label.CUMULATIVE, value=Count(900, 900)),
        labelled("٤٠ جريحاً", Label.OTHER_COUNT, 0, value=Count(40, 40)),
    ),
    faults=(Fault("language_disagrees", "said to be in 'fr'", "a1.txt"),),
)
REPORT = Report("a1", TEXT, "fr", date(2017, 9, 17), Publisher("Canal X"), title="Une frappe")


def screen(report: Report = REPORT, reading: Reading = READING, *, width: int = 100) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False)
    show(Told(report, reading, "a1.txt"), console)
    return out.getvalue()


def test_a_toll_stands_beside_the_words_that_say_it() -> None:
    shown = screen()
    assert re.search(r"Killed\s+at least 12 civilians, according to “la.*\s+“au moins 12", shown)


def test_what_is_unknown_is_said_to_be_unknown_and_never_zero() -> None:
    assert re.search(r"Injured\s+not said", screen())
    assert " 0" not in screen().replace("2017", "")


def test_a_place_is_never_shown_without_its_uncertainty() -> None:
    assert "within about 3 km of 35.0198, 40.4515" in screen()


def test_evidence_that_nobody_checked_says_so() -> None:
    assert re.search(r"video, not checked by anyone", screen())


def test_an_answer_is_shown_with_its_words() -> None:
    shown = screen()
    assert "US-led Coalition says the target was military" in shown
    assert "“visé « une unité de l'EI »”" in shown


def test_every_number_left_out_of_the_toll_is_shown_with_its_reason() -> None:
    shown = screen()
    assert re.search(r"900\s+“900 civils” a total over several incidents", shown)
    assert re.search(r"40\s+“\u2068٤٠ جريحاً\u2069” people or things, but no toll", shown)


def test_a_text_full_of_numbers_does_not_flood_the_screen() -> None:
    many = tuple(
        labelled("900 civils", Label.CUMULATIVE, value=Count.exactly(900)) for _ in range(99)
    )
    shown = screen(reading=Reading("a1", "fr", None, True, spans=many))
    assert "and 79 more" in shown
    assert len(shown.splitlines()) < 40


def test_who_they_were_is_not_turned_into_numbers() -> None:
    assert "“surtout des femmes” no number is given" in screen()


def test_a_toll_over_two_places_is_not_shown_as_the_toll_of_one() -> None:
    account = Account(killed=None, shared_toll=SharedToll(Count(12, 12), (0, 1)))
    shown = screen(reading=Reading("a1", "fr", None, True, (account, account)))
    assert "12 is said of 2 places together" in " ".join(shown.split())
    assert re.search(r"Killed\s+not said: 12 is said", shown)


def test_a_report_that_was_not_read_is_not_said_to_tell_of_no_harm() -> None:
    shown = screen(reading=Reading("a1", "und", None, False))
    assert "Kept, not read." in shown
    assert "no harm" not in shown


def test_a_synthetic_report_says_so_in_its_head() -> None:
    made_up = Report("a1", TEXT, "fr", synthetic=True)
    assert "SYNTHETIC" in screen(made_up).splitlines()[0]


@pytest.mark.parametrize("width", [20, 40, 79, 200])
def test_every_width_of_terminal_shows_the_toll(width: int) -> None:
    shown = screen(width=width)
    assert "at least 12" in " ".join(shown.split())
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_hostile_words_cannot_write_on_the_terminal() -> None:
    evil = "[bold red]x[/] \x1b[2J\x1b]0;title\x07 \u202ecilop\u2066 :smile: \x9b31m \x00"
    report = Report(evil, TEXT, "fr", publisher=Publisher(evil), title=evil)
    place = Place(name=evil, canonical_name=evil, reasons=(evil,))
    account = Account(
        place=place, alleged_by=(Informant(evil),), alleged_perpetrators=(evil,), targets=(evil,)
    )
    shown = screen(report, Reading(evil, "fr", None, True, (account,), faults=(Fault("x", evil),)))
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c != "\n"]
    assert "\u202e" not in shown
    assert "[bold red]x[/]" in shown
    assert ":smile:" in shown


@given(st.text())
def test_nothing_that_acts_on_a_terminal_survives(text: str) -> None:
    shown = harmless(text)
    active = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert all(unicodedata.category(c) not in active or c in "\u200c\u200d" for c in shown)


@given(st.text(alphabet=st.characters(whitelist_categories=["L", "Nd", "Po"]), min_size=1))
def test_plain_words_of_any_script_are_shown_as_they_are(text: str) -> None:
    assert harmless(text) == text
