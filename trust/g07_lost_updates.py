"""G7: nobody overwrites what somebody else has written.

Fifty writers add a line each to one draft of a plan, as clients do: read it, put it back with If-Match, and
read again when it has moved; then to another draft, and another. Each line must be there in the end, once,
and every version must have been given once.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.api.conftest import Caller
from tests.api.planning import action, draft, drafted, met
from trust.gate import Gate, Shown
from trust.ground import Ground

WRITERS = 50
DRAFTS = 4


@dataclass
class _Tally:
    """The versions that were acknowledged, and how often somebody had to read again."""

    versions: list[int] = field(default_factory=list)
    stale: int = 0
    unheard: int = 0


async def trial(ground: Ground) -> Shown:
    """Write, and look."""
    lost = gaps = written = 0
    tally = _Tally()
    async with ground.place(connections=WRITERS) as place:
        chair, present = await place.staff("FK"), await place.staff("AF")
        for _ in range(DRAFTS):
            at = await met(chair, present, recorder=chair)
            path = f"/plan-drafts/{await drafted(chair, at, action(chair, 'Början'))}"
            tally.versions.clear()
            lines = [f"rad {writer}" for writer in range(WRITERS)]
            await asyncio.gather(*(_writes(chair, path, one, tally) for one in lines))
            last = (await chair.get(path)).json()
            texts = [one["text"] for one in last["actions"]]
            written += len(texts) - 1
            lost += sum(texts.count(line) != 1 for line in lines)
            gaps += len(set(tally.versions)) != len(tally.versions) or last["version"] != WRITERS + 1
    return Shown(
        lost == gaps == 0 and tally.stale > 0,
        f"{written} lines of {WRITERS} writers in {DRAFTS} drafts: {lost} lost or doubled, versions of {gaps}"
        f" drafts with gaps, {tally.stale:,} stale writes refused",
    )


async def _writes(writer: Caller, path: str, line: str, tally: _Tally) -> None:
    while True:
        read = await writer.get(path)
        if read.status_code != 200:
            continue
        found = read.json()
        if any(one["text"] == line for one in found["actions"]):
            return  # stored, though no answer was heard
        body = draft(*map(_again, found["actions"]), action(writer, line))
        try:
            answer = await writer.put(path, body, found["version"])
        except httpx.TransportError:
            tally.unheard += 1
            continue
        if answer.status_code == 200:
            tally.versions.append(answer.json()["version"])
            return
        if answer.status_code not in (412, 503):
            raise RuntimeError(f"a write was answered with {answer.status_code}")
        tally.stale += answer.status_code == 412


def _again(kept: dict[str, Any]) -> dict[str, Any]:
    """An action as it was read, as it is sent back."""
    owner = {name: value for name, value in kept["owner"].items() if name in ("kind", "organisationId")}
    return {"kind": kept["kind"], "text": kept["text"], "owner": owner, "dueOn": kept["dueOn"]}


GATE = Gate("g7", "Nobody overwrites what another has written.", 2, trial)
