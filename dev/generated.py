"""Files that are written from the code: `write` them, or `check` that they are what the code says today."""

import argparse
import json
import sys
from pathlib import Path

from app.agreements.pages import clauses_page, rulebook_page
from app.agreements.registry import registry
from app.clock import present_moment
from app.deps import Parts
from app.domain.rulebook import RULEBOOK
from app.http import about
from app.main import create_api

ROOT = Path(__file__).parents[1]
CLAUSES = "docs/clauses"
PUBLISHED = "openapi/openapi.json"


def openapi() -> dict[str, str]:
    """The API's published document: readable, and the same for the same code."""
    document = create_api(Parts(base_url=about.PUBLIC_URL, clock=present_moment)).openapi()
    return {PUBLISHED: json.dumps(document, ensure_ascii=False, indent=2) + "\n"}


def rulebook() -> dict[str, str]:
    """The rulebook, and each agreement clause by clause."""
    agreements = registry()
    keys = sorted({file.agreement.key for file in agreements})
    pages = {f"{CLAUSES}/{key}.md": clauses_page(key, agreements) for key in keys}
    return {"docs/rulebook.md": rulebook_page(RULEBOOK, agreements)} | pages


KINDS = {"openapi": openapi, "rulebook": rulebook}


def write(files: dict[str, str], root: Path = ROOT) -> None:
    """Write the files; where pages of clauses are among them, remove those of agreements that are no more."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    for path in _nobodys(files, root):
        (root / path).unlink()
        print(f"removed {path}")


def differences(files: dict[str, str], root: Path = ROOT) -> list[str]:
    """The files that are not what the code says, and those the code says nothing of any more."""
    stale = [path for path, text in files.items() if _read(root / path) != text]
    return stale + _nobodys(files, root)


def _nobodys(files: dict[str, str], root: Path) -> list[str]:
    """Pages of clauses that no agreement would write today."""
    if not any(path.startswith(CLAUSES) for path in files):
        return []
    there = sorted(path.relative_to(root).as_posix() for path in (root / CLAUSES).glob("*.md"))
    return [path for path in there if path not in files]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main() -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(prog="python -m dev.generated", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check")
    commands.add_parser("write").add_argument("kind", choices=KINDS)
    arguments = parser.parse_args()
    if arguments.command == "write":
        write(KINDS[arguments.kind]())
        return
    wrong = [path for kind in KINDS.values() for path in differences(kind())]
    if wrong:
        sys.exit(f"Not what the code says (make openapi rulebook): {', '.join(wrong)}")


if __name__ == "__main__":
    main()
