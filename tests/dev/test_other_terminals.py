"""How `make flerpart` finds what `make run` has started."""

import subprocess
from pathlib import Path

from dev.other_terminals import NAME, told_to_other_terminals


def test_another_terminal_learns_the_settings_and_nothing_else(tmp_path: Path) -> None:
    """A shell reads them as they are, whatever characters they have; only their owner may, and only while it
    runs.
    """
    url = "postgresql://a:b'c $HOME@/flerpart?host=/tmp/a folder"
    path = tmp_path / "home" / NAME
    with told_to_other_terminals(path.parent, {"DATABASE_URL": url, "FLERPART_BASE_URL": "x", "OTHER": "y"}):
        read = f'. {path} && printf %s "$DATABASE_URL|$FLERPART_BASE_URL|$OTHER"'
        said = subprocess.run(["/bin/sh", "-c", read], env={}, capture_output=True, text=True, check=True)
        assert said.stdout == f"{url}|x|"
        assert path.stat().st_mode & 0o777 == 0o600
    assert not path.exists()
