"""What the record asks of people: links, merges, shared tolls, contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.decisions import Standing, parts
from bilan.core.incidents.entries import Decided, Placed, Verb
from bilan.core.tolls.ranges import Ranges
from bilan.core.tolls.shared import SharedToll, say
from bilan.core.values import Count


@dataclass(frozen=True, slots=True)
class Question:
    """One question for a person.

    `kind` is link, merge, shared_toll or contradiction; `id` is what a decision names. `tellings`
    are those that the decision is about; `total` is a shared toll's number; `decision` is the
    number of the decision that answered it, which stays visible beside the ranges.
    """

    id: str
    kind: str
    incidents: tuple[str, ...]
    reports: tuple[str, ...]
    tellings: tuple[str, ...]
    words: str
    why: tuple[str, ...] = ()
    total: Count | None = None
    decision: int | None = None


def questions_about_links(book: Casebook) -> Iterator[Question]:
    """Where the linker was not sure, by telling, without what people decided."""
    for telling in sorted(book.shelf.placed):
        placed = book.shelf.placed[telling]
        rivals = tuple(dict.fromkeys(_now(book, c) for c in placed.rivals))
        rivals = tuple(c for c in rivals if c and c != placed.code)
        if rivals and not _settled(book, telling):
            yield _about_link(placed, rivals)


def _now(book: Casebook, code: str) -> str:
    code = book.resolve(code)
    return code if book.shelf.members.get(code) else ""


def _settled(book: Casebook, telling: str) -> bool:
    """Whether a person decided about this telling: to tie it, to keep it apart, to set it aside."""
    about = (book.shelf.decisions[int(s)] for s in book.shelf.about.get(f"telling:{telling}"))
    decided = any(d.stands and _is_about(d, telling) for d in about)
    return decided or any(_answered(book, f"{kind}:{telling}") for kind in ("link", "merge"))


def _is_about(standing: Standing, telling: str) -> bool:
    """Whether a decision answers for this telling, not only for another that is kept apart."""
    if parts(standing.decided):
        return telling in standing.tellings[:1] or len(standing.tellings) == PAIR
    return standing.decided.verb in (Verb.SAME, Verb.ACCEPT, Verb.REJECT)


PAIR = 2  # tellings that somebody told apart one from the other


def _answered(book: Casebook, question: str) -> bool:
    about = (book.shelf.decisions[int(s)] for s in book.shelf.about.get(f"proposal:{question}"))
    return any(d.stands for d in about)


def _about_link(placed: Placed, rivals: tuple[str, ...]) -> Question:
    report = placed.telling.rpartition("#")[0]
    ours = (placed.code, *rivals) if placed.code is not None else rivals
    kind, words = "link", f"does {report} tell of {' or of '.join(ours)}?"
    if placed.opened and placed.code is not None:
        kind, words = "merge", f"{placed.code} and {' and '.join(rivals)}: one incident or two?"
    return Question(
        id=f"{kind}:{placed.telling}",
        kind=kind,
        incidents=ours,
        reports=(report,),
        tellings=(placed.telling,),
        words=words,
        why=placed.why,
    )


def questions_about_tolls(ranges: Iterable[Ranges]) -> Iterator[Question]:
    """The shared tolls that no person has divided, each once, whatever incidents show it."""
    return (q for q in shared_tolls(ranges) if q.decision is None)


def shared_tolls(ranges: Iterable[Ranges]) -> Iterator[Question]:
    """All shared tolls, each once; those that a person divided name the decision."""
    found: dict[str, list[SharedToll]] = {}
    for one in ranges:
        for toll in one.shared:
            found.setdefault(toll.id, []).append(toll)
    for key in sorted(found):
        yield _about_toll(key, found[key])


def _about_toll(key: str, seen: list[SharedToll]) -> Question:
    toll = seen[0]
    places = " and ".join(toll.codes)
    decisions = [t.decision.seq for t in seen if t.decision is not None]
    return Question(
        id=key,
        kind="shared_toll",
        incidents=toll.codes,
        reports=tuple(dict.fromkeys(r for toll in seen for r in toll.reports)),
        tellings=tuple(dict.fromkeys(t for toll in seen for t in toll.tellings)),
        words=f"{say(toll.total)} killed for {places} together: which part belongs where?",
        total=toll.total,
        decision=max(decisions, default=None),
    )


def contradictions(book: Casebook) -> Iterator[Question]:
    """Decisions that cannot both hold: the later one has no effect until one is withdrawn."""
    for conflict in book.conflicts():
        later = book.shelf.decisions[conflict.later]
        yield Question(
            f"contradiction:{conflict.earlier}:{conflict.later}",
            "contradiction",
            later.decided.incidents,
            (),
            later.tellings,
            f"decision {conflict.later} contradicts decision {conflict.earlier}: {conflict.why}",
            why=tuple(_said(book.shelf.decisions[s]) for s in (conflict.earlier, conflict.later)),
        )


def disagreements(book: Casebook) -> Iterator[Question]:
    """Where two people say different things of one incident as a whole: what is said of a field,
    its grade, or that it is one and that it is none. Nothing is resolved: who is right, they
    decide. Who corrects themselves says what they said last."""
    said: dict[tuple[str, str], dict[str, Standing]] = {}
    for seq in sorted(book.shelf.decisions):
        standing = book.shelf.decisions[seq]
        code = book.incident_of(standing) if standing.stands else None
        if code is not None and standing.decided.verb is not Verb.CASE:
            by_whom = said.setdefault((code, _about_what(standing.decided)), {})
            by_whom.pop(standing.by, None)
            by_whom[standing.by] = standing
    for (code, about), by_whom in sorted(said.items()):
        *before, last = by_whom.values()
        earlier = next((d for d in reversed(before) if _differ(d.decided, last.decided)), None)
        if earlier is not None:
            yield _about_disagreement(code, about, earlier, last)


JUDGED = "whether it is an incident"


def _about_what(decided: Decided) -> str:
    if decided.verb is Verb.GRADE:
        return "the grade"
    return decided.field or JUDGED


def _differ(ours: Decided, theirs: Decided) -> bool:
    """Whether two people say different things. Two grades for what stood differently then do not:
    the later one followed what came in."""
    return ours.ground == theirs.ground and (ours.verb, ours.value) != (theirs.verb, theirs.value)


def _about_disagreement(code: str, about: str, earlier: Standing, later: Standing) -> Question:
    rejected = next((d for d in (later, earlier) if d.decided.verb is Verb.REJECT), later)
    return Question(
        f"contradiction:{earlier.seq}:{later.seq}",
        "contradiction",
        (code,),
        (),
        later.tellings,
        f"{earlier.by} and {later.by} differ on {about.replace('_', ' ')} of {code}: decision"
        f" {rejected.seq} holds until one of {earlier.seq} and {later.seq} is withdrawn",
        why=(_said(earlier), _said(later)),
    )


def _said(standing: Standing) -> str:
    decided = standing.decided
    named = f" {decided.field}" if decided.field else ""
    value = f"{named} {_value(decided.value)}" if named or decided.verb is Verb.GRADE else ""
    return f"{standing.by}: {decided.verb}{value}, because {decided.because}"


def _value(plain: object) -> str:
    """What a person set, in words where it is a count."""
    if isinstance(plain, dict) and plain.keys() <= {"min", "max"}:
        return say(Count(plain.get("min"), plain.get("max")))
    return "unknown" if plain is None else str(plain)
