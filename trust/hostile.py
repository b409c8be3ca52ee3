"""The forty hostile inputs, each by the tests that hold it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tests.api.hostile import HOSTILE

ROOT = Path(__file__).parent.parent
SECONDS = 900


def held_inputs() -> int:
    """Run every test of the table, and count the inputs whose tests all ran and passed; tell the others."""
    names = sorted({name for one in HOSTILE.values() for name in one.tests})
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        subprocess.run([*command, *names], cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)
        passed = _passed(report)
    broken = [number for number, one in HOSTILE.items() if not all(passed.get(name) for name in one.tests)]
    for number in broken:
        print(f"     {number} is not held: {HOSTILE[number].wanted}")
    return len(HOSTILE) - len(broken)


def _passed(report: Path) -> dict[str, bool]:
    """Which tests passed, with all that they were tried with."""
    passed: dict[str, bool] = {}
    for name, well in _cases(report):
        passed[name] = passed.get(name, True) and well
    return passed


def _cases(report: Path) -> Iterator[tuple[str, bool]]:
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - what our own run wrote
        file, function = case.attrib["classname"].replace(".", "/"), case.attrib["name"].split("[")[0]
        yield f"{file}.py::{function}", not list(case)
