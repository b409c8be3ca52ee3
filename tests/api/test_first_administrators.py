import asyncio
from pathlib import Path
from uuid import UUID, uuid4

from typer.testing import CliRunner, Result

from app.cli import cli
from app.db.directory_load import writing_directory
from app.db.tables.directory import Organisation, Unit
from dev.postgres import Urls


async def a_new_house(url: str) -> tuple[UUID, UUID]:
    """An organisation with a unit and nobody in it."""
    house = Organisation(id=uuid4(), name="Ny myndighet", type="other")
    unit = Unit(org_id=house.id, id=uuid4(), name="Växeln", address=[])
    async with writing_directory(url) as directory:
        await directory.put(house, unit)
    return house.id, unit.id


def test_the_command_line_says_that_administering_takes_two(database: Urls, keys_file: Path) -> None:
    """The first administrator is told to get a second, and the second is told nothing."""
    house, unit = asyncio.run(a_new_house(database.migration))

    def added(name: str) -> Result:
        words = ["add-account", str(house), str(unit), name, f"{house}-{name}", "organisation_administrator"]
        environment = {
            "MIGRATION_DATABASE_URL": database.migration,
            "FLERPART_KEYS_FILE": str(keys_file),
        }
        return CliRunner().invoke(cli, words, env=environment, catch_exceptions=False)

    first, second = added("Kim"), added("Robin")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "add a second" in first.stderr
    assert second.stderr == ""
    assert UUID(second.stdout.strip()).version == 5
