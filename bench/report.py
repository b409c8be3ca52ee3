"""What is printed: each route at a tenth of the data and at all of it,
beside bare asyncpg in the same run.
"""

from dataclasses import dataclass

from bench.runs import Run
from bench.sizes import Size
from bench.targets import Scenario

GROWTH_AIM = 1.2
HEAD = (
    f"{'':22}{'data':>6}{'req/s':>9}{'bare':>9}{'ratio':>7}{'aim':>6}"
    f"{'API µs':>9}{'PG µs':>8}{'bare µs':>9}{'PG µs':>8}{'CPU ratio':>11}"
    f"{'p50 ms':>8}{'p95':>7}{'growth':>8}"
)


@dataclass(frozen=True)
class Result:
    """One route: (application, bare) at a tenth of the data, and at all of it."""

    scenario: Scenario
    tenth: tuple[Run, Run]
    whole: tuple[Run, Run]

    @property
    def growth(self) -> float:
        """How many times the processor a request costs at ten times the data."""
        return self.whole[0].processor / self.tenth[0].processor


def table(tenth: Size, whole: Size, results: list[Result]) -> str:
    """The figures as lines of text."""
    lines = [
        "",
        f"1/10: {tenth}.  all: {whole}.",
        "Only ratios mean anything: both sides ran in turns here.",
        "",
        HEAD,
    ]
    for one in results:
        lines.append(_line(one, "1/10", *one.tenth, growth=""))
        fits = "" if one.growth <= GROWTH_AIM else " !"
        lines.append(_line(one, "all", *one.whole, growth=f"{one.growth:.2f}{fits}"))
    return "\n".join(lines)


def _line(result: Result, data: str, ours: Run, bare: Run, *, growth: str) -> str:
    ratio = ours.per_second / bare.per_second
    name = result.scenario.name if data == "1/10" else ""
    missed = "" if ratio >= result.scenario.aim else " !"
    return (
        f"{name:22}{data:>6}{ours.per_second:9.0f}{bare.per_second:9.0f}{ratio:7.2f}"
        f"{result.scenario.aim:5.2f}{missed or ' ':2}{ours.own:8.0f}{ours.postgres:8.0f}"
        f"{bare.own:9.0f}{bare.postgres:8.0f}{bare.processor / ours.processor:11.2f}"
        f"{ours.p50:8.1f}{ours.p95:7.1f}{growth:>8}"
    )
