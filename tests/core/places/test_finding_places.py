"""Which phrases of a text are places, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.accuracy import own_set
from benchmarks.speed.news import stream
from bilan.core.places.around import Reader
from bilan.core.places.finder import Places
from bilan.core.places.gazetteer import Gazetteer
from bilan.core.values import PlacePrecision, PlaceUse, Span


def _names(places: Places, text: str, lang: str) -> list[str | None]:
    return [m.place.canonical_name for m in places.places_in(text, lang=lang)]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Shells fell on Raqqa at noon.", "Ar Raqqah"),
        ("en", "Shells fell in the town of Al-Mayadin at noon.", "Al Mayadin"),
        ("en", "Two houses in Deir ez-Zor's market street burned.", "Deir ez-Zor"),
        ("fr", "Des obus sont tombés sur la ville d'Alep.", "Aleppo"),
        ("fr", "Un marché de Mossoul a brûlé.", "Mosul"),
        ("ar", "سقطت قذائف على مدينة حلب صباحا", "Aleppo"),
        ("ar", "احترق سوق في بلدة الميادين", "Al Mayadin"),
        ("ar", "قصف عنيف بالميادين وبلدة سرمين", "Al Mayadin"),
        ("ar", "قذائف على #دير_الزور", "Deir ez-Zor"),
        ("ar", "غارة على حلب", "Aleppo"),
        ("ru", "Снаряды упали на рынок в Ракке.", "Ar Raqqah"),
        ("ru", "Под Мосулом сгорел рынок.", "Mosul"),
        ("ru", "Удар по городу Дейр-эз-Зору был ночью.", "Deir ez-Zor"),
        ("uk", "Снаряди впали на ринок у Харкові.", "Kharkiv"),
        ("uk", "Під Новою Каховкою горить ліс.", "Nova Kakhovka"),
        ("es", "Hubo explosiones en San Vicente del Caguán.", "San Vicente del Caguán"),
        ("tr", "Rakka'da bir pazar yeri yandı.", "Ar Raqqah"),
        ("fa", "شب گذشته در ولسوالی سنگین دو خانه سوخت", "Sangin"),
        ("pt", "Um mercado em Mosul ardeu.", "Mosul"),
    ],
)
def test_a_town_is_found_in_every_language_and_case(
    places: Places, lang: str, text: str, name: str
) -> None:
    assert name in _names(places, text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Media were kept away from the site."),
        ("en", "General Hays thanked the crews."),
        ("en", "He reads the Washington Post every day."),
        ("en", "John Paris went home."),
        ("ar", "قال محمد حلب إن الباب مفتوح"),
        ("fr", "Il a fait le tour du marché."),
        ("ru", "Полковник Мосулов вышел на связь."),
    ],
)
def test_common_words_people_and_papers_are_no_places(places: Places, lang: str, text: str) -> None:
    assert _names(places, text, lang) == []


def test_words_that_are_taken_are_no_places(places: Places) -> None:
    text = "The Syria Relief office in Raqqa was hit."
    taken = [Span(4, 16)]
    mentions = places.places_in(text, lang="en", taken=taken)
    assert [m.place.canonical_name for m in mentions] == ["Ar Raqqah"]


def test_a_capital_that_speaks_is_marked_as_a_government(places: Places) -> None:
    text = "Moscow denied the strike on Idlib in Syria."
    uses = {m.place.canonical_name: m.use for m in places.places_in(text, lang="en")}
    assert uses["Moscow"] is PlaceUse.SPEAKER
    assert uses["Idlib"] is not PlaceUse.SPEAKER


def test_a_dateline_is_marked(places: Places) -> None:
    text = "DAMASCUS, Syria (Agency) - A market in Sarmin was shelled."
    uses = {m.place.canonical_name: m.use for m in places.places_in(text, lang="en")}
    assert uses["Damascus"] is PlaceUse.DATELINE
    assert uses["Sarmin"] is PlaceUse.NAMED


def test_the_adjective_of_a_country_is_no_place_but_speaks_for_it(places: Places) -> None:
    text = "Yemeni medics counted the dead in Hays."
    (mention,) = places.places_in(text, lang="en")
    assert mention.place.country == "YE"


def test_a_text_in_capitals_is_read_all_the_same(places: Places) -> None:
    text = "A BOMB WENT OFF IN THE MARKET OF MOSUL IN NORTHERN IRAQ YESTERDAY"
    assert _names(places, text, "en")[0] == "Mosul"


def test_a_region_a_country_and_a_town_differ_in_precision(places: Places) -> None:
    text = "In Idlib province, Syria, a shell hit the town of Sarmin."
    found = {m.place.canonical_name: m.place.precision for m in places.places_in(text, lang="en")}
    assert found == {
        "Idlib": PlacePrecision.REGION,
        "Syria": PlacePrecision.COUNTRY,
        "Sarmin": PlacePrecision.SETTLEMENT,
    }


def test_a_language_without_a_file_gives_no_places(places: Places) -> None:
    assert places.places_in("Raqqa", lang="xx") == []


def test_the_version_of_the_gazetteer_is_told(places: Places) -> None:
    assert places.version == "tiny-1"


_PIECES = st.sampled_from(
    ["Raqqa", "near", "40 km", "south of", " ", ",", ".", "\n", "حلب", "ريف", "في", "Idlib",
     "province", "'s", "-", "Deir ez-Zor", "(", "#", "35.02 N, 40.45 E", "en", "Ракке", "\u200f"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=30).map(" ".join)),
    lang=st.sampled_from(["en", "fr", "ar", "ru", "es", "uk", "fa", "tr", "pt"]),
)
def test_any_text_gives_mentions_in_order_that_lie_in_it(
    places: Places, text: str, lang: str
) -> None:
    mentions = places.places_in(text, lang=lang)
    assert mentions == places.places_in(text, lang=lang)
    end = 0
    for mention in mentions:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.place.name == mention.span.of(text)
        assert mention.inner is not None
        assert mention.inner.overlaps(mention.span)
        end = mention.span.end


def test_the_agency_in_brackets_behind_a_dateline_is_no_place(places: Places) -> None:
    names = _names(places, "Gaza, 8 nov (Málaga).- Un misil cayó en Mosul.", "es")
    assert "Mosul" in names
    assert "Málaga" not in names


_NAMES = ["Media", "Raqqa", "Deir", "ez-Zor", "Al", "Bab", "Idlib", "QASRABAD", "IDLIB"]
_WORDS = [*_NAMES, "of", "OF", "city", "town", "TOWN", ",", ".", "near", "15", "St."]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)
_TEXTS |= _TEXTS.map(str.upper)


@settings(max_examples=80, deadline=None)
@given(before=st.lists(_TEXTS, min_size=1, max_size=4), text=_TEXTS)
@example(
    before=["Shells fell at night on the TOWN OF Hajin, residents said"],
    text="SHELLS FELL ON THE TOWN OF QASRABAD IN SYRIA",
)
def test_places_do_not_depend_on_which_texts_were_read_before(
    gazetteer: Gazetteer, before: list[str], text: str
) -> None:
    alone, after = Places(gazetteer), Places(gazetteer)
    for other in before:
        after.places_in(other, lang="en")
    assert after.places_in(text, lang="en") == alone.places_in(text, lang="en")


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Location: Kharkiv.\nDead: 5", "Kharkiv"),
        ("fr", "Lieu : Sarmin\nMorts : 3", "Sarmin"),
        ("es", "Lugar: Idlib. Heridos: 4.", "Idlib"),
        ("pt", "Local: Mosul\nMortos: 2", "Mosul"),
        ("ar", "المكان: سرمين\nالشهداء: 3", "Sarmin"),
        ("ru", "Место: Харьков\nПогибли: 2", "Kharkiv"),
    ],
)
def test_the_label_of_a_form_leads_to_its_place(
    places: Places, lang: str, text: str, name: str
) -> None:
    assert name in _names(places, text, lang)


def test_a_numbered_entry_is_headed_by_its_place_like_any_other(places: Places) -> None:
    text = "1. Idlib: bombs fell.\n2. Sarmin: shells fell.\n3) Hajin: nothing fell."
    assert _names(places, text, "en") == ["Idlib", "Sarmin", "Hajin"]


def test_the_only_likely_name_of_a_text_is_its_place(places: Places) -> None:
    assert _names(places, "Site: block of flats, Kharkiv. Bomb.", "en") == ["Kharkiv"]
    assert _names(places, "Media were kept away. Colonel Bala spoke.", "en") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Suriye'de savaş sürüyor. Efrin'de bir okul vuruldu.", "Afrin"),  # heard
        ("Rakka dışındaki bir tarlada mayın patladı.", "Ar Raqqah"),
        ("Sarmin merkezinde bir pazar yandı.", "Sarmin"),
    ],
)
def test_turkish_endings_and_what_follows_a_name_say_that_it_is_a_place(
    places: Places, text: str, name: str
) -> None:
    assert name in _names(places, text, "tr")


def test_a_name_written_as_a_language_has_it_is_found_as_the_gazetteer_has_it(
    places: Places,
) -> None:
    assert _names(places, "Взрыв в Африне.", "ru") == ["Afrin"]
    assert _names(places, "Вибух в окупованій Новій Каховці.", "uk") == ["Nova Kakhovka"]


def test_a_hospital_is_no_village_at_home_in_a_text_of_another_country(places: Places) -> None:
    text = "Suriye'de, Halep'te patlama oldu. Bala Hastanesi'nden bir doktor konuştu."
    assert "Bala" not in _names(places, text, "tr")


def test_a_town_is_no_newspaper_because_today_follows(places: Places) -> None:
    assert _names(places, "Shells fell in Raqqa today.", "en") == ["Ar Raqqah"]
    assert _names(places, "She writes for Raqqa Today.", "en") == []


def test_an_army_abroad_makes_the_land_it_bombs_no_foreign_country(places: Places) -> None:
    assert _names(places, "A Russian air strike hit Sarmin.", "en") == ["Sarmin"]


def test_a_group_with_a_number_in_its_name_and_a_network_are_no_places(places: Places) -> None:
    assert _names(places, "Les tirs sont attribués au M23 à Kharkiv.", "fr") == ["Kharkiv"]
    assert "Telegram" not in _names(places, "Disse numa mensagem no Telegram.", "pt")


def test_a_quick_look_overlooks_no_name_that_is_unlisted(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [(r["lang"], r["text"]) for r in own_set.reports()]
    texts += [(r.lang, r.text) for r in stream(12, relevant=1.0)]
    looked = [places.places_in(text, lang=lang) for lang, text in texts]
    monkeypatch.setattr(Reader, "may_tell", lambda *_: True)
    assert [places.places_in(text, lang=lang) for lang, text in texts] == looked
