"""What parties answer, in every stance of the contract."""

from __future__ import annotations

import pytest

from bilan.core.claims.parties.parties import Setting
from bilan.core.claims.speech import testimony
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import Publisher, PublisherKind, Stance

COALITION = "US-led Coalition"


def answers(
    code: str, text: str, *countries: str, publisher: Publisher | None = None
) -> set[tuple[str, Stance]]:
    language = load_language(code)
    words = words_of(text)
    hits = language.lexicon.find(words)
    setting = Setting(tuple(countries), 2020, publisher)
    return {(s.name, s.stance) for s in testimony.testimony_of(words, hits, language, setting).said}


def stances(code: str, text: str, *countries: str) -> set[Stance]:
    return {stance for _, stance in answers(code, text, *countries)}


@pytest.mark.parametrize(
    ("code", "text", "stance"),
    [
        ("en", "The Israeli army said it had bombed the building.", Stance.ACKNOWLEDGES_STRIKE),
        ("en", "Russia denied any strike on the town.", Stance.DENIES),
        ("en", "The Israeli army said it had hit a command centre.", Stance.DISPUTES_TARGET),
        ("en", "The Turkish army said it was looking into the report.", Stance.OPENS_INQUIRY),
        ("en", "The Israeli army declined to comment.", Stance.NO_COMMENT),
        ("en", "The Israeli army acknowledged civilian casualties.", Stance.ACKNOWLEDGES_HARM),
        (
            "fr",
            "L'armée israélienne a reconnu avoir bombardé l'immeuble.",
            Stance.ACKNOWLEDGES_STRIKE,
        ),
        ("fr", "Moscou dément toute frappe.", Stance.DENIES),
        ("fr", "L'armée turque n'a pas répondu à nos questions.", Stance.NO_COMMENT),
        ("fr", "L'armée israélienne dit avoir visé un dépôt d'armes.", Stance.DISPUTES_TARGET),
        ("ar", "نفت موسكو تنفيذ أي غارة.", Stance.DENIES),
        ("ar", "وقال الجيش الإسرائيلي إنه استهدف مستودع أسلحة.", Stance.DISPUTES_TARGET),
        ("ar", "أعلن الجيش الإسرائيلي فتح تحقيق.", Stance.OPENS_INQUIRY),
        ("ru", "Киев отрицает обстрел рынка.", Stance.DENIES),
        (
            "ru",
            "Минобороны РФ заявило, что удар нанесён по складу боеприпасов.",
            Stance.DISPUTES_TARGET,
        ),
        ("ru", "ЦАХАЛ не прокомментировал сообщения.", Stance.NO_COMMENT),
        ("uk", "Москва заперечує удар по лікарні.", Stance.DENIES),
        ("es", "Moscú niega el ataque.", Stance.DENIES),
        ("es", "El Ejército israelí declinó comentar.", Stance.NO_COMMENT),
        ("fa", "ارتش اسرائیل این حمله را تکذیب کرد.", Stance.DENIES),
        ("tr", "Moskova saldırıyı yalanladı.", Stance.DENIES),
        ("tr", "İsrail ordusu soruşturma başlattığını açıkladı.", Stance.OPENS_INQUIRY),
    ],
)
def test_an_answer_is_heard_in_every_language(code: str, text: str, stance: Stance) -> None:
    assert stance in stances(code, text)


def test_the_strike_the_target_and_the_referral_are_three_statements() -> None:
    text = (
        "The US-led coalition said it had carried out one raid, against an ISIS unit. "
        "It added that the report had been passed to its civilian casualty team."
    )
    assert answers("en", text) == {
        (COALITION, Stance.ACKNOWLEDGES_STRIKE),
        (COALITION, Stance.DISPUTES_TARGET),
        (COALITION, Stance.REFERS),
    }


def test_an_admitted_strike_is_not_admitted_harm() -> None:
    text = "The coalition confirmed the strike, but not that civilians were killed."
    assert Stance.ACKNOWLEDGES_HARM not in stances("en", text, "SY")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "L'armée malienne rejette toute allégation de bavure."),
        ("en", "The Israeli army rejected any suggestion of a tragic mistake."),
    ],
)
def test_harm_that_is_denied_is_not_admitted(code: str, text: str) -> None:
    assert Stance.ACKNOWLEDGES_HARM not in stances(code, text)
    assert Stance.DENIES in stances(code, text)


