"""Who plays: invented officers at the organisations of the agreement,
each with an account of the development issuer.
"""

import asyncio
import os
from dataclasses import dataclass
from uuid import UUID, uuid5

from app.agreements.contents import AgreementFile, Organisation
from app.agreements.registry import registry
from app.auth import development
from app.db.directory_load import DirectoryWriter, writing_directory
from app.db.tables.directory import Account, Officer

AGREEMENT = "uppsala@2020-01-01"


@dataclass(frozen=True)
class Role:
    """A part in the play: at which organisation, with which role, called what."""

    subject: str
    party: str
    place: int
    role: str
    name: str
    function: str


@dataclass(frozen=True)
class Player:
    """A part with its place in the directory."""

    subject: str
    role: str
    name: str
    organisation: Organisation
    unit_id: UUID
    officer_id: UUID

    @property
    def organisation_id(self) -> str:
        """The organisation's id, as requests name it."""
        return str(self.organisation.id)


PARTS = (
    Role("fk-handlaggare", "FK", 0, "caseworker", "Saga Provsson", "handläggare"),
    Role("af-handlaggare", "AF", 0, "caseworker", "Ture Testlund", "arbetsförmedlare"),
    Role(
        "region-koordinator",
        "REGION",
        0,
        "rehabilitation_coordinator",
        "Vera Exempelius",
        "rehabiliteringskoordinator",
    ),
    Role("kommun-handlaggare", "KOMMUN", 0, "caseworker", "Otto Påhitt", "socialsekreterare"),
    Role("fk-chef", "FK", 0, "manager", "Maj Provdahl", "enhetschef"),
    # Roles, clearances and disposal take two people: one proposes, another approves.
    Role("fk-chef-2", "FK", 0, "manager", "Tor Låtsman", "enhetschef"),
    Role("fk-administrator", "FK", 0, "organisation_administrator", "Alva Provberg", "administratör"),
    Role("fk-administrator-2", "FK", 0, "organisation_administrator", "Ebba Påhittad", "administratör"),
    Role("af-chef", "AF", 0, "manager", "Moa Provfors", "sektionschef"),
    Role("af-administrator", "AF", 0, "organisation_administrator", "Nils Testgren", "administratör"),
    Role("region-administrator", "REGION", 0, "organisation_administrator", "Lo Provlind", "administratör"),
    Role("fk-system", "FK", 0, "service", "Försäkringskassans system", "system"),
    Role("af-system", "AF", 0, "service", "Arbetsförmedlingens system", "system"),
    Role("region-system", "REGION", 0, "service", "Regionens system", "system"),
    Role("kommun-system", "KOMMUN", 0, "service", "Kommunens system", "system"),
    Role("lokus-ledamot", "LOKUS", 0, "lokus_member", "Siv Låtsas", "ledamot"),
    Role("samordningsforbund-analytiker", "SAMORDNINGSFORBUND", 0, "analyst", "Bo Siffer", "analytiker"),
)


def cast() -> dict[str, Player]:
    """Every part by its subject, written into the directory; the same ones at every run."""
    file = registry().get(AGREEMENT)
    if file is None:
        raise LookupError(AGREEMENT)
    players = {part.subject: _player(file, part) for part in PARTS}
    asyncio.run(_write(players))
    return players


def _player(file: AgreementFile, part: Role) -> Player:
    organisations = {one.code: one.organisations for one in file.parties}
    organisations |= {one.code: one.organisations for one in file.bodies}
    organisation = organisations[part.party][part.place]
    return Player(
        subject=part.subject,
        role=part.role,
        name=part.name,
        organisation=organisation,
        unit_id=organisation.units[0].id,
        officer_id=uuid5(organisation.id, f"officer|{part.subject}"),
    )


async def _write(players: dict[str, Player]) -> None:
    async with writing_directory(os.environ["MIGRATION_DATABASE_URL"]) as directory:
        for part in PARTS:
            await _write_one(directory, part, players[part.subject])


async def _write_one(directory: DirectoryWriter, part: Role, player: Player) -> None:
    await directory.put(
        Officer(
            org_id=player.organisation.id,
            id=player.officer_id,
            unit_id=player.unit_id,
            name=part.name,
            title=part.function,
            function=part.function,
            email=f"{part.subject}@example.se",
            telephone="010-000 00 00",
        ),
        Account(
            org_id=player.organisation.id,
            id=uuid5(player.organisation.id, f"account|{part.subject}"),
            unit_id=player.unit_id,
            officer_id=player.officer_id,
            issuer=development.ISSUER,
            subject=part.subject,
            roles=[part.role],
        ),
    )
