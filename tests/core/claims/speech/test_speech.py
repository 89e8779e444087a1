"""Which sources a text names, and which words each answers for."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from bilan.core.claims.parties.parties import Setting
from bilan.core.claims.speech import testimony
from bilan.core.claims.speech.sources import Attribution, alleged_by
from bilan.core.claims.text.language import known_languages, load_language
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import Publisher


def heard(code: str, text: str, publisher: str | None = None) -> testimony.Testimony:
    language = load_language(code)
    words = words_of(text)
    hits = language.lexicon.find(words)
    return testimony.testimony_of(
        words, hits, language, Setting(publisher=Publisher(name=publisher))
    )


def names(code: str, text: str) -> list[str]:
    return [a.informant.name for a in heard(code, text).sources if a.first < a.last]


def speakers(code: str, text: str, word: str) -> list[str]:
    """Who answers for the first token that is written so."""
    found = heard(code, text)
    token = next(i for i in range(len(found.words)) if found.words.raw(i) == word)
    return [a.informant.name for a in found.by_token.at(token)]


@pytest.mark.parametrize(
    ("code", "text", "source"),
    [
        ("en", "Seven people died, according to a hospital official.", "a hospital official"),
        ("en", "Two doctors in Idlib said seven people died.", "Two doctors in Idlib"),
        ("en", '"They were farmers," said a neighbour.', "a neighbour"),
        ("en", "Four people were hurt (district clinic).", "district clinic"),
        (
            "fr",
            "Sept personnes ont péri, selon un médecin de l'hôpital.",
            "un médecin de l'hôpital",
        ),
        ("fr", "Sept personnes ont péri, affirme la Défense civile.", "la Défense civile"),
        ("ar", "قتل سبعة أشخاص، وفق مصدر طبي.", "مصدر طبي"),
        ("ar", "وقال شهود إن سبعة أشخاص قتلوا.", "شهود"),
        ("ru", "Погибли семь человек, сообщил мэр города.", "мэр города"),
        ("ru", "По данным минздрава, погибли семь человек.", "минздрава"),
        ("uk", "Загинули семеро людей, повідомила ДСНС.", "ДСНС"),
        ("es", "Murieron siete personas, según el alcalde.", "el alcalde"),
        ("es", "El hospital informó de siete muertos.", "El hospital"),
        ("fa", "یک پزشک گفت که هفت نفر کشته شدند.", "یک پزشک"),
        ("tr", "Bir doktor, yedi kişinin öldüğünü söyledi.", "Bir doktor"),
    ],
)
def test_a_source_is_found_in_every_language(code: str, text: str, source: str) -> None:
    assert source in names(code, text)


@pytest.mark.parametrize(
    ("code", "text", "source"),
    [
        (
            "fr",
            "Neuf civils ont été tués lundi, a indiqué à l'agence un élu local.",
            "un élu local",
        ),
        ("es", "Cuatro personas murieron el sábado, dijo a la agencia el alcalde.", "el alcalde"),
        ("pt", "Quatro pessoas morreram no sábado, disse à agência o governador.", "o governador"),
    ],
)
def test_who_tells_an_agency_is_the_source_and_not_the_agency(
    code: str, text: str, source: str
) -> None:
    assert names(code, text) == [source]


def test_two_sources_joined_by_and_are_two() -> None:
    text = "Nine people died, according to a doctor and a shopkeeper."
    assert names("en", text) == ["a doctor", "a shopkeeper"]
    assert names("ar", "قتل تسعة، وفق الدفاع المدني والجمعية الطبية.") == [
        "الدفاع المدني",
        "الجمعية الطبية",
    ]


def test_each_source_answers_for_its_own_figure() -> None:
    text = "The mayor spoke of nine dead, while the hospital counted eleven."
    assert speakers("en", text, "nine") == ["The mayor"]
    assert speakers("en", text, "eleven") == ["the hospital"]


def test_a_chain_of_sources_is_kept_whole_and_in_order() -> None:
    text = "The agency said, citing residents, that six people died."
    assert speakers("en", text, "six") == ["The agency", "residents"]


def test_this_was_reported_by_answers_for_the_sentence_before() -> None:
    text = "Погибли шесть человек. Об этом сообщила мэрия."
    assert speakers("ru", text, "шесть") == ["мэрия"]


def test_a_report_without_sources_speaks_for_itself() -> None:
    assert heard("en", "Six people were killed on Monday.").sources == ()


def test_a_noun_is_not_a_verb_of_saying() -> None:
    assert names("en", "The report of the commission lies on the table.") == []


def test_a_known_agency_is_known_by_its_key_and_party() -> None:
    one = next(a for a in heard("en", "Six people died, SANA reported.").sources)
    assert (one.informant.key, one.informant.party) == ("sana", "Syrian government forces")


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("Six people died, local sources said.", True),
        ("Six people died, Syrian media reported.", True),
        ("Six people died, a surgeon of the town hospital said.", False),
    ],
)
def test_vague_sources_are_flagged(text: str, vague: bool) -> None:
    assert heard("en", text).sources[0].informant.vague is vague


def test_the_publishers_own_people_are_no_source_of_its_toll() -> None:
    found = heard("en", "Our observers documented six deaths.")
    assert all(a.own for a in found.sources)
    assert alleged_by(found.by_token, [4], [0]) == ()


def test_the_publisher_by_its_own_name_is_no_source() -> None:
    found = heard("ar", "وثقت الشبكة مقتل ستة مدنيين.", publisher="شبكة الراصد")
    assert [a.own for a in found.sources] == [True]


def test_a_party_that_denies_is_no_source_of_the_toll() -> None:
    text = "Residents said six people died. The Israeli army denied hitting the house."
    found = heard("en", text)
    six = next(i for i in range(len(found.words)) if found.words.raw(i) == "six")
    assert [i.name for i in alleged_by(found.by_token, [six], [0, 1])] == ["Residents"]


def test_a_source_named_again_is_given_once() -> None:
    text = "A hospital doctor said six died. The doctor said nine were hurt."
    found = heard("en", text)
    tokens = [i for i in range(len(found.words)) if found.words.raw(i) in ("six", "nine")]
    assert [i.name for i in alleged_by(found.by_token, tokens)] == ["A hospital doctor"]


def test_what_a_source_answers_for_lies_in_the_text() -> None:
    found = heard("en", "A said b. According to c, d. E, citing f, said g: h (i).")
    for one in found.sources:
        assert isinstance(one, Attribution)
        assert 0 <= one.governs[0] <= one.governs[1] <= len(found.words)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Nine people were killed, a spokesperson said in a letter."),
        ("fr", "Neuf personnes ont été tuées, selon un porte-parole."),
        ("es", "Nueve personas murieron, según un portavoz."),
    ],
)
def test_a_spokesperson_of_nobody_named_is_a_vague_source(code: str, text: str) -> None:
    (source,) = heard(code, text).sources
    assert source.informant.vague


def test_a_publisher_that_speaks_of_itself_is_no_source_of_its_own() -> None:
    found = heard("en", "The mayor told this channel that nine people were killed.")
    assert [a.informant.name for a in found.sources if not a.own] == ["The mayor"]


@pytest.mark.parametrize("code", known_languages())
def test_no_vocabulary_of_a_language_is_left_empty(code: str) -> None:
    source = files("bilan.core.claims") / "languages" / f"{code}.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    assert [name for name, words in table["lexicon"].items() if not words] == []


@pytest.mark.parametrize(
    ("code", "text", "source"),
    [
        (
            "en",
            "Residents blamed Russia. The governor's spokesman said nine people were killed.",
            "The governor's spokesman",
        ),
        ("fa", "به گفته سخنگوی والی، نُه نفر کشته شدند.", "سخنگوی والی"),
    ],
)
def test_the_spokesman_of_a_governor_speaks_for_no_party(code: str, text: str, source: str) -> None:
    found = heard(code, text).sources
    assert [(a.voice, a.informant.vague) for a in found if a.informant.name == source] == [
        (None, False)
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "La mairie rejette les accusations selon lesquelles six enfants sont morts."),
        ("es", "La alcaldía rechaza las versiones según las cuales murieron seis niños."),
    ],
)
def test_according_to_which_names_nobody(code: str, text: str) -> None:
    assert not [name for name in names(code, text) if "quel" in name or "cual" in name]
