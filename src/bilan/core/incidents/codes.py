"""Codes of incidents: short, said aloud without mistakes, given once.

SY-2017-09-16-k7qd3: country, first day as it was known then, four letters or digits, one check
character. No character looks or sounds like another one (no 0 o, 1 i l, u v); a mistyped
code does not pass its check and so never leads to another incident in silence.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable

from bilan.core.incidents.telling import Telling

ALPHABET = "23456789abcdefghjkmnpqrstwxyz"  # 29, a prime, so that the check sees every slip
LENGTH = 4  # 29^4 codes per country and day
NOWHERE = "XX"  # ISO 3166 leaves it to users
UNDATED = "undated"


def new_code(telling: Telling, taken: Callable[[str], bool]) -> str:
    """The code of the incident that this telling opens; `taken` says which are given already."""
    account = telling.account
    country = (account.place and account.place.country) or NOWHERE
    day = account.when.start.isoformat() if account.when else UNDATED
    for attempt in range(1000):
        seed = f"{telling.id}\n{attempt}".encode()
        stem = f"{country}-{day}-{_letters(seed)}"
        code = stem + check_character(stem)
        if not taken(code):
            return code
    raise ValueError(f"no code is left for {country} on {day}")


def _letters(seed: bytes) -> str:
    number = int.from_bytes(hashlib.sha256(seed).digest()[:8])
    letters = ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters


def check_character(stem: str) -> str:
    """The character that makes a code pass; one wrong or two swapped characters change it."""
    values = (ALPHABET.find(c) if c in ALPHABET else ord(c) for c in stem.casefold())
    total = sum(place * value for place, value in enumerate(values, start=1))
    return ALPHABET[total % len(ALPHABET)]


# Cyrillic and Greek letters that look like those of a code, and the dashes that are no hyphen.
_LOOKALIKES = str.maketrans(
    "\u0430\u0441\u0435\u043d\u043a\u043c\u0440\u0442\u0445\u0443\u0455\u0458\u0501\u0261\u03c1\u03ba"
    "\u2010\u2011\u2012\u2013\u2014\u2212",
    "acehkmptxysjdgpk------",
)


def as_meant(code: str) -> str:
    """A code as it was most likely meant, which may still be nobody's.

    Look-alikes of other scripts, full-width signs, dashes and case are put right.
    """
    plain = unicodedata.normalize("NFKC", code).strip().casefold().translate(_LOOKALIKES)
    return plain[:2].upper() + plain[2:]


def passes(code: str) -> bool:
    """Whether a code carries the check character that its other characters ask for."""
    return len(code) > LENGTH + 1 and check_character(code[:-1]) == code[-1]
