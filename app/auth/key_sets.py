"""The public keys of an issuer: read from a JWKS, fetched from where the issuer publishes it, and kept.

A published set is a mixed bag (keys for encryption, other algorithms, short keys); what does not suit us is
left aside and the rest works. A set that cannot be fetched leaves the keys already held in force: an issuer
that is down for an hour must not lock four authorities out.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import httpx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.auth.strict_json import Malformed, decode_base64url, parse_object

log = logging.getLogger("flerpart.auth.key_sets")

ES256: Final = "ES256"
RS256: Final = "RS256"

MAX_SET_BYTES: Final = 64 * 1024
MAX_SET_BRACKETS: Final = 512
MAX_KEYS: Final = 64
RSA_BITS: Final = range(2048, 8192 + 1)
RSA_EXPONENTS: Final = range(65537, 2**32)
PRIVATE_PARAMETERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})

FETCH_TIMEOUTS: Final = httpx.Timeout(connect=2.0, read=3.0, write=2.0, pool=2.0)
LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class KeySetInvalid(ValueError):
    """What was registered or fetched is no key set, or the address is not one we may fetch from."""


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """One public key, pinned to one algorithm. Compared by value: an unchanged key survives a refresh."""

    kid: str
    alg: str
    parameters: tuple[tuple[str, str], ...]

    def as_jwk(self) -> dict[str, str]:
        """The public key as a JWK."""
        return dict(self.parameters) | {"kid": self.kid, "alg": self.alg, "use": "sig"}


class KeySource(Protocol):
    """Where an issuer's keys are found."""

    @property
    def silent(self) -> bool:
        """Whether the issuer did not answer when it was last asked."""

    def find(self, kid: str, alg: str) -> VerificationKey | None:
        """The one key with this id and algorithm, or None."""

    async def refresh(self, now: datetime, /) -> bool:
        """Ask the issuer for its keys, if it is time to ask; True if the keys are other than before."""


KeysById = Mapping[tuple[str, str], VerificationKey]


def parse_key_set(raw: bytes) -> KeysById:
    """The suitable keys of a JWKS (RFC 7517), by kid and alg; may be none.

    Suitable: a kid, `use` absent or sig, `key_ops` absent or with verify, EC on P-256 (ES256) or RSA of 2048
    to 8192 bits (RS256), no private part. Two keys under one kid and alg are ambiguous, and neither is used.
    Raises KeySetInvalid if this is no JWKS.
    """
    if len(raw) > MAX_SET_BYTES:
        raise KeySetInvalid("the key set is too large")
    try:
        entries = parse_object(raw, MAX_SET_BRACKETS).get("keys")
    except Malformed as malformed:
        raise KeySetInvalid(f"the key set cannot be read: {malformed}") from None
    if type(entries) is not list or len(entries) > MAX_KEYS:
        raise KeySetInvalid("the key set has no list of at most 64 keys")
    suitable = [key for entry in entries if (key := _suitable(entry)) is not None]
    names = [(key.kid, key.alg) for key in suitable]
    return {name: key for name, key in zip(names, suitable, strict=True) if names.count(name) == 1}


def _suitable(entry: Any) -> VerificationKey | None:
    """The key in one entry of a set, or None if it is not one we verify with."""
    if type(entry) is not dict or not _for_verifying(entry):
        return None
    try:
        match entry.get("kty"), entry.get("alg"):
            case "EC", ("ES256" | None):
                return VerificationKey(entry["kid"], ES256, _ec_parameters(entry))
            case "RSA", ("RS256" | None):
                return VerificationKey(entry["kid"], RS256, _rsa_parameters(entry))
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm):
        return None
    return None


def _for_verifying(entry: Mapping[str, Any]) -> bool:
    """Named, meant for signatures, and without its private part: a private key once published is nobody's."""
    kid, operations = entry.get("kid"), entry.get("key_ops", ["verify"])
    return (
        type(kid) is str
        and 0 < len(kid) <= 255
        and entry.get("use", "sig") == "sig"
        and type(operations) is list
        and "verify" in operations
        and PRIVATE_PARAMETERS.isdisjoint(entry)
    )


def _ec_parameters(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    x, y = decode_base64url(entry["x"]), decode_base64url(entry["y"])
    if entry["crv"] != "P-256" or len(x) != 32 or len(y) != 32:
        raise KeySetInvalid("not a key on P-256")
    point = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())
    point.public_key()  # raises ValueError off the curve
    return (("kty", "EC"), ("crv", "P-256"), ("x", entry["x"]), ("y", entry["y"]))


