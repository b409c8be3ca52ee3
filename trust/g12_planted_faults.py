"""G12: the tests notice.

Faults are planted in a copy of the project, one after the other, and the tests that should notice are run
there. Each must fail where the fault is, and pass where it is not: a test that cannot fail proves nothing.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trust.fault import Fault
from trust.faults import FAULTS
from trust.gate import Gate, Shown
from trust.ground import Ground

ROOT = Path(__file__).parent.parent
SECONDS = 600
PASSED, FAILED = 0, 1
"""What pytest answers with; anything else means that the tests did not run as they should."""


async def trial(ground: Ground) -> Shown:
    """Plant them all."""
    del ground  # the tests bring a PostgreSQL of their own
    with _copy() as copy:
        sound = await asyncio.to_thread(
            _run, copy, sorted({one for fault in FAULTS for one in fault.tests.split()})
        )
        unnoticed = [fault.what for fault in FAULTS if not await asyncio.to_thread(_noticed, copy, fault)]
    for what in unnoticed:
        print(f"     not noticed: {what}")
    return Shown(
        sound == PASSED and not unnoticed,
        f"{len(FAULTS)} faults planted: {len(FAULTS) - len(unnoticed)} noticed;"
        f" without them the same tests {'pass' if sound == PASSED else 'FAIL'}",
    )


@contextmanager
def _copy() -> Iterator[Path]:
    """The project's files in a folder that may be spoilt."""
    folder = Path(tempfile.mkdtemp(prefix="flerpart-faults-"))
    folder.chmod(0o711)
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    try:
        for name in filter(None, listed.stdout.split("\0")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
        yield folder
    finally:
        shutil.rmtree(folder)


def _noticed(copy: Path, fault: Fault) -> bool:
    place = copy / fault.file
    text = place.read_text(encoding="utf-8")
    if text.count(fault.sound) != 1:
        print(f"     does not fit any more ({text.count(fault.sound)} places): {fault.what}")
        return False
    place.write_text(text.replace(fault.sound, fault.faulty), encoding="utf-8")
    try:
        return _run(copy, fault.tests.split()) == FAILED
    finally:
        place.write_text(text, encoding="utf-8")


def _run(copy: Path, tests: list[str]) -> int:
    """What pytest answers for these tests, stopped at the first that fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    # Otherwise a file changed twice in one second would be taken for its compiled form.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, timeout=SECONDS, check=False
    ).returncode


GATE = Gate("g12", "A planted fault is noticed by a test.", 12, trial)
