"""Who is named in a text, and what part the text gives to each."""

from __future__ import annotations

import pytest

from bilan.core.claims.parties.blame import Part, party_mentions
from bilan.core.claims.parties.parties import Setting, name_of, nations, parties_named
from bilan.core.claims.text.language import known_languages, load_language, parties
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.stretches import Stretches
from bilan.core.claims.text.tokens import words_of

KINDS = {"coalition", "state", "non_state", "international", "police", "generic"}


def _marks(code: str, text: str) -> Marks:
    words = words_of(text)
    return Marks(words, load_language(code).lexicon.find(words))


def parts(code: str, text: str, *countries: str) -> dict[str, Part]:
    """The part that a text gives to each party; the strongest where it gives several."""
    language = load_language(code)
    words = words_of(text)
    marks = Marks(words, language.lexicon.find(words))
    stretches = Stretches(sentences_of(words))
    order = [Part.CONTEXT, Part.SPEAKER, Part.TARGET, Part.ACTOR]
    found: dict[str, Part] = {}
    for mention in party_mentions(marks, stretches, language, Setting(tuple(countries))):
        name = mention.name or "nobody"
        found[name] = max(found.get(name, mention.part), mention.part, key=order.index)
    return found


@pytest.mark.parametrize(
    ("code", "text", "actor"),
    [
        ("en", "A Russian air strike hit the bakery.", "Russia"),
        ("en", "The bakery was shelled by Turkish artillery.", "Turkey"),
        ("en", "Villagers blamed the Houthis for the mine.", "Houthis"),
        ("en", "The raid was attributed to Israel's air force.", "Israel"),
        ("en", "JNIM claimed responsibility for the ambush.", "JNIM"),
        ("fr", "Une frappe russe a détruit la boulangerie.", "Russia"),
        (
            "fr",
            "Des avions de la coalition sous commandement saoudien ont bombardé le marché.",
            "Saudi-led Coalition",
        ),
        ("fr", "Les villageois accusent l'armée malienne.", "Malian Armed Forces"),
        ("ar", "شنت طائرات حربية روسية غارات على السوق.", "Russia"),
        ("ar", "اتهم السكان قوات النظام السوري بقصف المخبز.", "Syrian government forces"),
        ("ar", "قصف مدفعي تركي استهدف القرية.", "Turkey"),
        ("ru", "Удар израильской авиации разрушил дом.", "Israel"),
        ("ru", "Жители обвиняют в обстреле ВСУ.", "Ukraine"),
        ("uk", "Російські війська обстріляли ринок.", "Russia"),
        ("es", "Los vecinos acusan al ELN de sembrar la mina.", "ELN"),
        ("es", "Un bombardeo ruso destruyó la panadería.", "Russia"),
        ("fa", "جنگنده‌های اسرائیلی خانه‌ای را بمباران کردند.", "Israel"),
        ("tr", "İsrail savaş uçakları fırını bombaladı.", "Israel"),
        ("tr", "Köylüler Ermenistan'ı suçladı.", "Armenia"),
    ],
)
def test_who_did_it_is_found_in_every_language(code: str, text: str, actor: str) -> None:
    assert parts(code, text).get(actor) is Part.ACTOR


@pytest.mark.parametrize(
    ("code", "text", "actor"),
    [
        ("ar", "استهدفت غارة لطيران الاحتلال الروسي بلدة في الريف.", "Russia"),
        ("ar", "قصف من جيش الاحتلال التركي على القرية.", "Turkey"),
        ("ar", "قصفت طائرات الاحتلال المخيم.", "Israel"),
    ],
)
def test_an_occupation_is_that_of_the_country_beside_it(code: str, text: str, actor: str) -> None:
    found = {name for name, part in parts(code, text, "SY").items() if part is Part.ACTOR}
    assert found == {actor}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "Las autoridades atribuyen a Kiev un ataque contra el mercado."),
        ("fr", "Les autorités attribuent à Kiev un tir sur le marché."),
    ],
)
def test_a_capital_to_which_a_strike_is_attributed_is_no_place(code: str, text: str) -> None:
    assert parts(code, text, "UA")["Ukraine"] is Part.ACTOR


