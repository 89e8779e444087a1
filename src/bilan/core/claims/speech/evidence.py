"""What a text says was shown, and whether anyone checked it (conventions, rule 12).

A film, a list, a record counts as evidence where the text says what came of it: that it was
shown, circulates, could not be verified, was verified, or is false. The vocabulary is data:
`[lexicon.evidence]` by kind and `[lexicon.verification]`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.marks import Marks
from bilan.core.frozen import dataclass, replace
from bilan.core.values import EvidenceKind, Verified

# Kinds that are evidence by being named; the rest need words that say they were shown or checked.
_SPEAK_ALONE = frozenset(
    {
        EvidenceKind.SATELLITE,
        EvidenceKind.HOSPITAL_RECORD,
        EvidenceKind.LIST_OF_NAMES,
        EvidenceKind.WITNESS,
    }
)
_MOVING = frozenset({EvidenceKind.VIDEO, EvidenceKind.PHOTO})
_POINTS_BACK = 2  # sentences over which "the images" are those of the film named before
_ORDER = (Verified.NO, Verified.UNVERIFIED, Verified.YES)


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence in tokens [first, last) of a sentence, and whether it was checked."""

    first: int
    last: int
    kind: EvidenceKind
    verified: Verified
    sentence: int


def evidence_in(marks: Marks, sentences: Sequence[tuple[int, int]]) -> list[Shown]:
    """The evidence of a text in its order, each kind once a sentence."""
    found: list[Shown] = []
    filmed = -_POINTS_BACK - 1  # the last sentence that named a film and said nothing of a check
    for number, (first, last) in enumerate(sentences):
        hits = marks.within("evidence", first, last)
        if hits:
            following = _following(marks, sentences, number)
            shown = _in_sentence(marks, hits, (first, last), following, number)
            found.extend(_as_film(s) if number - filmed <= _POINTS_BACK else s for s in shown)
            if not shown and any(h.key == EvidenceKind.VIDEO for h in hits):
                filmed = number
    return found


def _as_film(shown: Shown) -> Shown:
    """ "A video shows … These images could not be verified": the images are the film."""
    film = shown.kind is EvidenceKind.PHOTO
    return replace(shown, kind=EvidenceKind.VIDEO) if film else shown


def shown_once(found: Sequence[Shown]) -> list[Shown]:
    """Evidence without what is told again: of one kind, what was checked replaces what was not."""
    checked = {s.kind for s in found if s.verified is Verified.YES}
    kept: dict[tuple[EvidenceKind, Verified], Shown] = {}
    for shown in found:
        if shown.verified is Verified.UNVERIFIED and shown.kind in checked:
            continue
        kept.setdefault((shown.kind, shown.verified), shown)
    return list(kept.values())


def _following(
    marks: Marks, sentences: Sequence[tuple[int, int]], number: int
) -> tuple[int, int] | None:
    """The next sentence, if it stands in the same paragraph: "It could not be verified"."""
    if number + 1 >= len(sentences):
        return None
    first, last = sentences[number + 1]
    return None if marks.words.kinds[first - 1] == "l" else (first, last)


def _in_sentence(
    marks: Marks,
    hits: Sequence[Hit],
    here: tuple[int, int],
    following: tuple[int, int] | None,
    number: int,
) -> list[Shown]:
    found: dict[EvidenceKind, Shown] = {}
    checked = _verified(marks, here, following)
    for hit in hits:
        kind = EvidenceKind(hit.key)
        if kind in found or _names_a_source(marks, hit) or (kind in _MOVING and _filmed(found)):
            continue
        verified = checked
        if verified is None:
            if kind not in _SPEAK_ALONE:
                continue
            verified = Verified.UNVERIFIED
        found[kind] = Shown(hit.first, hit.last, kind, verified, number)
    return list(found.values())


def _filmed(found: dict[EvidenceKind, Shown]) -> bool:
    """Whether film or pictures of the sentence were already taken: "video images"."""
    return not _MOVING.isdisjoint(found)


def _names_a_source(marks: Marks, hit: Hit) -> bool:
    """Whether the words are those of an informant ("according to hospital records")."""
    return any(h.key == "before" for h in marks.last_at("attribution", hit.first))


def _verified(
    marks: Marks, here: tuple[int, int], following: tuple[int, int] | None
) -> Verified | None:
    """What the sentence says of the check, else what the next one does; None where neither."""
    said = {h.key for h in marks.within("verification", *here)}
    if "unverified" not in said and "no" not in said and following is not None:
        next_shows = marks.within("evidence", *following)
        if not next_shows:
            after = {h.key for h in marks.within("verification", *following)}
            said |= after if said or "unverified" in after else after & {"unverified", "no", "yes"}
    return next((v for v in _ORDER if str(v) in said), None)
