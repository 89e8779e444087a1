"""The ranges of an incident, per measure and group, with everything that a page has to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bilan.core.incidents.casebook import Casebook
from bilan.core.incidents.entries import Verb
from bilan.core.incidents.incident import Incident, settings_of
from bilan.core.incidents.plain import from_plain
from bilan.core.incidents.telling import Figure
from bilan.core.incidents.voices import origins_in
from bilan.core.reports.origins import Origins
from bilan.core.tolls.claims import BY_NAME, FIELDS, LEFT_BY_LABEL, Claim, Field, Left, claims_of
from bilan.core.tolls.named import identified_in
from bilan.core.tolls.passages import settled
from bilan.core.tolls.schemes import Scheme, scheme_named
from bilan.core.tolls.shared import SharedToll, rulings, shared_tolls_of
from bilan.core.tolls.toll import LeftOut, Ruling, Toll, reckon
from bilan.core.values import Count, Measure


@dataclass(frozen=True, slots=True)
class Ranges:
    """All tolls of one incident under one scheme.

    `tolls` by field name ("killed", "killed_children"); a field of which nothing is known is not
    in it. `shared` are the shared tolls that wait for a person, or that one divided.
    """

    code: str
    scheme: str
    origins: Origins
    tolls: Mapping[str, Toll] = field(default_factory=dict)
    shared: tuple[SharedToll, ...] = ()

    def toll(self, name: str) -> Toll:
        """The toll of a field; one that knows nothing where nothing is known."""
        return self.tolls.get(name, Toll(self.scheme))


def ranges_of(
    incident: Incident,
    book: Casebook,
    *,
    scheme: Scheme | str = "airwars",
    as_of: date | None = None,
) -> Ranges:
    """The ranges of an incident; `as_of`: from what was published up to that day."""
    chosen = scheme_named(scheme) if isinstance(scheme, str) else scheme
    incident = known_on(incident, as_of) if as_of else incident
    origins = origins_in(incident)
    shared = shared_tolls_of(incident, book, origins)
    tolls = {f.name: _toll(f, incident, origins, shared, chosen) for f in FIELDS}
    tolls = settled(tolls, incident, origins)
    said = {name: t for name, t in tolls.items() if t.known or t.left_out or t.set_by}
    return Ranges(incident.code, chosen.version, origins, said, shared)


def known_on(incident: Incident, day: date) -> Incident:
    """The incident as told by what was published up to that day."""
    return replace(
        incident,
        news=tuple(t for t in incident.news if t.published and t.published <= day),
        recalls=tuple(t for t in incident.recalls if t.published and t.published <= day),
        answers=tuple(t for t in incident.answers if t.published and t.published <= day),
    )


def _toll(
    field_: Field,
    incident: Incident,
    origins: Origins,
    shared: tuple[SharedToll, ...],
    scheme: Scheme,
) -> Toll:
    claims = claims_of(incident.news + incident.recalls, field_)
    left: dict[Claim, tuple[Left, str]] = dict(_rejected(claims, incident, field_))
    sharing = rulings(claims, shared if field_.name == "killed" else (), incident.code)
    ruling = Ruling({**sharing.left, **left}, sharing.parts)
    identified = identified_in(incident) if field_.name == "killed" else None
    toll = reckon(claims, origins, scheme, ruling=ruling, identified=identified)
    beside = tuple(LeftOut(claim, Left.DIVIDED, words) for claim, words in sharing.beside)
    toll = replace(toll, left_out=(*toll.left_out, *beside, *_read_out(incident, field_)))
    return _decided(toll, incident, field_)


def _rejected(
    claims: Iterable[Claim], incident: Incident, field_: Field
) -> Mapping[Claim, tuple[Left, str]]:
    """Figures that a person rejected: of this field, or the whole telling."""
    rejected = {
        telling: d
        for d in incident.standing
        if d.decided.verb is Verb.REJECT and not d.decided.incidents
        for telling in d.tellings
        if d.decided.field in (None, field_.name)
    }
    return {
        c: (Left.REJECTED, f"rejected by {rejected[c.telling].by}: {_because(rejected[c.telling])}")
        for c in claims
        if c.telling in rejected
    }


def _because(standing: object) -> str:
    return str(getattr(getattr(standing, "decided", None), "because", ""))


def _read_out(incident: Incident, field_: Field) -> tuple[LeftOut, ...]:
    """The numbers that reading left out and that could be taken for this toll."""
    if field_.name not in ("killed", "injured", "missing"):
        return ()
    found = []
    for telling in incident.news + incident.recalls:
        for figure in telling.figures:
            left = LEFT_BY_LABEL.get(figure.label)
            if left is not None and _measure(figure) in (None, field_.measure):
                claim = Claim(
                    retelling=telling.id,
                    telling=telling.id,
                    report=telling.report,
                    count=figure.value,
                    published=telling.published,
                    form=figure.form,
                    span=figure.span,
                )
                found.append(LeftOut(claim, left, figure.why or str(left)))
    return tuple(found)


def _measure(figure: Figure) -> Measure | None:
    """The measure that a label names; None = any: then the number is shown with the killed."""
    word = str(figure.label).split("_")[0]
    return Measure(word) if word in set(Measure) else Measure.KILLED


def _decided(toll: Toll, incident: Incident, field_: Field) -> Toll:
    """A person's own range stands above what was reckoned, and says whose it is."""
    standing = settings_of(incident.decisions).get(field_.name)
    if standing is None:
        return toll
    count = from_plain(Count, standing.decided.value)
    note = f"set by {standing.by} on {standing.at[:10]}: {standing.decided.because}"
    low, high = (count.min, count.max) if count else (None, None)
    return replace(
        toll,
        low=low,
        high=high if high is not None else low,
        open_above=count is not None and count.max is None,
        set_low=(note,),
        set_high=(note,),
        set_by=standing.by,
        notes=(*toll.notes, note),
    )


def field_named(name: str) -> Field:
    """The field of that name ("killed_children")."""
    return BY_NAME[name]
