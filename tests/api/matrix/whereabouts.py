"""Who hears where a protected person is: the routine played about one, and what must not be heard of it."""

import re
from collections.abc import Iterable

from tests.api.matrix.actors import PLACES, Actor, colleague
from tests.api.matrix.asking import Asked, filled
from tests.api.matrix.canaries import heard, sung
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import DOCUMENT, OPERATIONS, Operation
from tests.api.matrix.expected import PUBLIC
from tests.api.matrix.play import Plainly, Play
from tests.api.protecting import cleared, protected

THE_HOUSES_OWN = {
    "readMe",
    "listOrganisations",
    "readOrganisation",
    "listUnits",
    "listUnitsOfOrganisation",
    "readUnit",
    "listOfficers",
    "readOfficer",
    "listAgreements",
    "readAgreement",
    "listAccounts",
    "readAccount",
    "listJointDecisions",
    "readJointDecision",
    "readLogSelection",
    "listLogReviews",
    "readLogReview",
}
"""What tells of the organisations' own units and staff, and of no person the work is about; and the
managers' review of who has read, which must name the readers, and does not name a protected person."""

BY_ANOTHER_VERB = {"lookUpIndividual", "previewSummons", "previewInvitation", "changeIndividual"}
"""What answers with something about a person, and is no GET."""

READING = {name for name, one in OPERATIONS.items() if one.method == "GET"} - (THE_HOUSES_OWN | PUBLIC)
READING |= BY_ANOTHER_VERB
LISTS = {
    one.id
    for one in OPERATIONS.values()
    if one.method == "GET"
    and any(query.get("name") == "limit" for query in DOCUMENT["paths"][one.path]["get"]["parameters"])
}
HIDDEN_FIELDS = {"address", "telephone", "email", "place", "linkEmail"}
OFFICE = re.compile(
    r"Enhet \d+|Provgatan 1|enhet@example\.se|handlaggare@example\.se|018-00 00 0[01]"
    r'|"municipality":"|"telephone":"|"email":"'
)
"""What the callers' units and officers are written with, and what a masked answer has as null."""


class Watched:
    """A play whose every person is protected, and what leads to them."""

    def __init__(self, it: Play) -> None:
        self.it = it
        callers = [one.caller for one in it.players.values()]
        self.ids = {str(one.unit_id) for one in callers} | {str(one.officer_id) for one in callers}

    def heard_in(self, text: str) -> set[str]:
        """Everything in an answer that leads to the person."""
        written = {where for _, where in heard(text) if where.rsplit(".", 1)[1] in HIDDEN_FIELDS}
        return written | set(OFFICE.findall(text)) | {one for one in self.ids if one in text}

    async def answer_to(self, operation: Operation, actor: Actor) -> tuple[int, str]:
        """The status of an answer, and its headers and body as one text."""
        path = Asked(self.it, operation, actor.place).path
        path += "?limit=100" if operation.id in LISTS else ""
        match = f'"{await self._version()}"' if operation.needs_match else None
        body = sung(operation, PLACES[actor.place], filled(self.it, operation), to_the_brim=False)
        answer = await actor.send(operation, path, body, match=match)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        return answer.status_code, f"{headers}\n{answer.text}"

    async def heard_by(self, actor: Actor, operations: Iterable[str]) -> set[str]:
        """All that somebody hears who asks these operations."""
        found = set()
        for name in operations:
            _, text = await self.answer_to(OPERATIONS[name], actor)
            found |= self.heard_in(text)
        return found

    async def clear(self, theatre: Theatre, place: str) -> Actor:
        """The player at a place, cleared by two of their organisation."""
        actor = self.it.players[place]
        manager, proposer = [
            await colleague(theatre.staff, actor, role) for role in ("manager", "caseworker")
        ]
        individual_id = self.it.ids["individualId"]
        if place != "own":
            copy = await actor.caller.get(f"/summonses/{self.it.ids['summonsId']}")
            individual_id = copy.json()["individualId"]
        await cleared(actor.caller, individual_id, proposer=proposer.caller, approver=manager.caller)
        return actor

    def told_to_the_cleared(self, place: str) -> set[str]:
        """What somebody cleared at a place must hear: where to come, to which office, and of whom to ask."""
        shared = {"Provgatan 1", "handlaggare@example.se", "offerTime.place"}
        caller = self.it.players[place].caller
        if place != "own":
            return shared | {str(caller.unit_id)}
        own = {str(caller.unit_id), str(caller.officer_id)}
        return shared | own | {"changeIndividual.address", '"municipality":"'}

    async def _version(self) -> int:
        told = await self.it.holder.caller.get(f"/individuals/{self.it.ids['individualId']}")
        version: int = told.json()["version"]
        return version


async def watched_play(theatre: Theatre) -> Watched:
    """The routine played to its end, and everybody it was about protected after that."""
    it = await theatre.play("caseworker", Plainly())
    for name in ("individualId", "side_individualId", "hiddenId"):
        await protected(it.holder.caller, it.ids[name])
    return Watched(it)
