"""From the fields of a file and its words to a Report, with a fault for each wrong field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from bilan.core.reports.decoding import tidy
from bilan.core.values import Fault, Publisher, PublisherKind, Report

ID_DIGITS = 12  # hexadecimal digits of a content hash that name a report without an id
LONGEST_ID = 200  # characters
FIELDS = ("id", "lang", "published", "publisher", "url", "title", "synthetic", "text")

_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_ID = re.compile(r"[^\s\x00-\x1f\x7f]+(?: [^\s\x00-\x1f\x7f]+)*")
_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0", ""}


@dataclass(frozen=True, slots=True)
class Stated:
    """What the person at the keyboard says of a report; it outranks what the file says."""

    lang: str | None = None
    published: date | None = None
    publisher: str | None = None


def content_id(content: bytes) -> str:
    """The id of a report that brings none: the first digits of the SHA-256 of its bytes."""
    return sha256(content).hexdigest()[:ID_DIGITS]


def day(text: str) -> date:
    """The day of an ISO date or date-time; ValueError where it is neither."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text).date()


@dataclass
class _Fields:
    """Fields of one report, read one by one; what is wrong is collected with its place."""

    given: Mapping[str, Any]
    where: str
    lines: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)

    def complain(self, name: str, message: str) -> None:
        """Note a fault of one field, at its line where it is known."""
        line = self.lines.get(name)
        place = f"{self.where}:{line}" if line else self.where
        self.faults.append(Fault("front_matter", message, place))

    def word(self, name: str) -> str | None:
        """A field that is words, or None where it is absent or empty."""
        value = _at(self.given, name)
        if value is None:
            return None
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return tidy(str(value)).strip() or None
        self.complain(name, f"`{name}` has to be words")
        return None


def _at(given: Mapping[str, Any], name: str) -> Any:
    outer, _, inner = name.partition(".")
    value = given.get(outer)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, Mapping) else None


def report_of(
    given: Mapping[str, Any],
    text: str,
    *,
    fallback_id: str,
    stated: Stated | None = None,
    where: str = "",
    lines: Mapping[str, int] | None = None,
) -> tuple[Report, tuple[Fault, ...]]:
    """A report from its fields and text; `lang` stays as stated, or "und" for others to settle.

    A field that is wrong is left out and named in a fault; the report itself is kept.
    """
    stated = stated or Stated()
    fields = _Fields(given, where, lines or {})
    fields.faults.extend(_misspelled(given, where, lines or {}))
    report = Report(
        id=_id(fields) or fallback_id,
        text=tidy(text).strip("\n"),
        lang=stated.lang or _lang(fields) or "und",
        published=stated.published or _published(fields),
        publisher=_publisher(fields, stated.publisher),
        url=fields.word("url"),
        title=fields.word("title"),
        synthetic=_synthetic(fields),
    )
    return report, tuple(fields.faults)


def _misspelled(given: Mapping[str, Any], where: str, lines: Mapping[str, int]) -> Iterator[Fault]:
    """Fields unknown to Bilan are ignored, but one that nearly is a known one is a slip."""
    for name in given:
        close = get_close_matches(name, FIELDS, n=1, cutoff=0.8) if name not in FIELDS else []
        if close:
            place = f"{where}:{lines[name]}" if name in lines else where
            yield Fault("front_matter", f"`{name}` is not used: is it `{close[0]}`?", place)


def _id(fields: _Fields) -> str | None:
    found = fields.word("id")
    if found is not None and (len(found) > LONGEST_ID or not _ID.fullmatch(found)):
        fields.complain("id", "`id` has to be one short line")
        return None
    return found


def _lang(fields: _Fields) -> str | None:
    found = fields.word("lang")
    if found is None:
        return None
    if not _LANG.fullmatch(found):
        fields.complain("lang", f"`lang: {found}` is no language code such as fr or ar")
        return None
    return re.split("[-_]", found)[0].lower()


def _published(fields: _Fields) -> date | None:
    found = fields.word("published")
    if found is None:
        return None
    try:
        return day(found)
    except ValueError:
        fields.complain("published", f"`published: {found}` is no date like 2017-09-18")
        return None


def _publisher(fields: _Fields, stated: str | None) -> Publisher:
    if isinstance(fields.given.get("publisher"), Mapping):
        name = fields.word("publisher.name")
    else:
        name = fields.word("publisher")
    if stated is not None and stated != name:
        return Publisher(name=stated)
    return Publisher(
        name=name,
        kind=_kind(fields),
        affiliation=fields.word("publisher.affiliation"),
        party=fields.word("publisher.party"),
    )


def _kind(fields: _Fields) -> PublisherKind | None:
    found = fields.word("publisher.kind")
    if found is None:
        return None
    try:
        return PublisherKind(found)
    except ValueError:
        kinds = ", ".join(PublisherKind)
        fields.complain("publisher.kind", f"`kind: {found}` is none of {kinds}")
        return None


def _synthetic(fields: _Fields) -> bool:
    value = fields.given.get("synthetic")
    if isinstance(value, bool):
        return value
    word = (fields.word("synthetic") or "").lower()
    if word not in _TRUE | _FALSE:
        fields.complain("synthetic", f"`synthetic: {word}` is neither true nor false")
    return word in _TRUE
