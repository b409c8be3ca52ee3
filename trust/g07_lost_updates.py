"""G7: nobody overwrites what somebody else has written.

Fifty writers add a line each to one draft of a plan, over and over, as clients do: read it, put it back with
If-Match, and read again when it has moved. Each acknowledged line must be there in the end, once, and every
version must have been given once.
"""

import asyncio
from typing import Any

from tests.api.conftest import Caller
from tests.api.planning import action, draft, drafted, met
from trust.gate import Gate, Shown
from trust.ground import Ground

WRITERS = 50
LINES_EACH = 2


async def trial(ground: Ground) -> Shown:
    """Write, and look."""
    async with ground.place(connections=WRITERS) as place:
        chair, present = await place.staff("FK"), await place.staff("AF")
        at = await met(chair, present, recorder=chair)
        path = f"/plan-drafts/{await drafted(chair, at, action(chair, 'Början'))}"
        versions: list[int] = []
        refused = [0]
        await asyncio.gather(
            *(_writes(chair, path, f"rad {writer}", versions, refused) for writer in range(WRITERS))
        )
        last = (await chair.get(path)).json()
    texts = [one["text"] for one in last["actions"]]
    lost = [line for line in _lines() if texts.count(line) != 1]
    gaps = sorted(versions) != list(range(2, WRITERS * LINES_EACH + 2))
    return Shown(
        not lost and not gaps and refused[0] > 0,
        f"{len(versions)} acknowledged lines of {WRITERS} writers: {len(lost)} lost or doubled, versions"
        f" {'with gaps' if gaps else 'without a gap'}, {refused[0]:,} stale writes refused",
    )


def _lines() -> list[str]:
    return [f"rad {writer}.{line}" for writer in range(WRITERS) for line in range(LINES_EACH)]


async def _writes(writer: Caller, path: str, name: str, versions: list[int], refused: list[int]) -> None:
    for line in range(LINES_EACH):
        while True:
            read = await writer.get(path)
            if read.status_code == 503:
                continue
            found = read.json()
            actions = [_again(one) for one in found["actions"]]
            body = draft(*actions, action(writer, f"{name}.{line}"))
            answer = await writer.put(path, body, found["version"])
            if answer.status_code == 200:
                versions.append(answer.json()["version"])
                break
            if answer.status_code not in (412, 503):
                raise RuntimeError(f"a write was answered with {answer.status_code}")
            refused[0] += answer.status_code == 412


def _again(kept: dict[str, Any]) -> dict[str, Any]:
    """An action as it was read, as it is sent back."""
    owner = {name: value for name, value in kept["owner"].items() if name in ("kind", "organisationId")}
    return {"kind": kept["kind"], "text": kept["text"], "owner": owner, "dueOn": kept["dueOn"]}


GATE = Gate("g7", "Nobody overwrites what another has written.", 1, trial)
