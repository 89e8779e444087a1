"""An incident on a terminal: the ranges with what set them, who says what, what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.text import Text

from bilan.cli.harmless import harmless
from bilan.cli.library import Library
from bilan.cli.page import Page as Screen
from bilan.cli.wording import (
    CAUSES,
    STANCES,
    count_words,
    day_words,
    number_of,
    place_words,
    radius_words,
    when_words,
)
from bilan.core.assessments.answers import CaseFile, Said, State
from bilan.core.assessments.grades import graded
from bilan.core.incidents.decisions import Standing
from bilan.core.incidents.telling import Telling
from bilan.core.publication.check import Page
from bilan.core.publication.questions import Question
from bilan.core.tolls.claims import Claim
from bilan.core.tolls.toll import Toll

_ALWAYS = ("killed", "injured", "missing")  # shown even where nothing is known
FIELDS = {
    "killed": "Killed",
    "killed_children": "Children",
    "killed_women": "Women",
    "killed_men": "Men",
    "injured": "Injured",
    "missing": "Missing",
    "fighters_killed": "Fighters",
}
STATES = {
    State.NONE: "no answer",
    State.ALLEGED: "blamed in public, no answer",
    State.SUBMITTED: "asked, no answer",
    State.ACKNOWLEDGED: "receipt acknowledged",
    State.UNDER_ASSESSMENT: "under assessment",
    State.CREDIBLE: "found credible",
    State.NON_CREDIBLE: "found not credible, which is no denial",
    State.DUPLICATE: "closed as a duplicate",
    State.CLOSED: "closed without an answer",
    State.REOPENED: "reopened",
}
NOTES = {
    State.SUBMITTED: "asked by the recorders",
    State.ACKNOWLEDGED: "acknowledged receipt",
    State.CLOSED: "closed by the recorders without an answer",
    State.REOPENED: "taken up again by the recorders",
}


@dataclass(frozen=True, slots=True)
class View:
    """An incident with all that its screen shows."""

    page: Page
    library: Library
    questions: Sequence[Question] = ()
    former: Sequence[str] = ()
    countries: Mapping[str, str] = field(default_factory=dict)


def range_words(toll: Toll) -> str:
    """A range in words: "between 4 and 5", "12 or more", "not known"."""
    if not toll.known:
        return "not known"
    low, high = toll.low, toll.high
    if high is None:
        return f"{low:,} or more"
    more = ", perhaps more" if toll.open_above else ""
    if low is None or (low < high and toll.voted and not toll.set_low):
        return f"up to {high:,}{more}"  # nobody says how many at least
    return f"{low:,}{more}" if low == high else f"between {low:,} and {high:,}{more}"


def show_incident(view: View, screen: Screen) -> None:
    """Print everything that is known of one incident, and what is not."""
    incident = view.page.incident
    place, when = place_words(incident.place, view.countries), when_words(incident.when)
    screen.line(
        Text(harmless(f"{incident.code}  {CAUSES[incident.cause]}: {place}, {when}"), "bold")
    )
    for name, words in _head(view):
        screen.row(name, words)
    for name, label in FIELDS.items():
        toll = view.page.ranges.toll(name)
        if name in _ALWAYS or toll.known or toll.left_out:
            _show_toll(view, label, toll, screen)
    for name, words in (*_blame(view), *_answers(view), *_origins(view), *_reports(view)):
        screen.row(name, words)
    _show_open(view, screen)


def _head(view: View) -> Iterator[tuple[str, Text]]:
    incident = view.page.incident
    if view.former:
        yield "Once", Text(harmless(", ".join(view.former)))
    if incident.place is not None:
        yield "Where", Text(harmless(radius_words(incident.place)))
    grade = graded(incident, view.page.axes)
    how = "signed by" if grade.signed else "recorded as given by"
    by = f"{how} {' and '.join(grade.by)}" if grade.given else "proposed"
    words = Text(f"{grade.grade} ({harmless(by)}): {grade.proposed.words}")
    if grade.review:
        words.append("; to be reviewed, since what it rests on has moved", "bold")
    if grade.waiting:
        who = harmless(" and ".join(grade.by))
        words.append(f"; {grade.waiting} by {who} waits for a second person's key", "bold")
    yield "Grade", words
    if incident.rejected is not None:
        yield "Rejected", Text(_signature(incident.rejected))


def _show_toll(view: View, label: str, toll: Toll, screen: Screen) -> None:
    words = Text(range_words(toll), "bold" if toll.known else "")
    words.append(f", best estimate {toll.best:,}" if toll.best is not None else "")
    words.append(f" (by {toll.scheme})" if toll.known else "", "not bold dim")
    screen.row(label, words)
    for note in _notes(toll):
        screen.row("", Text(harmless(note), "dim"))
    for vote in toll.voted:
        screen.row("  counted", _claim(view, vote.claim))
    for left in toll.left_out:
        screen.row("  not", _claim(view, left.claim).append(f" {harmless(left.words)}", "dim"))


def _notes(toll: Toll) -> tuple[str, ...]:
    """What a reader of the number has to know, and what set a bound where no report did."""
    counted = {vote.claim.retelling for vote in toll.voted}
    beside = [by for by in (*toll.set_low, *toll.set_high) if by not in counted]
    return tuple(dict.fromkeys((*beside, *toll.notes)))


def _claim(view: View, claim: Claim) -> Text:
    words = Text(f"{count_words(claim.count)}, {harmless(claim.report)}")
    words.append(f" ({view.library.publisher(claim.report)})")
    quote = view.library.words(claim.report, claim.span)
    return words.append(f" {quote}" if quote else "", "italic")


def _blame(view: View) -> Iterator[tuple[str, Text]]:
    axes = view.page.axes
    for part in axes.parts:
        named = f"{part.party}, {str(part.role).replace('_', ' ')} ({', '.join(part.reports)})"
        yield "Party", Text(harmless(named))
    yield "Blame", Text(harmless(f"{axes.attribution.blame}: {axes.attribution.why}"))


def _answers(view: View) -> Iterator[tuple[str, Text]]:
    for file in view.page.axes.files:
        yield "Answer", Text(harmless(f"{file.party}: {STATES[file.state]}"), "bold")
        for note in file.noted:
            yield "", Text(f"{_day(note.day)}: {NOTES[note.state]} (decision {note.seq})")
        yield from (("", _said(view, said)) for said in file.said)
        for said in file.reported:
            told = _said(view, said).append(" as others tell it, not its own words", "dim")
            if said.contradicted:
                told.append(f"; contradicted: {harmless(said.contradicted)}", "dim")
            yield "", told
        yield from _conceded(file)
        for flag in file.flags:
            yield "", Text(harmless(f"to look at: {flag}"), "bold")


def _conceded(file: CaseFile) -> Iterator[tuple[str, Text]]:
    for measure, count in (("killed", file.conceded_killed), ("injured", file.conceded_injured)):
        if count is not None:
            words = f"concedes {count_words(count)} {measure}; conceded is not counted"
            yield "", Text(words)
    for one in file.concessions[:-1]:
        killed, injured = count_words(one.killed), count_words(one.injured)
        before = f"conceded before: killed {killed}, injured {injured} ({one.report})"
        yield "", Text(harmless(f"{_day(one.day)}: {before}"), "dim")


def _said(view: View, said: Said) -> Text:
    words = Text(f"{_day(said.day)}: {STANCES[said.stance]} ({harmless(', '.join(said.reports))})")
    if said.where:
        report, span = said.where[0]
        words.append(f" {view.library.words(report, span)}", "italic")
    return words


def _day(day: date | None) -> str:
    return day_words(day) if day else "no date"


def _origins(view: View) -> Iterator[tuple[str, Text]]:
    told, origins = view.page.axes.corroboration, view.page.axes.origins
    yield (
        "Origins",
        Text(
            f"{number_of(told.reports, 'report')}, {number_of(told.origins, 'origin')},"
            f" {told.independent} independent",
            "bold",
        ),
    )
    for origin in origins.origins:
        words = Text(harmless(", ".join(origin.reports)))
        if origin.accused:
            words.append(f" in the name of {harmless(origin.party or 'the accused')}: no origin")
        elif origin.party_affiliated:
            words.append(f" belongs to {harmless(origin.party or 'a party')}: not independent")
        yield "", words
    for edge in origins.edges:
        reports = (telling.partition("#")[0] for telling in (edge.later, edge.earlier))
        yield "", Text(harmless(f"{' with '.join(reports)}: {edge.words}"), "dim")


def _reports(view: View) -> Iterator[tuple[str, Text]]:
    incident = view.page.incident
    lanes = (
        ("Told by", incident.news),
        ("Recalled", incident.recalls),
        ("Official", incident.answers),
    )
    for label, tellings in lanes:
        yield from ((label, _report(view, telling)) for telling in tellings)


def _report(view: View, telling: Telling) -> Text:
    publisher = view.library.publisher(telling.report)
    return Text(f"{harmless(telling.report)}, {publisher}, {_day(telling.published)}")


def _show_open(view: View, screen: Screen) -> None:
    for question in view.questions:
        screen.row("Question", Text(harmless(question.words), "bold"))
        for why in question.why:
            screen.row("", Text(harmless(why), "dim"))
        screen.row("", Text(harmless(answer_to(question)), "dim"))
    for decision in view.page.incident.decisions:
        screen.row("Decision", Text(_signature(decision)))


def answer_to(question: Question) -> str:
    """The command that answers a question."""
    ask = '--by NAME --because "..."'
    if question.kind == "shared_toll":
        parts = " ".join(f"{code}=COUNT" for code in question.incidents)
        return f"bilan decide split-toll {question.id} {parts} {ask}"
    if question.kind == "contradiction":
        return f"bilan decide withdraw NUMBER {ask}"
    which = " --into CODE" if len(question.incidents) > 1 else ""
    return f"bilan decide accept {question.id}{which} {ask}, or bilan decide reject {question.id}"


def _signature(decision: Standing) -> str:
    decided = decision.decided
    about = decided.proposal or " ".join(decided.incidents or decision.tellings)
    value = f" {decided.field}" if decided.field else ""
    back = "" if decision.stands else f" (withdrawn by entry {decision.withdrawn_by})"
    said = f"{decision.seq}: {decided.verb}{value} {about}, {decision.by} on {decision.at[:10]}"
    return harmless(f"{said}, because {decided.because}{back}")
