"""Sealing of personal data, and the blind indexes by which sealed data is found again.

A sealed value is bound to its organisation, table, row and column: moved anywhere else it does not open. What
lies in a backup or on a stolen disk is unreadable without the keys file.
"""

import hmac
import re
import secrets
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.auth.keyring import KeyRing

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
OVERHEAD_BYTES: Final = 1 + NONCE_BYTES + TAG_BYTES
"""By how much a sealed value is longer than its text in UTF-8."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)


class SealBroken(Exception):
    """The value was changed, moved, or sealed with a key we do not hold; which of them is not told."""


class Sealer:
    """Seals with the current data key and opens with any key of the ring, so keys rotate without a rewrite.

    A key may seal 2**32 values (the bound for random nonces of AES-GCM): rotate long before.
    """

    def __init__(self, keyring: KeyRing) -> None:
        self._current = keyring.current_data_key
        self._ciphers = {key_id: AESGCM(key.get_secret_value()) for key_id, key in keyring.data_keys.items()}
        self._blind_index_key = keyring.blind_index_key.get_secret_value()

    def seal(self, text: str, organisation_id: UUID, table: str, row_id: UUID, column: str) -> bytes:
        """Key id (one byte), nonce (12 bytes), AES-256-GCM of the text and its tag (16 bytes).

        Raises ValueError for text that is not Unicode (a lone surrogate) or a name that cannot be a column's.
        """
        place = _place(organisation_id, table, row_id, column)
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, _utf8(text), place)
        return bytes([self._current]) + nonce + sealed

    def open(self, sealed: bytes, organisation_id: UUID, table: str, row_id: UUID, column: str) -> str:
        """The text sealed at exactly this place; raises SealBroken for anything else."""
        place = _place(organisation_id, table, row_id, column)
        if len(sealed) < OVERHEAD_BYTES or (cipher := self._ciphers.get(sealed[0])) is None:
            raise SealBroken
        try:
            text = cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], place)
        except InvalidTag:
            raise SealBroken from None
        return text.decode("utf-8")

    def key_id(self, sealed: bytes) -> int:
        """Which data key sealed this; raises SealBroken if none of ours did."""
        if not sealed or sealed[0] not in self._ciphers:
            raise SealBroken
        return sealed[0]

    def blind_index(self, organisation_id: UUID, kind: str, value: str) -> bytes:
        """32 bytes, equal for equal values of one kind within one organisation and unrelated everywhere else.

        The value must be in its one canonical form. Keyed, since all personal identity numbers can be
        enumerated; keyed per organisation, so that two authorities' rows cannot be matched in a dump.
        """
        label = b"blind-index|" + str(organisation_id).encode("ascii")
        own_key = hmac.digest(self._blind_index_key, label, "sha256")
        return hmac.digest(own_key, _utf8(f"{_name(kind)}|{value}"), "sha256")


def _place(organisation_id: UUID, table: str, row_id: UUID, column: str) -> bytes:
    """organisation|table|id|column: no part can hold the separator."""
    return f"{organisation_id}|{_name(table)}|{row_id}|{_name(column)}".encode("ascii")


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("not a lower-case name")
    return name


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("not Unicode text") from None  # the original error carries the text
