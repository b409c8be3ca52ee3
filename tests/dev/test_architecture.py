"""What import-linter cannot say: the domain may import only a named part of the standard library."""

import ast
import sys
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parents[2] / "app" / "domain"

# Standard library all the same, but it reads a clock, talks to the world or waits for it.
OUTSIDE_WORLD = {
    "asyncio", "concurrent", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets",
    "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time",
    "tomllib", "urllib",
}  # fmt: skip

# Calls that read the clock through a module the domain needs for its dates.
CLOCK = {"today", "now", "utcnow"}


def imported_roots(tree: ast.AST) -> set[str]:
    """The top-level names a module imports, wherever in the module it does so."""
    roots: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            roots.add(node.module.split(".")[0])
    return roots


def clock_readings(tree: ast.AST) -> list[int]:
    """The lines on which a module asks what day or time it is."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK
    ]


@pytest.mark.parametrize("path", sorted(DOMAIN.rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_imports_itself_and_the_standard_library_only(path: Path) -> None:
    """A chapter of the domain needs no framework, no file, no network and no other floor."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    foreign = imported_roots(tree) - (set(sys.stdlib_module_names) - OUTSIDE_WORLD) - {"app"}
    assert not foreign
    upward = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app")
        if not node.module.startswith("app.domain")
    ]
    assert not upward


@pytest.mark.parametrize("path", sorted(DOMAIN.rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_never_reads_the_clock(path: Path) -> None:
    """Today's date is a fact the domain is given, so that every judgement can be repeated."""
    assert clock_readings(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_the_guards_see_what_they_guard_against() -> None:
    """A chapter that imports the operating system or asks for today would be found out."""
    planted = ast.parse("import os.path\nfrom datetime import date\nwhen = date.today()\n")
    assert imported_roots(planted) == {"os", "datetime"}
    assert clock_readings(planted) == [3]
