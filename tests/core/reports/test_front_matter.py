"""The head of a file gives plain words with their lines, or a fault with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan.core.reports.front_matter import split

HEAD = """---
id: r1
lang: no
published: 2017-09-18
publisher:
  name: "Canal: dix"
  kind: agency
---

First line.
---
Not a head.
"""


def test_a_head_is_taken_off_and_the_body_kept_whole() -> None:
    matter = split(HEAD)
    assert matter.body == "First line.\n---\nNot a head.\n"
    assert matter.fields["publisher"] == {"name": "Canal: dix", "kind": "agency"}


def test_norwegian_is_not_read_as_false_nor_a_date_as_anything_but_words() -> None:
    fields = split(HEAD).fields
    assert fields["lang"] == "no"
    assert fields["published"] == "2017-09-18"


def test_every_field_knows_its_line() -> None:
    assert split(HEAD).lines == {
        "id": 2,
        "lang": 3,
        "published": 4,
        "publisher": 5,
        "publisher.name": 6,
        "publisher.kind": 7,
    }


@pytest.mark.parametrize("text", ["no head", "---\nA rule above, no head.\n---\n", "", "--- x\n"])
def test_a_text_without_a_head_is_all_body(text: str) -> None:
    matter = split(text)
    assert matter.body == text
    assert not matter.fields
    assert matter.fault is None


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("id: r1\nlang: [fr", 4, "malformed"),
        ("id: r1\n\tlang: fr", 3, "malformed"),
        ("id: a\nid: b", 3, "twice"),
        ("id: &a [1]\nlang: *a", 2, "anchors"),
        ("id: !!python/object:os.system x", 2, "tags"),
        ("id: [[[[[[a]]]]]]", 2, "nested"),
        ("id: " + "[" * 5000, 2, "nested"),
        ("[a, b]", 2, "lines like"),
        ("? {a: b}\n: c", 2, "has to be a word"),
        ("id: \x01", 2, "forbids"),
    ],
)
def test_a_malformed_head_is_a_fault_with_file_and_line(head: str, line: int, words: str) -> None:
    text = f"---\n{head}\n---\nBody" if head[0] != "?" else f"---\nx: y\n{head}\n---\nBody"
    fault = split(text, where="a.txt").fault
    assert fault is not None
    assert fault.where == f"a.txt:{line + (head[0] == '?')}"
    assert words in fault.message


def test_a_head_that_never_ends_is_a_fault_not_a_report() -> None:
    fault = split("---\nid: r1\n\nA body.").fault
    assert fault is not None
    assert "never closed" in fault.message


@given(st.text(max_size=200))
def test_no_head_breaks_the_reading(head: str) -> None:
    matter = split(f"---\n{head}\n---\nBody")
    assert matter.fault is not None or matter.body
