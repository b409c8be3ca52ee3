"""A real OpenID provider on this machine: npm's `oidc-provider`, started from a hashed lock."""

import base64
import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx

from tests.auth import forge

HERE = Path(__file__).parent
NODE = shutil.which("node")
KEPT = HERE.parents[1] / ".flerpart"
INSTALLED = (".npmrc", "package.json", "package-lock.json")
PROGRAM = "provider.mjs"


class NoProvider(Exception):
    """The provider cannot be started here; the message says what is missing."""


def installed() -> Path:
    """The folder with the provider and what it needs, made the first time this very lock is asked for.

    Raises NoProvider where there is no Node, or where npm cannot install what the lock names.
    """
    npm = shutil.which("npm")
    if npm is None or NODE is None:
        raise NoProvider("Node and npm are not installed here")
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in INSTALLED)).hexdigest()
    folder = KEPT / f"oidc-{digest[:16]}"
    if not folder.exists():
        KEPT.mkdir(exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="oidc-unfinished-", dir=KEPT))
        for name in INSTALLED:
            shutil.copy(HERE / name, unfinished / name)
        command = [npm, "ci", "--ignore-scripts"]
        said = subprocess.run(command, cwd=unfinished, capture_output=True, check=False)
        if said.returncode != 0:
            shutil.rmtree(unfinished)
            raise NoProvider("npm could not install the packages of tests/oidc/package-lock.json")
        unfinished.rename(folder)
    shutil.copy(HERE / PROGRAM, folder)  # a module finds its packages from where it lies
    return folder


class Client:
    """A machine that may ask a provider for tokens, by its own key."""

    def __init__(self, name: str) -> None:
        self.id = f"https://{name}.klient.example"
        self._key = forge.ec_key(name)

    def known(self) -> dict[str, object]:
        """How a provider knows it."""
        return {"id": self.id, "jwk": forge.ec_jwk("client-1", self._key) | {"alg": "ES256"}}

    def assertion(self, issuer: str) -> str:
        """What it proves itself with (RFC 7523), once, for a minute."""
        now = int(time.time())
        return forge.token(
            {"alg": "ES256", "typ": "client-authentication+jwt", "kid": "client-1"},
            {"iss": self.id, "sub": self.id, "aud": issuer, "jti": str(uuid4()), "iat": now, "exp": now + 60},
            self._key,
        )


class Provider:
    """A running provider, signing with one algorithm for one resource."""

    def __init__(self, folder: Path, algorithm: str, resource: str, *clients: Client) -> None:
        self._process = subprocess.Popen(
            [NODE or "node", PROGRAM],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        known = [client.known() for client in clients]
        self._resource = resource
        self.issuer = self._say(json.dumps({"algorithm": algorithm, "resource": resource, "clients": known}))
        self.key_set_uri = f"{self.issuer}/jwks"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()

    def rotate(self) -> None:
        """Sign with a new key from now on; the keys before stay published."""
        self._say("rotate")

    def retire(self) -> None:
        """Publish the newest key alone."""
        self._say("retire")

    def close(self) -> None:
        """Answer nobody."""
        self._say("close")

    def open(self) -> None:
        """Answer again, with the same keys."""
        self._say("open")

    def asked(self, client: Client, **more: str) -> httpx.Response:
        """What the provider answers a client who asks for a token."""
        form = {
            "grant_type": "client_credentials",
            "client_id": client.id,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": client.assertion(self.issuer),
            "resource": self._resource,
        }
        with httpx.Client(trust_env=False) as http:
            return http.post(f"{self.issuer}/token", data=form | more)

    def token(self, client: Client, *rights: str) -> str:
        """An access token for a client, with the scopes of these rights."""
        scope = " ".join(f"{self._resource}/{right}" for right in rights)
        answer = self.asked(client, **({"scope": scope} if scope else {}))
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["access_token"]
        return token

    def _say(self, word: str) -> str:
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(word + "\n")
        asked.flush()
        answer = answers.readline().strip()
        if not answer:
            raise NoProvider("the provider ended at once")
        return answer


def read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token, unverified."""
    header, claims = (
        json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in token.split(".")[:2]
    )
    return header, claims
