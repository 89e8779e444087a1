"""From the head of a text file (`---` YAML `---`) to its fields, each with its line.

Only plain mappings of words are taken. Values stay as written (no YAML booleans, no YAML dates:
`lang: no` is Norwegian), and anchors, aliases and tags are refused, so no head can grow in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

import yaml

from bilan.core.values import Fault

LONGEST_HEAD = 32_000  # characters; a head is a dozen lines
_DEEPEST = 4  # levels; a publisher is one level down

_OPENING = re.compile(r"\A\ufeff?---[ \t]*\n(?=[ \t]*(?:#|\n|---|[\w\"'-]+[ \t]*:|[\[{&*!%]))")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)

Value = str | dict[str, "Value"] | list["Value"] | None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file's head and body. `lines` gives the line of every field, "publisher.kind" included."""

    body: str
    fields: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    fault: Fault | None = None  # malformed: neither fields nor body can be trusted


class _Malformed(Exception):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def split(text: str, *, where: str = "") -> FrontMatter:
    """The head of a text, if it has one, and its body; a malformed head is a fault with a line."""
    opening = _OPENING.match(text)
    if opening is None:
        return FrontMatter(text)
    closing = _CLOSING.search(text, opening.end(), opening.end() + LONGEST_HEAD)
    if closing is None:
        return _malformed("its front matter is opened and never closed with ---", 1, where)
    head = text[opening.end() : closing.start()]
    try:
        fields, lines = _fields(head)
    except _Malformed as error:
        return _malformed(str(error), error.line + 2, where)
    return FrontMatter(text[closing.end() :].lstrip("\n"), fields, lines)


def _malformed(message: str, line: int, where: str) -> FrontMatter:
    return FrontMatter("", fault=Fault("front_matter", message, f"{where}:{line}"))


def _fields(head: str) -> tuple[dict[str, Value], dict[str, int]]:
    events = _events(head)
    lines: dict[str, int] = {}
    first = next(events, None)
    if first is None:
        return {}, {}
    if not isinstance(first, yaml.MappingStartEvent):
        raise _Malformed("front matter has to be lines like `published: 2017-09-18`", 0)
    return _mapping(events, "", lines), lines


def _events(head: str) -> Iterator[yaml.Event]:
    """The content events of a head; refuses what a head has no use for."""
    depth = 0
    try:
        for event in yaml.parse(head, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            _refuse_tricks(event, depth)
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "not YAML"
        raise _Malformed(f"malformed front matter: {problem}", mark.line if mark else 0) from error
    except yaml.YAMLError as error:
        raise _Malformed("front matter holds characters that YAML forbids", 0) from error


def _refuse_tricks(event: yaml.Event, depth: int) -> None:
    line = _line(event)
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        raise _Malformed("front matter has no use for anchors and aliases", line)
    if getattr(event, "tag", None):
        raise _Malformed("front matter has no use for tags", line)
    if depth > _DEEPEST:
        raise _Malformed("front matter is nested too deeply", line)


def _line(event: yaml.Event) -> int:
    """The line of an event in the head, counted from 0."""
    return event.start_mark.line if event.start_mark else 0


def _mapping(events: Iterator[yaml.Event], path: str, lines: dict[str, int]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key in events:
        if isinstance(key, yaml.MappingEndEvent):
            break
        line = _line(key)
        if not isinstance(key, yaml.ScalarEvent):
            raise _Malformed("the name of a field has to be a word", line)
        if key.value in found:
            raise _Malformed(f"`{path}{key.value}` is given twice", line)
        lines[path + key.value] = line + 2  # counted from 1, after the opening line
        found[key.value] = _value(next(events), events, f"{path}{key.value}.", lines)
    return found


def _value(
    event: yaml.Event, events: Iterator[yaml.Event], path: str, lines: dict[str, int]
) -> Value:
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, path, lines)
    if isinstance(event, yaml.SequenceStartEvent):
        parts = takewhile(lambda e: not isinstance(e, yaml.SequenceEndEvent), events)
        return [_value(part, events, path, lines) for part in parts]
    if not isinstance(event, yaml.ScalarEvent):
        raise _Malformed("a value is missing", _line(event))
    bare = event.implicit[0] and event.value in ("", "~", "null")
    return None if bare else str(event.value)
