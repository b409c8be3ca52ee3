"""The signed request context that PostgreSQL's policies read.

`keyid|organisation|unit|actor|instant|expiry|mac`, set per transaction as a bound parameter. The database
verifies the mac with the same key, so SQL injected into the shared login cannot become another organisation.
"""

import hmac
from datetime import UTC, datetime, timedelta
from typing import Final, Self
from uuid import UUID

from app.auth.keyring import KeyRing

BLOCK_BYTES: Final = 64
"""Block size of SHA-256, and so the longest key whose halves can be stored."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def padded(key: bytes) -> tuple[bytes, bytes]:
    """ipad and opad halves of the key (RFC 2104): mac = sha256(opad + sha256(ipad + text)).

    PostgreSQL has sha256 but no HMAC without an extension. Raises ValueError for a key over 64 bytes.
    """
    if len(key) > BLOCK_BYTES:
        raise ValueError("the key is longer than a block")
    block = key.ljust(BLOCK_BYTES, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


class ContextSigner:
    """Signs contexts with one key, known to the database by its id."""

    def __init__(self, key_id: int, key: bytes) -> None:
        self._key_id = key_id
        self._key = key

    @classmethod
    def of(cls, keyring: KeyRing) -> Self:
        """The signer with the installation's context key."""
        return cls(keyring.context_key_id, keyring.context_key.get_secret_value())

    @property
    def key_id(self) -> int:
        """The id under which the database must know the key."""
        return self._key_id

    def padded(self) -> tuple[bytes, bytes]:
        """The halves (ipad, opad) that the database must hold under `key_id`."""
        return padded(self._key)

    def sign(
        self,
        organisation_id: UUID,
        unit_id: UUID,
        actor_id: UUID,
        instant: datetime,
        ttl_seconds: int = 60,
        signed_at: datetime | None = None,
    ) -> str:
        """A context that holds until `ttl_seconds` after it was signed;
        `instant` (aware) is the policies' clock.

        The two differ only where somebody else's clock is asked:
        `signed_at` is then the time on the database's.

        The instant is in microseconds and the expiry in seconds since 1970 UTC.
        Raises ValueError for an instant without a time zone or a time to live outside 1 to 3600 seconds.
        """
        if instant.tzinfo is None:
            raise ValueError("the instant must know its time zone")
        if not 1 <= ttl_seconds <= 3600:
            raise ValueError("a context lives between a second and an hour")
        microseconds = (instant - _EPOCH) // timedelta(microseconds=1)
        expiry = ((signed_at or instant) - _EPOCH) // timedelta(seconds=1) + ttl_seconds
        text = f"{self._key_id}|{organisation_id}|{unit_id}|{actor_id}|{microseconds}|{expiry}"
        return f"{text}|{hmac.digest(self._key, text.encode('ascii'), 'sha256').hex()}"
