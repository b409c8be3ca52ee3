"""Those who are nobody here: each should have an account, and none has one now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.auth import development
from app.http import about
from tests.api.conftest import Staff
from tests.api.matrix.actors import Actor, Tokenless, colleague
from tests.api.matrix.play import Play
from tests.api.scenes import made


async def nobodies(staff: Staff, it: Play) -> list[Actor]:
    """No token, an unknown subject, a token that has ended or is for another API, an account that has ended.

    But for that, the last three are caseworkers of the unit that holds the case.
    """
    keyring = staff.application.keyring
    known = await colleague(staff, it.holder, "caseworker")
    subject = f"subject-{known.caller.account_id}"

    def as_one(role: str, token: Callable[[], str]) -> Actor:
        return Actor("own", role, replace(known.caller, token=token), it.clock)

    def ended_token() -> str:
        long_ago = it.clock.now - timedelta(hours=10)
        return development.issue(keyring, subject, audience=about.RESOURCE, now=long_ago)

    def for_another() -> str:
        other = "https://api.another.example/"
        return development.issue(keyring, subject, audience=other, now=it.clock.now)

    return [
        Tokenless("own", "without a token", it.holder.caller, it.clock),
        as_one("unknown", it.stranger.token),
        as_one("with a token that has ended", ended_token),
        as_one("with a token for another API", for_another),
        await _ended(staff, it),
    ]


async def _ended(staff: Staff, it: Play) -> Actor:
    """A caseworker of the unit whose account the administrator has ended."""
    gone = await colleague(staff, it.holder, "caseworker")
    boss = it.administrator.caller
    path = f"/accounts/{gone.caller.account_id}"
    version = (await boss.get(path)).json()["version"]
    await made(boss, f"{path}/endings", {"version": version})
    return replace(gone, role="with an account that has ended")