def test_an_abbreviation_that_a_text_gives_names_the_party() -> None:
    told = (
        "Огонь вели Силы быстрой поддержки (СБСП), сообщили врачи. {} обвиняют в обстреле жители."
    )
    text = told.format("СБСП")
    named = [n.name for n in parties_named(_marks("ru", text), Setting(("SD",)))]
    assert named == ["RSF", "RSF"]
    assert len(parties_named(_marks("ru", told.format("СПБ")), Setting(("SD",)))) == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Стреляла армия РФ с того берега."),
        ("ru", "По посёлку огонь вели российские войска."),
        ("uk", "Стріляли російські військові з лівого берега."),
        ("uk", "Удару завдали війська РФ."),
    ],
)
def test_who_fired_may_stand_behind_the_verb(code: str, text: str) -> None:
    assert parts(code, text, "UA")["Russia"] is Part.ACTOR


def test_who_is_fired_at_behind_the_verb_did_not_fire() -> None:
    assert parts("ru", "Стреляли по позициям ВСУ.", "UA")["Ukraine"] is not Part.ACTOR


def test_a_ministry_behind_a_number_did_nothing_by_it() -> None:
    told = "The toll of the strike rose to nine, up from six, Lebanon's health ministry said."
    assert parts("en", told, "LB").get("Lebanese Armed Forces") is not Part.ACTOR
    assert parts("en", "The market was hit by the Lebanese army.", "LB") == {
        "Lebanese Armed Forces": Part.ACTOR
    }


def test_fighters_who_were_killed_struck_nobody_whatever_stands_between() -> None:
    for told in ("were killed", "were also killed", "were then killed"):
        assert parts("en", f"Two Taliban fighters {told}.")["Taliban"] is not Part.ACTOR


def test_occupiers_who_are_counted_or_who_speak_are_not_accused_by_their_name() -> None:
    counted = "Сили оборони уразили штаб, ліквідовано 30 окупантів."
    spoke = "За заявою окупаційної адміністрації, під час удару загинули троє людей."
    for text in (counted, spoke):
        assert parts("uk", text, "UA").get("Russia") is not Part.ACTOR
    assert parts("uk", "Окупанти вбили двох людей.", "UA")["Russia"] is Part.ACTOR


@pytest.mark.parametrize(
    ("code", "text", "target"),
    [
        ("en", "The army said the raid was against Boko Haram fighters.", "Boko Haram"),
        ("en", "The strike hit a tactical unit of ISIS and it destroyed a boat.", "ISIS"),
        ("en", "Two strikes engaged an ISIS tactical unit and destroyed a boat.", "ISIS"),
        ("fr", "Le raid visait des combattants de Daesh.", "ISIS"),
        ("ar", "استهدفت الغارة مواقع تنظيم داعش.", "ISIS"),
        ("ru", "Огонь вёлся по позициям талибов.", "Taliban"),
    ],
)
def test_a_target_is_not_blamed(code: str, text: str, target: str) -> None:
    assert parts(code, text)[target] is Part.TARGET


@pytest.mark.parametrize(
    ("code", "text", "name"),
    [
        ("en", "The town is an ISIS-held crossroads.", "ISIS"),
        ("en", "Militias backed by Iran are deployed nearby.", "Iran"),
        ("fr", "Une ville tenue par Daesh.", "ISIS"),
        ("ar", "بلدة خاضعة لسيطرة هيئة تحرير الشام.", "Hay'at Tahrir al-Sham"),
    ],
)
def test_forces_that_are_only_near_are_context(code: str, text: str, name: str) -> None:
    assert parts(code, text).get(name, Part.CONTEXT) is Part.CONTEXT


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Unidentified aircraft bombed the market."),
        ("fr", "Un avion non identifié a bombardé le marché."),
        ("ar", "قصف طيران مجهول السوق."),
        ("ru", "Неопознанный самолёт нанёс удар по рынку."),
    ],
)
def test_unidentified_aircraft_are_nobody_and_never_a_guess(code: str, text: str) -> None:
    assert set(parts(code, text, "SY")) == {"nobody"}


