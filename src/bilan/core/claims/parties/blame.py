"""What part a text gives each party that it names: who did it, who was the target, who is near.

The part is read from what stands beside the name (`beside`), then from the names beside it: who
blames whom, "Russian or Syrian jets". Where nothing says more, a party is context: forces active
nearby never make an accusation (contract, rule 10).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilan.core.claims.parties.beside import Beside
from bilan.core.claims.parties.order import Order, Part, order_of
from bilan.core.claims.parties.parties import Guise, Named, Setting, parties_named, told_of
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.marks import QUOTE_SIGNS, Marks
from bilan.core.claims.text.stretches import Stretches
from bilan.core.frozen import dataclass, replace

_JOINED_WITHIN = 5  # tokens between two names that share their part
_ACCUSED_WITHIN = 4  # tokens between an accuser and the accused, where the verb stands first
_ACCUSING_WITHIN = 14  # tokens between a name that accuses and the harm

__all__ = ["Part", "PartyMention", "actors", "party_mentions"]


@dataclass(frozen=True, slots=True)
class PartyMention:
    """Tokens [first, last) that name a party, its id and name, and the part given to it there.

    `party` is None where the words say that nobody knows who it was. `why` is the words or the
    rule that gave the part. `sentence` is the index of the sentence; `beside` the tokens of the
    attack that an actor is said to have made, where one stands beside the name; `accuser` the id of
    the party that blames this one, where a party does.
    """

    first: int
    last: int
    party: str | None
    name: str | None
    part: Part
    why: str
    sentence: int
    guise: Guise = Guise.BARE
    generic: bool = False
    beside: tuple[int, int] | None = None
    accuser: str | None = None
    place_like: bool = False


def party_mentions(
    marks: Marks, stretches: Stretches, language: Language, setting: Setting
) -> list[PartyMention]:
    """Every party named, in order, with its part.

    A bare country or capital that neither acts, nor is blamed, nor speaks is no mention.
    """
    named = parties_named(marks, setting)
    if not named:
        return []
    order = order_of(language)
    beside = Beside(marks, stretches, order, named, told_of(marks, setting)[:1])
    found = [_mention(one, beside) for one in named]
    found = list(_swapped(found, marks)) if order.verb_first else found
    joined = _Joined(marks, order, str(language.table("speech").get("and_prefix", "")))
    return [m for m in joined.shared(found) if m.part is not Part.CONTEXT or not m.place_like]


def _mention(one: Named, beside: Beside) -> PartyMention:
    first, last, sentence = beside.stretches.of(one.first)
    part, why, by = beside.part_of(one, first, last)
    if by is not None and part is Part.ACTOR and _is_harmed(one, by, beside):
        part, why, by = Part.TARGET, "of those harmed", None
    elif by is not None and part is Part.ACTOR and _is_anothers(one, by, beside):
        part, why, by = Part.SPEAKER, "another struck", None
    elif _is_located(one, beside):
        part, why, by = Part.CONTEXT, "a place", None
    mention = PartyMention(
        one.first,
        one.last,
        one.party or None,
        one.name or None,
        part,
        why,
        sentence,
        one.guise,
        one.generic,
        by,
        place_like=one.place_like,
    )
    if part is Part.CONTEXT and _accuses_by_name(one, beside.marks, first, last):
        return replace(mention, part=Part.ACTOR, why="a name that accuses")
    return replace(mention, accuser=_accuser(mention, beside, first)) if by else mention


def _is_harmed(one: Named, verb: tuple[int, int], beside: Beside) -> bool:
    """Whether "of" stands between a verb of killing that opens its clause and the name, whose
    people are then its object: "قتل تسعة من عناصر X"."""
    if not beside.order.verb_first or not beside.marks.over("harm", verb[0]):
        return False
    return any(beside.marks.has("link", t, "of") for t in range(verb[1], one.first))


def _is_anothers(one: Named, verb: tuple[int, int], beside: Beside) -> bool:
    """Whether the verb is a participle whose subject, another party, stands before it in the
    genitive: "X, Y'nin düzenlediği saldırıda …"."""
    words = beside.words.norms
    if verb[0] < one.last or not any(p in words[verb[1] - 1] for p in beside.order.participles):
        return False
    others = (beside.named_at.get(token) for token in range(one.last, verb[0]))
    return any(o and o.party != one.party and _in_genitive(o, beside) for o in others)


def _in_genitive(one: Named, beside: Beside) -> bool:
    words, endings = beside.words.norms, beside.order.genitives
    if words[one.last : one.last + 1] in (("'",), ("’",)):
        return words[one.last + 1 : one.last + 2] != () and words[one.last + 1] in endings
    return words[one.last - 1].endswith(endings)


def _is_located(one: Named, beside: Beside) -> bool:
    """Whether a bare country or capital stands in the case that says where: "Kabil'de"."""
    behind = beside.words.norms[one.last : one.last + 2]
    return one.place_like and len(behind) == 2 and behind[1] in beside.order.locatives


def _accuses_by_name(one: Named, marks: Marks, first: int, last: int) -> bool:
    """Whether the name itself says who did it. Not where it speaks ("the occupation authorities
    say"), nor where its people are counted: "30 occupiers were killed"."""
    if not one.accuses or one.guise is Guise.VOICE:
        return False
    counted = one.first > first and marks.words.kinds[one.first - 1] == "n"
    return not counted and _harm_near(one, marks, first, last)


def _harm_near(one: Named, marks: Marks, first: int, last: int) -> bool:
    low, high = max(first, one.first - _ACCUSING_WITHIN), min(last, one.last + _ACCUSING_WITHIN)
    return any(marks.within(c, low, high) for c in ("attack", "cause", "harm"))


def _accuser(mention: PartyMention, beside: Beside, bound: int) -> str | None:
    """The party that blames this one: the nearest named before the word of blame."""
    by = mention.beside
    if mention.part is not Part.ACTOR or by is None:
        return None
    if not beside.marks.has("side", by[0], "blames"):
        return None
    for token in range(min(by[0], mention.first) - 1, bound - 1, -1):
        other = beside.named_at.get(token)
        if other is not None and other.party and other.party != mention.party:
            return other.party
    return None


def _swapped(found: Sequence[PartyMention], marks: Marks) -> Iterator[PartyMention]:
    """Where the verb stands first, "blamed X Y" has two names behind it: the first one accuses."""
    accuser: PartyMention | None = None
    for place, one in enumerate(found):
        if accuser is not None:
            yield replace(one, part=Part.ACTOR, beside=accuser.beside, accuser=accuser.party)
            accuser = None
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        if following is not None and _accuses(one, following, marks):
            accuser = one
            yield replace(one, part=Part.SPEAKER, beside=None)
        else:
            yield one


def _accuses(one: PartyMention, following: PartyMention, marks: Marks) -> bool:
    if one.part is not Part.ACTOR or one.beside is None or one.sentence != following.sentence:
        return False
    blamed = marks.has("side", one.beside[0], "blames") and one.beside[1] <= one.first
    return blamed and following.first - one.last <= _ACCUSED_WITHIN


class _Joined:
    """Gives parties joined by "and" or "or" the part of the one that acts."""

    def __init__(self, marks: Marks, order: Order, and_prefix: str) -> None:
        self._words = marks.words
        self._ands = marks.tokens("small", "and")
        self._small = self._ands | marks.tokens("small", "of", "skip", "be", "aux")
        self._small |= marks.tokens("force")
        if order.verb_last:
            self._small |= marks.tokens("attack", "verb")
        self._and_prefix = and_prefix

    def shared(self, found: Sequence[PartyMention]) -> list[PartyMention]:
        made = list(found)
        for place in range(len(made) - 1):
            one, other = made[place], made[place + 1]
            if not self._joins(one, other):
                continue
            if one.part is Part.ACTOR and other.part is Part.CONTEXT:
                made[place + 1] = replace(other, part=one.part, why=one.why, beside=one.beside)
            elif other.part is Part.ACTOR and one.part is Part.CONTEXT:
                made[place] = replace(one, part=other.part, why=other.why, beside=other.beside)
        return made

    def _joins(self, one: PartyMention, other: PartyMention) -> bool:
        between = range(one.last, other.first)
        if one.sentence != other.sentence or len(between) > _JOINED_WITHIN:
            return False
        if one.party is None or other.party is None:
            return False
        prefixed = bool(self._and_prefix) and self._words.norms[other.first].startswith(
            self._and_prefix
        )
        if not prefixed and self._ands.isdisjoint(between):
            return False
        norms = self._words.norms
        return all(t in self._small or norms[t] in QUOTE_SIGNS for t in between)


def actors(mentions: Sequence[PartyMention]) -> list[str]:
    """The canonical names of the parties that are said to have done it, each once, in order."""
    found = (m.name for m in mentions if m.part is Part.ACTOR and m.name)
    return list(dict.fromkeys(found))
