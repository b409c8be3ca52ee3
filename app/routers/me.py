"""Who the caller is here, and what the caller may do."""

from fastapi import APIRouter

from app.deps import Links, TheDesks
from app.schemas.me import ME, AssignmentOut, MeOut
from app.schemas.operation import operation
from app.services import me as service

router = APIRouter(tags=["me"])


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
    doors = [
        links(rel, path)
        for rel, path, operation_id in (
            ("tasks", "/tasks", "listTasks"),
            ("cases", "/cases", "listCases"),
            ("summonses", "/summonses", "listSummonses"),
            ("agreements", "/agreements", "listAgreements"),
            ("organisations", "/organisations", "listOrganisations"),
            ("officers", "/officers", "listOfficers"),
            ("accounts", "/accounts", "listAccounts"),
        )
        if operation_id in may
    ]
    return MeOut(
        assignments=[AssignmentOut.model_validate(one, from_attributes=True) for one in found],
        links=[links("self", "/me"), *doors],
    )
