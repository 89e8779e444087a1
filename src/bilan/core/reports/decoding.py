"""From bytes to the one text of a report: UTF-8, UTF-16, or a code page told by its letters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from bilan.core.values import Fault

LARGEST_REPORT = 10_000_000  # bytes; ten long books. Raise it together with the memory it costs.
_SAMPLE = 1 << 16  # bytes that a guess looks at
_ENOUGH = 0.6  # share of words that must look right before a guess is taken
_FEW = 20  # one bad byte in so many characters beyond ASCII is damage, more is another encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)


@dataclass(frozen=True, slots=True)
class _CodePage:
    name: str
    people_say: str
    common: str  # the letters beyond ASCII that make up most of what is written in it


# Where two fit equally well the first is taken.
_CODE_PAGES = (
    _CodePage("cp1252", "Windows Western", "éèàêçùôûîâëïñóíáúãõüöäßÉÀÇÈ"),
    _CodePage("cp1256", "Windows Arabic", "اليمنوترهبعدفسحقكجةأىصشطخ"),
    _CodePage("iso-8859-6", "ISO Arabic", "اليمنوترهبعدفسحقكجةأىصشطخ"),
    _CodePage("cp1251", "Windows Cyrillic", "оеаинтсрвлкмдпуяыьгзбчйжіїєшю"),
    _CodePage("koi8-r", "KOI8 Cyrillic", "оеаинтсрвлкмдпуяыьгзбчйжшю"),
    _CodePage("cp1254", "Windows Turkish", "ışğİŞüöçÖÜÇ"),
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """What decoding gave: a text, or None, and what was wrong or guessed."""

    text: str | None
    encoding: str
    faults: tuple[Fault, ...] = ()


def decode(data: bytes, *, where: str = "") -> Decoded:
    """The text of some bytes, NFC, newlines as `\\n`; a guess is always shown as a fault."""
    refusal = _refusal(data, where)
    if refusal is not None:
        return Decoded(None, "", (refusal,))
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _as_unicode(data[len(bom) :], name, where)
    if b"\0" in data:
        return _as_unicode(data, _utf16_order(data), where)
    try:
        return Decoded(tidy(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.reason == "unexpected end of data":
            return _cut_off(data[: error.start], "utf-8", where)
    return _as_damaged_utf8(data, where) or _as_code_page(data, where)


def tidy(text: str) -> str:
    """NFC, newlines as `\\n`, and no half of a surrogate pair, which no file could hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return unicodedata.normalize("NFC", text)


def _refusal(data: bytes, where: str) -> Fault | None:
    if len(data) > LARGEST_REPORT:
        size = f"larger than {LARGEST_REPORT // 1_000_000} MB, the most that one report may have"
        return Fault("too_large", size, where)
    if not data.strip(b" \t\r\n\0"):
        return Fault("empty", "there is nothing in it", where)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return Fault("binary", f"this is {kind}, not a text", where)
    marked = data.startswith(tuple(bom for bom, _ in _BOMS))
    if b"\0" in data and not marked and not _utf16_order(data):
        return Fault("binary", "this is no text: it has zero bytes in it", where)
    return None


def _utf16_order(data: bytes) -> str:
    """UTF-16 of which byte order, told by where its zero bytes stand; "" = neither."""
    sample = data[:_SAMPLE]
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if min(low, high) * 20 > max(low, high):
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _as_unicode(data: bytes, encoding: str, where: str) -> Decoded:
    try:
        return Decoded(tidy(data.decode(encoding)), encoding)
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4:
            return _cut_off(data[: error.start], encoding, where)
        place = f"byte {error.start} is not {encoding.upper()}"
        return Decoded(None, encoding, (Fault("undecodable", place, where),))


def _cut_off(data: bytes, encoding: str, where: str) -> Decoded:
    fault = Fault("truncated", "it ends in the middle of a character; the rest was read", where)
    return Decoded(tidy(data.decode(encoding)), encoding, (fault,))


def _as_damaged_utf8(data: bytes, where: str) -> Decoded | None:
    """UTF-8 with a few bad bytes in it, or None where it is something else."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if bad * _FEW > sum(not c.isascii() for c in text):
        return None
    message = f"{bad} places are not UTF-8 and stand as \ufffd; the rest was read"
    return Decoded(tidy(text), "utf-8", (Fault("damaged", message, where),))


def _as_code_page(data: bytes, where: str) -> Decoded:
    score, page = max(((_likeness(data[:_SAMPLE], p), p) for p in _CODE_PAGES), key=lambda t: t[0])
    if score < _ENOUGH:
        message = "its encoding cannot be told: neither UTF-8 nor a code page fits; convert it"
        return Decoded(None, "", (Fault("undecodable", message, where),))
    fault = Fault("guessed_encoding", f"read as {page.people_say} ({page.name}), a guess", where)
    return Decoded(tidy(data.decode(page.name, errors="replace")), page.name, (fault,))


def _likeness(data: bytes, page: _CodePage) -> float:
    """Share of the words beyond ASCII that look like words when read so."""
    text = data.decode(page.name, errors="replace")
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    strange = sum(not c.isalpha() and not c.isascii() for c in text)
    good = sum(_looks_written(word, page.common) for word in words)
    return good / (len(words) + strange / 4) if words else 0.0


def _looks_written(word: str, common: str) -> bool:
    """One script, no capital after a small letter, mostly letters that are common."""
    beyond = [c for c in word if not c.isascii()]
    if common[0] < "\u0250":  # Latin: accents are sprinkled over ASCII letters
        if 3 * len(beyond) > 2 * len(word) and len(word) > 2:
            return False
    elif len(beyond) < len(word):
        return False
    if any(a.islower() and b.isupper() for a, b in pairwise(word)):
        return False
    return 4 * sum(c.lower() in common for c in beyond) >= 3 * len(beyond)
