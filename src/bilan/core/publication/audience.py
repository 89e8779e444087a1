"""From the record as the team sees it to what an audience may see; what is left out is named.

Works on plain data, whatever the format: every key is handled by its name, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from bilan.core.incidents.answers import is_strike_release
from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.telling import Telling, report_of
from bilan.core.publication.policy import Policy
from bilan.core.values import PublisherKind

SOMEBODY = "a person"
_REASON = "(the reason is in the record)"
_MARK = re.compile(r"/~[0-9a-f]+")  # the mark of an informant within an id
_REPORT_LISTS = ("reports", "background")
_NO_HARM = "strike releases without a claim of harm"


class Audience(StrEnum):
    """For whom an export is made."""

    PUBLIC = "public"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What must not leave the team: reports by id, people by name, the reasons they gave."""

    reports: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def withheld_from_public(book: Casebook) -> Withheld:
    """The strike releases without a claim of harm, and everybody who decided."""
    decisions = list(book.shelf.decisions.values())
    return Withheld(
        reports=frozenset(r for r in book.shelf.readings if _kept_back(r, book)),
        people=tuple(sorted({d.by for d in decisions}, key=len, reverse=True)),
        reasons=tuple(sorted({d.decided.because for d in decisions}, key=len, reverse=True)),
    )


def _kept_back(report: str, book: Casebook) -> bool:
    """Whether a party's document tells of strikes and nothing else.

    Where the reader heard no statement in an entry, or found nothing told at all, the document is
    withheld all the same: what may help to aim stays with the team until somebody says that it
    tells of harm.
    """
    tellings = book.tellings_of(report)
    facts = book.shelf.reports.get(report)
    if not tellings:
        return facts is not None and facts.publisher.kind is PublisherKind.OFFICIAL
    return all(
        t.publisher.kind is PublisherKind.OFFICIAL
        and is_strike_release(t)
        and not t.account.alleged_by
        and not _tells_of_harm(t)
        for t in tellings
    )


def _tells_of_harm(telling: Telling) -> bool:
    account = telling.account
    return any((account.killed, account.injured, account.missing, account.shared_toll))


def for_team(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it is, saying for whom."""
    return {**record, "audience": str(Audience.TEAM), "omitted": []}


def for_public(
    record: Mapping[str, Any], withheld: Withheld, policy: Policy, *, today: date
) -> dict[str, Any]:
    """The record without what must not leave the team, with a list of what was left out."""
    cut = _Cut(withheld, policy, today)
    public: dict[str, Any] = cut.value(dict(record))
    public["incidents"] = [i for i in public["incidents"] if i["reports"] or i["background"]]
    public["proposals"] = [p for p in public["proposals"] if p["reports"] or p["incidents"]]
    gone = len(record["incidents"]) - len(public["incidents"])
    omitted = [
        {"what": _NO_HARM, "reports": len(withheld.reports), "incidents": gone},
        {"what": f"coordinates finer than {policy.grid_degrees} degrees", "incidents": cut.coarse},
        {"what": f"coordinates for {policy.delay_days} days", "incidents": cut.delayed},
        {"what": "names of people who publish or decide, and their reasons"},
    ]
    return {
        **public,
        "audience": str(Audience.PUBLIC),
        "policy": policy.version,
        "omitted": omitted,
    }


@dataclass
class _Cut:
    """Cuts one record; counts what it cuts."""

    withheld: Withheld
    policy: Policy
    today: date
    coarse: int = 0
    delayed: int = 0
    _late: bool = field(default=False)  # within an incident that is too recent

    def value(self, value: Any) -> Any:
        """Any value, cut."""
        if isinstance(value, dict):
            return self._object({k: v for k, v in value.items() if not self._hidden(v)})
        if isinstance(value, list):
            return [self.value(v) for v in value if not self._hidden(v)]
        return self._words(value) if isinstance(value, str) else value

    def _hidden(self, value: Any) -> bool:
        """Whether a part of the record rests on withheld reports alone."""
        if not isinstance(value, dict):
            return False
        own = value.get("report") or (value.get("id") if "reader" in value else None)
        if isinstance(own, str) and own in self.withheld.reports:
            return True
        ids = {report_of(str(value[k]).split("/")[0]) for k in ("later", "earlier") if k in value}
        return self._all_withheld(value) or bool(ids & self.withheld.reports)

    def _all_withheld(self, value: Mapping[str, Any]) -> bool:
        named = value.get("reports")
        alone = isinstance(named, list) and "code" not in value
        return alone and bool(named) and self.withheld.reports.issuperset(named or ())

    def _object(self, shape: dict[str, Any]) -> dict[str, Any]:
        if "code" in shape:
            return self._incident(shape)
        if "verb" in shape:
            shape = {**shape, "by": SOMEBODY, "because": _REASON, "value": None}
        if "kind" in shape and "affiliation" in shape:
            shape = self._publisher(shape)
        cut = {key: self._field(key, value) for key, value in shape.items()}
        return self._place(cut) if "lat" in cut else cut

    def _incident(self, shape: dict[str, Any]) -> dict[str, Any]:
        self._late = self._too_recent(shape)
        has_point = (shape.get("place") or {}).get("lat") is not None
        self.delayed += self._late and has_point
        self.coarse += has_point and not self._late
        cut = {key: self._field(key, value) for key, value in shape.items()}
        if not set(shape["reports"]).isdisjoint(self.withheld.reports):
            cut["parties"] = [p for p in cut["parties"] if p["role"] != "declared"]
        self._late = False
        return cut

    def _too_recent(self, shape: Mapping[str, Any]) -> bool:
        last = shape.get("date_end") or shape.get("date_start")
        if last is None:
            return False
        return date.fromisoformat(last) + timedelta(days=self.policy.delay_days) > self.today

    def _field(self, key: str, value: Any) -> Any:
        if key in _REPORT_LISTS and isinstance(value, list):
            ids = [r for r in value if isinstance(r, dict) or r not in self.withheld.reports]
            return self.value(ids)
        if key == "copies" and isinstance(value, dict):
            pairs = value.items()
            return {a: b for a, b in pairs if not {a, b} & self.withheld.reports}
        if key == "by" and isinstance(value, list):
            return [SOMEBODY] * len(value)
        return self.value(value)

    def _publisher(self, shape: dict[str, Any]) -> dict[str, Any]:
        shown = shape["kind"] in {str(kind) for kind in self.policy.named}
        return shape if shown else {**shape, "name": None, "affiliation": None}

    def _place(self, shape: dict[str, Any]) -> dict[str, Any]:
        if shape["lat"] is None or shape["lon"] is None:
            return shape
        if self._late:
            return {**shape, "lat": None, "lon": None}
        lat, lon = self.policy.coarse(shape["lat"]), self.policy.coarse(shape["lon"])
        moved = {**shape, "lat": lat, "lon": lon}
        if "uncertainty_km" in shape:
            known = shape["uncertainty_km"] or 0.0
            moved["uncertainty_km"] = round(max(known, self.policy.coarse_km), 1)
        return moved

    def _words(self, words: str) -> str:
        words = _MARK.sub("", words)
        for reason in self.withheld.reasons:
            words = words.replace(reason, _REASON) if reason else words
        return _without(words, self.withheld.people)


def _without(words: str, people: Iterable[str]) -> str:
    for name in people:
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", SOMEBODY, words)
    return words
