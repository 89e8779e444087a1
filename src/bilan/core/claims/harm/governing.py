"""Which word of harm governs a mention of people, by cost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from sys import maxsize

from bilan.core.claims.harm.harm import (
    PER_TOKEN,
    TOO_FAR,
    TOO_FAR_FOR_SURE,
    Between,
    Fate,
    Field,
    HarmWord,
)
from bilan.core.claims.people.mention import Kind, Mention, Shape
from bilan.core.frozen import dataclass

_WRONG_SIDE = 8.0
_OVERLAP = -1.0  # cost of a word that is one with the mention
_BESIDE = 1.0  # cost up to which a word of harm stands beside who was arrested or rescued as well
_SAYS_MORE = 3.5  # up to this cost a verb says more than the noun "victims"
_TOLL_BEHIND = 2  # tokens: "rose to five the number of dead"
_NEIGHBOURS = 4  # words of harm weighed on each side: bounds the work per mention
_SUBJECTS = {"subj": 0.0, "self": 1.0}
_BEHIND_VERB = 0.3  # cost of people right behind the verb that opens their clause
_TO_SUBJECT = 5  # tokens from such a verb to its people: "foram mortos ontem à noite três civis"
_OWN_SUBJECT = 3.5  # cost up to which people before a verb are its subject


@dataclass(frozen=True, slots=True)
class Governed:
    """The word of harm that governs a mention and at what cost; (None, inf) where none does."""

    word: HarmWord | None
    cost: float


NOTHING = Governed(None, float("inf"))
_HURT = frozenset({Fate.INJURED, Fate.SHOT})
_OWN_VERBS = frozenset({"subj", "any"})  # directions of verbs that stand behind their subject
_TO_VERB = 3  # tokens from "and" to the verb: "and was later", "and", "and then"
_DIES = frozenset({"subj", "any", "obj"})  # directions of verbs of dying


def died_of_wounds(field: Field, mention: Mention, own: Governed) -> HarmWord | None:
    """The word right beside the wounded that says they died: "استشهد جريحان", "yaralı öldü"."""
    word = own.word
    if word is None or word.fate is not Fate.INJURED:
        return None
    if word.first < mention.first or word.last > mention.last:
        return None
    beside = [field.harm_at.get(mention.last)]
    if not field.words.norms[mention.first].startswith(field.and_prefixes):
        beside.append(field.harm_till.get(mention.first))  # not "قتلى وجرحى"
    verbs = (w for w in beside if w is not None and w.fate is Fate.KILLED)
    return next((w for w in verbs if w.direction in _DIES), None)


def died_too(field: Field, mention: Mention, own: Governed, end: int) -> Governed:
    """What governs a mention; the next verb of dying where its people are that verb's subject too:
    "she was shot in the chest and died", "a girl shot in Sarmin has died"."""
    word, verb = own.word, died_of(field, own, end)
    if word is None or verb is None or word.first < mention.last:
        return own
    between = field.between(word.last, verb.first)
    near = range(max(word.last, verb.first - _TO_VERB), verb.first)
    joined = any(i in field.ands or field.words.norms[i] in field.they for i in near)
    whole = mention.first in field.leading  # "one of five people shot in Sarmin has died"
    described = word.first == mention.last and word.direction == "any" and not whole
    same = joined or (described and verb.direction == "subj" and not between.commas)
    return Governed(verb, own.cost) if same and not (between.cuts or between.clauses) else own


def died_of(field: Field, own: Governed, end: int) -> HarmWord | None:
    """The next verb of dying behind a word of hurt, where nobody else is named between: "one of
    five people hurt in a raid has died"."""
    word = own.word
    if word is None or word.fate not in _HURT:
        return None
    at = bisect_left(field.starts, word.last)
    verb = field.harms[at] if at < len(field.harms) else None
    if verb is None or verb.fate is not Fate.KILLED or verb.direction not in _OWN_VERBS:
        return None
    if verb.last > end:
        return None
    others = (m for m in field.mentions_in(word.last, verb.first) if m.kind is not Kind.THING)
    return None if any(others) else verb


def is_of_others(field: Field, mention: Mention, own: Governed, opened: HarmWord | None) -> bool:
    """Whether the word behind a comma is of those named behind it: "died two men and a woman, hurt
    were five", where `opened` is the word that opened the list with its last member in it."""
    word = own.word
    if word is None or opened is None or opened.last > mention.first:
        return False
    return word.first >= mention.last and field.between(mention.last, word.first).commas > 0


