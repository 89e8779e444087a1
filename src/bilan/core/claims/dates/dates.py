"""From the words of a report to its dates, resolved against the day of publication.

Rules (conventions, rule 7): a weekday is the last such day on or before publication; an unnamed
or spanning night is two days, a named one is one; a date without a year is the nearest past one.
Without a day of publication what depends on it stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from bilan.core.claims.dates.atoms import AtomReader
from bilan.core.claims.dates.parts import Atom, AtomKind
from bilan.core.claims.dates.resolution import Resolver
from bilan.core.claims.dates.rules import DateRules, date_rules
from bilan.core.claims.numbers.amounts import Amount, amounts
from bilan.core.claims.text.found import Found
from bilan.core.claims.text.language import Language
from bilan.core.claims.text.lexicon import Hit
from bilan.core.claims.text.tokens import Words
from bilan.core.frozen import dataclass, replace
from bilan.core.values import When

_GAP = 4  # tokens between two parts of one date ("early in the morning of Saturday")
_DASHES = frozenset({("-",), ("–",), ("—",)})
_COMMAS = frozenset(",،()")
_SHADES = frozenset({AtomKind.PART, AtomKind.SHADE, AtomKind.TURN})
_ENDS = frozenset({AtomKind.DAY, AtomKind.WEEKDAY, AtomKind.MONTH, AtomKind.YEAR})


class DateKind(StrEnum):
    """How a date is said."""

    DAY = "day"  # a day of the calendar
    DATELINE = "dateline"  # the day of writing: "KABUL (May 31, 2011)", a date alone in its line
    WEEKDAY = "weekday"
    RELATIVE = "relative"  # yesterday, two days ago
    ANNIVERSARY = "anniversary"  # five years ago today
    ANCHORED = "anchored"  # the next day: counted from the event that the text tells
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    PERIOD = "period"  # the past 24 hours
    SINCE = "since"  # since March: up to publication
    DURATION = "duration"  # three days: how long, no day
    DAYPART = "daypart"  # a mere "at dawn"


_DAYS = frozenset({DateKind.DAY, DateKind.WEEKDAY, DateKind.RELATIVE})


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date on tokens [first, last); `when` is None where it cannot be resolved.

    `shift`: days from the event, for an anchored date. Its `when` counts from the day named before
    it in the text; without one, "the day before" counts from publication and "the next day" is
    not resolved. `full`: day, month and year are written.
    """

    first: int
    last: int
    when: When | None
    kind: DateKind
    shift: int = 0
    full: bool = False


def dates_in(
    words: Words,
    hits: Sequence[Hit] | Found,
    language: Language,
    published: date | None,
    *,
    numbers: Sequence[Amount] | None = None,
) -> list[DateMention]:
    """Every date of a text in its order, none overlapping another; linear in its length.

    `numbers` are the bare numbers of the text, where `amounts` has read them already.
    """
    found = Found.of(hits)
    numbers = amounts(words, found, language) if numbers is None else numbers
    return dates_of(words, found, language, published, atoms_in(words, found, language, numbers))


def atoms_in(
    words: Words, found: Found, language: Language, numbers: Sequence[Amount]
) -> list[Atom]:
    """The parts of the dates of a text, whatever day it was written."""
    return AtomReader(words, found, date_rules(language.code), numbers).atoms()


