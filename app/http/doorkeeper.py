"""Before anything is read: how much goes on at once, and how often one address asks."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Unavailable
from app.http.rates import Rate

Network = IPv4Network | IPv6Network

HEALTH_PATHS: Final = frozenset({"/livez", "/readyz"})
"""Asked by whoever watches over us, also when we are full."""
MOST_AT_ONCE: Final = 200
"""More than this only wait for each other: they are told at once to come back."""


class Doorkeeper:
    """Turns away what is too much, before it costs anything."""

    def __init__(self, app: ASGIApp, rate: Rate, trusted_proxies: Sequence[Network] = ()) -> None:
        self._app = app
        self._rate = rate
        self._trusted = tuple(trusted_proxies)
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in. Raises TooManyRequests or Unavailable."""
        if scope["type"] != "http" or scope["path"] in HEALTH_PATHS:
            await self._app(scope, receive, send)
            return
        self._rate.take(address_of(scope, self._trusted))
        if self._inside >= MOST_AT_ONCE:
            raise Unavailable
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1


def address_of(scope: Scope, trusted_proxies: Sequence[Network]) -> str:
    """Whose address a request comes from.

    X-Forwarded-For is anybody's word. It is believed only where the connection comes from a proxy of ours,
    and read from its end: what such a proxy has added, up to the first address that is none of ours.
    """
    client = scope.get("client")
    nearest = str(client[0]) if client else ""
    if not _is_one_of(nearest, trusted_proxies):
        return nearest
    told = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
    for address in reversed([one.strip() for one in told.split(",") if one.strip()]):
        nearest = address
        if not _is_one_of(address, trusted_proxies):
            break
    return nearest[:64]


def _is_one_of(address: str, networks: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