def governing(field: Field, mention: Mention, sentence: tuple[int, int]) -> Governed:
    """The word of harm of the sentence that governs a mention, the cheapest of its neighbours."""
    if field.is_agent(mention):
        return NOTHING
    at = bisect_left(field.starts, mention.first)
    opening = _opening(field, mention, sentence[0], at)
    if opening:
        return Governed(opening, _BEHIND_VERB)
    return died_too(field, mention, _cheapest(field, mention, sentence, at), sentence[1])


def _cheapest(field: Field, mention: Mention, sentence: tuple[int, int], at: int) -> Governed:
    best = both = NOTHING
    weighed = _weighed(field, mention, sentence, at)
    for word, cost in weighed:
        if word.fate is not Fate.BOTH:
            if cost < best.cost:
                best = Governed(word, cost)
        elif _says_both(mention, word):
            return Governed(word, cost)
        elif cost < both.cost:
            both = Governed(word, cost)
    if best.word is not None and best.word.fate is Fate.OTHER:
        best = _harmed_beside(field, mention, weighed) or best
    if both.cost < best.cost and (best.cost > _SAYS_MORE or not _is_noun(both, mention)):
        best = both
    return best if best.cost <= TOO_FAR else NOTHING


def _weighed(
    field: Field, mention: Mention, sentence: tuple[int, int], at: int
) -> list[tuple[HarmWord, float]]:
    """The words of harm of the sentence around a mention, in their order, each with its cost."""
    starts, (first, last) = field.starts, sentence
    low = bisect_left(starts, first, lo=max(0, at - _NEIGHBOURS), hi=at)
    high = bisect_left(starts, last, lo=low, hi=min(len(starts), at + _NEIGHBOURS + 1))
    before = _in_reach(field, mention, reversed(field.harms[low:at]))
    return [*reversed(before), *_in_reach(field, mention, field.harms[at:high])]


def _in_reach(
    field: Field, mention: Mention, words: Iterable[HarmWord]
) -> list[tuple[HarmWord, float]]:
    """The words on one side of a mention, the nearest first, each with its cost.

    Left out are those so far that no grammar could make up for what stands between; what stands
    behind such a word is not looked at, but for tolls, which govern from afar.
    """
    found: list[tuple[HarmWord, float]] = []
    farthest = maxsize
    for word in words:
        if word.direction == "none":
            continue
        before = word.last <= mention.first
        first, last = (word.last, mention.first) if before else (mention.last, word.first)
        if first > last:
            found.append((word, _OVERLAP))
        elif word.direction == "toll" or last - first < farthest:
            between = field.between(first, last)
            if word.direction == "toll" or between.least <= TOO_FAR_FOR_SURE:
                found.append((word, _cost(field, mention, word, between)))
            else:
                farthest = last - first
    return found


def _harmed_beside(
    field: Field, mention: Mention, weighed: Sequence[tuple[HarmWord, float]]
) -> Governed | None:
    """The word right beside people that says they were harmed, whatever else befell them: "the
    body of a teacher detained in March"."""
    near = [(w, c) for w, c in weighed if c <= _BESIDE and w.fate.measure is not None]
    own = [(w, c) for w, c in near if not _counts(field, w, mention)]
    return Governed(*min(own, key=lambda one: one[1])) if own else None


def _opening(field: Field, mention: Mention, start: int, at: int) -> HarmWord | None:
    """The verb right before a mention that has its subject behind it: "fueron asesinados tres".

    Only in languages that may put it so, and where nobody before the verb is its subject.
    """
    if not field.subjects_follow or mention.shape is Shape.PLURAL:
        return None
    before = (w for w in reversed(field.harms[max(0, at - _NEIGHBOURS) : at]))
    word = next((w for w in before if w.last <= mention.first), None)
    if word is None or word.direction != "subj" or word.first < start:
        return None
    if mention.first - word.last > _TO_SUBJECT or _parted(field, word, mention):
        return None
    return None if _has_subject(field, word, start) else word


def _parted(field: Field, word: HarmWord, mention: Mention) -> bool:
    """Whether a sign, another number or a clause stands between a verb and people behind it."""
    between = field.between(word.last, mention.first)
    parted = between.commas or between.cuts or between.brackets or between.clauses
    joined = any(i in field.ands for i in range(word.last, mention.first))
    return bool(parted or joined or between.mentions or between.groups)


def _has_subject(field: Field, word: HarmWord, start: int) -> bool:
    """Whether people stand before a verb that no verb before them has taken."""
    for mention in reversed(field.mentions_in(start, word.first)):
        between = field.between(mention.last, word.first)
        if mention.last > word.first or between.harms or between.cost > _OWN_SUBJECT:
            return False
        opened = bisect_left(field.starts, mention.first)
        return _opening(field, mention, start, opened) is None
    return False


