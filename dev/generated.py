"""Files that are written from the code: `write` them, or `check` that they are what the code says today."""

import argparse
import subprocess
import sys
from pathlib import Path

from dev.errors import DevelopmentError

ROOT = Path(__file__).parents[1]
AGREEMENTS = ROOT / "app" / "agreements"


def sources() -> dict[str, list[str]]:
    """Each generated file and the command of `flerpart` that prints it."""
    clauses = {
        f"docs/clauses/{folder.name}.md": ["clauses", folder.name]
        for folder in sorted(AGREEMENTS.iterdir())
        if any(folder.glob("*.toml"))
    }
    return {"docs/openapi.json": ["openapi"], "docs/rulebook.md": ["rulebook"]} | clauses


def generate(command: list[str]) -> str:
    """What the command prints. Raises DevelopmentError when it fails."""
    answer = subprocess.run(
        [sys.executable, "-m", "app.cli", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        raise DevelopmentError(f"flerpart {' '.join(command)} failed:\n{answer.stderr}")
    return answer.stdout


def write(wanted: list[str]) -> None:
    """Write the generated files that are named, or lie in a folder that is named."""
    for path, command in sources().items():
        if any(path == name or path.startswith(f"{name}/") for name in wanted):
            target = ROOT / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(generate(command), encoding="utf-8")
            print(f"wrote {path}")


def check() -> None:
    """Raises DevelopmentError naming the files that are not what the code says, or are nobody's any more."""
    expected = sources()
    stale = [path for path, command in expected.items() if not _is_current(ROOT / path, command)]
    orphans = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "docs" / "clauses").glob("*.md"))
        if path.relative_to(ROOT).as_posix() not in expected
    ]
    if stale or orphans:
        names = ", ".join(stale + orphans)
        raise DevelopmentError(f"Not what the code says (make openapi rulebook): {names}")


def _is_current(path: Path, command: list[str]) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == generate(command)


def main() -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(prog="python -m dev.generated", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check")
    commands.add_parser("write").add_argument("wanted", nargs="+")
    arguments = parser.parse_args()
    try:
        check() if arguments.command == "check" else write(arguments.wanted)
    except DevelopmentError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