@pytest.mark.parametrize(
    ("country", "name"),
    [("SY", "US-led Coalition"), ("YE", "Saudi-led Coalition"), ("AF", "NATO / Resolute Support")],
)
def test_the_coalition_is_the_one_of_the_country_told_of(country: str, name: str) -> None:
    assert parts("en", "The coalition bombed the bridge.", country) == {name: Part.ACTOR}


def test_the_coalition_is_the_one_named_before_it() -> None:
    text = "The Saudi-led coalition opened an inquiry. The coalition denied hitting a school."
    assert set(parts("en", text, "SY")) == {"Saudi-led Coalition"}


def test_the_army_is_nobody_where_no_country_is_known() -> None:
    assert parts("en", "The army bombed the bridge.") == {}
    assert parts("en", "The army bombed the bridge.", "SD") == {"Sudanese Armed Forces": Part.ACTOR}


def test_a_country_where_it_happened_is_no_party() -> None:
    assert parts("en", "An explosion killed six people in Syria.") == {}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "One strike engaged a group of ISIS fighters and destroyed a boat."),
        ("en", "Near the town 24 strikes engaged nine ISIS units and destroyed a tunnel."),
        ("fr", "La coalition a frappé un groupe de combattants de l'EI."),
    ],
)
def test_a_group_that_is_struck_is_not_accused(code: str, text: str) -> None:
    assert parts(code, text)["ISIS"] is Part.TARGET


def test_a_pronoun_is_not_a_party() -> None:
    assert parts("en", "He told us that it is a strike on a house.") == {}
    assert "United States" in parts("en", "A US strike hit a house.")


def test_a_party_blamed_by_another_party_carries_its_accuser() -> None:
    language = load_language("en")
    words = words_of("Russia accused Ukraine of shelling the market.")
    marks = Marks(words, language.lexicon.find(words))
    found = party_mentions(marks, Stretches(sentences_of(words)), language, Setting())
    blamed = next(m for m in found if m.party == "ukraine")
    assert blamed.accuser == "russia"


def test_every_party_has_a_kind_and_points_at_parties_that_exist() -> None:
    for key, entry in parties().items():
        assert entry["kind"] in KINDS, key
        pointed = [
            *entry.get("member_of", ()),
            *entry.get("candidates", ()),
            *(p for p in entry.get("stands_for", {}).values() if p != "national"),
        ]
        assert set(pointed) <= set(parties()), key
        assert set(entry.get("aliases", {})) <= {*known_languages(), "any"}, key


def test_every_country_points_at_a_party_that_exists() -> None:
    for code, nation in nations().items():
        for field in ("forces", "air"):
            assert nation.get(field, "syria") in parties(), code


def test_canonical_names_are_given_once() -> None:
    names = [name_of(key) for key in parties()]
    assert len(names) == len(set(names))


def test_a_label_of_the_page_accuses_nobody() -> None:
    found = parts("ru", "Обстрел рынка, двое погибших. #обстрел #Россия", "UA")
    assert found.get("Russia") is not Part.ACTOR


@pytest.mark.parametrize(
    ("code", "text", "actor"),
    [
        ("tr", "Türk Silahlı Kuvvetleri depoyu vurmuştur.", "Turkey"),
        ("uk", "Рашисти скинули вибухівку на двір.", "Russia"),
        ("ru", "По рынку огонь вели Силы быстрой поддержки.", "RSF"),
    ],
)
def test_the_words_of_releases_and_posts_say_who_it_was(code: str, text: str, actor: str) -> None:
    assert parts(code, text).get(actor) is Part.ACTOR