def _counts(field: Field, word: HarmWord, mention: Mention) -> bool:
    """Whether a word of harm is the noun of another number: "eleven dead and three girls taken"."""
    near = field.mentions_in(max(0, word.first - _TO_SUBJECT), word.first + 1)
    return any(
        m.shape is Shape.NUMBER and m.first <= word.first < m.last and m.first != mention.first
        for m in near
    )


def _says_both(mention: Mention, word: HarmWord) -> bool:
    """Whether two words right at a number say that it counts dead and injured together: "20 people
    between dead and wounded", "80 dead and wounded"."""
    two = word.last - word.first > 1 and mention.shape is Shape.NUMBER
    return two and mention.first < word.first <= mention.last


def _is_noun(given: Governed, mention: Mention) -> bool:
    """Whether a word of harm is the mention's own noun: "four victims were taken to hospital".

    "80 dead and wounded" names both by two words, and is the one nor the other.
    """
    word = given.word
    if word is None or word.last - word.first > 1:
        return False
    return mention.first <= word.first <= mention.last


def _cost(field: Field, mention: Mention, word: HarmWord, between: Between) -> float:
    """What it costs a word beside a mention to govern it; `between`: what stands between them."""
    if word.direction == "toll" and mention.shape is not Shape.NUMBER:
        return _WRONG_SIDE
    before, gap = word.last <= mention.first, between.tokens
    if word.direction == "toll":
        if not before:
            before_it = max(0, mention.first - 2)
            near = gap - field.bracketed(mention.last) <= _TOLL_BEHIND and not between.commas
            risen = near and field.reached(before_it, mention.core[0])
            return 0.6 if risen else _WRONG_SIDE + PER_TOKEN * gap
        beside = field.leads_to(word.last, mention.first)
        reached = beside or field.reached(word.last, mention.first)
        others = between.mentions + 2 * field.tolls_between(word.last, mention.first)
        return _toll_cost(gap, others, reached=reached)
    cost = between.cost + _side(field, word, mention.first, before=before, gap=gap)
    return cost + _WRONG_SIDE if word.direction == "state" and between.commas else cost


def _toll_cost(gap: int, mentions: int, *, reached: bool) -> float:
    """A toll's number may stand far behind it: "the death toll of the raid on X … rose to 12"."""
    return 0.4 + 0.03 * gap + 0.7 * mentions + (0.0 if reached else 2.0)


def _side(field: Field, word: HarmWord, mention_first: int, *, before: bool, gap: int) -> float:
    """What the word's grammar adds for standing before or after its count."""
    if word.direction == "obj":
        return 0.0 if before and not _has_its_own(field, word, mention_first) else _WRONG_SIDE
    if word.direction in _SUBJECTS:
        return _WRONG_SIDE if before else _SUBJECTS[word.direction]
    if word.direction == "state":
        if gap > 2 or (before and not field.leads_to(word.last, mention_first)):
            return _WRONG_SIDE / 2
        return 1.0 if before else 0.0
    if not before and _takes_object(field, word):
        return _WRONG_SIDE
    return 0.3 if before else 0.0


def _has_its_own(field: Field, word: HarmWord, mention_first: int) -> bool:
    """Whether a noun of harm has its people before others that no list joins to them: "the death of
    a girl came as her mother slept"."""
    if word.last not in field.leading:
        return False
    own = [m for m in field.mentions_in(word.last, mention_first) if m.kind is not Kind.THING]
    firsts = [*(m.first for m in own[1:]), mention_first]
    return any(_are_apart(field, m.last, first) for m, first in zip(own, firsts, strict=False))


def _are_apart(field: Field, last: int, first: int) -> bool:
    """Whether neither "and" nor a comma joins people to those behind them, nor do they touch."""
    joined = any(i in field.ands for i in range(last, first)) or field.between(last, first).commas
    return first - last > 1 and not joined


def _takes_object(field: Field, word: HarmWord) -> bool:
    """Whether a word that may govern either side has its people after it: "gunmen killed a …"."""
    words, i = field.words, word.last
    if i >= len(words) or not field.objects_follow:
        return False
    if words.norms[i] in field.determiners:
        return True
    if words.kinds[i] == "n" and i not in field.numbered and i not in field.taken:
        return True  # an age: "shot and killed 13-year-old …"
    raw = words.raw(i)
    capital = words.kinds[i] == "w" and raw[:1].isupper() and i not in field.taken
    if capital and not words.raw(word.first)[:1].isupper():
        return True
    follower = field.mention_at.get(i)
    if follower is None:
        return False
    own = field.harm_at.get(follower.last)
    return own is None or own.direction == "obj"
