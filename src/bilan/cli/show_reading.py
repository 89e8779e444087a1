"""From a reading to what a person sees: one screen per account, every value with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from bilan.cli.harmless import harmless, quoted
from bilan.cli.page import Page
from bilan.cli.wording import (
    CAUSES,
    CHECKED,
    EVIDENCE,
    LEFT_OUT,
    NOT_SAID,
    STANCES,
    STATUS,
    count_words,
    day_words,
    place_words,
    radius_words,
    when_words,
)
from bilan.core.assessments.doubts import doubts_in
from bilan.core.claims.account import Account, Label, LabelledSpan, Reading, Role
from bilan.core.values import CivilianStatus, Count, Place, Report, Stance

_QUOTE = 240  # characters of a quotation before it is cut; `--json` has it whole
_MOST = 20  # numbers left out that a screen lists; `--json` has them all
PLAIN = "not italic dim"

Row = tuple[str, Text]

_GROUPS = (
    ("children", "killed_children", Label.KILLED_CHILDREN),
    ("women", "killed_women", Label.KILLED_WOMEN),
    ("men", "killed_men", Label.KILLED_MEN),
)
_OTHERS = (
    ("Injured", "injured", Label.INJURED),
    ("Missing", "missing", Label.MISSING),
    ("Fighters", "fighters_killed", Label.FIGHTERS_KILLED),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A reading and the report that it is of, which has the words."""

    report: Report
    reading: Reading
    where: str = ""
    countries: Mapping[str, str] = field(default_factory=dict)  # names by codes

    def quote(self, span: LabelledSpan | None) -> Text:
        """The words of a span, in their own language."""
        if span is None:
            return Text()
        return Text(quoted(span.span.of(self.report.text), longest=_QUOTE), "italic")

    def spans(self, account: int, *labels: Label) -> list[LabelledSpan]:
        """The spans of one account with one of the labels, in the order of the text."""
        return [s for s in self.reading.spans if s.label in labels and account in s.accounts]


def show(told: Told, console: Console) -> None:
    """Print a report's head, each account, and what counts for none."""
    page = Page(console)
    _head(told, page)
    for index, account in enumerate(told.reading.accounts):
        _show_account(told, index, account, page)
    if not told.reading.accounts:
        page.gap()
        page.line(Text(_nothing(told.reading)))
    _show_left_out(told, None, page)
    for fault in (*told.reading.faults, *doubts_in(told.report, told.reading)):
        page.line(Text(f"! {harmless(str(fault))}", "yellow"))
    page.gap()


def _head(told: Told, page: Page) -> None:
    report = told.report
    parts = [harmless(report.publisher.name or "publisher not given")]
    parts.append(f"published {day_words(report.published)}" if report.published else "no date")
    parts.append(report.lang if report.lang != "und" else "language unknown")
    if report.synthetic:
        parts.append("SYNTHETIC: not a real report")
    page.line(Text(" · ".join(parts), "bold"))
    page.line(Text(f"{harmless(told.where)} ({harmless(report.id)})", "dim"))
    if report.title:
        page.line(Text(quoted(report.title), "italic"))


def _nothing(reading: Reading) -> str:
    if reading.lang == "und" or any(f.code == "no_reader" for f in reading.faults):
        return "Kept, not read."
    if not reading.relevant:
        return "It tells of no harm in an armed conflict."
    return "It is about harm in an armed conflict, but tells of no incident."


def _show_account(told: Told, index: int, account: Account, page: Page) -> None:
    page.gap()
    page.rule()
    number = f"{index + 1} of {len(told.reading.accounts)}"
    page.line(Text(f"{number}  {harmless(_title(told, account))}", "bold"))
    for name, words in _rows(told, index, account):
        page.row(name, words)
    _show_left_out(told, index, page)


def _title(told: Told, account: Account) -> str:
    recalled = " (recalled, not news)" if account.role is Role.BACKGROUND else ""
    where, when = place_words(account.place, told.countries), when_words(account.when)
    return f"{CAUSES[account.cause]}: {where}, {when}{recalled}"


def _rows(told: Told, index: int, account: Account) -> Iterator[Row]:
    if account.incident is not None:
        yield "Incident", Text(harmless(account.incident))
    yield "Where", _where(told, account)
    yield "When", _when(told, index, account)
    yield "Killed", _killed(told, index, account)
    yield from _who_they_were(told, index, account)
    for name, attribute, label in _OTHERS:
        count: Count | None = getattr(account, attribute)
        if count is not None or name != "Fighters":
            yield name, _with_quotes(told, Text(count_words(count)), told.spans(index, label))
    if account.killed is None:
        yield "Said by", Text(_voices(account) or "the publisher itself")
    yield "Blamed", _names(account.alleged_perpetrators, "nobody is named")
    if account.targets:
        yield "Target", _names(account.targets, "")
    yield from _answers(told, account)
    yield from _evidence(told, account)


