"""The command line of restoring: keep outside what was taken away, and tell it to a restored backup."""

import asyncio
import time
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.recovery import work
from app.recovery.kept import KeptFileBroken
from app.settings import MigrationSettings


def export_after_backup(
    file: Path,
    every: Annotated[
        float | None, typer.Option(help="Do it again after so many seconds, until ended.")
    ] = None,
) -> None:
    """Append to a file outside the database what was taken away: consent, disposed rows, sight, access."""
    url = MigrationSettings().migration_database_url.get_secret_value()
    while True:
        try:
            done = asyncio.run(work.export(url, file))
        except KeptFileBroken as broken:
            _end(file, broken)
        typer.echo(f"{done.events} events added; the file ends with {done.head}.")
        if every is None:
            return
        time.sleep(every)


def replay_after_restore(
    file: Path,
    head: Annotated[
        str | None, typer.Option(help="What the last export said that the file ends with.")
    ] = None,
) -> None:
    """Tell a restored backup what was taken away since, and open it. Until then no API starts on it."""
    settings = MigrationSettings()
    signer = ContextSigner.of(KeyRing.load(settings.keys_file))
    url = settings.migration_database_url.get_secret_value()
    try:
        done = asyncio.run(work.replay(url, signer, file, head))
    except KeptFileBroken as broken:
        _end(file, broken)
    counted = ", ".join(f"{number} {kind}" for kind, number in sorted(done.events.items())) or "nothing"
    typer.echo(f"Told again: {counted}. The file ends with {done.head}. The database is open.")


def _end(file: Path, broken: KeptFileBroken) -> NoReturn:
    typer.echo(f"{file} cannot be used: {broken}.", err=True)
    raise typer.Exit(1)
