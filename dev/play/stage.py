"""The stage: real calls to the running API, a clock that lets weeks pass, and every step said aloud."""

import itertools
import os
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from app.auth import development
from app.auth.keyring import KeyRing
from app.clock import DevelopmentClock
from app.http import about
from dev.play.cast import Player

Json = dict[str, Any]
LONGEST_WAIT_SECONDS = 10
"""A pace is waited for; an hour's limit is not."""


class PlayStopped(Exception):
    """Something went otherwise than the play has it."""


def _for_each(times: int) -> str:
    """That a finding is the same for several letters or organisations."""
    return f" (for each of {times})" if times > 1 else ""


class Stage:
    """Where the players call the API from."""

    def __init__(self, players: dict[str, Player]) -> None:
        self.players = players
        self.base_url = os.environ["FLERPART_BASE_URL"]
        self.clock = DevelopmentClock(Path(os.environ["FLERPART_DEVELOPMENT_CLOCK"]))
        self._keyring = KeyRing.load(Path(os.environ["FLERPART_KEYS_FILE"]))
        self._http = httpx.Client(trust_env=False, timeout=30)
        self._numbers = itertools.count(1)
        self._keys = itertools.count(1)

    def chapter(self, title: str) -> None:
        """Say what comes now."""
        print(f"\n{title}\n{'─' * len(title)}", flush=True)

    def step(self, text: str, *clauses: str, made: str = "") -> None:
        """Say a step, the clauses it rests on, and where what it made can be read."""
        cited = f"  [{', '.join(clauses)}]" if clauses else ""
        print(f"{next(self._numbers):3}. {text}{cited}", flush=True)
        if made:
            print(f"     {self.base_url}{made}", flush=True)

    def quote(self, text: str) -> None:
        """Show what was answered, indented."""
        print(textwrap.indent(text, "       │ "), flush=True)

    def it_is(self, moment: datetime) -> None:
        """Let time be this moment."""
        self.clock.set(moment)
        print(f"\n     ── {moment:%A %d %B %Y} ──", flush=True)

    def later(self, **parts: float) -> datetime:
        """Let time pass: weeks, days, hours."""
        moment = self.clock() + timedelta(**parts)
        self.it_is(moment)
        return moment

    def token(self, player: Player) -> str:
        """A development token of a player, good for eight hours of the play's time."""
        return development.issue(
            self._keyring, player.subject, audience=about.RESOURCE, now=self.clock(), hours=8
        )

    def get(self, player: Player, path: str, expect: int = 200) -> Json:
        """Read. Raises PlayStopped when the answer is another than expected."""
        return self._expected(self._sent("GET", path, self._headers(player)), expect)

    def post(self, player: Player, path: str, body: Json, expect: int = 201) -> Json:
        """Do or say something, each time with a new Idempotency-Key."""
        key = f"play-{self.clock().timestamp():.6f}-{next(self._keys)}"
        headers = self._headers(player) | {"Idempotency-Key": key}
        return self._expected(self._sent("POST", path, headers, body), expect)

    def knows(self, player: Player, looked_up: Json) -> bool:
        """Whether the player's organisation has the person looked up."""
        answer = self._sent("POST", "/individual-lookups", self._headers(player), looked_up)
        if answer.status_code == 404:
            return False
        self._expected(answer, 200)
        return True

    def put(self, player: Player, path: str, body: Json, version: int) -> Json:
        """Replace something on the version it was read as."""
        headers = self._headers(player) | {"If-Match": f'"{version}"'}
        return self._expected(self._sent("PUT", path, headers, body), 200)

    def tick(self) -> None:
        """Let the system look at what time has brought: `flerpart tick`."""
        ran = subprocess.run(
            [sys.executable, "-m", "app.cli", "tick"], capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            raise PlayStopped(f"flerpart tick ended with {ran.returncode}:\n{ran.stderr}")

    def lacking(self, readiness: Json) -> str:
        """What a step lacks, who owes it and what mends it."""
        told = Counter(f"{one['ruleId']}: {one['message']} → {one['remedy']}" for one in readiness["missing"])
        lines = [finding + _for_each(times) for finding, times in told.items()]
        if readiness["earliest"]:
            lines.append(f"earliest day without a reason: {readiness['earliest']['firstWorkingDay']}")
        return "\n".join(lines)

    def counts(self, statistics: Json) -> str:
        """The numbers of each period, line by line; null is fewer than five, or withheld to protect such a
        number.
        """
        lines = []
        for period in statistics["periods"]:
            running = ", running: counted when it has ended" if period["isRunning"] else ""
            lines.append(f"{period['startsOn']} to {period['endsOn']}{running}")
            cells = [one for one in period["cells"] if one["detail"] and one["party"]]
            told = [one for one in cells if one["count"] is not None]
            lines += [f"  {one['detail']:<26}{one['party']:<8}{one['count']:>5}" for one in told]
            if held_back := len(cells) - len(told):
                lines.append(f"  {held_back} other cells: <{statistics['smallestShown']}")
        return "\n".join(lines)

    def farewell(self, *, stays: bool) -> None:
        """How to go on from here: a token for each role, good for eight hours; none for what ends now."""
        if not stays:
            print(
                "\nWhat was started for the play ends now."
                " Without ONCE=1 it goes on serving, with a token for each role.",
                flush=True,
            )
            return
        print(
            "\nDevelopment tokens, good for eight hours"
            ' (in another terminal, make flerpart ARGS="token SUBJECT" makes more):',
            flush=True,
        )
        for player in self.players.values():
            print(
                f"\n{player.role}, {player.organisation.name} ({player.subject})\n{self.token(player)}",
                flush=True,
            )

    def findings(self, refused: Json) -> None:
        """Show every finding of a refusal: rule, clause, what is the matter, what mends it."""
        told = Counter(
            f"{one['ruleId']} {one['clauseId']} ({one['effect']}): {one['message']}\n→ {one['remedy']}"
            for one in refused["findings"]
        )
        for finding, times in told.items():
            self.quote(finding + _for_each(times))

    def codes(self, findings: Iterable[Json]) -> str:
        """The codes of some findings, once each."""
        return ", ".join(dict.fromkeys(one["code"] for one in findings)) or "nothing"

    def _headers(self, player: Player) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(player)}", "Accept-Language": "en"}

    def _sent(
        self, method: str, path: str, headers: dict[str, str], body: Json | None = None
    ) -> httpx.Response:
        """What is answered; asked too fast, it waits as long as it is told to and asks again."""
        while True:
            answer = self._http.request(method, f"{self.base_url}{path}", headers=headers, json=body)
            wait = int(answer.headers.get("Retry-After", LONGEST_WAIT_SECONDS + 1))
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS or wait > LONGEST_WAIT_SECONDS:
                return answer
            time.sleep(wait)

    def _expected(self, answer: httpx.Response, expect: int) -> Json:
        if answer.status_code != expect:
            request = answer.request
            raise PlayStopped(
                f"{request.method} {request.url.path} "
                f"answered {answer.status_code}, not {expect}:\n{answer.text}"
            )
        body: Json = answer.json()
        return body
