"""`make trust`: every gate in turn, a line of figures for each; ARGS="g4 g7" tries some of them only.

LONG=1 asks for the full measure where a shorter one is usual. Ends with 1 if a promise was not kept.
"""

import asyncio
import os
import shutil
import sys
import time
import traceback
from pathlib import Path

from dev.postgres import running_server
from trust.gate import Gate, Shown
from trust.gates import GATES
from trust.ground import Ground

HOME = Path(".flerpart/trust")


def main() -> int:
    """Try the gates that were asked for, or all."""
    asked = sys.argv[1:]
    unknown = [one for one in asked if one not in {gate.key for gate in GATES}]
    if unknown:
        print(f"There is no gate {unknown[0]}. There are: {', '.join(gate.key for gate in GATES)}.")
        return 2
    chosen = [gate for gate in GATES if gate.key in asked or not asked]
    HOME.mkdir(parents=True, exist_ok=True)
    with running_server(HOME) as server:
        ground = Ground(server, server.home, long=os.environ.get("LONG") == "1")
        results = [_tried(gate, ground) for gate in chosen]
    shutil.rmtree(HOME, ignore_errors=True)
    broken = [gate.key for gate, shown in zip(chosen, results, strict=True) if not shown.kept]
    print(f"\n{len(chosen) - len(broken)} of {len(chosen)} promises kept." + _names(broken))
    return 1 if broken else 0


def _tried(gate: Gate, ground: Ground) -> Shown:
    """One gate, and its line."""
    print(f"{gate.key:<4} {gate.promise} (about {gate.minutes} min)", flush=True)
    begun = time.monotonic()
    try:
        shown = asyncio.run(gate.trial(ground))
    except Exception:
        traceback.print_exc()
        shown = Shown(kept=False, figures="the trial itself failed, as said above")
    word = "kept  " if shown.kept else "BROKEN"
    took = f"{time.monotonic() - begun:.0f} s"
    print(f"     {word} {shown.figures}; {took}   make trust ARGS={gate.key}", flush=True)
    return shown


def _names(broken: list[str]) -> str:
    return f" Broken: {', '.join(broken)}." if broken else ""


if __name__ == "__main__":
    sys.exit(main())
