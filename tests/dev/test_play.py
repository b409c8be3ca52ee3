"""`make run ONCE=1`, whole: the API and its worker started, the routine played over HTTP, everything
stopped.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

from dev.postgres import Urls

ROOT = Path(__file__).parents[2]


def _played(urls: Urls, home: Path) -> str:
    """What a run prints, in a folder of its own and against a database of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "ONCE": "1",
        "PORT": str(port),
        "DATABASE_URL": urls.api,
        "MIGRATION_DATABASE_URL": urls.migration,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "dev.run"],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-4000:]
    return ran.stdout


def test_the_whole_routine_is_played_and_played_again(empty_database: Urls, tmp_path: Path) -> None:
    """From an empty database every step of the routine goes as the agreement has it; so it does a second
    time.
    """
    for _ in range(2):
        said = _played(empty_database, tmp_path)
        for chapter in (
            "I. A need is seen",
            "II. The meeting",
            "III. The actions",
            "IV. The plan",
            "V. Consent",
        ):
            assert chapter in said
        for word in ("SAM-4 UPP-088 (refuse)", "BOK-3 UPP-033 (explain)", "<5", "ends now"):
            assert word in said
        assert "Development tokens" not in said
