"""The key that signs the journal's roots: Ed25519, so that `openssl` alone can verify one anywhere."""

from hashlib import sha256
from typing import Literal, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, SecretStr, model_validator

from app.auth.strict_json import decode_base64url, encode_base64url

_PEM = "-----BEGIN PUBLIC KEY-----"


class JournalKey(BaseModel):
    """A private Ed25519 key as a JWK (RFC 8037)."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    d: SecretStr

    @model_validator(mode="after")
    def _public_part_belongs_to_private(self) -> Self:
        try:
            belongs = _raw(self._private().public_key()) == decode_base64url(self.x)
        except ValueError:
            belongs = False
        if not belongs:
            raise ValueError("x does not belong to d")
        return self

    @classmethod
    def generate(cls) -> Self:
        """A new key."""
        key = Ed25519PrivateKey.generate()
        x, d = encode_base64url(_raw(key.public_key())), encode_base64url(key.private_bytes_raw())
        return cls(kty="OKP", crv="Ed25519", x=x, d=SecretStr(d))

    def private_jwk(self) -> dict[str, str]:
        """The whole key, as the keys file holds it."""
        return self.model_dump(exclude={"d"}) | {"d": self.d.get_secret_value()}

    @property
    def id(self) -> str:
        """How a root names the key: the beginning of the hash of its public part."""
        return key_id_of(self._private().public_key())

    def sign(self, text: bytes) -> bytes:
        """The signature over a text, 64 bytes."""
        return self._private().sign(text)

    def public_pem(self) -> str:
        """The public part, to be handed to everybody who keeps roots."""
        return (
            self._private()
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode("ascii")
        )

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(decode_base64url(self.d.get_secret_value()))


def key_id_of(key: Ed25519PublicKey) -> str:
    """The name of a public key: sixteen hexadecimal digits."""
    return sha256(_raw(key)).hexdigest()[:16]


class PublicKeys:
    """The keys whose signatures are believed, by name."""

    def __init__(self, pem: str) -> None:
        """Every public key a text of PEM blocks holds. Raises ValueError for one that is no Ed25519 key."""
        self._keys: dict[str, Ed25519PublicKey] = {}
        for block in pem.split(_PEM)[1:]:
            key = serialization.load_pem_public_key((_PEM + block).encode())
            if not isinstance(key, Ed25519PublicKey):
                raise ValueError("not an Ed25519 key")
            self._keys[key_id_of(key)] = key

    def vouch(self, key_id: str, text: bytes, signature: bytes) -> bool:
        """Whether a known key of that name made the signature over the text."""
        key = self._keys.get(key_id)
        if key is None:
            return False
        try:
            key.verify(signature, text)
        except InvalidSignature:
            return False
        return True


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes_raw()