def test_harm_admitted_beside_a_denial_is_admitted() -> None:
    told = "The Israeli army denied a second strike, and apologised for the deaths in the first."
    assert {Stance.ACKNOWLEDGES_HARM, Stance.DENIES} <= stances("en", told)


def test_a_party_that_speaks_in_a_statement_speaks() -> None:
    told = "ونفت جماعة الحوثي في بيان استهداف الأحياء السكنية."
    assert answers("ar", told, "YE") == {("Houthis", Stance.DENIES)}


def test_what_an_object_is_called_does_not_speak() -> None:
    told = (
        "اسلام‌آباد حمله را تأیید کرده، ولی هدف را پناهگاه تحریک طالبان خوانده"
        " و کشته شدن غیرنظامیان را رد می‌کند."
    )
    assert ("TTP", Stance.DENIES) not in answers("fa", told, "AF")
    assert ("Pakistan", Stance.DENIES) in answers("fa", told, "AF")


def test_the_one_blamed_answers_in_a_clause_behind_its_name() -> None:
    told = "Baku blamed Armenian forces, which rejected the accusation."
    assert answers("en", told, "AZ") == {("Armenia", Stance.DENIES)}


def test_to_say_that_another_fired_a_weapon_disputes_no_target() -> None:
    assert answers("en", "Kyiv says Russia fired the weapon from Crimea.", "UA") == set()


def test_not_denying_is_no_denial() -> None:
    assert Stance.DENIES not in stances("en", "The Israeli army did not deny the strike.")
    assert Stance.DENIES not in stances("fr", "L'armée turque ne dément pas le raid.")


def test_a_denied_attack_is_not_owned() -> None:
    text = "Kyiv denies that it shells homes."
    assert answers("en", text) == {("Ukraine", Stance.DENIES)}


def test_one_who_asks_for_an_inquiry_opens_none() -> None:
    text = "A Russian strike hit a school. The ombudsman has asked for an inquiry."
    assert Stance.OPENS_INQUIRY not in stances("en", text)


def test_a_party_that_only_accuses_answers_nothing() -> None:
    text = "The Houthis accuse the Saudi-led coalition of bombing the market."
    assert answers("en", text) == set()


def test_it_denies_speaks_for_the_one_just_accused() -> None:
    text = "СБР обвиняют суданскую армию; та отвергает обвинения."
    assert ("Sudanese Armed Forces", Stance.DENIES) in answers("ru", text)


def test_the_leader_of_an_accused_coalition_speaks_for_it() -> None:
    text = "Une frappe de la coalition menée par Riyad a tué six civils. Riyad a reconnu le raid."
    assert ("Saudi-led Coalition", Stance.ACKNOWLEDGES_STRIKE) in answers("fr", text)


DESK = Publisher(name="Combined Joint Task Force", kind=PublisherKind.OFFICIAL)


def test_a_partys_own_release_is_its_statement() -> None:
    text = "Near Raqqah, two strikes destroyed an ISIS vehicle."
    assert answers("en", text, "SY", publisher=DESK) == {(COALITION, Stance.ACKNOWLEDGES_STRIKE)}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("It was assessed that two civilians were unintentionally killed.", Stance.FINDS_CREDIBLE),
        (
            "After a review there was insufficient evidence to find that civilians were harmed.",
            Stance.FINDS_NOT_CREDIBLE,
        ),
        (
            "No Coalition strikes were conducted in the area of the report.",
            Stance.FINDS_NOT_CREDIBLE,
        ),
        ("Regrettably, three civilians were wounded near the target.", Stance.ACKNOWLEDGES_HARM),
    ],
)
def test_the_outcome_of_an_examination_is_kept_apart(text: str, stance: Stance) -> None:
    assert (COALITION, stance) in answers("en", text, "SY", publisher=DESK)


def test_an_office_that_does_not_fight_is_no_party() -> None:
    office = Publisher(name="Office of the Ombudsman", kind=PublisherKind.OFFICIAL)
    text = "We regret the deaths of civilians in the air strike and call for an investigation."
    assert answers("en", text, "YE", publisher=office) == set()


