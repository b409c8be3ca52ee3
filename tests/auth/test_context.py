import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from app.auth.context import ContextSigner, padded
from app.auth.keyring import KeyRing

ORGANISATION = UUID("01890000-0000-7000-8000-00000000000a")
UNIT = UUID("01890000-0000-7000-8000-00000000000b")
ACTOR = UUID("01890000-0000-7000-8000-00000000000c")
INSTANT = datetime(2026, 3, 2, 8, 0, 1, 234567, tzinfo=UTC)
KEY = bytes(range(32))


def as_the_database_does(text: str, ipad: bytes, opad: bytes) -> str:
    """HMAC from its two halves, with nothing but sha256."""
    return hashlib.sha256(opad + hashlib.sha256(ipad + text.encode()).digest()).hexdigest()


def test_a_context_has_seven_parts() -> None:
    """Key id, organisation, unit, actor, instant in microseconds, expiry in seconds, mac."""
    parts = ContextSigner(3, KEY).sign(ORGANISATION, UNIT, ACTOR, INSTANT).split("|")
    assert parts[:-1] == ["3", str(ORGANISATION), str(UNIT), str(ACTOR), "1772438401234567", "1772438461"]
    assert len(parts) == 7


def test_the_database_comes_to_the_same_mac() -> None:
    """The padded halves and sha256 alone give the mac over everything before the last 65 characters."""
    signer = ContextSigner(3, KEY)
    context = signer.sign(ORGANISATION, UNIT, ACTOR, INSTANT)
    assert context[-64:] == as_the_database_does(context[:-65], *signer.padded())


def test_another_key_gives_another_mac() -> None:
    """Who does not hold the key cannot sign."""
    forged = ContextSigner(3, KEY[::-1]).sign(ORGANISATION, UNIT, ACTOR, INSTANT)
    assert forged[-64:] != as_the_database_does(forged[:-65], *padded(KEY))


@pytest.mark.parametrize("length", [1, 32, 63, 64])
def test_the_halves_are_those_of_hmac(length: int) -> None:
    """For every key up to a block the halves agree with the standard library's HMAC."""
    key = bytes(range(length))
    assert as_the_database_does("text", *padded(key)) == hmac.new(key, b"text", "sha256").hexdigest()


def test_a_key_longer_than_a_block_has_no_halves() -> None:
    """HMAC would hash such a key first, which the stored halves cannot show."""
    with pytest.raises(ValueError, match="longer"):
        padded(bytes(65))


def test_the_instant_is_the_same_in_every_zone() -> None:
    """The instant is counted in UTC, whatever zone it is written in."""
    swedish = INSTANT.astimezone(timezone(timedelta(hours=1)))
    signer = ContextSigner(3, KEY)
    assert signer.sign(ORGANISATION, UNIT, ACTOR, swedish) == signer.sign(ORGANISATION, UNIT, ACTOR, INSTANT)


def test_the_time_to_live_moves_the_expiry_alone() -> None:
    """A longer life gives a later expiry and the same instant."""
    parts = ContextSigner(3, KEY).sign(ORGANISATION, UNIT, ACTOR, INSTANT, ttl_seconds=5).split("|")
    assert parts[4:6] == ["1772438401234567", "1772438406"]


@pytest.mark.parametrize("ttl", [0, -1, 3601])
def test_a_context_lives_a_short_while(ttl: int) -> None:
    """A life of nothing or of more than an hour is refused."""
    with pytest.raises(ValueError, match="between"):
        ContextSigner(3, KEY).sign(ORGANISATION, UNIT, ACTOR, INSTANT, ttl_seconds=ttl)


def test_an_instant_without_zone_is_refused() -> None:
    """A naive instant would be read in the machine's zone."""
    with pytest.raises(ValueError, match="time zone"):
        ContextSigner(3, KEY).sign(ORGANISATION, UNIT, ACTOR, INSTANT.replace(tzinfo=None))


def test_the_key_ring_gives_key_and_id(keyring: KeyRing) -> None:
    """The installation's signer uses the ring's context key under its id."""
    signer = ContextSigner.of(keyring)
    context = signer.sign(ORGANISATION, UNIT, ACTOR, INSTANT)
    key = keyring.context_key.get_secret_value()
    assert signer.key_id == keyring.context_key_id
    assert context[-64:] == hmac.new(key, context[:-65].encode(), "sha256").hexdigest()
