"""Reports of a sentence or two, as the press of several languages words a toll, a source, an answer
or a day; each stands for a whole way of saying it, and was written for this test."""

from __future__ import annotations

from datetime import date

import pytest

from bilan.core.claims.account import Account
from bilan.core.claims.read import read
from bilan.core.values import Publisher, PublisherKind, Report
from tests.core.claims.nowhere import NoTowns

_DAY = date(2024, 6, 12)  # a Wednesday


def account(lang: str, text: str) -> Account:
    press = Publisher("Press", PublisherKind.LOCAL_MEDIA)
    found = read(Report("r", text, lang, _DAY, press), NoTowns()).accounts
    assert len(found) == 1, text
    return found[0]


def toll(lang: str, text: str) -> dict[str, tuple[int | None, int | None]]:
    told = account(lang, text)
    measures = ("killed", "injured", "missing", "fighters_killed", "killed_women")
    counts = ((name, getattr(told, name)) for name in measures)
    return {name: (count.min, count.max) for name, count in counts if count is not None}


def answers(lang: str, text: str) -> set[tuple[str, str]]:
    return {(s.party, str(s.stance)) for s in account(lang, text).statements}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "ar",
            "قتل أربعة مدنيين في غارة روسية، وفاق عدد الجرحى الثلاثين.",
            {"killed": (4, 4), "injured": (31, None)},
        ),
        ("ar", "حصدت غارة روسية أرواح سبعة نازحين.", {"killed": (7, 7)}),
        ("ar", "استشهد متأثرا بجروحه شاب أصيب قبل يومين بقصف روسي.", {"killed": (1, 1)}),
        ("uk", "Жертвами російського ракетного удару стали четверо людей.", {"killed": (4, 4)}),
        ("ru", "Жертвами российского ракетного удара стали пять человек.", {"killed": (5, 5)}),
        ("uk", "Поранень зазнали восьмеро людей через обстріл росіян.", {"injured": (8, 8)}),
        ("ru", "Ранения получили девять человек при обстреле ВСУ.", {"injured": (9, 9)}),
        ("tr", "İsrail'in hava saldırısı 9 can aldı.", {"killed": (9, 9)}),
        ("fa", "یک چوپان به ضرب گلوله طالبان کشته شد.", {"killed": (1, 1)}),
        ("fa", "در حمله هوایی اسرائیل شش نفر جان‌های‌شان را از دست دادند.", {"killed": (6, 6)}),
        ("en", "Russian shelling killed eight people, two drivers among them.", {"killed": (8, 8)}),
        (
            "en",
            "Russian shelling killed eight people, two drivers and a cook among them.",
            {"killed": (8, 8)},
        ),
        (
            "en",
            "Russian missiles killed 31 villagers, not the 24 initially reported.",
            {"killed": (31, 31)},
        ),
        ("en", "Three shepherds were blown up by a Russian rocket.", {"killed": (3, 3)}),
        (
            "tr",
            "Rus hava saldırısında ölü sayısı 6, yaralı sayısı 14 olarak açıklandı.",
            {"killed": (6, 6), "injured": (14, 14)},
        ),
    ],
)
def test_a_toll_is_read_however_the_press_words_it(
    lang: str, text: str, expected: dict[str, tuple[int | None, int | None]]
) -> None:
    assert toll(lang, text) == expected


def test_names_in_lines_under_a_long_heading_are_counted() -> None:
    text = (
        "أسماء شهداء الغارة الجوية التي نفذتها الطائرات الحربية الروسية ظهر اليوم على السوق الشعبي"
        " وسط البلدة كما وصلتنا:\n1- سليم الأسعد\n2- نوال الأسعد\n3- كامل الديب"
    )
    assert toll("ar", text)["killed"] == (3, 3)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("ورفض المتحدث باسم الجيش الإسرائيلي الإدلاء بأي تصريح.", "no_comment"),
        ("ولم يصدر الجيش الإسرائيلي أي بيان.", "no_comment"),
        ("ووصف الجيش الإسرائيلي التقارير بأنها باطلة.", "denies"),
        ("ونفى الناطق باسم الجيش الإسرائيلي صحة المعلومات المنشورة.", "denies"),
        ("وقال الجيش الإسرائيلي إنه دمر زوارق مفخخة.", "disputes_target"),
    ],
)
def test_an_answer_is_heard_whose_verb_and_object_its_subject_parts(text: str, stance: str) -> None:
    assert ("Israel", stance) in answers("ar", f"قتل خمسة مدنيين في غارة إسرائيلية. {text}")


@pytest.mark.parametrize(
    ("lang", "text", "party"),
    [
        (
            "fa",
            "در حمله طالبان چهار غیرنظامی کشته شدند. ذبیح‌الله مجاهد این خبر را تکذیب کرد.",
            "Taliban",
        ),
        ("ar", "قتل أربعة مدنيين في غارة إسرائيلية. ونفى أفيخاي أدرعي هذه الأنباء.", "Israel"),
    ],
)
def test_a_spokesman_known_by_name_speaks_for_his_party(lang: str, text: str, party: str) -> None:
    assert answers(lang, text) == {(party, "denies")}