def test_every_statement_lies_in_the_text() -> None:
    language = load_language("en")
    words = words_of("Israel said it struck a base. Russia denied it. The US declined to comment.")
    found = testimony.testimony_of(words, language.lexicon.find(words), language, Setting())
    assert found.said
    assert all(0 <= s.first < s.last <= len(words) for s in found.said)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "The Israeli army did not immediately comment.", {Stance.NO_COMMENT}),
        ("en", "Israel said it was not aware of any strike in the area.", {Stance.DENIES}),
        ("pt", "O Exército israelense recusou comentar.", {Stance.NO_COMMENT}),
        (
            "pt",
            "O Exército israelense afirmou que está a averiguar o caso.",
            {Stance.OPENS_INQUIRY},
        ),
        (
            "pt",
            "O Exército israelense afirma que o alvo era um depósito de armas.",
            {Stance.DISPUTES_TARGET},
        ),
        ("pt", "O Exército israelense escusou-se a comentar.", {Stance.NO_COMMENT}),
        ("pt", "O Exército israelense rechaçou as acusações.", {Stance.DENIES}),
        (
            "pt",
            "O Exército israelense lamentou a perda de vidas civis e ordenou um inquérito.",
            {Stance.ACKNOWLEDGES_HARM, Stance.OPENS_INQUIRY},
        ),
        (
            "fr",
            "Selon l'armée israélienne, la cible était un dépôt d'armes.",
            {Stance.DISPUTES_TARGET},
        ),
        (
            "fr",
            "Israël a présenté ses regrets pour la mort des civils et annoncé une enquête.",
            {Stance.ACKNOWLEDGES_HARM, Stance.OPENS_INQUIRY},
        ),
        ("ar", "ونفى الجيش الإسرائيلي في بيان استهداف المنازل.", {Stance.DENIES}),
        ("ar", "وبحسب الجيش الإسرائيلي فإن الهدف كان مستودع أسلحة.", {Stance.DISPUTES_TARGET}),
    ],
)
def test_an_answer_is_heard_in_the_words_that_spokesmen_use(
    code: str, text: str, expected: set[Stance]
) -> None:
    assert stances(code, text, "PS") == expected


def test_a_party_that_was_blamed_answers_by_blaming_another() -> None:
    text = "RSF shells killed five people on Monday. The RSF accused the Sudanese army."
    assert answers("en", text, "SD") == {("RSF", Stance.DISPUTES_TARGET)}
    charge = "The Houthis accused the Saudi-led coalition, which had not responded by Tuesday."
    assert ("Houthis", Stance.DISPUTES_TARGET) not in answers("en", charge, "YE")


@pytest.mark.parametrize(
    ("code", "text", "party", "stance"),
    [
        ("ru", "В ВСУ все упрёки отвергли.", "Ukraine", Stance.DENIES),
        ("ru", "СБП назвали сообщения о налёте ложью.", "RSF", Stance.DENIES),
        ("ru", "Представители «Вагнера» на письмо газеты не ответили.", "Wagner / Africa Corps",
         Stance.NO_COMMENT),
        ("ru", "В Кремле отрицают удары по больницам.", "Russia", Stance.DENIES),
        ("ru", "АНО попросила прощения у родных погибших.", "ELN", Stance.ACKNOWLEDGES_HARM),
        ("uk", "У Москві обстріл лікарні ніяк не коментували.", "Russia", Stance.NO_COMMENT),
        ("uk", "ЦАХАЛ передав матеріали до механізму встановлення фактів.", "Israel",
         Stance.REFERS),
        ("uk", "ЦАХАЛ висловив жаль через загибель родини.", "Israel", Stance.ACKNOWLEDGES_HARM),
        ("en", "The M23 did not answer our letters.", "M23", Stance.NO_COMMENT),
        ("en", "A spokesman for the RSF said its forces were not in the area.", "RSF",
         Stance.DENIES),
        ("en", "The ELN admitted that the mine was its own and asked for forgiveness.",
         "ELN", Stance.ACKNOWLEDGES_HARM),
    ],
)  # fmt: skip
def test_an_answer_is_heard_however_it_is_worded(
    code: str, text: str, party: str, stance: Stance
) -> None:
    assert (party, stance) in answers(code, text)


def test_claims_that_somebody_else_rejects_are_not_the_answer_of_who_made_them() -> None:
    text = "Заявления ВСУ об ударе губернатор назвал ложью."
    assert ("Ukraine", Stance.DENIES) not in answers("ru", text, "UA")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The Israeli army has not claimed responsibility."),
        ("ru", "Украина не взяла на себя ответственность за удар."),
        ("uk", "Україна не взяла на себе відповідальність за удар."),
    ],
)
def test_what_a_party_does_not_own_is_no_admission(code: str, text: str) -> None:
    assert Stance.ACKNOWLEDGES_STRIKE not in stances(code, text, "UA")


