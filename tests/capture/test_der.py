from __future__ import annotations

import pytest

from bilan.capture.der import in_order

CERTIFICATES = b"\xa0\x08\x30\x02\x05\x05\x30\x02\x01\x01"
SORTED = b"\xa0\x08\x30\x02\x01\x01\x30\x02\x05\x05"


def answer(certificates: bytes) -> bytes:
    signed = b"\x30" + bytes([3 + len(certificates)]) + b"\x02\x01\x03" + certificates
    content = b"\xa0" + bytes([len(signed)]) + signed
    token = b"\x30" + bytes([3 + len(content)]) + b"\x06\x01\x2a" + content
    status = b"\x30\x03\x02\x01\x00"
    return b"\x30" + bytes([len(status) + len(token)]) + status + token


def test_certificates_out_of_order_are_put_in_order() -> None:
    assert in_order(answer(CERTIFICATES)) == answer(SORTED)
    assert in_order(answer(SORTED)) == answer(SORTED)


def test_a_refusal_comes_back_as_it_is() -> None:
    refusal = b"\x30\x05\x30\x03\x02\x01\x02"
    assert in_order(refusal) == refusal


@pytest.mark.parametrize("cut", range(1, len(answer(SORTED))))
def test_an_answer_that_is_cut_is_no_answer(cut: int) -> None:
    with pytest.raises(ValueError, match=r"cut|no value"):
        in_order(answer(SORTED)[:cut])
