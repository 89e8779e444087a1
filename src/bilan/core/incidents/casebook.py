"""The state of a record as a fold over its ledger, and what linking would change in it.

`apply` takes one entry after the other and never links: what the machine chose and what people
decided are entries alike, so replaying a ledger gives the same state whatever the version of the
linker. `link` looks at the neighbourhood of some tellings and says what should change, as an entry
to append and apply; it changes nothing itself.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bilan.core.errors import Refused, UnknownName
from bilan.core.incidents.clues import Comparisons
from bilan.core.incidents.clusters import partition
from bilan.core.incidents.codes import as_meant
from bilan.core.incidents.decisions import Conflict, Standing, of_the_whole, orders_of
from bilan.core.incidents.entries import (
    Decided,
    Entry,
    Erased,
    Linked,
    Placed,
    ReadingMade,
    ReportCaptured,
    Withdrawn,
    tellings_in,
)
from bilan.core.incidents.identity import Before, relabel
from bilan.core.incidents.incident import Incident, incident_of
from bilan.core.incidents.lexis import Lexis
from bilan.core.incidents.neighbourhood import MOST, Neighbourhood, Surroundings
from bilan.core.incidents.orders import Orders
from bilan.core.incidents.rereading import new_ids
from bilan.core.incidents.search import search_keys
from bilan.core.incidents.shelf import WORDS, CodeGiven, Shelf
from bilan.core.incidents.summary import canonical
from bilan.core.incidents.telling import Telling
from bilan.core.incidents.weights import Weights, default_weights

MOST_TOLD_APART = 50  # tellings that one decision names
MOST_DECIDED = 5000  # tellings looked at after a decision, which may merge two large incidents


class Casebook:
    """The record as far as incidents are concerned. All of its state is on its shelf."""

    def __init__(self, shelf: Shelf | None = None, *, weights: Weights | None = None) -> None:
        self.shelf = shelf or Shelf()
        self.weights = weights or default_weights()

    # -- the fold ---------------------------------------------------------------------------

    def apply(self, entry: Entry) -> frozenset[str]:
        """Take one entry in; the codes of the incidents that it touched."""
        match entry.body:
            case ReportCaptured():
                return self._capture(entry.body)
            case ReadingMade():
                return self._read(entry.body)
            case Linked():
                return self._link(entry.body, entry.seq)
            case Decided():
                return self._decide(entry)
            case Withdrawn():
                return self._withdraw(entry.body, entry.seq)
            case Erased():
                self.shelf.erased[entry.body.report] = entry.body.because
                return self.codes_of(entry.body.report)

    def _capture(self, facts: ReportCaptured) -> frozenset[str]:
        known = self.shelf.reports.get(facts.report)
        self.shelf.reports[facts.report] = facts
        made = self.shelf.readings.get(facts.report)
        return self._tell(facts, made) if known != facts and made is not None else frozenset()

    def _read(self, made: ReadingMade) -> frozenset[str]:
        facts = self.shelf.reports.get(made.report) or ReportCaptured(made.report)
        return self._tell(facts, made)

    def _tell(self, facts: ReportCaptured, made: ReadingMade) -> frozenset[str]:
        """Put a reading's tellings in the place of those of the reading before."""
        touched = self.codes_of(made.report)
        before = self.tellings_of(made.report)
        self._learn(made)
        self.shelf.readings[made.report] = made
        after = tellings_in(facts, made)
        self._move(new_ids(before, after))
        for old in before:
            self._unindex(old)
        for new in after:
            self._index(new)
        return touched | self.codes_of(made.report)

    def _learn(self, made: ReadingMade) -> None:
        """Count the words of a report, in the place of those of its reading before."""
        was = self.shelf.readings.get(made.report)
        gone = was.traits.words if was is not None else ()
        if gone != made.traits.words:
            known = self.shelf.lexis.get(WORDS, Lexis())
            self.shelf.lexis[WORDS] = known.changed(gone=gone, come=made.traits.words)

    def _index(self, telling: Telling) -> None:
        self.shelf.tellings[telling.id] = telling
        self.shelf.days.pop(telling.id, None)
        keys = search_keys(telling)
        for post in keys.posts:
            self.shelf.posts.add(post, (telling.id,))
        for ask in keys.asks:
            self.shelf.asks.add(ask, (telling.id,))

    def _unindex(self, telling: Telling) -> None:
        keys = search_keys(telling)
        for post in keys.posts:
            self.shelf.posts.discard(post, (telling.id,))
        for ask in keys.asks:
            self.shelf.asks.discard(ask, (telling.id,))
        del self.shelf.tellings[telling.id]
        self.shelf.days.pop(telling.id, None)

    def _move(self, ids: dict[str, str | None]) -> None:
        """Carry places and decisions over to the tellings of a new reading."""
        moved = {old: self.shelf.placed.get(old) for old in ids}
        for old in ids:
            self._place(Placed(old, None))
            self.shelf.placed.pop(old, None)
        for old, new in ids.items():
            was = moved[old]
            if new is not None and was is not None:
                self._place(Placed(new, was.code, was.why, was.rivals, was.opened))
        decided = {s for old in ids for s in self.shelf.about.get(f"telling:{old}")}
        for seq in sorted(decided, key=int):
            self._restate(self.shelf.decisions[int(seq)].moved(ids))

    def _restate(self, standing: Standing) -> None:
        before = self.shelf.decisions.get(standing.seq)
        for telling in before.tellings if before else ():
            self.shelf.about.discard(f"telling:{telling}", (str(standing.seq),))
        for telling in standing.tellings:
            self.shelf.about.add(f"telling:{telling}", (str(standing.seq),))
        self.shelf.decisions[standing.seq] = standing

    def _link(self, linked: Linked, seq: int) -> frozenset[str]:
        touched: set[str] = set()
        for code, telling in linked.opened:
            given = self.shelf.codes.get(code)
            self.shelf.codes[code] = CodeGiven(code, telling, given.seq if given else seq)
            if given is not None and given.into is not None:
                self.shelf.about.discard(f"into:{given.into}", (code,))
            self.shelf.about.add(f"opened:{telling}", (code,))
            touched.add(code)
        for old, new in linked.retired:
            given = self.shelf.codes[old]
            self.shelf.codes[old] = CodeGiven(old, given.opened_by, given.seq, new)
            self.shelf.about.add(f"into:{new}", (old,))
            touched |= {old, new}
        for placed in linked.placed:
            was = self.shelf.placed.get(placed.telling)
            touched |= {p.code for p in (was, placed) if p is not None and p.code is not None}
            self._place(placed)
        return frozenset(touched)

    def _place(self, placed: Placed) -> None:
        was = self.shelf.placed.get(placed.telling)
        if was is not None and was.code is not None:
            self.shelf.members.discard(was.code, (placed.telling,))
        if placed.code is not None:
            self.shelf.members.add(placed.code, (placed.telling,))
        self.shelf.placed[placed.telling] = placed

    def _decide(self, entry: Entry) -> frozenset[str]:
        decided = entry.body
        if not isinstance(decided, Decided):
            raise TypeError(f"no decision: {entry}")
        self._restate(
            Standing(entry.seq, entry.at, entry.by, decided, decided.tellings, signed=entry.signed)
        )
        for code in decided.incidents:
            self.shelf.about.add(f"incident:{code}", (str(entry.seq),))
        if decided.proposal is not None:
            self.shelf.about.add(f"proposal:{decided.proposal}", (str(entry.seq),))
        return self._touched_by(decided)

    def _withdraw(self, withdrawn: Withdrawn, seq: int) -> frozenset[str]:
        standing = self.shelf.decisions.get(withdrawn.decision)
        if standing is None:
            raise UnknownName(f"entry {withdrawn.decision} of the ledger is no decision")
        self._restate(replace(standing, withdrawn_by=seq))
        return self._touched_by(standing.decided)

    def _touched_by(self, decided: Decided) -> frozenset[str]:
        placed = (self.shelf.placed.get(t) for t in decided.tellings)
        named = (c for c in decided.incidents if c in self.shelf.codes)
        return frozenset(
            {p.code for p in placed if p and p.code} | {self.resolve(c) for c in named}
        )

    # -- what linking would change ----------------------------------------------------------

    def link(self, reports: Iterable[str]) -> Linked | None:
        """What should change now that these reports were read; None = nothing."""
        seeds = (t.id for r in sorted(set(reports)) for t in self.tellings_of(r))
        compared = self._compared()
        return self._relink(self._surroundings(compared).of(seeds), compared)

    def link_each(self, reports: Iterable[str]) -> Iterator[Linked]:
        """What should change around each of many reports that came in together.

        Apply each change before asking for the next. Reports that meet are looked at once, as who
        belongs together does not depend on which of them one starts from.
        """
        looked_at: set[str] = set()
        compared = self._compared()
        reports = tuple(dict.fromkeys(reports))
        if len(reports) > 1 and self._are_all(reports):
            whole = Neighbourhood(tuple(self.shelf.tellings.values()), {}, complete=True)
            linked = self._relink(whole, compared)
            yield from (linked,) if linked is not None else ()
            return
        surroundings = self._surroundings(compared)
        for report in reports:
            seeds = {t.id for t in self.tellings_of(report)} - looked_at
            if seeds:
                around = surroundings.of(seeds)
                looked_at |= {t.id for t in around.tellings} if around.complete else seeds
                linked = self._relink(around, compared)
                if linked is not None:
                    yield linked

    def _are_all(self, reports: Collection[str]) -> bool:
        """Whether no other report was ever read; it stops at the first that was."""
        known = set(reports)
        return all(report in known for report in self.shelf.readings)

    def relink(self, tellings: Iterable[str]) -> Linked | None:
        """What should change around these tellings; None = nothing.

        For tellings that a person decided about, so that whole incidents are looked at.
        """
        compared = self._compared()
        return self._relink(self.around(tellings, compared), compared)

    def around(self, tellings: Iterable[str], compared: Comparisons | None = None) -> Neighbourhood:
        """What a decision about these tellings may touch."""
        return self._surroundings(compared or self._compared(), most=MOST_DECIDED).of(tellings)

    def _surroundings(self, compared: Comparisons, most: int = MOST) -> Surroundings:
        likely, joins = compared.likely, compared.joins
        return Surroundings(self.shelf, likely=likely, joins=joins, most=most)

    def _compared(self) -> Comparisons:
        """Comparisons by how common words are in the record now."""
        return Comparisons(self.weights, self.shelf.lexis.get(WORDS, Lexis()))

    def _relink(self, around: Neighbourhood, compared: Comparisons) -> Linked | None:
        if not around.tellings:
            return None
        orders, _ = self.orders(around)
        fixed = dict(enumerate(sorted(around.outside)))
        found = partition(
            around.tellings,
            compared=compared,
            orders=orders,
            fixed={key: around.outside[code] for key, code in fixed.items()},
        )
        linked = relabel(found, self._before(around, fixed), linker=self.weights.linker)
        return linked if linked.placed or linked.opened or linked.retired else None

    def orders(self, around: Neighbourhood) -> tuple[Orders, tuple[Conflict, ...]]:
        """What people decided about these tellings, and where they contradict each other."""
        ids = {t.id for t in around.tellings} | {t.id for o in around.outside.values() for t in o}
        about = {int(s) for t in ids for s in self.shelf.about.get(f"telling:{t}")}
        return orders_of(self.shelf.decisions[seq] for seq in sorted(about))

    def _before(self, around: Neighbourhood, fixed: dict[int, str]) -> Before:
        placed = {
            t.id: self.shelf.placed[t.id] for t in around.tellings if t.id in self.shelf.placed
        }
        codes = {p.code for p in placed.values() if p.code is not None} | set(fixed.values())
        openers = {
            t.id: code
            for t in around.tellings
            for code in self.shelf.about.get(f"opened:{t.id}")
            if self.shelf.codes[code].into is not None
        }
        known = {c: self.shelf.codes[c] for c in codes | set(openers.values())}
        return Before(placed, known, openers, fixed, lambda c: c in self.shelf.codes)

    # -- questions --------------------------------------------------------------------------

    def tellings_of(self, report: str) -> tuple[Telling, ...]:
        """The tellings of a report's last reading, in the order of its text."""
        made = self.shelf.readings.get(report)
        ids = (f"{report}#{i}" for i in range(len(made.told))) if made else ()
        return tuple(self.shelf.tellings[i] for i in ids if i in self.shelf.tellings)

    def codes_of(self, report: str) -> frozenset[str]:
        """The incidents of which a report tells."""
        placed = (self.shelf.placed.get(t.id) for t in self.tellings_of(report))
        return frozenset(p.code for p in placed if p is not None and p.code is not None)

    def resolve(self, code: str) -> str:
        """The code under which an incident is found now: redirects are followed.

        UnknownName for a code never given; Refused for redirects that run in a circle.
        """
        seen = [code]
        self.shelf.look_up_incidents(seen)
        while True:
            given = self.shelf.codes.get(seen[-1])
            if given is None:
                raise UnknownName(f"no incident has the code {seen[-1]}.", hint=self.hint(seen[-1]))
            if given.into is None:
                return given.code
            if given.into in seen:
                raise Refused(f"redirects run in a circle: {' -> '.join([*seen, given.into])}")
            seen.append(given.into)

    def hint(self, code: str) -> str:
        """What to ask about a code that nobody has: another one it looks like is never taken."""
        meant = as_meant(code)
        if meant != code and meant in self.shelf.codes:
            return f"A sign in it only looks like one of a code. Do you mean {meant}?"
        return ""

    def codes(self) -> Iterator[str]:
        """The codes of all incidents that somebody tells of, in their order."""
        for code in sorted(self.shelf.codes):
            if self.shelf.codes[code].into is None and self.shelf.members.get(code):
                yield code

    def incident(self, code: str) -> Incident:
        """One incident with its tellings and the decisions about it."""
        code = self.resolve(code)
        tellings = sorted(
            (self.shelf.tellings[t] for t in self.shelf.members.get(code)), key=canonical
        )
        return incident_of(code, tellings, self.decisions_about(code))

    def decisions_about(self, code: str) -> tuple[Standing, ...]:
        """The decisions that name an incident or a telling of it, withdrawn ones too, in order."""
        known = {code, *self.former(code)}
        names = [f"incident:{c}" for c in known]
        names += [f"telling:{telling}" for telling in self.shelf.members.get(code)]
        seqs = {int(seq) for name in names for seq in self.shelf.about.get(name)}
        found = (self.shelf.decisions[s] for s in sorted(seqs))
        return tuple(d for d in found if self.incident_of(d) in (code, None))

    def incident_of(self, standing: Standing) -> str | None:
        """Where a decision about an incident as a whole holds now; None for any other decision.

        It goes with the telling that stood for the incident, so that after a split it holds in
        one part, not in both: what a person set would be counted twice.
        """
        if not of_the_whole(standing.decided):
            return None
        placed = self.shelf.placed.get(standing.tellings[0]) if standing.tellings else None
        if placed is not None and placed.code is not None:
            return placed.code
        named = standing.decided.incidents[0]
        return self.resolve(named) if named in self.shelf.codes else None

    def former(self, code: str) -> tuple[str, ...]:
        """The retired codes that lead to this one, in their order."""
        found: dict[str, None] = {}
        ring = [code]
        while ring:
            ring = sorted(o for c in ring for o in self.shelf.about.get(f"into:{c}"))
            ring = [o for o in ring if o not in found and o != code]
            found.update(dict.fromkeys(ring))
        return tuple(sorted(found))

    def anchor(self, code: str) -> str:
        """The telling that stands for an incident in a decision: the first in canonical order."""
        code = self.resolve(code)
        members = [self.shelf.tellings[t] for t in self.shelf.members.get(code)]
        if not members:
            raise UnknownName(f"no report tells of {code} any more.")
        opener = self.shelf.codes[code].opened_by
        return opener if opener in {m.id for m in members} else min(members, key=canonical).id

    def others(self, code: str, telling: str) -> tuple[str, ...]:
        """The tellings of an incident that a person tells apart from this one, first ones first.

        All of them up to `MOST_TOLD_APART`: against a single one, the rest might follow either.
        """
        told = (self.shelf.tellings[t] for t in self.shelf.members.get(self.resolve(code)))
        rest = heapq.nsmallest(MOST_TOLD_APART, (t for t in told if t.id != telling), key=canonical)
        return tuple(t.id for t in rest)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Where standing decisions about who is the same contradict each other."""
        return orders_of(self.shelf.decisions.values())[1]

    def pool(self) -> Iterator[Placed]:
        """The tellings that belong to no incident, with the reason."""
        return (p for _, p in sorted(self.shelf.placed.items()) if p.code is None)
