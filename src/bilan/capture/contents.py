"""From the bytes of one item to its report: a text with its front matter, or a web page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from bilan.capture.captured import Captured
from bilan.core.claims.text.profiles import profiles
from bilan.core.reports.decoding import decode
from bilan.core.reports.front_matter import split
from bilan.core.reports.language_of import settle_language
from bilan.core.reports.report import Stated, content_id, report_of
from bilan.core.values import Fault


def captured(
    content: bytes, *, where: str, stated: Stated | None = None, page: bool = False
) -> Captured:
    """The report that some bytes hold; `page` says that they are HTML."""
    stated = stated or Stated()
    if page:
        # trafilatura takes a second to import: only pages pay for it.
        fields, text, faults = import_module("bilan.capture.pages").page(content, where=where)
        lines: Mapping[str, int] = {}
    else:
        fields, text, lines, faults = _text(content, where)
    if text is None:
        return Captured(where, content, None, faults)
    return settled(content, fields, text, stated, where=where, lines=lines, faults=faults)


def settled(
    content: bytes,
    fields: Mapping[str, Any],
    text: str,
    stated: Stated,
    *,
    where: str,
    lines: Mapping[str, int] | None = None,
    faults: tuple[Fault, ...] = (),
) -> Captured:
    """A report with its language settled, or the fault that there are no words in it."""
    report, wrong = report_of(
        fields, text, fallback_id=content_id(content), stated=stated, where=where, lines=lines
    )
    faults += wrong
    if not report.text.strip():
        empty = Fault("empty", "it has no text, only a head" if fields else "it has no text", where)
        return Captured(where, content, None, (*faults, empty))
    lang, fault = settle_language(report.lang, report.text, profiles(), where=where)
    faults += (fault,) if fault else ()
    return Captured(where, content, replace(report, lang=lang), faults)


def _text(
    content: bytes, where: str
) -> tuple[Mapping[str, Any], str | None, Mapping[str, int], tuple[Fault, ...]]:
    decoded = decode(content, where=where)
    if decoded.text is None:
        return {}, None, {}, decoded.faults
    matter = split(decoded.text, where=where)
    if matter.fault:
        return {}, None, {}, (*decoded.faults, matter.fault)
    return matter.fields, matter.body, matter.lines, decoded.faults
