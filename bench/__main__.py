"""`make bench`: SCALE=0.1 by default; 1 is 100,000 individuals, 300,000 meetings and 1,000,000 actions.

Measures at a tenth of the scale and at all of it. ARGS="tasks case" measures some routes only; SECONDS is
how long each measurement lasts, REPEATS how often it is repeated.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from bench.api import serving
from bench.loading import data
from bench.processor import postmaster_of
from bench.report import Result, table
from bench.runs import Bench, Run, middle
from bench.sizes import Size
from bench.targets import SCENARIOS
from dev.postgres import running_server

HOME = Path(".flerpart/bench")


def main() -> None:
    """Generate what is missing, measure, print."""
    scale = float(os.environ.get("SCALE") or 0.1)
    seconds = float(os.environ.get("SECONDS") or 3)
    repeats = int(os.environ.get("REPEATS") or 3)
    chosen = [one for one in SCENARIOS if one.key in sys.argv[1:] or not sys.argv[1:]]
    HOME.mkdir(parents=True, exist_ok=True)
    with running_server(HOME) as server, ExitStack() as running:
        postmaster = postmaster_of(server.sockets)
        benches = []
        for size in (Size(scale / 10), Size(scale)):
            made = data(server, server.home, size)
            api = running.enter_context(serving(made))
            benches.append(Bench(made, api, postmaster, seconds, server.home))
        for scenario in chosen:
            for one in benches:
                one.prepare(scenario)
        runs: dict[tuple[str, int], tuple[list[Run], list[Run]]] = {
            (scenario.key, place): ([], []) for scenario in chosen for place in range(len(benches))
        }
        for repeat in range(repeats):
            for scenario in chosen:
                print(f"  measuring, {repeat + 1} of {repeats}: {scenario.name}", flush=True)
                for place, one in enumerate(benches):
                    ours, theirs = runs[scenario.key, place]
                    ours.append(one.application(scenario))
                    theirs.append(one.bare(scenario))
    medians = {key: (middle(ours), middle(theirs)) for key, (ours, theirs) in runs.items()}
    results = [Result(one, medians[one.key, 0], medians[one.key, 1]) for one in chosen]
    print(table(Size(scale / 10), Size(scale), results))


if __name__ == "__main__":
    main()