def test_a_platform_on_which_a_party_writes_is_no_military_target() -> None:
    text = "قتل ستة مدنيين بقصف لقوات الدعم السريع. وقالت قوات الدعم السريع على منصة إكس إنها تنفي."
    assert answers("ar", text) == {("RSF", "denies")}


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("ar", "قالت فرق الإنقاذ في بيان لها: قتل ستة مدنيين بقصف روسي.", "فرق الإنقاذ"),
        ("uk", "Шестеро загиблих через удар росіян – міська влада.", "міська влада"),
        ("ru", "Шесть погибших при ударе ВСУ — городские власти.", "городские власти"),
        ("en", "Six dead in a Russian missile strike – regional police", "regional police"),
        (
            "uk",
            "Слідство встановило, що через обстріл росіян загинули шестеро людей.",
            "Слідство",
        ),
        (
            "fr",
            "Une source médicale fait de son côté état de six morts dans la frappe russe.",
            "source médicale",
        ),
        ("fa", "طبق گزارش هلال احمر شش نفر در حمله هوایی اسرائیل کشته شدند.", "هلال احمر"),
    ],
)
def test_a_source_gives_the_toll_wherever_it_is_named(lang: str, text: str, source: str) -> None:
    told = account(lang, text)
    assert told.killed is not None and told.killed.min == 6
    assert [i.name for i in told.alleged_by if i.name.endswith(source)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "За минулу добу через обстріли росіян загинули двоє людей."),
        ("ru", "В течение минувших суток при обстрелах ВСУ погибли два человека."),
        ("tr", "Son 24 saatte Rus hava saldırısında 2 kişi öldü."),
        ("en", "Two people died in Russian shelling over the past 24 hours."),
    ],
)
def test_the_past_day_is_when_it_was_where_no_other_day_is_told(lang: str, text: str) -> None:
    when = account(lang, text).when
    assert when is not None
    assert (when.start, when.end) == (date(2024, 6, 11), _DAY)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "قتل تسعة من عناصر الحشد الشعبي عندما فجر تنظيم داعش سيارة مفخخة."),
        ("en", "Nine Popular Mobilization fighters died when ISIS detonated a car bomb."),
    ],
)
def test_those_killed_when_another_struck_did_not_strike(lang: str, text: str) -> None:
    assert account(lang, text).alleged_perpetrators == ("ISIS",)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Kent Valisi, Rus saldırısında 4 kişinin öldüğünü açıkladı.", "Kent Valisi"),
        ("Ukrayna polisi, Rus füzelerinin düşmesiyle 4 kişinin öldüğünü açıkladı.", "polisi"),
        (
            "Savcılık, Rusya'nın düzenlediği füze saldırısında 4 kişinin öldüğünü açıkladı.",
            "Savcılık",
        ),
    ],
)
def test_who_tells_is_set_apart_from_who_struck_where_the_verb_stands_last(
    text: str, source: str
) -> None:
    told = account("tr", text)
    assert told.alleged_perpetrators == ("Russia",)
    assert [i.name for i in told.alleged_by if i.name.endswith(source)]
    assert told.statements == ()


def test_an_army_that_tells_of_a_strike_by_another_did_not_strike() -> None:
    text = (
        "Ermenistan ordusu, Azerbaycan ordusunun düzenlediği saldırıda 4 kişinin öldüğünü duyurdu."
    )
    assert account("tr", text).alleged_perpetrators == ("Azerbaijan",)


@pytest.mark.parametrize(
    ("lang", "text", "stance"),
    [
        (
            "tr",
            "Rus saldırısında 4 sivil öldü. Rus ordusu basın merkezi iddiaları yalanladı.",
            "denies",
        ),
        ("ru", "При ударе ВСУ погибли 4 человека. В пресс-центре ВСУ это опровергли.", "denies"),
        ("en", "Israeli strikes killed 4. The Israeli army press office denied it.", "denies"),
    ],
)
def test_the_press_office_of_a_party_speaks_for_it(lang: str, text: str, stance: str) -> None:
    assert {found for _, found in answers(lang, text)} == {stance}


def test_a_gas_leak_that_was_no_attack_is_not_harm_of_war() -> None:
    text = (
        "قتل شخصان وأصيب ستة في انفجار بمطعم. وقالت الشرطة إن سببه تسرب الغاز من أسطوانة طبخ،"
        " مستبعدة أن يكون عملا إرهابيا."
    )
    press = Publisher("Press", PublisherKind.LOCAL_MEDIA)
    assert not read(Report("r", text, "ar", _DAY, press), NoTowns()).relevant