def test_a_man_not_yet_identified_tells_nothing() -> None:
    words = words_of("Killed: a woman, 38, and a man not yet identified.")
    language = load_language("en")
    told = testimony.testimony_of(words, language.lexicon.find(words), language, Setting(("YE",)))
    assert not told.sources


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "M23 shells killed four villagers on Monday. The rebels denied any involvement."),
        ("fr", "Des obus du M23 ont tué quatre villageois lundi. Le groupe nie toute implication."),
        ("es", "Obuses del M23 mataron a cuatro aldeanos el lunes. Los rebeldes lo niegan."),
        ("pt", "Obuses do M23 mataram quatro aldeões na segunda. Os rebeldes negam-no."),
    ],
)
def test_the_rebels_are_those_just_accused(code: str, text: str) -> None:
    assert Stance.DENIES in stances(code, text, "CD")


def test_an_army_that_stands_accused_is_no_rebels() -> None:
    text = "Sudanese army shells killed four villagers on Monday. The rebels denied everything."
    assert ("Sudanese Armed Forces", Stance.DENIES) not in answers("en", text, "SD")


def test_a_strike_that_another_made_is_not_owned_by_who_tells_of_its_dead() -> None:
    text = "Pakistan carried out air strikes on Monday which killed nine people, the Taliban said."
    assert ("Taliban", Stance.ACKNOWLEDGES_STRIKE) not in answers("en", text, "AF")


def test_the_outlet_of_the_accused_speaks_for_it() -> None:
    text = "A Houthi missile killed four in Marib on Sunday. Houthi TV said coalition jets did it."
    assert answers("en", text, "YE") == {("Houthis", Stance.DISPUTES_TARGET)}


@pytest.mark.parametrize(
    ("code", "text", "country", "party", "stance"),
    [
        ("en", "M23: “This is a fabrication.”", "CD", "M23", Stance.DENIES),
        ("fr", "Le M23 : « pur mensonge ».", "CD", "M23", Stance.DENIES),
    ],
)
def test_a_party_that_heads_a_line_says_what_follows(
    code: str, text: str, country: str, party: str, stance: Stance
) -> None:
    before = {"en": "M23 shells killed two people. ", "fr": "Des obus du M23 ont tué deux civils. "}
    assert (party, stance) in answers(code, before[code] + text, country)


def test_soldiers_called_its_own_are_those_of_the_group_that_speaks() -> None:
    text = "Islamic State Mozambique said its soldiers had killed nine villagers."
    assert answers("en", text, "MZ") == {("Islamic State Mozambique", Stance.ACKNOWLEDGES_STRIKE)}


def test_people_who_were_not_involved_deny_nothing() -> None:
    text = "Israeli shells killed six. The army said: “We are sorry for people not involved.”"
    assert Stance.DENIES not in stances("en", text, "PS")


@pytest.mark.parametrize(
    ("code", "text", "country", "expected"),
    [
        ("en", "Israeli jets killed two. Calls to the army went unanswered.", "PS", "no_comment"),
        ("uk", "Росія вбила двох. У Кремлі пообіцяли перевірити дані.", "UA", "opens_inquiry"),
        ("ru", "Россия убила двоих. В Кремле вопрос комментировать не стали.", "UA", "no_comment"),
        ("es", "Israel mató a dos. El Ejército israelí declinó pronunciarse.", "PS", "no_comment"),
        (
            "ar",
            "قتلت إسرائيل مدنيين. ورفض الجيش الإسرائيلي الاتهامات جملة وتفصيلا.",
            "PS",
            "denies",
        ),
    ],
)
def test_more_ways_to_answer_are_heard(code: str, text: str, country: str, expected: str) -> None:
    assert expected in {str(s) for s in stances(code, text, country)}


def test_shells_launched_from_its_positions_are_those_of_the_party() -> None:
    text = "A missile launched from Houthi positions killed three people in Marib."
    language = load_language("en")
    words = words_of(text)
    found = testimony.testimony_of(words, language.lexicon.find(words), language, Setting(("YE",)))
    assert [m.part.value for m in found.mentions] == ["actor"]
