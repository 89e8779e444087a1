"""From the words of a report to its counts of people: "12 civilians", "a child", "his wife".

What happened to these people is not decided here: see `harm` and `roles`. The nouns are data:
`[lexicon.person]` of each language, keys `<group>_<number>`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.numbers.kinds import NumberKind
from bilan.core.claims.numbers.numbers import Form, Numeral
from bilan.core.claims.people.ages import Ages, is_bare_age
from bilan.core.claims.people.called import Called
from bilan.core.claims.people.helpers import helps
from bilan.core.claims.people.mention import BARE_PLURAL, GROUPS, Kind, Mention, Shape
from bilan.core.claims.people.nouns import Nouns
from bilan.core.claims.people.rolls import rolls_in
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import replace
from bilan.core.values import Count, Group

_AHEAD = 6  # tokens between a number and its noun; "12 of the most seriously wounded people"
_SAYING_HARM = frozenset({"dead", "hurt"})
_NEVER_ALONE = frozenset({"family", "cases"})
_COUNTED = {"sg": (Shape.ONE, Count.exactly(1)), "du": (Shape.NUMBER, Count.exactly(2))}
_TO_DEED = 10  # tokens from "killed" to "himself" at the end of its list
_DEEDS = frozenset({"killed_any", "killed_obj"})
_UNKNOWN = 3  # of them, words that no vocabulary knows (adjectives, nationalities, names)


def mentions_in(
    words: Words,
    hits: Sequence[Hit],
    numerals: Sequence[Numeral],
    language: Language,
    *,
    taken: frozenset[int] = frozenset(),
    armed: frozenset[int] = frozenset(),
) -> list[Mention]:
    """Every mention that counts people or might, in the order of the text.

    `taken` are tokens that dates, places and names of sources hold: these count nobody. `armed` are
    those that name an armed group: its leaders and members are fighters.
    """
    nouns = Nouns(words, hits, numerals, language, taken, armed)
    numerals = Ages.in_runs(numerals, nouns)
    ages = Ages(numerals, nouns)
    found: list[Mention] = []
    used: set[int] = set()
    rolls = rolls_in(nouns)
    listed = {i for roll in rolls for i in range(*roll.core)}
    idle = taken | listed
    for numeral in numerals:
        if not idle.isdisjoint(range(*numeral.core)):
            continue
        mention = _numbered(nouns, numeral)
        if mention is not None:
            found.append(mention)
            used.update(range(mention.first, mention.last))
    found.extend(_by_noun(nouns, used))
    used.update(i for m in found for i in range(m.first, m.last))
    found.extend(ages.persons(numerals, used))
    found.extend(rolls)
    used |= listed
    found.extend(_by_own_hand(nouns, used))
    called = Called(nouns)
    found.extend(called.mentions(used))
    found = _shared(nouns, sorted(found, key=lambda m: (m.first, m.last)))
    found = [_described(nouns, ages, called, _armed(nouns, ages.applied(m))) for m in found]
    return sorted(found, key=lambda m: (m.first, m.last))


def _numbered(nouns: Nouns, numeral: Numeral) -> Mention | None:
    """The mention of a number; None for what is no number of anything."""
    if not _counts(nouns, numeral):
        return None
    inner = _noun_within(nouns, numeral)
    if inner is None and numeral.definite:
        inner = nouns.noun_ending(numeral.first)
    if inner is not None and _is_of_things(nouns, numeral, inner):
        return _of_number(numeral, Kind.THING, nouns.thing[numeral.last].last)
    mention = _look_ahead(nouns, numeral) if inner is None else _of_noun(nouns, numeral, inner)
    return None if _is_name(nouns, mention) else mention


def _of_number(numeral: Numeral, kind: Kind, last: int) -> Mention:
    """The mention of a number without a noun for people, up to a token."""
    shape = Shape.ONE if numeral.weak else Shape.NUMBER
    return Mention(
        numeral.first, last, numeral.core, numeral.count, kind, shape,
        definite=numeral.definite, form=numeral.form,
    )  # fmt: skip


def _of_noun(nouns: Nouns, numeral: Numeral, hit: Hit) -> Mention:
    """The mention of a number with its noun."""
    name = hit.key.rpartition("_")[0]
    if name == "family":
        return _of_number(numeral, Kind.THING, max(numeral.last, hit.last))
    group, civilian = GROUPS[name]
    return Mention(
        min(numeral.first, hit.first),
        max(numeral.last, hit.last),
        numeral.core,
        numeral.count,
        Kind.PEOPLE,
        Shape.ONE if numeral.weak else Shape.NUMBER,
        group,
        civilian,
        (hit.first, hit.last),
        body=name == "bodies",
        female=name == "female",
        definite=numeral.definite,
        form=numeral.form,
        anyone=nouns.may_be_anyone(hit),
    )


def _is_of_things(nouns: Nouns, numeral: Numeral, noun: Hit) -> bool:
    """Whether a word for two counts what follows it: "both sides", "ambos lados"."""
    itself = (noun.first, noun.last) == numeral.core
    return itself and numeral.form is not Form.DUAL and numeral.last in nouns.thing


def _counts(nouns: Nouns, numeral: Numeral) -> bool:
    if numeral.kind is not NumberKind.COUNT or numeral.form is Form.ORDINAL:
        return False
    if nouns.words.norms[numeral.core[0]] in nouns.codes:
        return False
    if numeral.weak and nouns.ends_family(numeral.first):
        return False
    if nouns.is_glued(numeral.core) or nouns.is_of_parent(numeral.first):
        return False
    if numeral.form is Form.DUAL and nouns.says_nothing_new(numeral.core[0]):
        return False
    return not is_bare_age(nouns.words, numeral, nouns)


def _is_name(nouns: Nouns, mention: Mention) -> bool:
    """Whether a number is part of a name or an address: "Channel 12", "108 Cedar Street"."""
    if mention.kind not in {Kind.ELLIPTIC, Kind.UNKNOWN} or mention.last - mention.first > 1:
        return False
    before, after = mention.first - 1, mention.core[1]
    place = before in nouns.taken and nouns.words.kinds[before] == "w"
    if place and mention.kind is Kind.ELLIPTIC and not nouns.tells_harm(after):
        return True  # an outlet: "Daraa 24"
    if nouns.is_foreign(before) or nouns.is_foreign(after):
        return True
    if nouns.is_capital(before) and before not in nouns.taken and before not in nouns.harm:
        return True
    follows = nouns.is_capital(after) and after not in nouns.taken and after not in nouns.harm
    return follows and mention.kind is Kind.UNKNOWN


def _noun_within(nouns: Nouns, numeral: Numeral) -> Hit | None:
    """The noun inside the number's own words: a dual, or a qualifier that follows the noun."""
    for i in range(numeral.first, numeral.last):
        hit = nouns.person.get(i)
        if hit is not None and not (numeral.core[0] < i < numeral.core[1]):
            return hit
    return None


