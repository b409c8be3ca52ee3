"""What another terminal must know to reach what `make run` has started."""

import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dev.secrets_kept import write_secret

NAME = "environment"
TOLD = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "FLERPART_")


@contextmanager
def told_to_other_terminals(home: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Keep a file that `make flerpart` reads, for as long as the block lasts. It holds passwords, so nobody
    else may read it.
    """
    home.mkdir(exist_ok=True)
    told = {name: value for name, value in environment.items() if name.startswith(TOLD)}
    path = home / NAME
    write_secret(path, "".join(f"export {name}={shlex.quote(told[name])}\n" for name in sorted(told)))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
