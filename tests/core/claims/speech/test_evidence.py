"""What was shown, and whether anyone checked it."""

from __future__ import annotations

import pytest

from bilan.core.claims.speech.evidence import evidence_in, shown_once
from bilan.core.claims.text.language import load_language
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.sentences import sentences_of
from bilan.core.claims.text.tokens import words_of
from bilan.core.values import EvidenceKind as Kind
from bilan.core.values import Verified


def shown(code: str, text: str) -> set[tuple[Kind, Verified]]:
    words = words_of(text)
    marks = Marks(words, load_language(code).lexicon.find(words))
    return {(s.kind, s.verified) for s in shown_once(evidence_in(marks, sentences_of(words)))}


@pytest.mark.parametrize(
    ("code", "text", "kind", "verified"),
    [
        ("en", "A clip shared online could not be verified.", Kind.VIDEO, Verified.UNVERIFIED),
        ("en", "Footage geolocated by our team shows the house.", Kind.VIDEO, Verified.YES),
        ("en", "The photo was fake.", Kind.PHOTO, Verified.NO),
        ("en", "Satellite imagery shows two craters.", Kind.SATELLITE, Verified.UNVERIFIED),
        (
            "fr",
            "Une vidéo, que nous n'avons pas pu vérifier, circule.",
            Kind.VIDEO,
            Verified.UNVERIFIED,
        ),
        ("ar", "تداول ناشطون مقطع فيديو لم يتسن التحقق منه.", Kind.VIDEO, Verified.UNVERIFIED),
        (
            "ru",
            "В сети появилось видео, его подлинность не подтверждена.",
            Kind.VIDEO,
            Verified.UNVERIFIED,
        ),
        ("uk", "У соцмережах поширюють відео.", Kind.VIDEO, Verified.UNVERIFIED),
        (
            "es",
            "Un vídeo difundido en redes no pudo ser verificado.",
            Kind.VIDEO,
            Verified.UNVERIFIED,
        ),
        ("fa", "ویدیویی در شبکه‌های اجتماعی منتشر شد.", Kind.VIDEO, Verified.UNVERIFIED),
        (
            "tr",
            "Sosyal medyada paylaşılan görüntüler doğrulanamadı.",
            Kind.VIDEO,
            Verified.UNVERIFIED,
        ),
    ],
)
def test_evidence_is_found_with_what_came_of_it(
    code: str, text: str, kind: Kind, verified: Verified
) -> None:
    assert (kind, verified) in shown(code, text)


def test_the_check_may_stand_in_the_next_sentence() -> None:
    text = "A video shows smoke over the town. It could not be independently verified."
    assert shown("en", text) == {(Kind.VIDEO, Verified.UNVERIFIED)}


def test_a_film_that_nobody_showed_is_no_evidence() -> None:
    assert shown("en", "The director finished a film about the war.") == set()


def test_what_was_checked_replaces_what_was_not() -> None:
    text = "A list of names hung at the morgue.\nOur team matched the list of names."
    assert shown("en", text) == {(Kind.LIST_OF_NAMES, Verified.YES)}


def test_the_images_that_nobody_could_check_are_those_of_the_film_named_before() -> None:
    text = "On a video the roof is gone. Our newsroom could not verify these images."
    assert shown("en", text) == {(Kind.VIDEO, Verified.UNVERIFIED)}
