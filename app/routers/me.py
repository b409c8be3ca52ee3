"""Who the caller is here, and what the caller may do."""

from fastapi import APIRouter

from app.deps import Links, TheDesks
from app.domain.access import Operation
from app.domain.codes import StatisticKind
from app.schemas.links import Method
from app.schemas.me import ME, AssignmentOut, MeOut
from app.schemas.operation import operation
from app.services import me as service

router = APIRouter(tags=["me"])

# Where each kind of work begins: what is listed, looked up or registered.
_DOORS: tuple[tuple[str, str, Method, Operation], ...] = (
    ("tasks", "/tasks", "GET", Operation.LIST_TASKS),
    ("cases", "/cases", "GET", Operation.LIST_CASES),
    ("individual-lookups", "/individual-lookups", "POST", Operation.LOOK_UP_INDIVIDUAL),
    ("individuals", "/individuals", "POST", Operation.REGISTER_INDIVIDUAL),
    ("meetings", "/meetings", "GET", Operation.LIST_MEETINGS),
    ("summonses", "/summonses", "GET", Operation.LIST_SUMMONSES),
    ("deviations", "/deviations", "GET", Operation.LIST_DEVIATIONS),
    ("deviation-statistics", "/deviation-statistics", "GET", Operation.READ_DEVIATION_STATISTICS),
    *(("statistics", f"/statistics?kind={kind}", "GET", Operation.READ_STATISTICS) for kind in StatisticKind),
    ("agreements", "/agreements", "GET", Operation.LIST_AGREEMENTS),
    ("organisations", "/organisations", "GET", Operation.LIST_ORGANISATIONS),
    ("officers", "/officers", "GET", Operation.LIST_OFFICERS),
    ("accounts", "/accounts", "GET", Operation.LIST_ACCOUNTS),
    ("joint-decisions", "/joint-decisions", "GET", Operation.LIST_JOINT_DECISIONS),
    ("log-selections", "/log-selections", "GET", Operation.READ_LOG_SELECTION),
    ("log-reviews", "/log-reviews", "GET", Operation.LIST_LOG_REVIEWS),
    ("disposal-rules", "/disposal-rules", "GET", Operation.LIST_DISPOSAL_RULES),
    ("disposals", "/disposals", "GET", Operation.LIST_DISPOSALS),
)


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
        assignments=[AssignmentOut.model_validate(one, from_attributes=True) for one in found],
        links=[links("self", "/me"), *doors],
    )
