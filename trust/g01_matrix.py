"""G1: everybody is let through where the rules say so, and nowhere else.

The routine is played to its end. Then every operation of the published document is asked by every role at
every place an organisation can stand to the case (it holds it; it was shown it; consent to that was taken
back; it was never called; and units beside the first two), about the thing and about one that never was:
while the case lives, when its person is protected, when it is closed, and when consent has expired. Those who
are nobody (no token, an unknown subject, an ended token, one for another API, an ended account) ask the same.

What is expected is written down in `tests/api/matrix/expected.py`, not taken from the application. A leak is
a refusal that did not come, a hidden thing that can be told from an absent one, or a word heard by somebody
whom it is not for. A positive case is one that the rules let through. In the last three states three roles
stand for all, unless the full measure is asked for.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.api.matrix.actors import Actor, company
from tests.api.matrix.document import OPERATIONS, Operation
from tests.api.matrix.expected import EXPECTED, PUBLIC, Answer, Expected
from tests.api.matrix.judging import REFUSALS, Pair, fault, is_seen, pair
from tests.api.matrix.nobody import nobodies
from tests.api.matrix.play import Plainly, Play
from tests.api.matrix.readable import overheard
from tests.api.protecting import protected
from trust.gate import Gate, Shown
from trust.ground import Ground
from trust.stage import stage

_ASKED = (one for one in OPERATIONS.values() if one.id not in PUBLIC)
ASKED = sorted(_ASKED, key=lambda one: one.id == "protectIndividual")
"""In the order of the document; the mark comes last, for from then on it hides where the person is."""
_DRAFT = replace(EXPECTED["changeDraft"], disclosed=Answer.NOT_ALLOWED)
AFTER_EXPIRY: Mapping[str, Expected] = {
    "readDraft": EXPECTED["readDraft"],
    "changeDraft": _DRAFT,
    "handOverDraft": _DRAFT,
    "proposePlan": EXPECTED["proposePlan"],
    "answerQuery": replace(EXPECTED["answerQuery"], own=Answer.HIDDEN),
}
"""Where those shown the case do not simply stand where the withdrawn do: a draft stays its writer's to read,
and not to go on with; and an answer would go to a recipient whom consent does not cover any more.
"""


@dataclass
class _Tally:
    """What the answers came to."""

    requests: int = 0
    positive: int = 0
    let_through: int = 0
    leaks: int = 0
    broken: int = 0
    faults: list[str] = field(default_factory=list)

    def hold(self, what: str, expected: Answer, given: Pair, found: str | None, heard: set[str]) -> None:
        """One pair of answers."""
        self.requests += 2
        self.broken += given.is_broken
        if expected not in REFUSALS:
            self.positive += 1
            self.let_through += found is None
        self.leaks += len(heard) + (found is not None and expected in REFUSALS)
        self.faults += [f"{what} {one}" for one in (found, *(f"reads {word}" for word in heard)) if one]


@dataclass(frozen=True)
class _State:
    """How the case stands when everything is asked, and how it comes to that."""

    name: str
    reach: Callable[[Play], Awaitable[None]]
    covered: bool = True

    def expected(self, operation: Operation) -> Expected:
        """As the table says; when consent has expired, those shown the case stand where the withdrawn do."""
        told = EXPECTED[operation.id]
        if not self.covered and operation.id in AFTER_EXPIRY:
            return AFTER_EXPIRY[operation.id]
        if self.covered or not operation.names_a_thing or told.withdrawn is not Answer.HIDDEN:
            return told
        if told.foreign is not Answer.HIDDEN:
            return told
        return replace(told, disclosed=Answer.HIDDEN, disclosed_other_unit=Answer.HIDDEN)


async def _as_played(it: Play) -> None:
    del it


async def _protected(it: Play) -> None:
    await protected(it.holder.caller, it.ids["individualId"])


async def _closed(it: Play) -> None:
    await it.do("closeCase")


async def _expired(it: Play) -> None:
    it.clock.now = it.clock.now.replace(year=2028)


STATES = (
    _State("living", _as_played),
    _State("protected", _protected),
    _State("closed", _closed),
    _State("expired", _expired, covered=False),
)


async def trial(ground: Ground) -> Shown:
    """Ask everything as everybody, in every state."""
    tally = _Tally()
    async with ground.place() as place:
        theatre = stage(place)
        it = await theatre.play("caseworker", Plainly())
        actors = await company(theatre.staff, it.players)
        refused = await nobodies(theatre.staff, it)
        for state in STATES:
            await state.reach(it)
            asking = actors if ground.long or state is STATES[0] else _some_of_each(actors)
            for operation in ASKED:
                await _asked(it, state, operation, asking, tally)
        for operation in ASKED:
            for one in refused:
                given = await pair(it, operation, one)
                found = fault(operation, Answer.NOBODY, given)
                tally.hold(f"{operation.id} {one}", Answer.NOBODY, given, found, set())
    for what in tally.faults[:20]:
        print(f"     {what}")
    places = len({one.place for one in actors})
    return Shown(
        tally.leaks == tally.broken == 0 and 0 < tally.positive == tally.let_through,
        f"{len(ASKED)} operations x {len(actors)} identities (roles at {places} places) and {len(refused)}"
        f" without an account, {len(STATES)} states, each beside what never was: {tally.requests:,} requests,"
        f" {tally.leaks} leaks, {tally.broken} of 5xx,"
        f" {tally.let_through:,} of {tally.positive:,} positive cases let through",
    )


def _some_of_each(actors: list[Actor]) -> list[Actor]:
    """At every place one who handles cases, one who manages, one who administers."""
    return [one for one in actors if one.role in ("caseworker", "manager", "organisation_administrator")]


async def _asked(it: Play, state: _State, operation: Operation, actors: list[Actor], tally: _Tally) -> None:
    for actor in actors:
        given = await pair(it, operation, actor)
        expected = state.expected(operation).of(actor.role, actor.place)
        found = fault(operation, expected, given, is_seen=is_seen(operation, actor, expected))
        heard = overheard(actor.place, actor.role, given.real.text, covered=state.covered)
        tally.hold(f"{state.name}: {operation.id} {actor}", expected, given, found, heard)


GATE = Gate("g1", "Everybody is let through where the rules say so, and nowhere else.", 9, trial)
