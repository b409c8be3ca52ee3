"""`flerpart token`: for whom there is an account, and for nobody else."""

import asyncio
from pathlib import Path

from typer.testing import CliRunner, Result

from app.cli import cli
from dev.postgres import Urls
from tests.api.test_first_administrators import a_new_house


def test_a_token_is_made_for_whom_there_is_an_account_alone(fresh_database: Urls, keys_file: Path) -> None:
    """Whoever has no account gets no token but the names of those that have one, and exit code 2."""
    environment = {
        "DATABASE_URL": fresh_database.api,
        "MIGRATION_DATABASE_URL": fresh_database.migration,
        "FLERPART_KEYS_FILE": str(keys_file),
    }

    def ran(*words: str) -> Result:
        return CliRunner().invoke(cli, words, env=environment, catch_exceptions=False)

    nobody = ran("token", "nisse")
    assert (nobody.exit_code, nobody.stdout) == (2, "")
    assert nobody.stderr == "nisse has no account. These have one: nobody yet\n"
    house, unit = asyncio.run(a_new_house(fresh_database.migration))
    for subject in ("robin", "kim"):
        ran("add-account", str(house), str(unit), "Kim Exempel", subject, "caseworker")
    another = ran("token", "nisse")
    assert (another.exit_code, another.stdout) == (2, "")
    assert another.stderr == "nisse has no account. These have one: kim, robin\n"
    made = ran("token", "kim")
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.count(".") == 2
