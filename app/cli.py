"""The command line: serve, migrate, load agreements, make accounts and tokens."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid5

import typer
from pydantic import ValidationError
from sqlmodel import SQLModel

from app.agreements.contents import Organisation as OrganisationInFile
from app.agreements.registry import registry
from app.auth import development
from app.auth.keyring import KeyRing, KeyRingError
from app.cli_journal import journal
from app.cli_recovery import export_after_backup, replay_after_restore
from app.clock import Clock, present_moment
from app.db.directory_load import put_account, put_issuer, subjects_of, writing_directory
from app.db.tables.directory import Membership, Officer, Organisation, TokenIssuer, Unit
from app.domain.access import Role
from app.http.drain import Drain
from app.http.serving import serve as http_server
from app.installation import prepare_database
from app.logs import write_json_lines
from app.services.house import House
from app.services.journal import seal_reads
from app.services.tick import Ticked, tick_everywhere
from app.settings import MigrationSettings, Settings
from app.wiring import build_app, build_house, clock_of
from app.worker import work

ADMINISTRATOR = Role.ORGANISATION_ADMINISTRATOR.value
NEEDS_A_SECOND = (
    "The organisation has one administrator. Roles take two people: add a second in the same way, "
    "with another name and subject."
)
SETTINGS = {Settings.__name__, MigrationSettings.__name__}

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
cli.add_typer(journal, name="journal")
cli.command()(export_after_backup)
cli.command()(replay_after_restore)


@cli.command()
def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the API until stopped."""
    settings, drain = Settings(), Drain()
    app = build_app(settings, drain=drain)
    write_json_lines(settings.log_level)
    http_server(app, drain, host, port, settings.grace_seconds)


@cli.command()
def worker() -> None:
    """Do what time brings, again and again, until told to end."""
    settings = Settings()
    keyring = KeyRing.load(settings.keys_file)
    house = build_house(settings, keyring)
    write_json_lines(settings.log_level)
    asyncio.run(work(house, clock_of(settings, keyring), settings.worker_seconds, keyring.journal_key))


@cli.command()
def tick() -> None:
    """Do what time brings, once: propose deviations that the facts point out, seal reads. Safe to repeat."""
    settings = Settings()
    keyring = KeyRing.load(settings.keys_file)
    write_json_lines(settings.log_level)
    done, sealed = asyncio.run(_tick(build_house(settings, keyring), clock_of(settings, keyring)))
    typer.echo(f"{done.seen} cases seen, {done.proposed} deviations proposed, {done.failed} cases failed.")
    typer.echo(f"{sealed} reads sealed.")
    if done.failed:
        raise typer.Exit(1)


async def _tick(house: House, clock: Clock) -> tuple[Ticked, int]:
    async with house.database.opened():
        return await tick_everywhere(house, clock), await seal_reads(house.database)


@cli.command()
def migrate(api_password: Annotated[str, typer.Option(envvar="FLERPART_API_PASSWORD")]) -> None:
    """Make roles that are absent, climb to the newest revision, and store the key of the signed context."""
    settings = MigrationSettings()
    url = settings.migration_database_url.get_secret_value()
    prepare_database(url, api_password, KeyRing.load(settings.keys_file))


@cli.command()
def new_keys(path: Path) -> None:
    """Make an installation's keys, once;
    without the development key, so that nobody can issue tokens with them.
    """
    KeyRing.create(path, development=False)


@cli.command()
def load_agreements() -> None:
    """Write the parties of every agreement, their organisations and units, into the directory.

    Safe to repeat.
    """
    url = MigrationSettings().migration_database_url.get_secret_value()
    loaded = asyncio.run(write_parties(url))
    typer.echo(f"{loaded} organisations loaded.")


async def write_parties(url: str) -> int:
    """Write every organisation of the agreements with its units; how many there were."""
    loaded: set[UUID] = set()
    async with writing_directory(url) as directory:
        for file in registry():
            placed = [(party.code, one) for party in file.parties for one in party.organisations]
            placed += [(body.code, one) for body in file.bodies for one in body.organisations]
            for code, organisation in placed:
                loaded.add(organisation.id)
                await directory.put(*_rows(file.agreement.key, code, organisation))
    return len(loaded)


def _rows(agreement_key: str, code: str, organisation: OrganisationInFile) -> list[SQLModel]:
    """An organisation of an agreement's file, its place in the agreement, and its units."""
    return [
        Organisation(id=organisation.id, name=organisation.name, type=organisation.type.value),
        Membership(agreement_key=agreement_key, org_id=organisation.id, party=code),
        *(
            Unit(
                org_id=organisation.id,
                id=unit.id,
                name=unit.name,
                address=list(unit.address),
                attention=unit.attention,
                address_hint=unit.address_hint,
            )
            for unit in organisation.units
        ),
    ]


@cli.command()
def add_issuer(
    issuer: str,
    audience: str,
    key_set_uri: str | None = None,
    key_set: Path | None = None,
    serves: list[UUID] | None = None,
) -> None:
    """Accept tokens of an OpenID provider, whose keys are fetched from an address or given as a file.

    With --serves once for each organisation it is the provider of, accounts that others give its subjects
    are none: nobody else decides what its people's requests are for.
    """
    accepted = TokenIssuer(
        issuer=issuer,
        audience=audience,
        key_set=json.dumps(json.loads(key_set.read_text())) if key_set else None,
        key_set_uri=key_set_uri,
        serves=serves or None,
        registered_at=present_moment(),
    )
    asyncio.run(put_issuer(MigrationSettings().migration_database_url.get_secret_value(), accepted))


@cli.command()
def add_account(
    organisation: UUID,
    unit: UUID,
    name: str,
    subject: str,
    role: list[str],
    function: str = "handläggare",
    issuer: str = development.ISSUER,
) -> None:
    """Give a person or machine an account at an organisation: how each gets its first administrator."""
    url = MigrationSettings().migration_database_url.get_secret_value()
    officer_id = uuid5(organisation, f"officer|{issuer}|{subject}")
    officer = Officer(org_id=organisation, id=officer_id, unit_id=unit, name=name, function=function)
    account_id = uuid5(organisation, f"account|{issuer}|{subject}|{unit}")
    administrators = asyncio.run(put_account(url, officer, account_id, issuer, subject, role))
    typer.echo(str(account_id))
    if ADMINISTRATOR in role and administrators < 2:
        typer.echo(NEEDS_A_SECOND, err=True)


@cli.command()
def token(subject: str, hours: int = 8) -> None:
    """Print a development token for a subject that has an account; only where the keys hold a development
    key.
    """
    settings = Settings()
    keyring = KeyRing.load(settings.keys_file)
    now = clock_of(settings, keyring)()
    made = development.issue(keyring, subject, audience=settings.audience, now=now, hours=hours)
    url = MigrationSettings().migration_database_url.get_secret_value()
    known = asyncio.run(subjects_of(url, development.ISSUER))
    if subject not in known:
        typer.echo(f"{subject} has no account. These have one: {', '.join(known) or 'nobody yet'}", err=True)
        raise typer.Exit(2)
    typer.echo(made)


def main() -> None:
    """Run the command line. A setting that is missing or wrong is named; what has been set is never shown."""
    try:
        cli()
    except ValidationError as wrong:
        if wrong.title not in SETTINGS:
            raise
        for one in wrong.errors(include_url=False, include_context=False, include_input=False):
            what = "is not set" if one["type"] == "missing" else f"is wrong: {one['msg']}"
            typer.echo(f"{str(one['loc'][0]).upper()} {what}.", err=True)
        sys.exit(2)
    except KeyRingError as broken:
        typer.echo(broken, err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
