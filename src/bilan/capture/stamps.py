"""Asks a time-stamping authority (RFC 3161) for a stamp; the only thing it learns is a hash."""

from __future__ import annotations

import urllib.request
from urllib.error import URLError
from urllib.parse import urlsplit

from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    decode_timestamp_response,
)

from bilan.capture.der import in_order
from bilan.core.errors import NoAnswer, UsageError

PATIENCE = 30.0  # seconds; authorities answer within one
_LONGEST = 1_000_000  # bytes of an answer; with a chain of certificates it has some ten thousand


def ask_for_stamp(address: str, message: bytes) -> bytes:
    """The authority's answer about the SHA-256 of the message; NoAnswer where it gives none."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise UsageError(f"{address} is not the address of an authority.", hint="http(s)://…")
    builder = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    question = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    sent = _posted(address, question.as_bytes())
    try:
        answer = in_order(sent)
        told = decode_timestamp_response(answer)
        refused = told.status != 0
        nonce = None if refused else told.tst_info.nonce
    except ValueError as error:
        raise NoAnswer(f"{address} answered with something else than a stamp.") from error
    if refused:
        raise NoAnswer(f"{address} refused: {' '.join(told.status_string) or told.status}.")
    if nonce != question.nonce:
        raise NoAnswer(f"{address} answered another question.", hint="Nothing was written.")
    return answer


def _posted(address: str, question: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "User-Agent": "bilan"}
    # The scheme was looked at above.
    asked = urllib.request.Request(address, question, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as reply:  # noqa: S310
            return bytes(reply.read(_LONGEST))
    except (URLError, OSError) as error:
        raise NoAnswer(f"{address} does not answer: {error}.", hint="Try again later.") from error
