"""`flerpart journal`: draw a root, print those there are and the key they are signed with, verify it all."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from app.auth.journal_key import JournalKey, PublicKeys
from app.auth.keyring import KeyRing
from app.db.database import Database
from app.db.journal import roots_after
from app.services.journal import publish_root
from app.services.journal_verification import verify_journal
from app.settings import MigrationSettings, Settings
from app.wiring import build_house

Answer = TypeVar("Answer")

journal = typer.Typer(
    no_args_is_help=True, help="Prove that the journal has not been rewritten (docs/journal.md)."
)

KeysKept = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="Public keys kept elsewhere, as PEM blocks.")
]
RootsKept = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="Roots kept elsewhere, a line each.")
]


@journal.command()
def root() -> None:
    """Seal what waits, draw a root over all chains, and print its line: keep it elsewhere."""
    keyring = KeyRing.load(Settings().keys_file)
    key = _key_of(keyring)
    typer.echo(_asked(keyring, lambda database: publish_root(database, key)))


@journal.command()
def roots(after: int = 0) -> None:
    """Print the lines of all roots after a number, those that the worker has drawn too."""
    for line in _asked(KeyRing.load(Settings().keys_file), lambda database: roots_after(database, after)):
        typer.echo(line)


@journal.command()
def key() -> None:
    """Print the public key that verifies roots: keep it beside them."""
    typer.echo(_key_of(KeyRing.load(Settings().keys_file)).public_pem(), nl=False)


@journal.command()
def add_key(path: Path) -> None:
    """Give a keys file that is older than the journal's roots the key that signs them."""
    KeyRing.add_journal_key(path)


@journal.command()
def verify(roots: RootsKept = None, key: KeysKept = None) -> None:
    """Follow every chain, witness every root; say which chain and entry is not as it was, and end with 1."""
    settings = MigrationSettings()
    own = KeyRing.load(settings.keys_file).journal_key
    known = (own.public_pem() if own else "") + (key.read_text(encoding="ascii") if key else "")
    kept = [line for line in roots.read_text(encoding="utf-8").splitlines() if line.strip()] if roots else []
    url = settings.migration_database_url.get_secret_value()
    found = asyncio.run(verify_journal(url, kept, PublicKeys(known).vouch))
    for fault in found.faults:
        typer.echo(fault)
    typer.echo(
        f"{found.chains} chains, {found.entries} entries, {found.roots} roots and {len(kept)} kept elsewhere;"
        f" {found.waiting} reads wait to be sealed. {len(found.faults) or 'No'} faults."
    )
    if found.faults:
        raise typer.Exit(1)


def _key_of(keyring: KeyRing) -> JournalKey:
    if keyring.journal_key is None:
        typer.echo("The keys file holds no journal key: `flerpart journal add-key` adds one.", err=True)
        raise typer.Exit(1)
    return keyring.journal_key


def _asked(keyring: KeyRing, ask: Callable[[Database], Awaitable[Answer]]) -> Answer:
    async def opened() -> Answer:
        async with build_house(Settings(), keyring).database.opened() as database:
            return await ask(database)

    return asyncio.run(opened())
