"""Who the caller is here, and what the caller may do."""

from dataclasses import asdict

from fastapi import APIRouter

from app.deps import Links, TheDesks
from app.domain.access import Operation
from app.domain.codes import StatisticKind
from app.schemas.links import Method
from app.schemas.me import ME, AssignmentOut, MeOut
from app.schemas.operation import operation
from app.services import me as service
from app.services.me import AssignmentShown

router = APIRouter(tags=["me"])

# Where each kind of work begins: what is listed, looked up or registered, the list before what adds to it.
_DOORS: tuple[tuple[str, str, Method, Operation], ...] = (
    ("tasks", "/tasks", "GET", Operation.LIST_TASKS),
    ("cases", "/cases", "GET", Operation.LIST_CASES),
    ("cases", "/cases", "POST", Operation.REGISTER_CASE),
    ("individual-lookups", "/individual-lookups", "POST", Operation.LOOK_UP_INDIVIDUAL),
    ("individuals", "/individuals", "POST", Operation.REGISTER_INDIVIDUAL),
    ("meetings", "/meetings", "GET", Operation.LIST_MEETINGS),
    ("summonses", "/summonses", "GET", Operation.LIST_SUMMONSES),
    ("deviations", "/deviations", "GET", Operation.LIST_DEVIATIONS),
    ("deviations", "/deviations", "POST", Operation.REPORT_DEVIATION),
    ("deviation-statistics", "/deviation-statistics", "GET", Operation.READ_DEVIATION_STATISTICS),
    *(("statistics", f"/statistics?kind={kind}", "GET", Operation.READ_STATISTICS) for kind in StatisticKind),
    ("agreements", "/agreements", "GET", Operation.LIST_AGREEMENTS),
    ("rules", "/rules", "GET", Operation.LIST_RULES),
    ("organisations", "/organisations", "GET", Operation.LIST_ORGANISATIONS),
    ("units", "/units", "GET", Operation.LIST_UNITS),
    ("units", "/units", "POST", Operation.ADD_UNIT),
    ("officers", "/officers", "GET", Operation.LIST_OFFICERS),
    ("officers", "/officers", "POST", Operation.ADD_OFFICER),
    ("accounts", "/accounts", "GET", Operation.LIST_ACCOUNTS),
    ("accounts", "/accounts", "POST", Operation.ADD_ACCOUNT),
    ("joint-decisions", "/joint-decisions", "GET", Operation.LIST_JOINT_DECISIONS),
    ("log-selections", "/log-selections", "GET", Operation.READ_LOG_SELECTION),
    ("log-reviews", "/log-reviews", "GET", Operation.LIST_LOG_REVIEWS),
    ("log-reviews", "/log-reviews", "POST", Operation.RECORD_LOG_REVIEW),
    ("disposal-rules", "/disposal-rules", "GET", Operation.LIST_DISPOSAL_RULES),
    ("disposal-rules", "/disposal-rules", "POST", Operation.ADD_DISPOSAL_RULE),
    ("disposals", "/disposals", "GET", Operation.LIST_DISPOSALS),
)

# An operation of the access table is called by one operationId of the same name, but for these.
_CALLED_BY: dict[Operation, tuple[str, ...]] = {
    Operation.CHANGE_INVITEES: ("addInvitee", "changeInvitee", "removeInvitee"),
    Operation.READ_READINESS: ("readMeetingReadiness",),
    Operation.TICK: (),
}


@router.get(
    "/me",
    **operation(
        "readMe",
        sv="Läs dina uppdrag, dina roller och vad de får göra.",
        en="Read your assignments, your roles and what they may do.",
        answer=ME,
    ),
)
async def read_me(desks: TheDesks, links: Links) -> MeOut:
    """Every assignment, also for whoever has several and has chosen none."""
    found = await service.read(desks)
    may = {operation for one in found for operation in one.operations}
    doors = [links(rel, path, method) for rel, path, method, operation in _DOORS if operation in may]
    return MeOut(
        assignments=[
            AssignmentOut.model_validate(asdict(one) | {"operations": _operation_ids(one)}) for one in found
        ],
        links=[links("self", "/me"), *doors],
    )


def _operation_ids(one: AssignmentShown) -> list[str]:
    """What may be called, in the document's words."""
    return [called for may in one.operations for called in _CALLED_BY.get(may, (may.value,))]
