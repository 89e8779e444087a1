"""What befalls people as the press of the Romance languages says it, in sentences of our own."""

from __future__ import annotations

import pytest

from bilan.core.claims.harm.harm import Field, harm_words
from bilan.core.claims.harm.roles import told
from bilan.core.claims.harm.told import Told
from bilan.core.claims.numbers.numbers import numerals
from bilan.core.claims.people.people import mentions_in
from bilan.core.claims.text.cues import Cues
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.tokens import words_of


def tellings(text: str, lang: str = "en") -> list[Told]:
    language = load_language(lang)
    words = words_of(text)
    hits = language.lexicon.find(words)
    found = mentions_in(words, hits, numerals(words, hits, language), language)
    field = Field(words, hits, found, harm_words(hits, words, language), language)
    return told(field, Cues(hits), found, sentences_of(words))


def roles(text: str, lang: str = "en") -> list[tuple[str, int | None, int | None]]:
    return [(str(t.label), t.count.min, t.count.max) for t in tellings(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Cinq maçons manquent toujours à l'appel.", ("missing", 5, 5)),
        ("fr", "Deux bergers ont été retrouvés sans vie.", ("killed", 2, 2)),
        ("fr", "Sept ouvriers ont été pris en charge au dispensaire.", ("injured", 7, 7)),
        ("fr", "Trois marchands ont été enlevés puis exécutés.", ("killed", 3, 3)),
        ("es", "El ataque se cobró la vida de nueve pescadores.", ("killed", 9, 9)),
        ("es", "Permanecen hospitalizadas 21 personas.", ("injured", 21, 21)),
        ("es", "Cuatro mineros siguen sin aparecer.", ("missing", 4, 4)),
        ("es", "Dos estudiantes fueron hallados sin vida.", ("killed", 2, 2)),
    ],
)
def test_what_befell_people_is_heard_in_the_words_of_the_press(
    lang: str, text: str, expected: tuple[str, int, int]
) -> None:
    assert expected in roles(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "L'avion a tué par erreur six bergers."),
        ("es", "El avión mató por error a seis pastores."),
        ("pt", "O avião matou por engano seis pastores."),
    ],
)
def test_nobody_died_by_the_hand_of_a_mistake(lang: str, text: str) -> None:
    assert roles(text, lang) == [("killed", 6, 6)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The militia denied any responsibility for killing nine miners."),
        ("fr", "La milice nie toute responsabilité dans la mort de neuf mineurs de fond."),
        ("es", "La milicia negó cualquier responsabilidad en la muerte de nueve mineros."),
        ("pt", "A milícia nega qualquer envolvimento na morte de nove mineiros."),
    ],
)
def test_who_denies_a_hand_in_it_does_not_deny_the_dead(lang: str, text: str) -> None:
    assert [high for label, _, high in roles(text, lang) if label.startswith("killed")] == [9]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Le maire a déclaré que huit pêcheurs avaient été tués."),
        ("es", "El alcalde dijo que ocho pescadores habían muerto."),
        ("pt", "O autarca disse que oito pescadores tinham morrido."),
    ],
)
def test_a_past_before_the_telling_is_no_other_incident(lang: str, text: str) -> None:
    assert ("killed", 8, 8) in roles(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Una campesina y su nieta de once murieron en el acto."),
        ("pt", "Uma camponesa e a neta de onze morreram no local."),
    ],
)
def test_an_age_without_its_years_counts_nobody(lang: str, text: str) -> None:
    assert all(high == 1 for _, _, high in roles(text, lang))


def test_an_age_between_two_of_a_list_does_not_part_them() -> None:
    text = "Un campesino de 52 años y su nieta de once perdieron la vida."
    assert len({t.chain for t in tellings(text, "es")}) == 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("pt", "Há onze mortos e três raparigas levadas à força."),
        ("es", "Hubo once muertos y tres mujeres secuestradas."),
    ],
)
def test_those_taken_away_are_not_dead_beside_the_dead(lang: str, text: str) -> None:
    found = roles(text, lang)
    assert ("killed", 11, 11) in found
    assert ("other_count", 3, 3) in found


def test_bodies_are_no_injured() -> None:
    found = roles("Il a vu une vingtaine de corps à la morgue ; 120 blessés sont soignés.", "fr")
    assert found == [("killed", 16, 24), ("injured", 120, 120)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Un garçon a été touché aux jambes."),
        ("es", "Un niño fue alcanzado por esquirlas."),
        ("pt", "Um menino foi atingido por estilhaços."),
    ],
)
def test_who_is_hit_somewhere_is_hurt(lang: str, text: str) -> None:
    assert roles(text, lang) == [("injured_children", 1, 1)]
