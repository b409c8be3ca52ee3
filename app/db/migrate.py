"""Migrations as functions, so that the command line, the launcher and the tests climb the same way."""

from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def as_sqlalchemy_url(url: str) -> str:
    """A PostgreSQL URL in SQLAlchemy's spelling, for Alembic alone; everything else talks asyncpg."""
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


def _config(url: str) -> Config:
    """Alembic's configuration: the scripts lie beside the package, the address comes as an attribute."""
    config = Config()
    config.set_main_option("script_location", str(Path(str(resources.files("app"))).parent / "alembic"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Climb to a revision as the migrator. Not inside a running event loop."""
    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Climb down to a revision as the migrator. Not inside a running event loop."""
    command.downgrade(_config(url), revision)


def newest_revision() -> int:
    """The number of the newest migration of this program."""
    return int(ScriptDirectory.from_config(_config("")).get_current_head() or 0)


def check(url: str) -> None:
    """Raise alembic.util.CommandError when the tables' classes and the migrated database differ."""
    command.check(_config(url))


def revise(url: str, message: str) -> None:
    """Write a new migration, with the next number, from what differs between the classes and the database."""
    config = _config(url)
    newest = ScriptDirectory.from_config(config).get_current_head() or "0"
    command.revision(config, message=message, autogenerate=True, rev_id=f"{int(newest) + 1:04d}")
