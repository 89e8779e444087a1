"""What stands beside a party's name, and the part that it gives to the party.

Rules of the field more than of grammar: a name beside a word for an attack is who made it ("a
Russian strike", "قصف روسي"), unless a word between says otherwise ("against", "held by"). The
languages' word order is data: `[parties]` of each language file.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.parties.order import Order, Part
from bilan.core.claims.parties.parties import Guise, Named
from bilan.core.claims.parties.parties import nations as _nations
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import QUOTE_SIGNS, Marks
from bilan.core.claims.text.stretches import Stretches
from bilan.core.frozen import dataclass

_GAP = 5  # words that no vocabulary knows between a name and what says its part
_NEAR = 2  # of them, where the two have to belong to one noun phrase ("удар российской авиации")
_FAR = 16  # in languages whose verb stands last
_APPOSITION = 16  # tokens between two commas behind a name
_BLAMED_WITHIN = 10  # tokens from "to whom" to the verb of blame
_AT_HEAD = 1  # words before a name that still opens its sentence
_STOPS = frozenset(".!?;؛؟")
_BLAMING = frozenset({"blames", "blamed_on"})
_COMMAS = frozenset(",،")
_TELLING = ("side", "attack", "cause", "speech", "stance", "military")


# A part, the words or rule that gave it, and the tokens of those words.
Given = tuple[Part, str, tuple[int, int] | None]


class Beside:
    """Asks what stands beside the names of a text."""

    def __init__(
        self,
        marks: Marks,
        stretches: Stretches,
        order: Order,
        named: Sequence[Named],
        here: Sequence[str],
    ) -> None:
        self.marks = marks
        self.words = marks.words
        self.order = order
        self.here = here
        self.named_at = {token: one for one in named for token in range(one.first, one.last)}
        self.stretches = stretches
        # Where phrases that give a part begin, and behind which tokens they end.
        self._told_at = frozenset(t for c in _TELLING for t in marks.firsts(c))
        self._told_till = frozenset(h.last for c in _TELLING for h in marks.all(c))
        self.passable = (
            marks.tokens("small", "of", "skip", "aux", "and", "be")
            | marks.tokens("force")
            | marks.tokens("military")
        )

    def part_of(self, one: Named, first: int, last: int) -> Given:
        """The part of a party named in the piece [first, last) of a sentence."""
        if not one.party:
            return Part.ACTOR, "nobody knows", None
        if one.first and self.words.norms[one.first - 1] == "#":
            return Part.CONTEXT, "a label of the page", None
        if self._is_place(one):
            return Part.CONTEXT, "a place", None
        if self._set_apart(one, first):
            return Part.CONTEXT, "of another event", None
        return self._part(one, first, last) or (Part.CONTEXT, "named nearby", None)

    def _part(self, one: Named, first: int, last: int) -> Given | None:
        target = self._owns_target(one, first)
        if target is not None:
            return target
        left = self._left(one, first)
        if left is not None and left[0] is Part.TARGET and self._is_attack(left):
            return left  # "struck X and destroyed": the second verb has the subject of the first
        if left is not None and left[0] in (Part.TARGET, Part.SPEAKER):
            return self._right_actor(one, last) or left
        return left or self._right(one, last)

    def _owns_target(self, one: Named, bound: int) -> Given | None:
        """A military target that is the party's: "a tactical unit of ISIS" strikes nobody."""
        if self._target_follows(one):
            return Part.TARGET, "target", None
        at = one.first
        while at > bound and self.marks.has("small", at - 1, "of", "skip"):
            at -= 1
        owned = any(self.marks.has("small", token, "of") for token in range(at, one.first))
        if not owned or not self._ends("military", at, "target"):
            return None
        return Part.TARGET, self._text(at, one.first), None

    def _target_follows(self, one: Named) -> bool:
        """ "ISIS positions", not "ISIS fighters": people may strike as well as be struck."""
        if not self.order.agent_precedes or self.marks.first_at("force", one.last):
            return False
        if any(hit.key == "accused" for hit in self.marks.first_at("side", one.last)):
            return False
        if self._ends("side", one.first, "blamed_on"):
            return False  # "launched from X positions"
        return any(hit.key == "target" for hit in self.marks.first_at("military", one.last))

    def _is_place(self, one: Named) -> bool:
        """Whether a bare country or capital stands after "in" or the like.

        Not where the word belongs to a verb of blame: "attributed to Kyiv".
        """
        at = one.first - 1
        if not one.place_like or at < 0 or not self.marks.has("small", at, "prep"):
            return False
        before = (*self.marks.last_at("side", at), *self.marks.last_at("side", one.first))
        return not any(hit.key in _BLAMING for hit in before)

    def _set_apart(self, one: Named, first: int) -> bool:
        return any(
            hit.key == "apart"
            for token in range(first, one.first)
            for hit in self.marks.first_at("side", token)
        )

    # ------------------------------------------------------------ what stands before the name
    def _left(self, one: Named, bound: int) -> Given | None:
        unknown = 0
        at = one.first
        of = objective = False
        while at > bound:
            told = at in self._told_till
            objective = objective or (told and self._ends("military", at, "target"))
            found = self._before(one, at, unknown, bound, of) if told else None
            if objective and found is not None and self._is_attack(found):
                return Part.TARGET, found[1], found[2]
            if found is not None:
                return found
            token = at - 1
            if self._stops(token) or token in self.named_at:
                return None
            if self.marks.has("small", token, "of"):
                of = True
            if not self._small(token):
                unknown += 1
                if unknown > _GAP:
                    return None
            at -= 1
        return None

    def _before(self, one: Named, at: int, unknown: int, bound: int, of: bool) -> Given | None:
        """What the phrases that end before token `at` say of the name after them."""
        side = self._longest("side", at)
        if side is not None:
            found = self._side_before(side, unknown, bound, one.first)
            if found is not None:
                return found[0], self._text(side.first, side.last), (side.first, side.last)
        attack = self._attack_before(at)
        if attack is None or unknown > _NEAR:
            said = self._said_before(at, unknown, one.first)
            return (Part.SPEAKER, "speaks", None) if said else None
        first, last, verb = attack
        part = self._attacker(one, verb, unknown, of)
        return (part, self._text(first, last), (first, last)) if part else None

    def _said_before(self, at: int, unknown: int, name: int) -> bool:
        """Whether a word of saying stands right before the name: "وقالت موسكو", "said Kyiv"."""
        said = self.marks.last_at("speech", at) or self.marks.last_at("stance", at)
        return bool(said) and unknown == 0 and not self._clause_opens(at, name)

    def _clause_opens(self, first: int, last: int) -> bool:
        """Whether a "that" stands between: "insisted that X had been hit" is not X's word."""
        return any(self.marks.has("small", token, "stop") for token in range(first, last))

    def _side_before(
        self, side: _Phrase, unknown: int, bound: int, name: int
    ) -> tuple[Part] | None:
        key, first = side.key, side.first
        if key in ("held", "backed", "apart"):
            return (Part.CONTEXT,) if unknown <= _NEAR else None
        if key == "against":
            return (Part.TARGET,) if unknown <= _NEAR else None
        if key == "blamed_on" and not self._governs(side.last, name):
            return None
        if key in ("blames", "blamed_on", "claimed_by", "claims"):
            return (Part.ACTOR,)
        if key == "by" and unknown <= _NEAR and self._governs(side.last, name):
            return (Part.ACTOR,) if self._attack_within(bound, first) else None
        return None

    def _governs(self, first: int, name: int) -> bool:
        """Whether "by" reaches the name; in "up from 14, the ministry said" it does not."""
        between = range(first, name)
        return not any(
            self.words.kinds[t] == "n" or self.words.norms[t] in _COMMAS for t in between
        )

    def _attacker(self, one: Named, verb: bool, unknown: int, of: bool) -> Part | None:
        if verb:
            if self.order.verb_first:
                return Part.ACTOR
            # "struck a group of X fighters", "engaged nine X units"
            owned = of or one.guise in (Guise.ARMY, Guise.AIRCRAFT)
            near = unknown <= (_NEAR if owned else 0)
            return Part.TARGET if not self.order.verb_last and near else None
        if one.place_like and (unknown or (of and self._is_here(one))):
            return None
        return Part.ACTOR if self.order.agent_follows else None

    def _is_here(self, one: Named) -> bool:
        """Whether the bare country is the one where it happened, so struck rather than striking."""
        return any(_nations()[code].get("forces") == one.party for code in self.here)

    # ------------------------------------------------------------ what stands after the name
    def _right_actor(self, one: Named, bound: int) -> Given | None:
        right = self._right(one, bound)
        return right if right is not None and right[0] is Part.ACTOR else None

    def _right(self, one: Named, bound: int) -> Given | None:
        unknown = 0
        at = self._past_apposition(one.last, bound)
        apart = at > one.last
        reach = _FAR if self.order.verb_last else _GAP
        whom = self._whom(one.last, bound)
        if whom is not None:
            return whom
        while at < bound:
            found = self._after(one, at, unknown, apart) if at in self._told_at else None
            if found is not None:
                return found
            if self._stops(at) or (at in self.named_at and not self.order.verb_last):
                return None
            if self.marks.has("small", at, "pronoun", "when"):
                return None  # "of ISIS and it destroyed", "of ISIS when a bomb": other subjects
            apart = apart or self.words.norms[at] in _COMMAS
            if not self._small(at):
                unknown += 1
                if unknown > reach:
                    return None
            at += 1
        return None

    def _past_apposition(self, at: int, bound: int) -> int:
        """The token after "X, whose troops are near," for a name with such words behind it."""
        norms = self.words.norms
        if at >= bound or norms[at] not in _COMMAS:
            return at
        for token in range(at + 1, min(bound, at + _APPOSITION)):
            if norms[token] in _COMMAS:
                return token + 1
        return at

    def _whom(self, at: int, bound: int) -> Given | None:
        """Blame in a clause behind the name: "X, to whom the army attributes the shelling"."""
        if at < bound and self.words.norms[at] in _COMMAS:
            at += 1
        if at >= bound or not self.marks.has("small", at, "whom"):
            return None
        for hit in self.marks.within("side", at, min(bound, at + _BLAMED_WITHIN)):
            if hit.key == "blames":
                return Part.ACTOR, self._text(hit.first, hit.last), (hit.first, hit.last)
        return None

    def _after(self, one: Named, at: int, unknown: int, apart: bool) -> Given | None:
        for side in self.marks.first_at("side", at):
            part = self._side_after(side.key, unknown)
            if part is not None:
                return part, self._text(side.first, side.last), (side.first, side.last)
        for attack in self.marks.first_at("attack", at):
            part = self._attack_after(one, attack.key, unknown, at, apart)
            if part is not None:
                return part, self._text(attack.first, attack.last), (attack.first, attack.last)
        if self.order.agent_precedes and self._joined(one, at) and not self._accuses_later(at):
            for cause in self.marks.first_at("cause", at):
                return Part.ACTOR, self._text(cause.first, cause.last), (cause.first, cause.last)
        return (Part.SPEAKER, "speaks", None) if self._speaks(one, at, unknown) else None

    def _speaks(self, one: Named, at: int, unknown: int) -> bool:
        said = self.marks.first_at("speech", at) or self.marks.first_at("stance", at)
        if self.order.verb_last and self._at_head(one):
            return bool(said)
        return bool(said) and unknown <= (0 if one.place_like else _NEAR)

    def _side_after(self, key: str, unknown: int) -> Part | None:
        if key in ("held", "backed") and unknown == 0:
            return Part.CONTEXT
        if key in ("claims", "accused") and unknown <= _NEAR:
            return Part.ACTOR
        if key == "blames" and self.order.verb_last:
            # The accused stands before its verb, the accuser at the head of the sentence.
            return Part.ACTOR if unknown == 0 else Part.SPEAKER
        if key == "blames" and unknown <= _NEAR:
            return Part.SPEAKER
        return None

    def _attack_after(
        self, one: Named, key: str, unknown: int, at: int, apart: bool
    ) -> Part | None:
        if key == "passive":
            near = unknown <= (0 if self.order.verb_last else _NEAR)
            return Part.TARGET if near else None
        if key == "noun":
            near = unknown == 0 or (unknown == 1 and not one.place_like)
            makes = near and self.order.agent_precedes and not apart
            return Part.ACTOR if makes and not self._accuses_later(at) else None
        if self._passive(at) or (one.place_like and unknown and not self._leads(one)):
            return None
        return Part.ACTOR

    def _leads(self, one: Named) -> bool:
        """Whether a bare country opens a sentence whose verb stands last, so is its subject."""
        return self.order.verb_last and self._at_head(one)

    def _at_head(self, one: Named) -> bool:
        first = self.stretches.of(one.first)[0]
        return self.words.kinds[first : one.first].count("w") <= _AT_HEAD

    def _accuses_later(self, at: int) -> bool:
        """Whether, the verb standing last, the sentence ends by blaming another for the attack."""
        if not self.order.verb_last:
            return False
        last = min(self.stretches.of(at)[1], at + _BLAMED_WITHIN)
        return any(hit.key == "blames" for hit in self.marks.within("side", at, last))

    # ------------------------------------------------------------ small questions
    def _joined(self, one: Named, at: int) -> bool:
        """Whether nothing but "'s" and the like stands between the name and the token."""
        return all(self.marks.has("small", token, "of", "skip") for token in range(one.last, at))

    def _passive(self, at: int) -> bool:
        """ "Were killed", also with a word between: "were also killed"."""
        between = at > 1 and self.words.kinds[at - 1] == "w" and at - 1 not in self.named_at
        return any(
            self.marks.has("small", t, "be") for t in (at - 1, at - 2 if between else -1) if t >= 0
        )

    def _attack_before(self, at: int) -> tuple[int, int, bool] | None:
        """The attack whose words end before the token, and whether it is a verb."""
        found = (*self.marks.last_at("attack", at), *self.marks.last_at("cause", at))
        hits = [h for h in found if h.key != "passive" and not self._only_names_a_force(h)]
        best = min((h for h in hits if not self._follows_aux(h)), key=_attack_first, default=None)
        return (best.first, best.last, _is_verb(best)) if best else None

    def _follows_aux(self, hit: Hit) -> bool:
        """ "a frappé" is a verb, whatever the letters without their accents may be."""
        noun = hit.category == "attack" and hit.key == "noun"
        return noun and hit.first > 0 and self.marks.has("small", hit.first - 1, "aux")

    def _attack_within(self, first: int, last: int) -> bool:
        """Whether something struck or harmed there."""
        return any(
            self.marks.first_at("attack", token)
            or self.marks.first_at("harm", token)
            or any(not self._only_names_a_force(h) for h in self.marks.first_at("cause", token))
            for token in range(first, last)
        )

    def _only_names_a_force(self, hit: Hit) -> bool:
        """Aircraft cause harm, but to name them is not to say that they struck."""
        return hit.category == "cause" and bool(self.marks.first_at("force", hit.first))

    def _ends(self, category: str, at: int, key: str) -> bool:
        return any(hit.key == key for hit in self.marks.last_at(category, at))

    def _is_attack(self, given: Given) -> bool:
        beside = given[2]
        return beside is not None and bool(self.marks.first_at("attack", beside[0]))

    def _longest(self, category: str, at: int) -> _Phrase | None:
        hits = self.marks.last_at(category, at)
        best = min(hits, key=lambda h: h.first, default=None)
        return _Phrase(best.first, best.last, best.key) if best else None

    def _stops(self, token: int) -> bool:
        return self.words.kinds[token] == "s" and self.words.norms[token] in _STOPS

    def _small(self, token: int) -> bool:
        if token in self.passable or self.words.kinds[token] == "n":
            return True
        return self.words.norms[token] in QUOTE_SIGNS

    def _text(self, first: int, last: int) -> str:
        return self.words.span(first, last).of(self.words.text)


def _is_verb(hit: Hit) -> bool:
    return hit.category == "attack" and hit.key == "verb"


def _attack_first(hit: Hit) -> tuple[int, bool, bool]:
    """The longest; of one word the vocabulary that knows its grammar, read as a noun if it may."""
    return hit.first, hit.category != "attack", _is_verb(hit)


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int
    last: int
    key: str
