"""How often one may ask, how much goes on at once, and whose word for an address is taken."""

import asyncio
import itertools
from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from app.errors import TooManyRequests, Unavailable
from app.http.doorkeeper import MOST_AT_ONCE, Doorkeeper, address_of
from app.http.rates import BURST_SECONDS, Rate, Rates
from app.main import create_app
from tests.http.conftest import PARTS, ROUTES, client_of
from tests.http.sending import is_problem

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


class Watch:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds since some moment."""
        return self.now


def taken(rate: Rate, who: str = "a") -> int:
    """How many requests are let through before one is refused."""
    for count in itertools.count():
        try:
            rate.take(who)
        except TooManyRequests:
            return count
    raise AssertionError


def test_a_burst_and_then_an_even_pace() -> None:
    """Some seconds' worth may come at once; then as many as time has passed for, and never more at once."""
    watch = Watch()
    rate = Rate(2, watch)
    assert taken(rate) == 2 * BURST_SECONDS
    watch.now += 1.5
    assert taken(rate) == 3
    watch.now += 3600
    assert taken(rate) == 2 * BURST_SECONDS


def test_each_has_a_pace_of_their_own() -> None:
    """Whoever asks too often holds up nobody else."""
    rate = Rate(2, Watch())
    taken(rate, "a")
    assert taken(rate, "b") == 2 * BURST_SECONDS


def test_a_refusal_says_how_long_to_wait() -> None:
    """Retry-After is when the next request would be let through, in whole seconds."""
    watch = Watch()
    rate = Rate(0.1, watch)
    rate.take("a")
    with pytest.raises(TooManyRequests) as refused:
        rate.take("a")
    assert refused.value.headers["Retry-After"] == "10"
    watch.now += 10
    rate.take("a")


def test_nought_is_no_limit() -> None:
    """An installation may leave a pace to its gateway."""
    rate = Rate(0)
    for _ in range(1000):
        rate.take("a")


def scope(client: str | None, *forwarded: str) -> dict[str, Any]:
    """A request from an address, with these X-Forwarded-For headers."""
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    return {"type": "http", "path": "/", "headers": headers, "client": client and (client, 1)}


@pytest.mark.parametrize(
    ("client", "forwarded", "address"),
    [
        ("192.0.2.1", ["198.51.100.7"], "192.0.2.1"),
        ("10.1.1.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.1.1.1", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        ("10.1.1.1", ["203.0.113.9", "198.51.100.7, 10.2.2.2"], "198.51.100.7"),
        ("10.1.1.1", ["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
        ("10.1.1.1", [], "10.1.1.1"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.1.1.1", ["rubbish"], "rubbish"),
        ("10.1.1.1", ["x" * 500], "x" * 64),
        (None, ["198.51.100.7"], ""),
    ],
)
def test_a_forwarded_address_is_a_trusted_proxys_word_alone(
    client: str | None, forwarded: list[str], address: str
) -> None:
    """H27: the header counts from our own proxies alone, from its end, up to the first that is no proxy."""
    assert address_of(scope(client, *forwarded), PROXIES) == address


async def test_forwarded_addresses_win_nothing() -> None:
    """Over HTTP: another X-Forwarded-For on each request does not get round the pace of the one address."""
    rates = Rates(address=Rate(1, Watch()))
    async with client_of(create_app(replace(PARTS, rates=rates), routers=ROUTES)) as client:
        answers = [
            await client.get("api-info", headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(5)
        ]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    is_problem(answers[-1], 429, "TOO_MANY_REQUESTS")
    assert answers[-1].headers["retry-after"] == "1"


async def test_a_trusted_proxy_speaks_for_many() -> None:
    """Behind a proxy of ours each forwarded address has its own pace."""
    parts = replace(
        PARTS, rates=Rates(address=Rate(1, Watch())), trusted_proxies=(ip_network("127.0.0.1/32"),)
    )
    async with client_of(create_app(parts, routers=ROUTES)) as client:
        many = [
            await client.get("api-info", headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(5)
        ]
        one = [await client.get("api-info", headers={"X-Forwarded-For": "198.51.100.99"}) for n in range(5)]
    assert [answer.status_code for answer in many] == [200] * 5
    assert [answer.status_code for answer in one] == [200, 200, 200, 429, 429]


async def test_health_is_told_however_often_it_is_asked_for() -> None:
    """Whoever watches over us is never turned away."""
    app = create_app(replace(PARTS, rates=Rates(address=Rate(1, Watch()))), routers=ROUTES)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api") as client:
        answers = [await client.get(path) for path in ("/livez", "/readyz") * 5]
    assert {one.status_code for one in answers} == {200}


async def test_more_than_can_go_on_at_once_is_told_so() -> None:
    """What would only wait for the others is refused at once; when they are done there is room again."""
    go_on = asyncio.Event()

    async def slow(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await go_on.wait()

    keeper = Doorkeeper(slow, Rate(0))

    async def ask() -> None:
        await keeper(scope("192.0.2.1"), None, None)  # type: ignore[arg-type]

    inside = [asyncio.create_task(ask()) for _ in range(MOST_AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await ask()
    go_on.set()
    await asyncio.gather(*inside)
    await ask()
