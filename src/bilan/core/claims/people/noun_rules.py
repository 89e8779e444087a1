"""What a language says of nouns for people, compiled once for all of its texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bilan.core.claims.text.language import load_language
from bilan.core.frozen import dataclass

_NO_TITLE = frozenset({"ال"})  # the mere article


@dataclass(frozen=True, slots=True)
class NounRules:
    """The words of `[people]`, `[places]` and `[detect]`, as rules about nouns ask for them."""

    small: frozenset[str]
    breaking: tuple[str, ...]  # written-on prepositions that part a word from its number
    unbroken: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    determining: frozenset[str]  # both
    definite_prefixes: tuple[str, ...]
    names: bool  # whether capitals mark names
    given_written: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    and_prefixes: tuple[str, ...]
    concerned: tuple[str, ...]
    owned: tuple[str, ...]
    adjectives: frozenset[str]
    written: Mapping[str, str]  # words told apart by their spelling alone, with their keys
    after_noun: bool
    own_script: bool
    noun_before: bool
    codes: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    pointing: frozenset[str]
    attackers: frozenset[str]
    not_people: frozenset[str]  # last words of the names of places and bodies
    anyone: frozenset[str]
    others: frozenset[str]
    uncounted: frozenset[str]
    reflexive: frozenset[str]
    age_shared: frozenset[str]
    helping: frozenset[str]
    name_endings: frozenset[str]
    age_bounds: frozenset[str]
    owners: frozenset[str]
    copulas: frozenset[str]
    relatives: frozenset[str]


@cache
def noun_rules(code: str) -> NounRules:
    """The rules of a language."""
    language = load_language(code)
    people, places = language.table("people"), language.table("places")
    kinds = (word for words in places.get("nouns", {}).values() for word in words)
    definite = frozenset(people.get("definite", ()))
    indefinite = frozenset(people.get("indefinite", ()))
    return NounRules(
        small=language.folded("detect", "words"),
        breaking=tuple(people.get("breaking_prefixes", ())),
        unbroken=language.folded("people", "unbroken"),
        definite=definite,
        indefinite=indefinite,
        determining=definite | indefinite,
        definite_prefixes=tuple(people.get("definite_prefixes", ())),
        names=bool(people.get("names", False)),
        given_written=frozenset(places.get("given", ())),
        given=language.folded("places", "given"),
        titles=language.folded("places", "titles") - _NO_TITLE,
        and_prefixes=tuple(people.get("and_prefixes", ())),
        concerned=tuple(people.get("dative_prefixes", ())),
        owned=tuple(people.get("owned_endings", ())),
        adjectives=language.folded("people", "adjectives"),
        written=people.get("written", {}),
        after_noun=bool(people.get("adjectives_follow", False)),
        own_script=language.table("detect").get("script", "Latin") != "Latin",
        noun_before=bool(people.get("noun_before", False)),
        codes=frozenset(people.get("codes", ())),
        male=language.folded("people", "male"),
        female=language.folded("people", "female"),
        pointing=frozenset(people.get("pointing", ())),
        attackers=language.folded("people", "attackers"),
        not_people=frozenset((*places.get("afterwards", ()), *kinds)),
        anyone=language.folded("people", "anyone"),
        others=language.folded("people", "others"),
        uncounted=language.folded("people", "uncounted"),
        reflexive=frozenset(people.get("reflexive", ())),
        age_shared=frozenset(people.get("age_shared", ())),
        helping=language.folded("people", "helping"),
        name_endings=frozenset(people.get("name_endings", ())),
        age_bounds=frozenset(people.get("age_bounds", ())),
        owners=language.folded("people", "owners"),
        copulas=frozenset(people.get("copulas", ())),
        relatives=frozenset(people.get("relatives", ())),
    )