def _look_ahead(nouns: Nouns, numeral: Numeral) -> Mention:
    """The number with the noun that follows it, if one does before the phrase ends."""
    unknown, i = 0, numeral.last
    end = min(len(nouns.words), i + _AHEAD)
    while i < end:
        hit, breaks = nouns.person.get(i), nouns.breaks(i)
        if hit is not None and not breaks:
            return _of_noun(nouns, numeral, hit)
        if breaks or i in nouns.number:
            break
        if i in nouns.thing and not _befalls(nouns, numeral, i):
            return _of_number(numeral, Kind.THING, nouns.thing[i].last)
        step = _step(nouns, i, first=i == numeral.last)
        if step is None:
            break
        unknown += step == i
        if unknown > _UNKNOWN:
            break
        i = max(step, i + 1)
    return _of_number(numeral, Kind.UNKNOWN if unknown else Kind.ELLIPTIC, numeral.last)


def _befalls(nouns: Nouns, numeral: Numeral, i: int) -> bool:
    """Whether a word for one thing behind several is a verb: "four shot", not "one shot"."""
    harm = nouns.harm.get(i)
    return harm is not None and harm.key.endswith("_any") and (numeral.count.min or 0) > 1


def _step(nouns: Nouns, i: int, *, first: bool) -> int | None:
    """The next token to look at; the same one for a word of no vocabulary, None where to stop."""
    if i in nouns.harm:
        after = nouns.harm[i].last  # "12 killed civilians"
        return after if first and after in nouns.person and after - i == 1 else None
    after_link = nouns.after_link(i)
    if after_link is not None:
        return after_link
    if nouns.is_transparent(i):
        return i + 1
    if nouns.words.norms[i] in nouns.owners:
        return i + 1
    if nouns.words.kinds[i] != "w" or nouns.words.norms[i] in nouns.small:
        return None
    return i


