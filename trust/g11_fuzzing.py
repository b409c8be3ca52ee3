"""G11: whatever is sent, the document tells what is answered.

Schemathesis makes requests of every operation of the document, such as the document allows and such as it
does not, at things that stand and at ids of its own making; they are sent to the running API with the token
of every role. No answer may be a failure of ours, a status or a shape that the document does not tell, or a
success for what it forbids; and what succeeded must not succeed without the token, or with a bad one.

The hostile inputs that no document describes are tests of their own: each of the forty is run, and counted.
"""

import asyncio
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from queue import Empty, Queue
from typing import Final

from schemathesis import GenerationMode

from app.http import about
from tests.api.hostile import HOSTILE
from tests.api.matrix.actors import ROLES, colleague
from tests.api.matrix.asking import Asked
from tests.api.matrix.document import DOCUMENT, OPERATIONS
from tests.api.matrix.play import Plainly, Play
from trust.fuzz import Found, Sender, Turn, operations
from trust.gate import Gate, Shown
from trust.ground import Ground
from trust.hostile import held_inputs
from trust.stage import stage

LEAST: Final = 20_000
TIMES, LONG_TIMES = 7, 70
"""How often each role sends requests of one kind to one operation, at what stands and at what does not."""
HANDS: Final = 2
"""How many send at once: one generates while the other waits for its answer."""


async def trial(ground: Ground) -> Shown:
    """Send them all, with every role's token."""
    found, of_a_liar = Found(), Found()
    async with ground.place() as place:
        theatre = stage(place)
        it = await theatre.play("caseworker", Plainly())
        roles = [await colleague(theatre.staff, it.holder, role) for role in ROLES]
        url = f"http://127.0.0.1:{place.api.port}{about.BASE_PATH}"
        tokens = [actor.caller.token for actor in roles]
        await asyncio.to_thread(_lies, Sender(url, tokens, of_a_liar))
        turns: Queue[Turn] = Queue()
        for turn in _turns(it, LONG_TIMES if ground.long else TIMES):
            turns.put(turn)
        hands = [Sender(url, tokens, found) for _ in range(HANDS)]
        await asyncio.gather(*(asyncio.to_thread(_take, turns, hand) for hand in hands))
    for what, message in sorted(found.told.items()):
        print(f"     {what}\n{message}")
    held = await asyncio.to_thread(held_inputs)
    kept = not found.faults and found.broken == 0 and len(of_a_liar.faults) >= 2
    return Shown(
        kept and found.cases.total() >= LEAST and held == len(HOSTILE),
        f"{found.cases.total():,} requests of {len(OPERATIONS)} operations by {len(ROLES)} roles,"
        f" {found.cases['positive']:,} as the document allows and {found.cases['negative']:,} not,"
        f" {found.granted:,} with success: {found.broken} 5xx,"
        f" {found.faults['UndefinedStatusCode']} undocumented statuses,"
        f" {found.faults['IgnoredAuth']} without or with a bad token,"
        f" {found.misshapen} of another shape or wrongly accepted"
        f" ({len(of_a_liar.faults)} kinds of fault found in a document that lies);"
        f" hostile inputs {held}/{len(HOSTILE)}",
    )


def _lies(sender: Sender) -> None:
    """Against a document that is wrong about a status and a shape: what finds nothing there finds nothing."""
    document = deepcopy(DOCUMENT)
    responses = document["paths"]["/me"]["get"]["responses"]
    responses["200"]["content"]["application/json"]["schema"] = {"type": "integer"}
    del document["paths"]["/tasks"]["get"]["responses"]["403"]
    del document["paths"]["/tasks"]["get"]["responses"]["400"]
    for one in operations(document):
        if one.label in ("GET /me", "GET /tasks"):
            sender.send(Turn(one, GenerationMode.POSITIVE, None, 2, 0))
            sender.send(Turn(one, GenerationMode.NEGATIVE, None, 2, 0))


def _turns(it: Play, times: int) -> Iterator[Turn]:
    """Every operation, in both kinds, at the scene's things and at others."""
    number = count(1)
    for one in operations(DOCUMENT):
        for mode in GenerationMode:
            for ids in (None, _ids(it, one.definition.raw["operationId"])):
                yield Turn(one, mode, ids, times, next(number))


def _ids(it: Play, name: str) -> dict[str, str]:
    """What the operation's path names in the scene."""
    operation = OPERATIONS[name]
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", operation.path)
    fitting = re.fullmatch(pattern, Asked(it, operation, "own").path)
    return fitting.groupdict() if fitting else {}


def _take(turns: Queue[Turn], sender: Sender) -> None:
    """Take turns until there are none."""
    while True:
        try:
            turn = turns.get_nowait()
        except Empty:
            return
        sender.send(turn)


GATE = Gate("g11", "Whatever is sent, the document tells what is answered.", 20, trial)
