"""Write the published document, or check that the committed one is what the code says.

python -m app.openapi --write
python -m app.openapi --check
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.deps import Parts
from app.http import about
from app.main import create_api

PUBLISHED = Path(__file__).parent.parent / "openapi" / "openapi.json"


def published_text() -> str:
    """The document as it is committed: readable, and the same for the same code."""
    parts = Parts(base_url=about.PUBLIC_URL, clock=lambda: datetime.now(UTC))
    return json.dumps(create_api(parts).openapi(), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """0 when written or equal, 1 when the committed document is another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true", help="write openapi/openapi.json")
    what.add_argument("--check", action="store_true", help="fail when it is not up to date")
    text = published_text()
    if parser.parse_args().write:
        PUBLISHED.parent.mkdir(exist_ok=True)
        PUBLISHED.write_text(text, encoding="utf-8")
        return 0
    if PUBLISHED.exists() and PUBLISHED.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("openapi/openapi.json differs from the code: run python -m app.openapi --write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