def _voices(account: Account) -> str:
    return "; ".join(quoted(informant.name) for informant in account.alleged_by)


def _names(names: tuple[str, ...], nobody: str) -> Text:
    return Text(harmless("; ".join(names)) if names else nobody, overflow="fold")


def _where(told: Told, account: Account) -> Text:
    place = account.place
    if place is None:
        return Text("place not said")
    words = Text(harmless(f"{place_words(place, told.countries)}, {radius_words(place)}"))
    if place.point is not None:
        words.append(f" of {place.point.lat:.4f}, {place.point.lon:.4f}")
    span = account.place_span
    phrase = span.of(told.report.text) if span else place.name
    words.append("\n").append(quoted(phrase, longest=_QUOTE), "italic")
    return words.append_text(_reasons(place))


def _reasons(place: Place) -> Text:
    return Text(f"\n{harmless('; '.join(place.reasons))}" if place.reasons else "", "dim")


def _when(told: Told, index: int, account: Account) -> Text:
    words = Text(when_words(account.when))
    dates = told.spans(index, Label.DATE)
    if account.when is None and told.report.published is None:
        words.append(" (without a day of publication; use --published)")
    return _with_quotes(told, words, dates)


def _with_quotes(told: Told, words: Text, spans: list[LabelledSpan]) -> Text:
    """Words and the quotations that say them; who said it, where several people speak."""
    quotes: dict[str, LabelledSpan] = {}
    for span in spans:
        quotes.setdefault(told.quote(span).plain, span)
    speakers = {span.said_by.name for span in spans if span.said_by is not None}
    for quote, span in quotes.items():
        words.append(f"\n{quote}", "italic")
        if span.said_by is not None and len(speakers) > 1:
            words.append(f" said by {quoted(span.said_by.name)}", PLAIN)
    return words


def _killed(told: Told, index: int, account: Account) -> Text:
    words = Text(count_words(account.killed))
    if account.killed is not None:
        status = STATUS[account.civilian_status or CivilianStatus.UNCLEAR]
        voices = _voices(account)
        words.append(f" {status}").stylize("bold")
        words.append(f", according to {voices}" if voices else ", according to the publisher")
    if account.shared_toll is not None:
        total, places = account.shared_toll.total, len(account.shared_toll.covers)
        words.append(f": {count_words(total)} is said of {places} places together;")
        words.append(" how many died in each is for a person to decide")
    return _with_quotes(told, words, told.spans(index, Label.KILLED))


def _who_they_were(told: Told, index: int, account: Account) -> Iterator[Row]:
    for name, attribute, label in _GROUPS:
        count: Count | None = getattr(account, attribute)
        if count is not None:
            words = Text(f"{name}: {count_words(count)}")
            yield "of these", _with_quotes(told, words, told.spans(index, label))
    for span in told.spans(index, Label.COMPOSITION):
        yield "of these", told.quote(span).append(" no number is given", PLAIN)


def _answers(told: Told, account: Account) -> Iterator[Row]:
    if not account.statements:
        yield "Answer", Text("none in this report")
    by_stance: dict[tuple[str, Stance, bool], list[str]] = {}
    for one in account.statements:
        quote = quoted(one.span.of(told.report.text), longest=_QUOTE)
        by_stance.setdefault((one.party, one.stance, one.own_words), []).append(quote)
    for (party, stance, own_words), quotes in by_stance.items():
        words = Text(f"{harmless(party)} {STANCES[stance]}")
        if not own_words:
            words.append(" (as the report tells it, not in its own words)", "dim")
        for quote in dict.fromkeys(quotes):
            words.append(f"\n{quote}", "italic")
        yield "Answer", words


def _evidence(told: Told, account: Account) -> Iterator[Row]:
    if not account.evidence:
        yield "Evidence", Text(NOT_SAID)
    for shown in account.evidence:
        words = Text(f"{EVIDENCE[shown.kind]}, {CHECKED[shown.verified]}\n")
        quote = quoted(shown.span.of(told.report.text), longest=_QUOTE)
        yield "Evidence", words.append(quote, "italic")


def _show_left_out(told: Told, account: int | None, page: Page) -> None:
    """The numbers beside the toll of one account, or of none, and why they do not count."""
    left = [
        span
        for span in told.reading.spans
        if span.label in LEFT_OUT and span.label is not Label.COMPOSITION and _beside(span, account)
    ]
    if not left:
        return
    if account is None:
        page.gap()
    page.line(Text("Not counted" if account is not None else "Not counted for any incident"))
    for span in left[:_MOST]:
        reason = harmless(span.why or LEFT_OUT[span.label])
        page.row(f"  {count_words(span.value)}", told.quote(span).append(f" {reason}", PLAIN))
    if len(left) > _MOST:
        page.line(Text(f"  and {len(left) - _MOST:,} more; --json lists them all", "dim"))


def _beside(span: LabelledSpan, account: int | None) -> bool:
    return account in span.accounts if account is not None else not span.accounts
