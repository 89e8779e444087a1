"""From a saved web page to its main text and what it says of itself."""

from __future__ import annotations

import re
from typing import Any

import trafilatura
from lxml.etree import LxmlError
from trafilatura.settings import Document

from bilan.core.reports.decoding import decode
from bilan.core.values import Fault

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page has to declare its encoding (HTML standard: 1024)
# A date that the page does not state as its own would be a guess: nothing extensive.
_DATES = {"extensive_search": False, "original_date": True}


def page(content: bytes, *, where: str) -> tuple[dict[str, Any], str | None, tuple[Fault, ...]]:
    """Fields, main text and faults of a page; the text is None where nothing can be read."""
    html, faults = _html(content, where)
    if html is None:
        return {}, None, faults
    try:
        found = trafilatura.bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            favor_precision=True,
            date_extraction_params=_DATES,
        )
    except (LxmlError, RecursionError, ValueError, AttributeError, TypeError) as error:
        fault = Fault("page", f"this page cannot be parsed ({type(error).__name__})", where)
        return {}, None, (*faults, fault)
    if not isinstance(found, Document) or not found.text:
        return {}, None, (*faults, Fault("page", "there is no main text in this page", where))
    return _fields(found), _without_title(found.text, found.title), faults


def _html(content: bytes, where: str) -> tuple[str | None, tuple[Fault, ...]]:
    """The page as text: in the encoding that it declares where that works, else as any text."""
    declared = _DECLARED.search(content[:_HEAD])
    plain = decode(content, where=where)
    if plain.encoding == "utf-8" or declared is None or plain.text is None:
        return plain.text, plain.faults
    try:
        return content.decode(declared.group(1).decode("ascii")), ()
    except (LookupError, UnicodeDecodeError):
        return plain.text, plain.faults


def _fields(found: Document) -> dict[str, Any]:
    return {
        "title": found.title,
        "published": found.date,
        "url": found.url,
        "publisher": {"name": found.sitename or found.hostname},
    }


def _without_title(text: str, title: str | None) -> str:
    """The text without its first line where that only repeats the title, which is kept apart."""
    first, _, rest = text.partition("\n")
    return rest if title and first.strip() == title.strip() and rest.strip() else text
