"""Shared tolls: one number that one origin tells of several places together (contract, rule 5).

Until a person decides, the number enters no single incident's range, and neither do retellings of
it by the same origin that drop a place. It stays visible beside the sum of the ranges. The part
that a person gives to an incident is that person's reckoning, not what a source said of the place:
it makes the range where nobody else tells of the incident, and stands beside the range elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.entries import Verb
from bilan.core.incidents.incident import Incident
from bilan.core.incidents.telling import Telling, report_of, telling_id
from bilan.core.incidents.voices import retellings_of
from bilan.core.reports.origins import Origins
from bilan.core.tolls.claims import Claim, Left
from bilan.core.values import Count


@dataclass(frozen=True, slots=True)
class SharedToll:
    """One origin's number for several incidents.

    `tellings` are those that say so in full; `retold` the retellings, by any account, that give the
    number for one place alone. `decision` is the standing one that splits it, if any.
    """

    id: str
    origin: str
    total: Count
    codes: tuple[str, ...]
    tellings: tuple[str, ...]
    retold: tuple[str, ...] = ()
    decision: Standing | None = None

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that give the number, in full or for one place alone."""
        ids = (*self.tellings, *self.retold)
        return tuple(dict.fromkeys(i.rpartition("#")[0] for i in ids))

    def part_of(self, code: str) -> Count | None:
        """The share that a person gave to this incident; None = none, or nobody decided."""
        if self.decision is None:
            return None
        return next((p.count for p in self.decision.decided.parts if p.code == code), None)


def shared_tolls_of(incident: Incident, book: Casebook, origins: Origins) -> tuple[SharedToll, ...]:
    """The shared tolls of which this incident has a part, by origin and by incidents covered."""
    full: dict[tuple[str, tuple[str, ...]], list[Telling]] = {}
    for telling in incident.news:
        codes = covered_by(telling, book)
        if len(codes) > 1:
            origin = _origin(telling, origins)
            full.setdefault((origin, codes), []).append(telling)
    return tuple(
        _shared(origin, codes, tellings, incident, book, origins)
        for (origin, codes), tellings in sorted(full.items())
    )


def tied(book: Casebook, touched: Iterable[str]) -> set[str]:
    """The incidents whose ranges may move with those touched: one number told of several places
    ties an incident to those that its reports tell of beside it."""
    codes = set(touched)
    reports = {report_of(telling) for code in codes for telling in book.shelf.members.get(code)}
    return codes.union(*(book.codes_of(report) for report in reports))


def covered_by(telling: Telling, book: Casebook) -> tuple[str, ...]:
    """The incidents that a telling's shared toll covers, in their order; none if it has none."""
    shared = telling.account.shared_toll
    if shared is None:
        return ()
    placed = (book.shelf.placed.get(telling_id(telling.report, i)) for i in shared.covers)
    return tuple(sorted({p.code for p in placed if p is not None and p.code is not None}))


def _origin(telling: Telling, origins: Origins) -> str:
    first = retellings_of(telling)[0]
    return origins.of.get(first.id, first.id)


def _shared(
    origin: str,
    codes: tuple[str, ...],
    tellings: list[Telling],
    incident: Incident,
    book: Casebook,
    origins: Origins,
) -> SharedToll:
    total = _total(tellings)
    full = {t.id for t in tellings}
    retold = [
        t.id
        for t in incident.news + incident.recalls
        if t.id not in full and _origin(t, origins) == origin and repeats(t.account.killed, total)
    ]
    key = min(telling_id(t.report, min(_covers(t))) for t in tellings)
    return SharedToll(
        id=f"toll:{key}",
        origin=origin,
        total=total,
        codes=codes,
        tellings=tuple(t.id for t in tellings),
        retold=tuple(retold),
        decision=_decision(tellings, book),
    )


def _covers(telling: Telling) -> tuple[int, ...]:
    shared = telling.account.shared_toll
    return shared.covers if shared and shared.covers else (telling.index,)


def _total(tellings: Iterable[Telling]) -> Count:
    """The newest total, the more exact of two told on one day."""
    totals = [
        (t.published or date.min, shared.total.max is not None, t.id, shared.total)
        for t in tellings
        if (shared := t.account.shared_toll) is not None
    ]
    return max(totals, key=lambda entry: entry[:3])[3]


def repeats(count: Count | None, total: Count) -> bool:
    """Whether a count may be the shared total told of one place: the same number, or its floor."""
    if count is None:
        return False
    return total.min in (count.min, count.max) if total.min is not None else count.max == total.max


def _decision(tellings: Iterable[Telling], book: Casebook) -> Standing | None:
    """The last standing decision about any of the tellings, or any other of their reports."""
    about = (
        book.shelf.decisions[int(seq)]
        for t in tellings
        for i in _covers(t)
        for seq in book.shelf.about.get(f"telling:{telling_id(t.report, i)}")
    )
    standing = [d for d in about if d.stands and d.decided.verb is Verb.SPLIT_TOLL]
    return max(standing, key=lambda d: d.seq, default=None)


@dataclass(frozen=True, slots=True)
class Rulings:
    """What shared tolls do to an incident's range.

    `left` are the claims that they keep out; `parts` what a person gave to this incident instead;
    `beside` those parts that stand beside the range, as others tell of the incident alone.
    """

    left: Mapping[Claim, tuple[Left, str]]
    parts: tuple[Claim, ...] = ()
    beside: tuple[tuple[Claim, str], ...] = ()


def rulings(claims: Iterable[Claim], shared: Iterable[SharedToll], code: str) -> Rulings:
    """Which claims the shared tolls keep out of an incident's range, and what a person put in."""
    claims = tuple(claims)
    left: dict[Claim, tuple[Left, str]] = {}
    given: list[tuple[Claim, str]] = []
    for toll in shared:
        about = {*toll.tellings, *toll.retold}
        concerned = [c for c in claims if c.telling in about]
        left.update({c: (Left.SHARED, _words(toll, c)) for c in concerned})
        part = toll.part_of(code)
        if part is not None and concerned and toll.decision is not None:
            first = min(concerned, key=lambda c: (not c.shared, c.published or date.max, c.telling))
            claim = replace(first, count=part, shared=False, form=None)
            given.append((claim, f"{say(part)} of {say(toll.total)}, says {toll.decision.by}"))
    if any(c not in left and not c.recalled for c in claims):
        words = "; others tell of this place alone"
        return Rulings(left, beside=tuple((c, f"{said}{words}") for c, said in given))
    return Rulings(left, parts=tuple(c for c, _ in given))


def _words(toll: SharedToll, claim: Claim) -> str:
    number = say(toll.total)
    places = len(toll.codes)
    if toll.decision is not None:
        return f"{number} for {places} places together, divided by {toll.decision.by}"
    if claim.shared:
        return f"{number} for {places} places together: a person has to say which part is here"
    return f"the {number} that the same origin gives for {places} places together"


def say(count: Count) -> str:
    """A count in words: "12", "at least 12", "up to 30", "9 to 19"."""
    if count.max is None:
        return f"at least {count.min}"
    if count.min is None:
        return f"up to {count.max}"
    return str(count.min) if count.min == count.max else f"{count.min} to {count.max}"
