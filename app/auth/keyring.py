"""The keys of the installation, read once at start-up from FLERPART_KEYS_FILE.

Five purposes, five keys, never shared: sealing personal data (several, so that they can be rotated), blind
indexes, signing the request's context for PostgreSQL, signing the journal's roots, and, in development only,
a private key that signs access tokens. Errors say which part is wrong and what to do, and never repeat what
stands there.
"""

import base64
import binascii
import json
import os
import re
import secrets
import stat
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretBytes,
    SecretStr,
    ValidationError,
    model_validator,
)

from app.auth.journal_key import JournalKey
from app.auth.strict_json import Malformed, decode_base64url, encode_base64url, parse_object

KEY_BYTES = 32
MAX_FILE_BYTES = 64 * 1024
MAX_FILE_BRACKETS = 64
EXPOSED = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP


class KeyRingError(Exception):
    """The keys file is missing, exposed or wrong; the message names the part and the remedy, never a key."""


def _decode_key(value: Any) -> bytes:
    if type(value) is not str:
        raise ValueError("must be 32 bytes in base64")
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("must be 32 bytes in base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"must be 32 bytes in base64, is {len(key)} bytes")
    return key


SymmetricKey = Annotated[SecretBytes, BeforeValidator(_decode_key)]
KeyId = Annotated[int, Field(ge=1, le=255)]


class DevelopmentKey(BaseModel):
    """Private key of the development issuer, an EC JWK on P-256 (RFC 7518 §6.2)."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    kid: str = Field(min_length=1, max_length=255)
    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str
    y: str
    d: SecretStr

    @model_validator(mode="after")
    def _public_part_belongs_to_private(self) -> Self:
        try:
            scalar = int.from_bytes(decode_base64url(self.d.get_secret_value()))
            x, y = (int.from_bytes(decode_base64url(part)) for part in (self.x, self.y))
            public = ec.derive_private_key(scalar, ec.SECP256R1()).public_key().public_numbers()
            belongs = (public.x, public.y) == (x, y)
        except ValueError:
            belongs = False
        if not belongs:
            raise ValueError("x and y do not belong to d")
        return self

    @classmethod
    def generate(cls) -> Self:
        """A new key, with an id of its own."""
        numbers = ec.generate_private_key(ec.SECP256R1()).private_numbers()
        x, y, d = (
            encode_base64url(number.to_bytes(KEY_BYTES))
            for number in (numbers.public_numbers.x, numbers.public_numbers.y, numbers.private_value)
        )
        return cls(kid=f"development-{secrets.token_hex(4)}", kty="EC", crv="P-256", x=x, y=y, d=SecretStr(d))

    def public_jwk(self) -> dict[str, str]:
        """The public half, as it is published."""
        return self.model_dump(exclude={"d"}) | {"alg": "ES256", "use": "sig"}

    def private_jwk(self) -> dict[str, str]:
        """The whole key, for signing."""
        return self.model_dump(exclude={"d", "kid"}) | {"d": self.d.get_secret_value()}


class KeyRing(BaseModel):
    """All keys of the installation. Nothing in it is printed: every key is a secret type."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    data_keys: dict[KeyId, SymmetricKey] = Field(min_length=1)
    current_data_key: KeyId
    blind_index_key: SymmetricKey
    context_key_id: KeyId
    context_key: SymmetricKey
    journal_key: JournalKey | None = None
    """Absent from keys files older than the journal's roots; `flerpart journal add-key` adds it."""
    development_issuer_key: DevelopmentKey | None = None

    @model_validator(mode="after")
    def _complete_and_separate(self) -> Self:
        if self.current_data_key not in self.data_keys:
            raise ValueError(f"current_data_key is {self.current_data_key}, which data_keys does not hold")
        uses = [(f"data_keys.{key_id}", key.get_secret_value()) for key_id, key in self.data_keys.items()]
        uses.append(("blind_index_key", self.blind_index_key.get_secret_value()))
        uses.append(("context_key", self.context_key.get_secret_value()))
        first_use: dict[bytes, str] = {}
        for name, key in uses:
            if key in first_use:
                raise ValueError(f"{first_use[key]} and {name} are the same key")
            first_use[key] = name
        return self

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key ring in the file, or KeyRingError saying what is wrong with it."""
        try:
            mode = path.stat().st_mode
            raw = path.read_bytes()[: MAX_FILE_BYTES + 1]
        except OSError as failure:
            raise KeyRingError(f"The keys file {path} cannot be read: {failure.strerror}.") from None
        if mode & EXPOSED:
            raise KeyRingError(
                f"The keys file {path} is open to others (mode {stat.S_IMODE(mode):04o}): set it to 0600."
            )
        if len(raw) > MAX_FILE_BYTES:
            raise KeyRingError(f"The keys file {path} is larger than a keys file can be.")
        try:
            return cls.model_validate_json(json.dumps(parse_object(raw, MAX_FILE_BRACKETS)))
        except Malformed as malformed:
            raise KeyRingError(f"The keys file {path} is not a JSON object: {malformed}.") from None
        except ValidationError as invalid:
            raise KeyRingError(f"The keys file {path} is wrong: {_faults(invalid)}.") from None

    @classmethod
    def create(cls, path: Path, *, development: bool = True) -> Self:
        """Make new keys and write them to a file only its owner can read; KeyRingError if the file exists.

        With `development` the ring also holds the key that signs development tokens; production never does.
        """

        def new_key() -> str:
            return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")

        document: dict[str, Any] = {
            "data_keys": {"1": new_key()},
            "current_data_key": 1,
            "blind_index_key": new_key(),
            "context_key_id": 1,
            "context_key": new_key(),
            "journal_key": JournalKey.generate().private_jwk(),
        }
        if development:
            key = DevelopmentKey.generate()
            document["development_issuer_key"] = key.private_jwk() | {"kid": key.kid}
        _write_once(path, json.dumps(document, indent=2) + "\n")
        return cls.load(path)

    @classmethod
    def add_journal_key(cls, path: Path) -> Self:
        """Give an older file the key that signs roots, and leave the others; the ring it is then."""
        ring = cls.load(path)
        if ring.journal_key:
            return ring
        document = json.loads(path.read_bytes()) | {"journal_key": JournalKey.generate().private_jwk()}
        whole = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        _write_once(whole, json.dumps(document, indent=2) + "\n")
        whole.chmod(stat.S_IMODE(path.stat().st_mode))
        whole.replace(path)
        return cls.load(path)


def _write_once(path: Path, text: str) -> None:
    """Write the whole file or none of it, and never over another: a lost key is lost data."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)  # fails where a rename would overwrite
        finally:
            draft.unlink()
    except OSError as failure:
        if path.exists():
            raise KeyRingError(f"The keys file {path} exists already and is never overwritten.") from None
        raise KeyRingError(f"The keys file {path} cannot be written: {failure.strerror}.") from None


def _faults(invalid: ValidationError) -> str:
    """Where and what, without values. A place is shown only if it cannot be a key put in the wrong spot."""
    faults = []
    for fault in invalid.errors(include_url=False, include_context=False, include_input=False):
        place = ".".join(
            str(part) if re.fullmatch(r"[a-z_]{1,32}|[0-9]{1,3}", str(part)) else "(unknown field)"
            for part in fault["loc"]
            if part != "[key]"
        )
        message = fault["msg"].removeprefix("Value error, ")
        faults.append(f"{place}: {message}" if place else message)
    return "; ".join(faults)
