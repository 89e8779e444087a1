"""Stamps of the head by somebody else's clock (RFC 3161), checked without asking anybody again.

A stamp says: this hash existed at that time. It covers the head of the ledger, so everything before
it; it stands in the ledger itself, as a later entry, with the certificates that it needs. Byte by
byte in `docs/reference/record-format.md`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from bilan.core.errors import DataError, IntegrityError
from bilan.store.ledger import Head

STAMPED = "stamped"  # the kind of entry


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a stamp proves: the entry up to which all existed, when at the latest, by whose word.

    `root` is the SHA-256 of the certificate on which everything rests: whoever relies on the stamp
    compares it with the one that the authority publishes.
    """

    seq: int
    at: datetime
    authority: str
    root: str


def stamped_bytes(record: str, head: Head) -> bytes:
    """What is stamped: the record, and where its ledger ends."""
    return f"bilan-head-1\n{record}\n{head.seq}\n{head.hash}\n".encode()


def certificates_in(pem: bytes) -> list[Certificate]:
    """The certificates of a PEM file."""
    try:
        return load_pem_x509_certificates(pem)
    except ValueError as error:
        raise DataError("No certificate is in that file.", hint="It has to be PEM.") from error


def stamp_body(
    head: Head, address: str, answer: bytes, certificates: Iterable[Certificate]
) -> dict[str, Any]:
    """The body of the entry that keeps a stamp."""
    kept = [base64.b64encode(c.public_bytes(Encoding.DER)).decode() for c in certificates]
    token = base64.b64encode(answer).decode()
    return {
        "seq": head.seq,
        "head": head.hash,
        "authority": address,
        "answer": token,
        "certificates": kept,
    }


def own_chain(answer: bytes) -> list[Certificate]:
    """The certificates that the authority sent along, the issuer of all others last."""
    sent = decode_timestamp_response(answer).signed_data.certificates
    found = [load_der_x509_certificate(bytes(one)) for one in sent]
    return sorted(found, key=lambda one: one.subject == one.issuer)


def checked(record: str, body: Mapping[str, Any]) -> Stamp:
    """What the stamp of an entry proves; IntegrityError where it does not hold."""
    head = Head(int(body["seq"]), str(body["head"]))
    kept = [load_der_x509_certificate(base64.b64decode(c)) for c in body["certificates"]]
    return check(record, head, base64.b64decode(body["answer"]), kept)


def check(record: str, head: Head, answer: bytes, kept: Sequence[Certificate]) -> Stamp:
    """What an authority's answer proves of this head, resting on the certificates kept."""
    roots = [one for one in kept if one.subject == one.issuer]
    if not roots:
        raise IntegrityError(
            "No certificate is kept on which the stamp could rest.",
            hint="Give the authority's root certificate: --certificate FILE.",
        )
    builder = VerifierBuilder()
    for one in kept:
        add = builder.add_root_certificate if one in roots else builder.add_intermediate_certificate
        builder = add(one)
    try:
        response = decode_timestamp_response(answer)
        builder.build().verify_message(response, stamped_bytes(record, head))
    except (VerificationError, ValueError) as error:
        raise IntegrityError(f"The stamp does not hold: {error}.") from error
    told = response.tst_info.gen_time.astimezone(UTC)
    root = roots[0]
    return Stamp(head.seq, told, root.subject.rfc4514_string(), root.fingerprint(SHA256()).hex())