def _rsa_parameters(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    modulus, exponent = (int.from_bytes(decode_base64url(entry[part])) for part in ("n", "e"))
    if modulus.bit_length() not in RSA_BITS or exponent not in RSA_EXPONENTS:
        raise KeySetInvalid("not an RSA key of a size we accept")
    rsa.RSAPublicNumbers(exponent, modulus).public_key()  # raises ValueError for an impossible key
    return (("kty", "RSA"), ("n", entry["n"]), ("e", entry["e"]))


class StaticKeySet:
    """Keys registered as a JWKS document; they change only by registering another document."""

    def __init__(self, jwks: str) -> None:
        """Raises KeySetInvalid if the document holds no suitable key."""
        self._keys = parse_key_set(jwks.encode("utf-8"))
        if not self._keys:
            raise KeySetInvalid("the registered key set holds no suitable key")

    @property
    def silent(self) -> bool:
        """Never: what was registered is all there is."""
        return False

    def find(self, kid: str, alg: str) -> VerificationKey | None:
        """The one key with this id and algorithm, or None."""
        return self._keys.get((kid, alg))

    async def refresh(self, _now: datetime, /) -> bool:
        """Nothing to ask: always False."""
        return False


class RemoteKeySet:
    """Keys fetched from where the issuer publishes them, in force until a later fetch replaces them."""

    def __init__(
        self,
        uri: str,
        *,
        development: bool = False,
        refresh_interval: timedelta = timedelta(seconds=30),
        deadline: timedelta = timedelta(seconds=5),
    ) -> None:
        """`uri` is https; in development also http to this machine. Raises KeySetInvalid otherwise.

        `refresh_interval` is the least time between two fetches, whatever asks for them: an unknown kid costs
        a stranger nothing to send, and must not make us flood the issuer. `deadline` bounds a whole fetch,
        which a server that drips single bytes would otherwise stretch for ever.
        """
        address = httpx.URL(uri)
        self._loopback = address.host in LOOPBACK_HOSTS
        if not address.host or address.userinfo or address.fragment:
            raise KeySetInvalid("the key set's address must have a host, no user and no fragment")
        if address.scheme != "https" and not (address.scheme == "http" and self._loopback and development):
            raise KeySetInvalid("the key set's address must be https")
        self._address = address
        self._interval = refresh_interval
        self._deadline = deadline
        self._keys: KeysById = {}
        self._asked_at: datetime | None = None
        self._fetched_at: datetime | None = None
        self._asking = asyncio.Lock()

    @property
    def silent(self) -> bool:
        """Whether the last fetch failed."""
        return self._asked_at != self._fetched_at

    @property
    def fetched_at(self) -> datetime | None:
        """When the keys in force were last confirmed by the issuer (UTC), or None if never."""
        return self._fetched_at

    def find(self, kid: str, alg: str) -> VerificationKey | None:
        """The one key with this id and algorithm among those last fetched, or None."""
        return self._keys.get((kid, alg))

    async def refresh(self, now: datetime, /) -> bool:
        """Fetch the keys unless asked for within the interval; True if they changed while we waited.

        A failed fetch is logged and changes nothing. Callers at the same time share one fetch.
        """
        before = self._keys
        async with self._asking:
            if self._asked_at is None or abs(now - self._asked_at) >= self._interval:
                self._asked_at = now
                await self._fetch(now)
        return self._keys != before

    async def _fetch(self, now: datetime) -> None:
        try:
            async with asyncio.timeout(self._deadline.total_seconds()):
                self._keys = parse_key_set(await self._download())
        except (httpx.HTTPError, httpx.StreamError, OSError, TimeoutError, KeySetInvalid) as failure:
            told = {"host": self._address.host, "class": type(failure).__name__}
            log.warning("key set not fetched", extra=told)
        else:
            self._fetched_at = now

    async def _download(self) -> bytes:
        """The document's bytes, counted while they arrive; a redirect is not followed."""
        async with (
            # Proxy settings of the environment are for the outside world, never for this machine.
            httpx.AsyncClient(
                timeout=FETCH_TIMEOUTS, follow_redirects=False, trust_env=not self._loopback
            ) as client,
            client.stream("GET", self._address, headers={"Accept-Encoding": "identity"}) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise KeySetInvalid("the answer is not 200")
            document = bytearray()
            async for piece in answer.aiter_raw():  # never unpacked: a compressed answer is no JSON
                document += piece
                if len(document) > MAX_SET_BYTES:
                    raise KeySetInvalid("the key set is too large")
        return bytes(document)
