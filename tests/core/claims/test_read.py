"""Whole reports of our own, read into accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.claims.account import Account, Label, Reading, Role
from bilan.core.claims.read import read
from bilan.core.values import (
    Count,
    Place,
    PlaceMention,
    PlacePrecision,
    Point,
    Publisher,
    PublisherKind,
    Report,
    Span,
    When,
)

_KNOWN = {
    "Sarmin": Place("Sarmin", "Sarmin", "Idlib", "SY", Point(35.90, 36.73), uncertainty_km=1.0),
    "Binnish": Place("Binnish", "Binnish", "Idlib", "SY", Point(35.96, 36.71), uncertainty_km=1.0),
    "Ariha": Place("Ariha", "Ariha", "Idlib", "SY", Point(35.81, 36.61), uncertainty_km=1.0),
    "Raqqa": Place("Raqqa", "Raqqa", "Raqqa", "SY", Point(35.95, 39.01), uncertainty_km=3.0),
    "Syria": Place("Syria", "Syria", None, "SY", None, PlacePrecision.COUNTRY),
    "سرمين": Place("سرمين", "Sarmin", "Idlib", "SY", Point(35.90, 36.73), uncertainty_km=1.0),
    "Сармин": Place("Сармин", "Sarmin", "Idlib", "SY", Point(35.90, 36.73), uncertainty_km=1.0),
}


class Atlas:
    """A gazetteer of a few Syrian towns."""

    version = "atlas-1"

    def places_in(self, text: str, *, lang: str, taken: Sequence[Span] = ()) -> list[PlaceMention]:
        found = []
        for name, place in _KNOWN.items():
            at = text.find(name)
            while at >= 0:
                found.append(PlaceMention(Span(at, at + len(name)), place))
                at = text.find(name, at + 1)
        return sorted(found, key=lambda m: m.span)


def reading(
    text: str,
    lang: str = "en",
    *,
    published: date | None = date(2019, 5, 14),
    kind: PublisherKind = PublisherKind.LOCAL_MEDIA,
    spans: str = "labelled",
) -> Reading:
    report = Report("r1", text, lang, published, Publisher("Idlib Post", kind))
    return read(report, Atlas(), spans=spans)


def only(text: str, lang: str = "en", **more: object) -> Account:
    accounts = reading(text, lang, **more).accounts  # type: ignore[arg-type]  # passed through
    assert len(accounts) == 1
    return accounts[0]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "An air strike killed at least 12 civilians in Sarmin on Monday."),
        ("fr", "Une frappe aérienne a tué au moins 12 civils lundi à Sarmin."),
        ("ar", "قُتل ما لا يقل عن 12 مدنياً يوم الاثنين في غارة جوية على سرمين."),
        ("ru", "Не менее 12 мирных жителей погибли в понедельник при авиаударе по городу Сармин."),
    ],
)
def test_one_sentence_is_one_account_in_each_language(lang: str, text: str) -> None:
    account = only(text, lang)
    assert account.killed == Count(12, None)
    assert account.when == When.on(date(2019, 5, 13))
    assert account.place is not None
    assert account.place.canonical_name == "Sarmin"


def test_two_informants_make_an_envelope_and_each_keeps_its_words() -> None:
    text = (
        "A strike on Sarmin on Monday killed 14 civilians, according to the health directorate. "
        "The civil defence said 16 people were killed."
    )
    told = reading(text)
    assert told.accounts[0].killed == Count(14, 16)
    killed = [s for s in told.spans if s.label is Label.KILLED]
    assert [s.value for s in killed] == [Count.exactly(14), Count.exactly(16)]


def test_a_later_figure_of_the_same_voice_replaces_the_earlier_one() -> None:
    text = (
        "The toll of Monday's air strike on Sarmin has risen to 19, residents said, "
        "up from an earlier count of 12."
    )
    account = only(text)
    assert account.killed == Count.exactly(19)
    assert account.is_update


def test_a_total_that_its_list_of_places_adds_up_to_is_no_incident_of_its_own() -> None:
    text = (
        "Авиаудары убили 5 мирных жителей Сирии:\n▪️ 3 — в Сармин, куда попала авиабомба;"
        "\n▪️ 2 — в Binnish после артобстрела."
    )
    told = reading(text, "ru").accounts
    assert [(a.killed, a.place.canonical_name if a.place else None) for a in told] == [
        (Count.exactly(3), "Sarmin"),
        (Count.exactly(2), "Binnish"),
    ]


def test_a_list_gives_an_account_each_and_its_total_counts_nowhere() -> None:
    text = (
        "Twelve civilians were killed in air strikes on 12 and 13 May.\n\n"
        "- 12 May, Sarmin: an air strike killed nine people.\n"
        "- 13 May, Binnish: an air strike killed three people.\n"
    )
    told = reading(text)
    assert [(a.place.name if a.place else None, a.killed) for a in told.accounts] == [
        ("Sarmin", Count.exactly(9)),
        ("Binnish", Count.exactly(3)),
    ]
    total = next(s for s in told.spans if s.value == Count.exactly(12))
    assert total.label is Label.CUMULATIVE


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "An air strike killed two people in Sarmin, Idlib, May 12, 2019.", 12),
        ("ru", "Двое мирных жителей погибли при авиаударе по городу Сармин 12 мая 2019 года.", 12),
        ("en", "An air strike killed two in Sarmin in the early hours of Monday.", 13),
        ("ru", "Двое погибли: итог воскресного авиаудара по городу Сармин.", 12),
        ("en", "An air strike killed two people in Sarmin an hour ago.", 14),
        ("ru", "Минут десять назад при авиаударе по городу Сармин погибли двое.", 14),
    ],
)
def test_the_day_in_a_sentence_is_that_of_the_event(lang: str, text: str, day: int) -> None:
    account = only(text, lang)
    assert account.when == When.on(date(2019, 5, day))
    assert account.killed == Count.exactly(2)


def test_what_a_list_comes_to_is_no_toll_of_its_first_entry() -> None:
    text = (
        "- Sarmin: an air strike on Monday killed two shepherds.\n"
        "- Ariha: shelling on Monday killed one man and wounded four.\n"
        "Together: three dead and four wounded in a day."
    )
    told = reading(text)
    assert [a.killed for a in told.accounts] == [Count.exactly(2), Count.exactly(1)]
    assert [a.injured for a in told.accounts] == [None, Count.exactly(4)]


def test_a_paragraph_that_opens_with_another_attack_is_of_another_incident() -> None:
    text = (
        "An air strike on Sarmin on Monday killed five people.\n\n"
        "On Tuesday shells hit a school in Raqqa. A teacher was killed."
    )
    told = reading(text)
    assert [a.killed for a in told.accounts] == [Count.exactly(5), Count.exactly(1)]


def test_elsewhere_opens_an_incident_of_its_own() -> None:
    text = (
        "An air strike killed nine civilians in Sarmin on Monday.\n\n"
        "Elsewhere, in Raqqa, shelling killed four civilians."
    )
    assert [a.killed for a in reading(text).accounts] == [Count.exactly(9), Count.exactly(4)]


def test_one_number_said_of_two_towns_is_shared_and_enters_neither() -> None:
    text = "Air strikes on Sarmin and Binnish killed 12 civilians on Monday."
    told = reading(text)
    assert [a.killed for a in told.accounts] == [None, None]
    shared = told.accounts[0].shared_toll
    assert shared is not None
    assert (shared.total, shared.covers) == (Count.exactly(12), (0, 1))


def test_an_incident_recalled_is_not_news() -> None:
    text = (
        "An air strike killed nine civilians in Sarmin on Monday.\n\n"
        "On 2 April shelling killed 30 civilians in Raqqa."
    )
    told = reading(text)
    main = [a for a in told.accounts if a.role is Role.MAIN]
    assert [a.killed for a in main] == [Count.exactly(9)]
    assert next(s for s in told.spans if s.value == Count.exactly(30)).label is Label.BACKGROUND


def test_unknown_is_never_zero() -> None:
    account = only("An air strike on Sarmin wounded three civilians on Monday.")
    assert account.killed is None
    assert account.missing is None
    assert account.injured == Count.exactly(3)


def test_no_deaths_said_by_the_reporter_is_zero() -> None:
    account = only("Shelling hit Sarmin on Monday. Three civilians were wounded; no deaths.")
    assert account.killed == Count.exactly(0)
    assert account.injured == Count.exactly(3)


def test_fighters_stand_apart_from_the_killed() -> None:
    account = only("An air strike on Sarmin on Monday killed five civilians and seven fighters.")
    assert account.killed == Count.exactly(5)
    assert account.fighters_killed == Count.exactly(7)


def test_without_a_day_of_publication_yesterday_stays_open_and_says_so() -> None:
    told = reading("An air strike killed nine civilians in Sarmin yesterday.", published=None)
    assert told.accounts[0].when is None
    assert [f.code for f in told.faults] == ["no_date"]


@pytest.mark.parametrize("lang", ["und", "xx"])
def test_a_language_without_a_reader_is_a_fault_not_a_guess(lang: str) -> None:
    told = reading("Nine were killed.", lang)
    assert not told.relevant
    assert not told.accounts
    assert [(f.code, f.message) for f in told.faults] == [("no_reader", f"no reader for {lang}")]


def test_an_accident_has_no_account_but_its_numbers_keep_their_role() -> None:
    told = reading("A bus crash near Ariha killed nine people and injured twenty on Monday.")
    assert not told.relevant
    assert not told.accounts
    assert {s.label for s in told.spans} <= {Label.NON_CONFLICT}


def test_spans_all_lists_every_number_date_and_place() -> None:
    told = reading("Sarmin had 15 shops in May 2019.", spans="all")
    assert {Label.COUNT, Label.DATE, Label.PLACE} <= {s.label for s in told.spans}


def test_the_reading_names_reader_and_gazetteer() -> None:
    assert "atlas-1" in reading("Nothing happened.").reader


_WORDS = (
    "killed wounded 12 civilians including three children in Sarmin Raqqa said Monday , . ; ( ) \n"
    " - since were and no could Elsewhere"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS.split(" ")), max_size=60).map(" ".join))
def test_every_span_lies_in_the_text_and_names_accounts_that_are_there(text: str) -> None:
    told = reading(text)
    for span in told.spans:
        assert 0 <= span.span.start < span.span.end <= len(text)
        assert all(0 <= at < len(told.accounts) for at in span.accounts)
    assert reading(text) == told


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["en", "fr", "ar", "ru", "tr"]))
def test_no_text_makes_reading_raise(text: str, lang: str) -> None:
    reading(text, lang, spans="all")


def test_days_counted_from_the_texts_own_dateline_say_so() -> None:
    text = "Raid on the town\n16 September 2017\nTwo civilians were killed yesterday by shelling."
    said = reading(text, published=None).faults[0].message
    assert "2017-09-16" in said


def test_mostly_women_and_children_is_a_composition_and_splits_nothing() -> None:
    text = "Shelling of Idlib killed 12 civilians on 13 May, mostly women and children."
    said = reading(text)
    spans = [s.span.of(text) for s in said.spans if s.label is Label.COMPOSITION]
    assert spans == ["mostly women and children"]
    assert said.accounts[0].killed_women is None
    assert said.accounts[0].killed_children is None


def test_an_open_sum_over_two_incidents_counts_in_neither() -> None:
    text = (
        "At least nine civilians died on Monday. In Sarmin, a shell killed two people. "
        "In Raqqa, an air strike left at least seven dead."
    )
    killed = [a.killed for a in reading(text).accounts]
    assert killed == [Count.exactly(2), Count(7, None)]
