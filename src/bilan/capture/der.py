"""Puts the certificates of a stamp in the order that DER asks for.

OpenSSL, behind many authorities, leaves them as they come, and a strict reader refuses that. No
signature covers their order.
"""

from __future__ import annotations

from collections.abc import Iterator

_SEQUENCE, _TAGGED_0 = 0x30, 0xA0


def in_order(answer: bytes) -> bytes:
    """An answer of an authority (RFC 3161, TimeStampResp) with sorted certificates.

    ValueError where it is no such answer. One without a stamp comes back as it is.
    """
    parts = list(_parts(_inside(answer, _SEQUENCE)))
    if len(parts) < 2:
        return answer
    status, token = parts[:2]
    kind, content = _parts(_inside(token, _SEQUENCE))
    fields = list(_parts(_inside(_inside(content, _TAGGED_0), _SEQUENCE)))
    sorted_fields = [
        _packed(_TAGGED_0, b"".join(sorted(_parts(_inside(one, _TAGGED_0)))))
        if one[0] == _TAGGED_0
        else one
        for one in fields
    ]
    signed = _packed(_SEQUENCE, b"".join(sorted_fields))
    whole = _packed(_SEQUENCE, kind + _packed(_TAGGED_0, signed))
    return _packed(_SEQUENCE, status + whole)


def _inside(value: bytes, tag: int) -> bytes:
    """What stands inside a value of that tag."""
    if not value or value[0] != tag:
        raise ValueError(f"no value of tag {tag:#x}")
    start, end = _bounds(value, 0)
    if end != len(value):
        raise ValueError("a value is cut, or something follows it")
    return value[start:end]


def _parts(data: bytes) -> Iterator[bytes]:
    """The values that stand one after the other."""
    at = 0
    while at < len(data):
        _, end = _bounds(data, at)
        yield data[at:end]
        at = end


def _bounds(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the value at that place begins and ends."""
    if at + 2 > len(data):
        raise ValueError("a value is cut")
    size, start = data[at + 1], at + 2
    if size & 0x80:
        digits = size & 0x7F
        size = int.from_bytes(data[start : start + digits], "big")
        start += digits
    if start + size > len(data):
        raise ValueError("a value is cut")
    return start, start + size


def _packed(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content
