"""A stamp by somebody else's clock: kept with its certificates, checked without the network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bilan.acts.stamp_head import stamp_head
from bilan.capture.stamps import ask_for_stamp
from bilan.core.errors import IntegrityError, NoAnswer, UsageError
from bilan.store.ledger import Draft, head, links
from bilan.store.signing import Author
from bilan.store.stamps import STAMPED, certificates_in, stamped_bytes
from bilan.store.verify.whole import verify
from tests.acts.conftest import Folder
from tests.authority import NO_OPENSSL, Authority, has_openssl

pytestmark = pytest.mark.skipif(not has_openssl(), reason=NO_OPENSSL)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "one")


def test_a_stamp_covers_all_that_stands_there_and_needs_nobody_later(
    told: Folder, authority: Authority
) -> None:
    told.tell("d01", "2017-09-16 | Marsa 35.0 40.0 | killed 5 | said by SOHR")
    end = head()
    with authority.open() as address:
        made = stamp_head(told.record, address, ask_for_stamp, at=told.clock())
    assert made.seq == end.seq and "Synthetic Time" in made.authority
    verdict = verify(told.record)
    assert verdict.holds and verdict.stamps == [made]
    told.tell("d02", "2017-10-02 | Harbour 36.0 38.0 | killed 3 | said by SOHR")
    assert verify(told.record).stamps == [made]


def test_a_stamp_rests_on_the_certificate_that_the_user_gave(
    told: Folder, authority: Authority, own_folders: Path
) -> None:
    known = certificates_in(authority.root.read_bytes())
    with authority.open() as address:
        made = stamp_head(
            told.record, address, ask_for_stamp, at=told.clock(), certificates=known, by="Amal"
        )
    assert verify(told.record).stamps == [made]
    other = Authority(own_folders / "other", name="Elsewhere")
    wrong = certificates_in(other.root.read_bytes())
    end = head()
    with authority.open() as address, pytest.raises(IntegrityError, match="does not hold"):
        stamp_head(told.record, address, ask_for_stamp, at=told.clock(), certificates=wrong)
    assert head() == end


def forged(told: Folder, authority: Authority, **changes: object) -> list[str]:
    """What verify says of a stamp that somebody wrote into the ledger with these changes."""
    with authority.open() as address:
        stamp_head(told.record, address, ask_for_stamp, at=told.clock())
    (link,) = links(kinds=[STAMPED])
    body = {**json.loads(link.body), **changes}
    with told.record.writing("a forged stamp") as pen:
        pen.write([Draft(STAMPED, body)], author=Author("bilan"), at=told.clock())
    return [fault.message for fault in verify(told.record).faults]


def test_a_stamp_of_another_head_is_named(told: Folder, authority: Authority) -> None:
    (fault,) = forged(told, authority, head="ab" * 32)
    assert "does not hold" in fault


def test_a_stamp_that_cannot_be_read_is_named(told: Folder, authority: Authority) -> None:
    (fault,) = forged(told, authority, answer="AAAA")
    assert "does not hold" in fault


def test_a_stamp_without_its_certificates_is_named(told: Folder, authority: Authority) -> None:
    (fault,) = forged(told, authority, certificates=[])
    assert "No certificate" in fault


def test_an_authority_that_does_not_answer_writes_nothing(
    told: Folder, authority: Authority
) -> None:
    end = head()
    authority.broken = True
    try:
        with authority.open() as address, pytest.raises(NoAnswer, match="something else"):
            stamp_head(told.record, address, ask_for_stamp, at=told.clock())
    finally:
        authority.broken = False
    with pytest.raises(NoAnswer, match="does not answer"):
        ask_for_stamp("http://127.0.0.1:9/tsa", b"x")
    with pytest.raises(UsageError, match="is not the address"):
        ask_for_stamp("file:///etc/passwd", b"x")
    assert head() == end


def test_an_answer_to_another_question_is_refused(
    told: Folder, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with authority.open() as address:
        first = ask_for_stamp(address, stamped_bytes(told.record.id, head()))
        monkeypatch.setattr(authority, "answer", lambda _: first)
        with pytest.raises(NoAnswer, match="another question"):
            ask_for_stamp(address, stamped_bytes(told.record.id, head()))