def dates_of(
    words: Words,
    found: Found,
    language: Language,
    published: date | None,
    atoms: Sequence[Atom],
) -> list[DateMention]:
    """The dates that some parts make, as they are resolved by a day of publication."""
    resolver = Resolver(published)
    groups = _Grouper(words, found, date_rules(language.code), resolver).groups(atoms)
    mentions = (_mention(group, resolver) for group in groups)
    told = _anchored(mention for mention in mentions if mention is not None)
    return list(_to_the_day(told))


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one date: `until` is its other end, `into` means the night before it."""

    first: int
    last: int
    atoms: tuple[Atom, ...]
    until: tuple[Atom, ...] = ()
    into: bool = False
    since: bool = False

    def get(self, kind: AtomKind) -> Atom | None:
        """The part of a kind."""
        for atom in self.atoms:
            if atom.kind is kind:
                return atom
        return None


class _Grouper:
    """Puts the parts together that make one date."""

    def __init__(self, words: Words, found: Found, rules: DateRules, resolver: Resolver) -> None:
        self._words, self._rules = words, rules
        self._resolver = resolver
        self._into = found.by_last("night_into")
        self._since = found.by_last("since")

    def groups(self, atoms: Sequence[Atom]) -> list[Group]:
        """One group per date, in the order of the text."""
        groups: list[Group] = []
        for atom in atoms:
            joined = self._joined(groups[-1], atom) if groups else None
            if joined is not None:
                groups[-1] = joined
            else:
                groups.append(Group(atom.first, atom.last, (atom,)))
        opened: list[Group] = []
        for group in groups:
            begins = opened[-1].last if opened else 0
            group = self._opened(group)
            opened.append(group if group.first >= begins else replace(group, first=begins))
        return opened

    def _joined(self, group: Group, atom: Atom) -> Group | None:
        far = atom.first - group.last > _GAP
        if far or "l" in self._words.kinds[group.last : atom.first]:
            return None
        gap = self._words.norms[group.last : atom.first]
        kinds = {a.kind for a in (group.until or group.atoms)}
        if atom.kind in kinds:
            return self._stretched(group, atom, gap)
        bracketed = ")" in gap and group.first > 0 and self._words.norms[group.first - 1] == "("
        if bracketed or not all(word in self._rules.glue for word in gap):
            return None
        if not (_compatible(kinds, atom.kind) and self._agree(group, atom)):
            return None
        if group.until:
            return replace(group, last=atom.last, until=(*group.until, atom))
        return replace(group, last=atom.last, atoms=(*group.atoms, atom))

    def _stretched(self, group: Group, atom: Atom, gap: tuple[str, ...]) -> Group | None:
        """The second end of a stretch: "Friday to Saturday", "28 February - 2 March"."""
        if group.until or atom.kind not in _ENDS:
            return None
        following = atom.kind is AtomKind.WEEKDAY and not gap
        lead = group.get(atom.kind)
        if lead is None or not (gap in self._rules.to or following) or not _increase(lead, atom):
            return None
        if atom.kind is AtomKind.YEAR and gap not in _DASHES:
            return None
        return replace(group, last=atom.last, until=(atom,))

    def _agree(self, group: Group, atom: Atom) -> bool:
        """Whether a part may be of the same day: "yesterday, Saturday", not "today, last week"."""
        known = [a for a in group.atoms if a.kind <= AtomKind.WEEKDAY and ".." not in a.key]
        if atom.kind in _SHADES or ".." in atom.key:
            return not _COMMAS & set(self._words.norms[group.last : atom.first])
        if atom.kind > AtomKind.WEEKDAY:
            return not known
        if {a.kind for a in (*known, atom)} == {AtomKind.WEEKDAY, AtomKind.DAY}:
            return True  # "Thursday, January 8", of any year
        days = [self._resolver.single(a) for a in (*known, atom)]
        told = [day for day in days if day is not None]
        if any(a.kind is AtomKind.WORD and not _is_day(a) for a in (*known, atom)):
            return not known
        return all(a.near(b, days=1) for a in told for b in told)

    def _opened(self, group: Group) -> Group:
        """With the word before it: "since", "in the night to"."""
        for atom in group.atoms if not group.until else ():
            into = self._before(self._into, atom.first)
            if into is not None and atom.kind in (AtomKind.DAY, AtomKind.WEEKDAY):
                return replace(group, first=min(into.first, group.first), into=True)
        bounded = group.until or any(atom.day_to for atom in group.atoms)
        since = None if bounded else self._before(self._since, group.first)
        return group if since is None else replace(group, since=True)

    def _before(self, table: dict[int, Hit], first: int) -> Hit | None:
        """A phrase right before a token, glue aside."""
        for at in (first, first - 1, first - 2):
            if at in table:
                return table[at]
            if at <= 0 or self._words.norms[at - 1] not in self._rules.glue:
                return None
        return None


def _anchored(mentions: Iterable[DateMention]) -> Iterator[DateMention]:
    """The same, with "the next day" counted from the day named before it."""
    anchor: When | None = None
    for mention in mentions:
        if mention.kind is DateKind.ANCHORED and anchor is not None:
            step = timedelta(days=mention.shift)
            mention = replace(mention, when=When(anchor.start + step, anchor.end + step))
        elif mention.kind is DateKind.ANCHORED and mention.shift >= 0:
            # Without a day before it, only "the day before" counts from publication.
            mention = replace(mention, when=None)
        elif mention.kind in _DAYS and mention.when is not None:
            anchor = mention.when
        yield mention


def _to_the_day(mentions: Iterable[DateMention]) -> Iterator[DateMention]:
    """The mentions; "five years ago today" is one, the same day of the earlier year."""
    last: DateMention | None = None
    for mention in mentions:
        joined = _years_before(last, mention) if last else None
        if last is not None and joined is None:
            yield last
        last = joined or mention
    if last is not None:
        yield last


def _years_before(year: DateMention, day: DateMention) -> DateMention | None:
    if year.kind is not DateKind.YEAR or year.last != day.first or not (year.when and day.when):
        return None
    same = day.when.start.timetuple()[1:3]
    if day.kind is not DateKind.RELATIVE or day.when.start != day.when.end or same == (2, 29):
        return None
    then = day.when.start.replace(year=year.when.start.year)
    return replace(day, first=year.first, when=When.on(then), kind=DateKind.ANNIVERSARY)


def _is_day(atom: Atom) -> bool:
    """Whether a word means one day or night ("yesterday"), no week, no stretch."""
    return atom.key[0] in "DA" and atom.key[-1] not in "wmyh"


def _increase(low: Atom, high: Atom) -> bool:
    """Whether the second of two days of the calendar comes after the first."""
    if low.kind is not AtomKind.DAY or None in (low.month, low.day, high.month, high.day):
        return True
    same_year = low.year is None or high.year is None or low.year == high.year
    return not same_year or (high.month, high.day) > (low.month, low.day) or low.month == 12


def _compatible(kinds: set[AtomKind], kind: AtomKind) -> bool:
    """Whether a part may join: a year belongs to a month's own grammar, not to a weekday."""
    if kind is AtomKind.YEAR:
        return bool(kinds & {AtomKind.SHADE, AtomKind.TURN}) and not kinds & _ENDS
    if AtomKind.YEAR in kinds:
        return False
    return not (kind is AtomKind.MONTH and AtomKind.DAY in kinds)


