"""All that a report says about who knew, who did it, who answered and what was shown.

One object per report, made once from its hits; then asked scene by scene (`voices_of`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from functools import cache
from itertools import takewhile
from typing import Protocol, TypeVar

from bilan.core.claims.account import Evidence, Informant, Label, LabelledSpan, Statement
from bilan.core.claims.harm.causes import (
    CauseMention,
    cause_of,
    causes_in,
    strikes_from_the_air,
)
from bilan.core.claims.parties.blame import Part, PartyMention, party_mentions
from bilan.core.claims.parties.parties import Setting, name_of, parties_named
from bilan.core.claims.speech.evidence import Shown, evidence_in, shown_once
from bilan.core.claims.speech.said import Said
from bilan.core.claims.speech.sources import Attribution, Sources, alleged_by
from bilan.core.claims.speech.speech import attributions
from bilan.core.claims.speech.stances import statements_in
from bilan.core.claims.text.furniture import edges_of_posts
from bilan.core.claims.text.language import Language, parties
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import Marks
from bilan.core.claims.text.sentences import quotations_of, sentences_of
from bilan.core.claims.text.stretches import Stretches
from bilan.core.claims.text.tokens import Words, words_of
from bilan.core.frozen import dataclass, replace
from bilan.core.values import Cause, Publisher, PublisherKind, Stance

_FIGHTING = frozenset({"state", "coalition", "non_state"})
# What a party says of an attack that it is asked about; it makes the party one that is accused.
_ANSWERS = frozenset(
    {
        Stance.ACKNOWLEDGES_STRIKE,
        Stance.ACKNOWLEDGES_HARM,
        Stance.DENIES,
        Stance.DISPUTES_TARGET,
        Stance.OPENS_INQUIRY,
        Stance.REFERS,
        Stance.FINDS_CREDIBLE,
        Stance.FINDS_NOT_CREDIBLE,
    }
)
_FINDINGS = frozenset({Stance.FINDS_CREDIBLE, Stance.FINDS_NOT_CREDIBLE})
# What a party may say of a campaign's total without saying it of one incident.
_OF_TOTALS = frozenset({Stance.ACKNOWLEDGES_HARM, Stance.FINDS_CREDIBLE})
# Statements whose words tell of something else than what did the harm.
_OF_OTHERS = frozenset({Stance.DENIES, Stance.DISPUTES_TARGET})


@dataclass(frozen=True, slots=True)
class Voices:
    """What is said of one incident, besides its numbers."""

    alleged_by: tuple[Informant, ...]
    perpetrators: tuple[str, ...]
    targets: tuple[str, ...]
    context: tuple[str, ...]
    statements: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]
    cause: Cause
    spans: tuple[LabelledSpan, ...]


class _InSentence(Protocol):
    @property
    def sentence(self) -> int: ...


_Found = TypeVar("_Found", bound=_InSentence)


def _index(found: Iterable[_Found]) -> dict[int, list[_Found]]:
    table: dict[int, list[_Found]] = {}
    for one in found:
        table.setdefault(one.sentence, []).append(one)
    return table


class _BySentence:
    """What was found, by sentence, so that a scene costs no more than its own sentences."""

    def __init__(
        self,
        mentions: Sequence[PartyMention],
        said: Sequence[Said],
        shown: Sequence[Shown],
        causes: Sequence[CauseMention],
    ) -> None:
        self._mentions, self._said = _index(mentions), _index(said)
        self._shown, self._causes = _index(shown), _index(causes)

    def mentions(self, sentences: Iterable[int]) -> list[PartyMention]:
        return [m for n in sorted(sentences) for m in self._mentions.get(n, ())]

    def said(self, sentences: Iterable[int]) -> list[Said]:
        return [s for n in sorted(sentences) for s in self._said.get(n, ())]

    def shown(self, sentences: Iterable[int]) -> list[Shown]:
        return [s for n in sorted(sentences) for s in self._shown.get(n, ())]

    def causes(self, sentences: Iterable[int]) -> list[CauseMention]:
        return [c for n in sorted(sentences) for c in self._causes.get(n, ())]


@dataclass(frozen=True, slots=True)
class Testimony:
    """The voices of one report, to be asked by token or by scene."""

    words: Words
    marks: Marks
    mentions: tuple[PartyMention, ...]
    sources: tuple[Attribution, ...]
    said: tuple[Said, ...]
    shown: tuple[Shown, ...]
    causes: tuple[CauseMention, ...]
    sentences: Sequence[tuple[int, int]]
    publisher: str | None
    by_token: Sources
    in_order: _BySentence

    def _sentence(self, token: int) -> int:
        return max(0, bisect_right(self.sentences, token, key=lambda s: s[0]) - 1)

    def speaker(self, token: int) -> Informant | None:
        """The informant who says the words at a token; None where the report itself does."""
        found = [a for a in self.by_token.at(token) if not a.own]
        return found[0].informant if found else None

    def cause(self) -> Cause:
        """The cause that the whole report tells of."""
        return cause_of(self.causes, range(len(self.sentences)))[0]

    def voices_of(
        self,
        scene: Sequence[int],
        tolls: Iterable[int],
        *,
        accounts: tuple[int, ...] = (0,),
        only: bool = True,
        elsewhere: Container[int] = (),
        heads: Sequence[int] = (),
    ) -> Voices:
        """What is said of the incident told in the sentences of `scene` (indices).

        `tolls` are the tokens of its counts, `accounts` the indices that its spans shall carry,
        `only` whether the report tells of no other incident, `elsewhere` sentences that recall
        something else (background, totals of a campaign) and accuse nobody of this, `heads` the
        sentences above a list, whose finding holds for every entry that states none itself.
        """
        here = frozenset(scene)
        tolls = list(tolls)
        said = self._said_of(here, heads, elsewhere, only=only)
        mentions = [m for m in self.in_order.mentions(here) if m.sentence not in elsewhere]
        blamed = self._perpetrators(mentions, said, elsewhere if only else None)
        if not blamed and not any(m.party is None for m in mentions):
            blamed = self._perpetrators(self._head(), (), None)
        shown = shown_once(self.in_order.shown(here))
        counted = here & {self._sentence(t) for t in tolls}
        answered = frozenset(
            t for s in said if s.stance in _OF_OTHERS for t in range(s.first, s.last)
        )
        cause, by = cause_of(
            self.in_order.causes(here),
            here,
            counted,
            air_power=any(strikes_from_the_air(str(parties()[p]["kind"])) for p in blamed),
            without=answered,
        )
        names = tuple(dict.fromkeys(name_of(p) for p in blamed))
        informants = alleged_by(self.by_token, tolls, here, accused=frozenset(blamed))
        return Voices(
            informants,
            names,
            _names(mentions, Part.TARGET, names),
            _names(mentions, Part.CONTEXT, names),
            tuple(self._statement(s) for s in said),
            tuple(Evidence(s.kind, s.verified, self.words.span(s.first, s.last)) for s in shown),
            cause,
            tuple(self._spans(informants, mentions, names, said, shown, by, accounts)),
        )

    def _said_of(
        self, here: frozenset[int], heads: Sequence[int], elsewhere: Container[int], *, only: bool
    ) -> list[Said]:
        """The statements about an incident; a finding on a total is about no incident of it."""
        said = list(self.said) if only else self.in_order.said(here)
        said = [s for s in said if s.sentence not in elsewhere or s.stance not in _OF_TOTALS]
        if any(s.stance in _FINDINGS for s in said):
            return said
        return said + [s for s in self.in_order.said(heads) if s.stance in _FINDINGS][:1]

    def _perpetrators(
        self,
        mentions: Sequence[PartyMention],
        said: Sequence[Said],
        elsewhere: Container[int] | None,
    ) -> list[str]:
        """The ids of the parties alleged to have done it, each once (conventions, rule 10).

        A party that only an accused party blames is none. Where nobody is named outright, those
        who answer for the attack are the accused. `elsewhere` None: look in these mentions only.
        """
        answering = [s.party for s in said if s.stance in _ANSWERS]
        actors = self._actors(mentions, answering)
        if not actors and elsewhere is not None:
            others = [m for m in self.mentions if m.sentence not in elsewhere]
            actors = self._actors(others, answering)
        return list(dict.fromkeys(actors or answering))

    def _head(self) -> list[PartyMention]:
        """The parties named in the first paragraph, which says what a digest is about."""
        end = self.words.kinds.find("l")
        return list(takewhile(lambda m: m.first < end, self.mentions))

    def _actors(self, mentions: Sequence[PartyMention], answering: Sequence[str]) -> list[str]:
        acting = [m for m in mentions if m.part is Part.ACTOR and m.party]
        accused = {m.party for m in acting if m.accuser is None and m.party} | set(answering)
        accused |= {str(parties()[p]["led_by"]) for p in accused if "led_by" in parties()[p]}
        return [
            m.party
            for m in acting
            if m.party and m.accuser not in accused and not self._countered(m, answering)
        ]

    def _countered(self, mention: PartyMention, answering: Sequence[str]) -> bool:
        """Whether the party is blamed only in the words of another that answers for itself."""
        return any(
            source.voice in answering and source.voice != mention.party
            for source in self.by_token.at(mention.first)
            if source.voice
        )

    def _statement(self, said: Said) -> Statement:
        span = self.words.span(said.first, said.last)
        return Statement(said.name, said.stance, span, said.own_words)

    def _spans(
        self,
        informants: Sequence[Informant],
        mentions: Sequence[PartyMention],
        names: Sequence[str],
        said: Sequence[Said],
        shown: Sequence[Shown],
        cause: CauseMention | None,
        accounts: tuple[int, ...],
    ) -> list[LabelledSpan]:
        span = self.words.span
        found = [LabelledSpan(i.span, Label.ATTRIBUTION, accounts) for i in informants if i.span]
        found += [
            LabelledSpan(span(m.first, m.last), Label.PERPETRATOR, accounts)
            for m in mentions
            if m.part is Part.ACTOR and m.name in names
        ]
        found += [LabelledSpan(span(s.first, s.last), Label.STATEMENT, accounts) for s in said]
        found += [LabelledSpan(span(s.first, s.last), Label.EVIDENCE, accounts) for s in shown]
        if cause is not None:
            found.append(LabelledSpan(span(cause.first, cause.last), Label.CAUSE, accounts))
        return found


def testimony_of(
    words: Words,
    hits: Sequence[Hit],
    language: Language,
    setting: Setting,
    *,
    sentences: Sequence[tuple[int, int]] | None = None,
) -> Testimony:
    """Everything that parties and informants say in a text, and what was shown.

    `sentences` where they are known, else those of the text.
    """
    marks = Marks(words, hits)
    if sentences is None:
        sentences = sentences_of(words, edges_of_posts(hits))
    stretches = Stretches(sentences)
    quotations = quotations_of(words)
    mentions = party_mentions(marks, stretches, language, setting)
    publisher = publishing_party(setting.publisher, language, mentions, setting)
    sources = attributions(
        marks, stretches, quotations, language, mentions, publisher=setting.publisher
    )
    said = statements_in(
        marks,
        stretches,
        quotations,
        mentions,
        sources,
        publisher=publisher,
        verb_last=bool(language.table("parties").get("verb_last", False)),
    )
    said = _for_the_coalition(said, mentions)
    shown = evidence_in(marks, sentences)
    causes = causes_in(marks, sentences)
    return Testimony(
        words,
        marks,
        tuple(mentions),
        tuple(sources),
        tuple(said),
        tuple(shown),
        tuple(causes),
        tuple(sentences),
        publisher,
        Sources(sources, stretches),
        _BySentence(mentions, said, shown, causes),
    )


@cache
def _by_name() -> dict[str, str]:
    """The ids of the parties by their canonical names."""
    return {str(entry["name"]): key for key, entry in parties().items()}


def publishing_party(
    publisher: Publisher | None,
    language: Language,
    mentions: Sequence[PartyMention],
    setting: Setting,
) -> str | None:
    """The party whose own document an official's report is; None for every other publisher.

    By the publisher's known party or name; a press desk of some force without a party's name is
    that of the first party that the text says acted.
    """
    if publisher is None:
        return None
    known = _by_name().get(publisher.party or "")
    if known is not None:
        return known
    if publisher.kind is not PublisherKind.OFFICIAL or not publisher.name:
        return None
    words = words_of(publisher.name)
    marks = Marks(words, language.found(words))
    named = [n for n in parties_named(marks, setting) if _fights(n.party) and not n.place_like]
    if named:
        return _acting_for(named[0].party, mentions)
    if not marks.all("force"):
        return None
    acting = (m for m in mentions if m.part is Part.ACTOR and m.party and _fights(m.party))
    first = next(acting, None)
    return first.party if first else None


def _for_the_coalition(said: Sequence[Said], mentions: Sequence[PartyMention]) -> list[Said]:
    """Statements; the leader of a coalition that is accused speaks for it ("Riyadh admitted")."""
    accused = {m.party for m in mentions if m.part is Part.ACTOR and m.party}
    leads = {str(parties()[p]["led_by"]): p for p in accused if p and "led_by" in parties()[p]}
    return [
        replace(s, party=leads[s.party]) if s.party in leads and s.party not in accused else s
        for s in said
    ]


def _acting_for(publisher: str, mentions: Sequence[PartyMention]) -> str:
    """The member of a publishing alliance that the text says acted, else the alliance itself."""
    acting = [m.party for m in mentions if m.part is Part.ACTOR and m.party]
    if publisher in acting:
        return publisher
    own = (p for p in acting if publisher in parties()[p].get("member_of", ()))
    return next(own, publisher)


def _fights(party: str | None) -> bool:
    return bool(party) and parties()[party or ""]["kind"] in _FIGHTING


def _names(mentions: Sequence[PartyMention], part: Part, without: Sequence[str]) -> tuple[str, ...]:
    found = (m.name for m in mentions if m.part is part and m.name and m.name not in without)
    return tuple(dict.fromkeys(found))
