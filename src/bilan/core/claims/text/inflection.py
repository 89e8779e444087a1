"""The further forms of nouns for people, so that a language's file lists each noun once.

`[inflect]` holds rules, each a pattern of the end of the dictionary form (a regular expression) and
what stands in its place in other forms: `one` gives forms for one person, `many` for several. The
first rule that fits a word holds. Forms that are no words do no harm: no text has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bilan.core.claims.text.lexicon import Entry

_NOUNS = "person"  # the category whose nouns are inflected
_ONE, _MANY = "_sg", "_pl"


def inflected(entries: Sequence[Entry], table: Mapping[str, Any]) -> Iterator[Entry]:
    """The further forms of the nouns for one person among some entries, by a file's `[inflect]`.

    Phrases of several words and beginnings (`word*`) stay as they are, so do those in `never`.
    """
    if not table:
        return
    one, many = _compiled(table.get("one", ())), _compiled(table.get("many", ()))
    nouns = list(_nouns(entries, table))
    further = {form for word, _ in nouns for form in (*_forms(word, one), *_forms(word, many))}
    known = {word for e in entries if e.category == _NOUNS for word in e.phrase.split("|")}
    for word, group in nouns:
        if word not in further:  # else it is a form of another noun
            forms = [(form, group + _ONE) for form in _forms(word, one)]
            forms += [(form, group + _MANY) for form in _forms(word, many)]
            yield from (Entry(form, _NOUNS, key) for form, key in forms if form not in known)


def _nouns(entries: Sequence[Entry], table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each single word for one person that has further forms, and its group."""
    never, groups = frozenset(table.get("never", ())), tuple(table.get("groups", ()))
    for entry in entries:
        if entry.category != _NOUNS or not entry.key.endswith(_ONE) or " " in entry.phrase:
            continue
        group = entry.key.removesuffix(_ONE)
        if group in groups:
            words = entry.phrase.split("|")
            yield from ((w, group) for w in words if "*" not in w and w not in never)


_Rules = Sequence[tuple[re.Pattern[str], Sequence[str]]]


def _compiled(rules: Sequence[Sequence[Any]]) -> _Rules:
    return [(re.compile(f"{end}$"), list(forms)) for end, forms in rules]


def _forms(word: str, rules: _Rules) -> Iterator[str]:
    for end, forms in rules:
        match = end.search(word)
        if match is not None:
            yield from (word[: match.start()] + match.expand(form) for form in forms)
            return
