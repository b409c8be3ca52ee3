"""G5: no token opens anything unless a registered issuer signed it, for us, for now.

Every named attack at every protected operation gets the same 401; mutated tokens, 20,000 a run, are refused
each and all, and nothing breaks. LONG=1 for a million.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pydantic import SecretStr

from app.agreements.registry import registry
from app.auth.key_sets import StaticKeySet
from app.auth.token_form import TokenRefused
from app.auth.tokens import Issuer, Verifier
from app.db.directory_load import put_account, put_issuer, writing_directory
from app.db.tables.directory import Officer, TokenIssuer, Unit
from app.http import about
from app.http.connection import BoundedConnection
from app.settings import Settings
from app.wiring import build_app
from tests.api.matrix.document import DOCUMENT, OPERATIONS, UNKNOWN, Operation
from tests.auth import forge
from tests.auth.attacks import ATTACKS
from tests.auth.mutations import mutated
from tests.http.sockets import listening
from trust.gate import Gate, Shown
from trust.ground import Ground, Place
from trust.wire import Wire, request

MUTATIONS = 20_000
ALL_MUTATIONS = 1_000_000
OURS = forge.jwks(forge.ec_jwk("ec-1"), forge.rsa_jwk("rsa-1"))
THEIRS = forge.jwks(forge.ec_jwk("other-1", forge.ec_key("other")))


async def trial(ground: Ground) -> Shown:
    """Every attack at every door, and chance."""
    async with ground.place() as place:
        asked, other, odd = await _attacks(place)
    tried, accepted, crashes = _mutations(ALL_MUTATIONS if ground.long else MUTATIONS)
    return Shown(
        (other, odd, accepted, crashes) == (0, 0, 0, 0) and len(ATTACKS) >= 60,
        f"{len(ATTACKS)} named attacks in {asked:,} requests: {other} not met by the same 401, {odd} good"
        f" tokens refused; {tried:,} mutated tokens: {accepted} accepted, {crashes} crashes",
    )


async def _attacks(place: Place) -> tuple[int, int, int]:
    """How many requests were made, how many were not refused alike, and how many good ones were refused."""
    await _known(place)
    settings = Settings(
        database_url=SecretStr(place.urls.api),
        FLERPART_KEYS_FILE=Path(place.api.environment["FLERPART_KEYS_FILE"]),
        FLERPART_CALLER_RATE=0,
        FLERPART_ORGANISATION_RATE=0,
        FLERPART_ADDRESS_RATE=0,
    )
    # Here, since the attacks are of one moment and time must stand still for them.
    app = build_app(settings, lambda: forge.NOW)
    tokens = [attack.forged().encode("utf-8", "surrogatepass") for attack in ATTACKS]
    asked = other = odd = 0
    async with (
        app.router.lifespan_context(app),
        listening(app, BoundedConnection) as served,
        Wire(served.port) as wire,
    ):
        for operation in _secured():
            expected = await wire.ask(_request(operation, b"a.b.c"))
            for token in tokens:
                answer = await wire.ask(_request(operation, token))
                asked += 1
                if not _sendable(token):
                    other += answer.status != 400
                else:
                    other += (answer.status, answer.body) != (401, expected.body)
                    other += "www-authenticate" not in answer.headers
            good = await wire.ask(_request(operation, forge.token().encode()))
            odd += good.status in {401, 500, 503}
    return asked, other, odd


def _sendable(token: bytes) -> bool:
    """Whether HTTP can carry it: what breaks a header's line is refused before anybody looks for a token."""
    return not any(byte < 0x20 or byte == 0x7F for byte in token)


def _secured() -> Sequence[Operation]:
    return [one for one in OPERATIONS.values() if DOCUMENT["paths"][one.path][one.method.lower()]["security"]]


def _request(operation: Operation, token: bytes) -> bytes:
    path = "/".join(UNKNOWN if part.startswith("{") else part for part in operation.path.split("/"))
    query = f"?{operation.query}" if operation.query else ""
    headers = {"Idempotency_Key": "one"} if operation.needs_key else {}
    headers |= {"If_Match": '"1"'} if operation.needs_match else {}
    body = forge.as_json(operation.example) if operation.schema is not None else b""
    return request(operation.method, about.BASE_PATH + path + query, token, body, **headers)


async def _known(place: Place) -> None:
    """Register two issuers, and an account with the one whose tokens are forged."""
    organisation, unit = next(iter(registry())).parties[0].organisations[0].id, uuid4()
    async with writing_directory(place.urls.migration) as directory:
        await directory.put(Unit(org_id=organisation, id=unit, name="Provenheten", address=["Provgatan 1"]))
    officer = Officer(org_id=organisation, id=uuid4(), unit_id=unit, name="Person", function="handläggare")
    await put_account(place.urls.migration, officer, uuid4(), forge.ISSUER, forge.SUBJECT, ["caseworker"])
    for issuer, keys in ((forge.ISSUER, OURS), (forge.OTHER_ISSUER, THEIRS)):
        found = TokenIssuer(
            issuer=issuer, audience=forge.AUDIENCE, key_set=keys, registered_at=datetime.now(UTC)
        )
        await put_issuer(place.urls.migration, found)


def _mutations(count: int) -> tuple[int, int, int]:
    """How many mutants of good tokens were tried, accepted, and met by anything but the one refusal."""
    verifier = Verifier(
        [
            Issuer(forge.ISSUER, forge.AUDIENCE, StaticKeySet(OURS)),
            Issuer(forge.OTHER_ISSUER, forge.AUDIENCE, StaticKeySet(THEIRS)),
        ]
    )
    chance = random.Random()
    originals = [forge.token(), forge.rsa_token()]
    tried = accepted = crashes = 0
    while tried < count:
        original = chance.choice(originals)
        mutant = mutated(chance, original)
        if mutant == original:
            continue
        tried += 1
        try:
            verifier.verify(mutant, forge.NOW)
        except TokenRefused:
            continue
        except Exception:
            crashes += 1
        else:
            accepted += 1
    return tried, accepted, crashes


GATE = Gate("g5", "No token opens anything unless a registered issuer signed it, for us, for now.", 2, trial)
