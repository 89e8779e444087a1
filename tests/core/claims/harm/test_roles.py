"""What each number of people counts, told in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan.core.claims.harm import governing
from bilan.core.claims.harm.harm import Field, harm_words
from bilan.core.claims.harm.roles import told
from bilan.core.claims.harm.told import UNCOUNTED, Told
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
    ("lang", "text"),
    [
        ("en", "A raid killed 12 villagers and wounded 20."),
        ("en", "12 villagers were killed and 20 hurt in a raid."),
        ("en", "The raid left 12 dead, 20 wounded."),
        ("fr", "Le raid a tué 12 villageois et en a blessé 20."),
        ("fr", "Un raid a fait 12 morts et 20 blessés."),
        ("ar", "أدى القصف إلى مقتل 12 مدنياً وإصابة 20 آخرين."),
        ("ar", "قُتل 12 شخصاً وجُرح 20 في القصف."),
        ("ru", "При ударе погибли 12 человек, ранены 20."),
        ("ru", "Сообщается о 12 погибших и 20 раненых."),
        ("es", "El bombardeo dejó 12 muertos y 20 heridos."),
        ("uk", "Унаслідок удару загинули 12 людей, поранено 20."),
        ("tr", "Saldırıda 12 kişi öldü, 20 kişi yaralandı."),
        ("fa", "در این حمله ۱۲ تن کشته و ۲۰ تن زخمی شدند."),
        ("pt", "O ataque deixou 12 mortos e 20 feridos."),
    ],
)
def test_the_killed_are_not_the_injured_in_any_language(lang: str, text: str) -> None:
    counted = [r for r in roles(text, lang) if r[0] in {"killed", "injured"}]
    assert counted == [("killed", 12, 12), ("injured", 20, 20)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Twelve people were killed, including six children and four women."),
        ("fr", "Douze civils ont été tués, dont six enfants et quatre femmes."),
        ("ar", "قُتل اثنا عشر مدنياً بينهم ستة أطفال وأربع نساء."),
        ("ru", "Погибли двенадцать человек, среди них шесть детей и четыре женщины."),
        ("es", "Murieron doce civiles, entre ellos seis niños y cuatro mujeres."),
    ],
)
def test_parts_of_a_total_are_not_added_to_it(lang: str, text: str) -> None:
    found = roles(text, lang)
    assert found == [("killed", 12, 12), ("killed_children", 6, 6), ("killed_women", 4, 4)]


@pytest.mark.parametrize(
    ("lang", "text", "role"),
    [
        ("en", "Nobody was hurt.", "negated_count"),
        ("en", "The script assumed 40 dead.", "hypothetical_count"),
        ("en", "A strike could kill 200 people.", "hypothetical_count"),
        ("en", "Since March 300 civilians have been killed.", "cumulative_not_incident"),
        ("en", "A similar raid killed 8 people.", "background_count"),
        ("en", "Some 164 casualties were logged.", "killed_or_injured_total"),
        ("en", "Police arrested 14 people.", "other_count"),
        ("fr", "Un premier bilan faisait état de 17 tués.", "superseded_count"),
        ("fr", "Depuis octobre, 300 civils ont été tués.", "cumulative_not_incident"),
        ("ar", "وكانت الحصيلة الأولية تشير إلى مقتل 17 شخصاً.", "superseded_count"),
        ("ar", "قُتل 300 مدني منذ بداية العام.", "cumulative_not_incident"),
        ("ru", "Ранее сообщалось о 17 погибших.", "superseded_count"),
        ("ru", "С начала года погибли 300 человек.", "cumulative_not_incident"),
        ("es", "Desde enero han muerto 300 civiles.", "cumulative_not_incident"),
    ],
)
def test_what_never_counts_says_why(lang: str, text: str, role: str) -> None:
    found = tellings(text, lang)
    assert [str(t.label) for t in found] == [role]
    assert found[0].why


def test_a_list_of_kin_is_one_figure() -> None:
    found = tellings("A farmer, his wife and their three daughters were killed.")
    assert len({t.chain for t in found}) == 1
    assert sum(t.mention.count.min or 0 for t in found) == 5


def test_both_points_back_to_the_children_told_of() -> None:
    found = roles("Two brothers (9 and 12) stepped on a mine; both died.")
    assert ("killed_children", 2, 2) in found
    assert ("killed", 2, 2) in found


def test_the_toll_of_a_raid_told_at_length_is_its_number() -> None:
    text = "The death toll of the raid that hit a clinic in the old quarter has risen to 19."
    assert roles(text) == [("killed", 19, 19)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The raid killed 7 villagers, and 5 people have not been found."),
        ("fr", "Le raid a tué 7 villageois, et 5 personnes n'ont toujours pas été retrouvées."),
        ("ar", "قُتل 7 أشخاص في القصف، ولم يُعثر على 5 أشخاص."),
        ("ru", "При ударе погибли 7 человек, ещё 5 человек не найдены."),
        ("es", "El bombardeo mató a 7 civiles y 5 personas no han sido encontradas."),
        ("uk", "Унаслідок удару загинули 7 людей, ще 5 людей досі не знайдені."),
        ("tr", "Saldırıda 7 kişi öldü, 5 kişi henüz bulunamadı."),
        ("fa", "در این حمله ۷ تن کشته شدند و ۵ نفر هنوز پیدا نشده‌اند."),
    ],
)
def test_people_who_were_not_found_are_missing_not_denied(lang: str, text: str) -> None:
    assert roles(text, lang) == [("killed", 7, 7), ("missing", 5, 5)]


def test_a_lower_figure_without_a_word_of_harm_is_of_the_dead() -> None:
    text = "At least 12 villagers died. A local network put the toll lower, at ten."
    assert roles(text)[-1] == ("killed", 10, 10)


def test_the_gunmen_who_killed_are_not_the_killed() -> None:
    counted = [r for r in roles("Two gunmen shot dead a teacher.") if r[0] not in UNCOUNTED]
    assert counted == [("killed", 1, 1)]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="12 killed wounded, and no. children (of them) 3;'\n", max_size=200))
def test_roles_stand_in_the_order_of_the_text_and_inside_it(text: str) -> None:
    words = words_of(text)
    for item in tellings(text):
        assert 0 <= item.mention.first < item.mention.last <= len(words)
        assert item.counts or item.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "مقتل سيدة وطفلتها وإصابة 5 مدنيين",
            [("killed_women", 1), ("killed_children", 1), ("injured", 5)],
        ),
        ("سجلت المشافي 3 وفيات و5 إصابات", [("killed", 3), ("injured", 5)]),
        ("استشهاد الشابة هند جراء القصف", [("killed_women", 1)]),
        ("صورة الشاب مروان الذي قتلته الميليشيا", [("killed_men", 1)]),
        ("مقتل شاب برصاص عناصر الحاجز", [("killed_men", 1)]),
        ("مقتل الطفل سامر، وهو الوحيد لوالديه", [("killed_children", 1)]),
        ("مقتل الطفل سليم إثر انفجار قنبلة من مخلفات قصف سابق", [("killed_children", 1)]),
    ],
)
def test_arabic_deaths_fall_to_those_who_died(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(role, low) for role, low, _ in roles(text, "ar")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "ارتفعت حصيلة القصف إلى 80 قتيلاً وجريحاً",
        "مقتل وإصابة 80 شخصاً بقصف على مخيمات",
        "مجزرة راح ضحيتها 20 مدنياً بين قتيل وجريح",
    ],
)
def test_dead_and_wounded_together_are_no_dead(text: str) -> None:
    assert not {"killed", "injured"} & {role for role, _, _ in roles(text, "ar")}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The hospital put the dead at nine, not six."),
        ("fr", "Le raid a fait neuf morts, et non six."),
        ("es", "Murieron nueve personas y no seis."),
        ("ru", "Погибли девять человек, а не шесть."),
        ("uk", "Загинули дев'ятеро людей, а не шестеро."),
        ("ar", "عدد القتلى تسعة لا ستة"),
    ],
)
def test_a_figure_that_is_corrected_counts_no_more(lang: str, text: str) -> None:
    said = [(role, low) for role, low, _ in roles(text, lang)]
    assert ("killed", 9) in said
    assert ("killed", 6) not in said


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "استشهاد عائلة من خمسة أفراد (الأب والأم وثلاثة أطفال) جراء القصف"),
        ("en", "The shell killed five people (a farmer, his wife and three children)."),
        ("fr", "L'obus a tué cinq personnes (un paysan, sa femme et trois enfants)."),
    ],
)
def test_a_bracket_that_names_the_dead_adds_nobody(lang: str, text: str) -> None:
    wholes = [t for t in tellings(text, lang) if t.counts and not t.part]
    assert [(str(t.label), t.count.min) for t in wholes] == [("killed", 5)]


def test_the_injured_in_a_bracket_are_no_part_of_the_dead() -> None:
    text = "The shell killed five people (and three were wounded)."
    assert ("injured", 3, 3) in roles(text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Sacaron de sus casas a cuatro campesinos y los fusilaron."),
        ("pt", "Quatro camponeses foram decapitados no sábado."),
        ("fr", "Quatre personnes ont été abattues dimanche."),
        ("en", "Four farmers were beheaded on Sunday."),
        ("fa", "یک خانوادهٔ چهار نفری کشته شد."),
    ],
)
def test_a_death_is_a_death_whatever_the_verb(lang: str, text: str) -> None:
    assert ("killed", 4) in [(role, low) for role, low, _ in roles(text, lang)]


@pytest.mark.parametrize("text", ["قتلى وجرحى بقصف على البلدة", "سقوط شهداء وجرحى بقصف على البلدة"])
def test_dead_and_wounded_without_a_number_are_some_of_each(text: str) -> None:
    assert roles(text, "ar") == [("killed", 2, None), ("injured", 2, None)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Мужчина с осколочными ранениями доставлен в больницу."),
        ("uk", "Тракторист у тяжкому стані."),
    ],
)
def test_a_wound_told_by_its_state_is_a_wound(lang: str, text: str) -> None:
    assert [low for role, low, _ in roles(text, lang) if role.startswith("injured")] == [1]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Six people were killed and nine wounded. Two of the dead were children under five.",
        ),
        ("es", "Un obús mató a seis personas e hirió a nueve. Dos de los muertos eran niños."),
        ("fr", "Un obus a tué six personnes et blessé neuf. Deux des morts sont des enfants."),
        ("pt", "Um obus matou seis pessoas e feriu nove. Dois dos mortos eram crianças."),
        ("ar", "قتل ستة أشخاص وأصيب تسعة بقصف. اثنان من القتلى أطفال."),
    ],
)
def test_some_of_the_dead_are_dead_though_the_wounded_stand_nearer(lang: str, text: str) -> None:
    assert ("killed_children", 2, 2) in roles(text, lang)
    assert not any(label.startswith("injured_") for label, _, _ in roles(text, lang))


def test_two_of_the_wounded_who_died_are_some_of_the_dead() -> None:
    text = "The toll rose to nine dead and 30 wounded after two of the wounded died in hospital."
    assert ("killed_subset", 2, 2) in roles(text)


def test_the_age_behind_of_counts_nobody() -> None:
    found = roles("Three people died, one of them a girl of 12, and 5 more were hurt.")
    assert ("killed_children", 1, 1) in found
    assert [r for r in found if r[0] == "injured"] == [("injured", 5, 5)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Six people were killed on both sides of the front."),
        ("es", "Murieron seis civiles a ambos lados del frente."),
        ("fr", "Six personnes ont été tuées des deux côtés du front."),
    ],
)
def test_both_sides_of_a_front_are_no_two_people(lang: str, text: str) -> None:
    assert [r for r in roles(text, lang) if r[1:] == (2, 2)] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "Saldo hasta ahora: tres muertos."),
        ("pt", "Até agora há três mortos."),
        ("fr", "On compte jusqu'à présent trois morts."),
        ("ar", "ثلاثة قتلى حتى الآن."),
    ],
)
def test_a_toll_so_far_is_that_of_the_incident(lang: str, text: str) -> None:
    assert ("killed", 3, 3) in roles(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Killed in the raid:\n- a teacher\n- her daughter, 3\n- two brothers aged 9 and 12"),
        (
            "es",
            "Los cuerpos de:\n1. Una maestra.\n2. Su hija de 3 años.\n"
            "3. Dos hermanos de 9 y 12 años.",
        ),
        (
            "pt",
            "Corpos de:\n- uma professora\n- a filha de 3 anos\n- dois irmãos de 9 e 12 anos",
        ),
        ("fr", "Sans vie : une institutrice, sa fille de 3 ans et deux frères de 9 et 12 ans."),
    ],
)
def test_those_listed_under_a_word_for_the_dead_are_dead(lang: str, text: str) -> None:
    found = tellings(text, lang)
    dead = [t for t in found if t.counts and not t.part and t.mention.shape != "plural"]
    assert sum(t.mention.count.min or 0 for t in dead) == 4
    assert len({t.chain for t in dead}) == 1
    assert sum(t.mention.count.min or 0 for t in dead if t.label == "killed_children") == 3


def test_a_bracket_belongs_to_the_total_before_it_not_to_what_follows() -> None:
    found = roles("ثلاثة شهداء من عائلة واحدة (أب وزوجته وابنهما) وأربعة جرحى في غارة.", "ar")
    assert [r for r in found if r[0].startswith("injured")] == [("injured", 4, 4)]
    assert ("killed_women", 1, 1) in found


def test_a_dual_that_opens_a_post_counts_two_dead() -> None:
    assert ("killed", 2, 2) in roles("شهيدان وأربعة جرحى في غارة.", "ar")


def test_a_name_beside_kin_is_another_dead() -> None:
    found = tellings("Karim Haddad et son frère Rami sont morts.", "fr")
    assert [(str(t.label), t.mention.count.min) for t in found] == [
        ("killed", 1),
        ("killed_men", 1),
    ]
    assert len({t.chain for t in found}) == 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("pt", "Subiu para dez (eram oito) o número de mortos."),
        ("es", "Subió a diez (eran ocho) el número de muertos."),
    ],
)
def test_the_old_figure_in_a_bracket_does_not_hide_the_new_one(lang: str, text: str) -> None:
    assert roles(text, lang) == [("killed", 10, 10), ("superseded_count", 8, 8)]


def test_a_new_sentence_behind_a_comma_is_no_further_member_of_a_list() -> None:
    found = tellings("Con el hallazgo de tres cuerpos más, son 17 las víctimas mortales.", "es")
    assert len({t.chain for t in found if t.counts}) == 2


def test_a_year_of_birth_is_no_period_over_which_the_dead_are_summed() -> None:
    assert ("killed", 2, 2) in roles("Dead: 2 (a man, a girl born in 2017).")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "es",
            "Hombres que se identificaron como guerrilleros sacaron a dos personas y las mataron.",
        ),
        ("en", "Men dressed as soldiers killed two farmers."),
    ],
)
def test_those_as_whom_killers_come_are_not_the_dead(lang: str, text: str) -> None:
    assert not any(label == "fighters_killed" for label, _, _ in roles(text, lang))


def test_the_body_of_a_detainee_is_that_of_one_dead() -> None:
    assert ("killed", 1, 1) in roles("The body of a teacher detained in March was found.")
    assert ("killed", 6, 6) not in roles("Police killed four men and arrested six others.")


def test_a_year_of_birth_dates_no_death() -> None:
    assert roles("Загинула сусідка, 1951 р. н.", "uk") == [("killed_women", 1, 1)]


def test_a_toll_that_rose_before_its_noun_is_the_new_figure() -> None:
    assert roles("До одиннадцати выросло число погибших.", "ru") == [("killed", 11, 11)]


def test_the_number_of_the_dead_is_no_part_of_them() -> None:
    assert ("killed", 3, 3) in roles("Ölenlerin sayısı üçe çıktı.", "tr")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("pt", "O raide aéreo ceifou a vida a nove aldeões.", ("killed", 9, 9)),
        ("pt", "Foram degoladas quatro mulheres.", ("killed_women", 4, 4)),
        ("pt", "Três comerciantes terão morrido na emboscada.", ("killed", 3, 3)),
        ("pt", "Cinco pescadores apareceram mortos na margem.", ("killed", 5, 5)),
        ("pt", "Seis pessoas deram entrada no posto de saúde.", ("injured", 6, 6)),
        ("pt", "Duas crianças ficaram mutiladas.", ("injured_children", 2, 2)),
        ("pt", "Quatro operários estão por localizar.", ("missing", 4, 4)),
        ("pt", "Doze moradores foram raptados.", ("other_count", 12, 12)),
    ],
)
def test_what_befell_people_is_heard_in_the_words_of_the_press(
    lang: str, text: str, expected: tuple[str, int, int]
) -> None:
    assert expected in roles(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "Fueron asesinados tres campesinos.", [("killed", 3, 3)]),
        ("pt", "Foram mortos três camponeses.", [("killed", 3, 3)]),
        ("fr", "Ont été tués trois paysans.", [("killed", 3, 3)]),
        ("es", "Resultaron heridas cuatro mujeres.", [("injured_women", 4, 4)]),
        # The subject stands before the verb: what follows is another's.
        (
            "es",
            "Tres campesinos fueron asesinados y otros dos detenidos.",
            [("killed", 3, 3), ("other_count", 2, 2)],
        ),
    ],
)
def test_the_dead_may_stand_behind_the_verb_that_opens_the_clause(
    lang: str, text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert [r for r in roles(text, lang) if r[2] is not None] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A baker and his nephew were among nine people killed in the raid."),
        ("en", "Among the nine killed in the raid were a baker and two porters."),
        ("ru", "Двое детей оказались среди девяти погибших при налёте."),
        ("uk", "Двоє дітей опинилися серед дев'яти загиблих унаслідок нальоту."),
    ],
)
def test_those_they_were_among_are_the_total(lang: str, text: str) -> None:
    assert [r for r in roles(text, lang) if r[0] == "killed"] == [("killed", 9, 9)]


def test_two_of_a_total_named_among_them_are_no_total() -> None:
    told_ = roles("The raid killed nine people, among them two porters.")
    assert [r for r in told_ if r[0] == "killed"] == [("killed", 9, 9)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "После налёта погибших и раненых нет."),
        ("ru", "Жертв нет, удар пришёлся по складу."),
        ("uk", "Загиблих і поранених унаслідок нальоту немає."),
        ("uk", "Загиблих немає, удар припав на склад."),
    ],
)
def test_none_behind_a_plural_is_nobody(lang: str, text: str) -> None:
    assert set(roles(text, lang)) <= {("negated_count", 0, 0)}


def test_none_behind_the_dead_leaves_the_wounded() -> None:
    assert ("injured", 2, 2) in roles("Погибших нет, ранены двое.", "ru")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "One more person may be under the rubble."),
        ("ru", "Под завалами может находиться ещё один человек."),
        ("uk", "Під завалами може бути ще одна людина."),
    ],
)
def test_one_who_may_be_under_the_rubble_may_be_nobody(lang: str, text: str) -> None:
    assert roles(text, lang) == [("missing", 0, 1)]


def test_those_believed_trapped_are_counted_in_full() -> None:
    assert ("missing", 2, 2) in roles("Two people are believed to be trapped under the rubble.")


_PIECES = st.sampled_from([
    "12", "killed", "people", "wounded", ",", "the death toll", "dead and wounded", "and", "(", ")",
    "arrested", "a girl", "–", "while", "near the old market of the town",
])  # fmt: skip


@given(st.lists(_PIECES, min_size=3, max_size=40))
@settings(max_examples=150, deadline=None)
def test_a_word_of_harm_too_far_to_be_weighed_would_have_governed_nobody(some: list[str]) -> None:
    text = " ".join(some)
    near = tellings(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(governing, "TOO_FAR_FOR_SURE", float("inf"))
        assert tellings(text) == near