def _shared(nouns: Nouns, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, where one number counts two nouns: "17 men and teenage boys" are 17 people."""
    found: list[Mention] = []
    for mention in mentions:
        whole = found[-1] if found else None
        if whole is not None and _goes_on(nouns, whole, mention):
            group = whole.group if whole.group is mention.group else Group.ALL
            civilian = whole.civilian if whole.civilian == mention.civilian else None
            found[-1] = replace(whole, last=mention.last, group=group, civilian=civilian)
        else:
            found.append(mention)
    return found


def _goes_on(nouns: Nouns, whole: Mention, mention: Mention) -> bool:
    numbered = whole.shape is Shape.NUMBER and whole.noun is not None
    if not numbered or mention.shape is not Shape.PLURAL or mention.definite:
        return False
    if mention.first in nouns.harm:
        return False
    one_word = mention.first - whole.last == 1
    return one_word and nouns.joins(whole.last) and nouns.words.kinds[whole.last] == "w"


def _described(nouns: Nouns, ages: Ages, called: Called, mention: Mention) -> Mention:
    """A mention of one person, with what the noun says of them."""
    if mention.itself:
        return mention
    hit = nouns.person.get(mention.noun[0]) if mention.noun else None
    anyone = mention.anyone if hit is None else nouns.may_be_anyone(hit)
    if mention.shape is not Shape.ONE:
        other = hit is not None and nouns.is_other(hit)
        attacker = hit is not None and nouns.is_attacker(hit)
        same = anyone is mention.anyone and not (other or attacker)
        return mention if same else replace(mention, anyone=anyone, other=other, attacker=attacker)
    if hit is None:
        return replace(mention, age=ages.of(mention))
    return replace(
        mention,
        anyone=anyone,
        sex=nouns.sex_of(hit),
        age=ages.of(mention),
        pointing=nouns.points_back(hit),
        other=nouns.is_other(hit),
        attacker=nouns.is_attacker(hit),
        name=called.beside(mention),
    )


def _by_noun(nouns: Nouns, used: set[int]) -> list[Mention]:
    """Nouns that count by themselves: "a child", a dual, "villagers"."""
    found = []
    for i, hit in nouns.person.items():
        name, _, number = hit.key.rpartition("_")
        if i in used or i in nouns.taken or name in _NEVER_ALONE or nouns.is_capital(i):
            continue
        if (nouns.describes(hit) and number != "du") or nouns.says_nothing_new(i):
            continue
        if number == "pl" and (
            nouns.words.norms[hit.last - 1] in nouns.uncounted or helps(nouns, hit)
        ):
            continue
        if name in _SAYING_HARM and number == "sg" and nouns.is_known(i):
            continue  # "the martyr" is a title
        bare = number == "sg" and name != "pronoun" and nouns.indefinite
        if bare and (not nouns.is_determined(i) or nouns.is_adjective(hit)):
            continue
        found.append(_alone(nouns, hit, name, number))
    return found


def _alone(nouns: Nouns, hit: Hit, name: str, number: str) -> Mention:
    """The mention of a noun that counts by itself."""
    shape, count = _COUNTED.get(number, (Shape.PLURAL, BARE_PLURAL))
    tokens, (group, civilian) = (hit.first, hit.last), GROUPS[name]
    return Mention(
        *tokens, tokens, count, Kind.PEOPLE, shape, group, civilian, tokens,
        body=name == "bodies", female=name == "female", definite=nouns.is_known(hit.first),
        anyone=nouns.may_be_anyone(hit),
    )  # fmt: skip


def _armed(nouns: Nouns, mention: Mention) -> Mention:
    """The mention, as fighters where an armed group stands beside its noun: "a Taliban leader"."""
    if mention.group is not Group.ALL or not nouns.names_armed:
        return mention
    beside = mention.noun or mention.core
    if mention.kind is Kind.UNKNOWN:
        near = any(nouns.is_armed(i) for i in range(mention.last, mention.last + 2))
    elif mention.kind is Kind.PEOPLE and mention.civilian is None:
        near = nouns.is_armed(beside[0] - 1) or nouns.is_armed(beside[1])
    else:
        near = False
    if not near:
        return mention
    return replace(mention, group=Group.FIGHTERS, civilian=False, kind=Kind.PEOPLE)


def _by_own_hand(nouns: Nouns, used: set[int]) -> list[Mention]:
    """Who died by their own hand, told by the deed: "… and then killed himself"; or by a word of
    themselves in a list: "killed four neighbours and himself"."""
    found = []
    deeds = [(hit.first, hit.last) for hit in nouns.harm.values() if hit.key == "killed_self"]
    for tokens in [*deeds, *_themselves(nouns)]:
        if not any(i in used for i in range(*tokens)):
            one = Count.exactly(1)
            sex = nouns.sex_in(tokens)
            found.append(
                Mention(
                    *tokens, tokens, one, Kind.PEOPLE, Shape.ONE, sex=sex,
                    pointing=True, attacker=True, itself=True,
                )
            )  # fmt: skip
    return found


def _themselves(nouns: Nouns) -> list[tuple[int, int]]:
    """The words for oneself that end the list of whom a verb of killing has before it."""
    norms, found = nouns.words.norms, []
    if nouns.reflexive.isdisjoint(norms):
        return []  # as in most texts
    for i, norm in enumerate(norms):
        if norm in nouns.reflexive and nouns.joins(i - 1):
            near = range(max(0, i - _TO_DEED), i)
            verbs = [nouns.harm[k] for k in near if k in nouns.harm]
            if verbs and verbs[-1].key in _DEEDS and i not in nouns.harm:
                found.append((i, i + 1))
    return found
