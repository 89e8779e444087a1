"""Bytes become the one text of a report, and a guess is never silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.reports.decoding import LARGEST_REPORT, decode, tidy

ARABIC = "قال مسؤول محلي إن غارة جوية أصابت منزلاً في البلدة وقتلت خمسة مدنيين بينهم طفلان"
RUSSIAN = "По словам мэра, при ударе по рынку погибли семь человек, ещё двенадцать ранены."
UKRAINIAN = "За словами мера, внаслідок удару по ринку загинули семеро людей, є поранені."
FRENCH = "Sept personnes ont été tuées à l'aube près du marché, d'après la mairie."
TURKISH = "Pazara düzenlenen saldırıda yedi kişi öldü, on iki kişi de yaralandı."


@pytest.mark.parametrize("text", [ARABIC, RUSSIAN, FRENCH, TURKISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_in_every_form_gives_the_same_text_without_a_fault(
    text: str, encoding: str
) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == tidy(text)
    assert not decoded.faults


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"),
        (ARABIC.replace("ً", ""), "iso-8859-6"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (UKRAINIAN, "cp1251"),
        (FRENCH, "cp1252"),
        (FRENCH, "latin-1"),
        (TURKISH, "cp1254"),
    ],
)
def test_an_old_code_page_is_told_by_its_letters_and_the_guess_is_named(
    text: str, encoding: str
) -> None:
    decoded = decode(text.encode(encoding), where="a.txt")
    assert decoded.text == tidy(text)
    (fault,) = decoded.faults
    assert fault.code == "guessed_encoding"
    assert decoded.encoding in fault.message
    assert fault.where == "a.txt"


@pytest.mark.parametrize("content", [b"", b"  \n\t", b"\0\0\0\0"])
def test_an_empty_file_says_so(content: bytes) -> None:
    assert [f.code for f in decode(content).faults] == ["empty"]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"PK\x03\x04abc", b"\x89PNG\r\n", b"\x7fELF\x02", b"ab\0c\0\0de\0f"]
)
def test_a_file_that_is_no_text_is_refused_by_name(content: bytes) -> None:
    decoded = decode(content)
    assert decoded.text is None
    assert [f.code for f in decoded.faults] == ["binary"]


def test_a_file_cut_within_a_character_is_read_up_to_there_and_says_so() -> None:
    decoded = decode("douze blessés".encode()[:12])
    assert decoded.text == "douze bless"
    assert [f.code for f in decoded.faults] == ["truncated"]


def test_one_bad_byte_does_not_make_a_text_unreadable() -> None:
    content = ARABIC.encode() + b" \xff " + ARABIC.encode()
    decoded = decode(content)
    assert decoded.text is not None
    assert decoded.text.count("\ufffd") == 1
    assert [f.code for f in decoded.faults] == ["damaged"]


def test_noise_is_refused_and_never_read_as_words() -> None:
    decoded = decode(bytes(range(128, 256)) * 20)
    assert decoded.text is None
    assert [f.code for f in decoded.faults] == ["undecodable"]


def test_a_file_beyond_the_limit_is_refused_with_the_limit_named() -> None:
    (fault,) = decode(b"x" * (LARGEST_REPORT + 1)).faults
    assert fault.code == "too_large"
    assert "10 MB" in fault.message


def test_accents_and_line_ends_are_written_in_one_way() -> None:
    assert tidy("e\u0301\r\nb\rc") == "é\nb\nc"


@given(st.binary(max_size=300))
def test_no_bytes_break_decoding_and_refusal_always_has_a_reason(content: bytes) -> None:
    decoded = decode(content)
    assert decoded.text is not None or decoded.faults
    if decoded.text is not None:
        assert decoded.text == tidy(decoded.text)
        decoded.text.encode("utf-8")


@given(st.text(min_size=1).filter(lambda t: bool(t.strip("\0 \t\r\n")) and "\0" not in t))
def test_a_text_in_utf8_comes_back_as_it_was(text: str) -> None:
    content = text.encode()
    decoded = decode(content)
    if not any(f.code == "binary" for f in decoded.faults):
        assert decoded.text == tidy(text.removeprefix("\ufeff"))