def _mention(group: Group, resolver: Resolver) -> DateMention | None:
    when, kind, shift = _meaning(group, resolver)
    if kind is None:
        return None
    if group.since and kind is not DateKind.PERIOD:
        when, kind = resolver.since(when), DateKind.SINCE
    day = group.get(AtomKind.DAY)
    return DateMention(
        group.first, group.last, when, kind, shift, full=day is not None and day.year is not None
    )


Meaning = tuple[When | None, DateKind | None, int]


def _meaning(group: Group, resolver: Resolver) -> Meaning:
    lead = min(group.atoms, key=_rank) if len(group.atoms) > 1 else group.atoms[0]
    if lead.kind is AtomKind.WORD:
        return _word(lead, resolver)
    if lead.kind is AtomKind.DAY:
        return _days(group, lead, resolver), DateKind.DAY, 0
    if lead.kind is AtomKind.WEEKDAY:
        return _weekdays(group, lead, resolver), DateKind.WEEKDAY, 0
    if lead.kind in (AtomKind.MONTH, AtomKind.YEAR):
        return _coarse(group, lead, resolver)
    if lead.kind is AtomKind.PART:
        return resolver.part(lead.key), DateKind.DAYPART, 0
    return None, None, 0


def _rank(atom: Atom) -> int:
    """The part that decides: a mere "in the night" gives way to the day it belongs to."""
    return AtomKind.PART if ".." in atom.key else atom.kind


def _word(lead: Atom, resolver: Resolver) -> Meaning:
    when, shift = resolver.formula(lead.key)
    if lead.key.startswith(("P", "T")):
        return when, DateKind.PERIOD if lead.key[0] == "P" else DateKind.DURATION, 0
    if lead.key.startswith("A"):
        return when, DateKind.ANCHORED, shift
    coarse = {"W": DateKind.WEEK, "M": DateKind.MONTH, "Y": DateKind.YEAR, "E": DateKind.WEEK}
    unit = lead.key[-1].upper() if lead.key[-1] in "wmy" else lead.key[0]
    return when, coarse.get(unit, DateKind.RELATIVE), 0


def _days(group: Group, lead: Atom, resolver: Resolver) -> When | None:
    end = next((a for a in group.until if a.kind is AtomKind.DAY), None)
    if end is not None:
        return resolver.stretch(lead, end)
    return resolver.day(lead, into=group.into)


def _weekdays(group: Group, lead: Atom, resolver: Resolver) -> When | None:
    turn = group.get(AtomKind.TURN) or next(
        (a for a in group.until if a.kind is AtomKind.TURN), None
    )
    end = next((a for a in group.until if a.kind is AtomKind.WEEKDAY), None)
    if lead.day is not None and end is None and not group.into:
        numbered = resolver.numbered(int(lead.key), lead.day)
        if numbered is not None:
            return numbered
    return resolver.weekday(
        int(lead.key), turn.key if turn else "", int(end.key) if end else None, into=group.into
    )


def _coarse(group: Group, lead: Atom, resolver: Resolver) -> Meaning:
    shade = group.get(AtomKind.SHADE)
    end = next((a for a in group.until if a.kind is lead.kind), None)
    if lead.kind is AtomKind.YEAR:
        until = end.year if end is not None else lead.year_to
        return resolver.year(lead, until, shade.key if shade else ""), DateKind.YEAR, 0
    turn = group.get(AtomKind.TURN)
    when = resolver.month(lead, turn.key if turn else "")
    if when is not None and end is not None and (last := resolver.month(end, "")) is not None:
        when = When(when.start, max(when.end, last.end), when.precision)
    return resolver.shaded(when, shade.key if shade else ""), DateKind.MONTH, 0
