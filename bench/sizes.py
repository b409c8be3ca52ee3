"""How much data a scale means, and who holds it."""

from dataclasses import dataclass

INDIVIDUALS_AT_ONE = 100_000
MEETINGS_EACH = 3
ACTIONS_EACH = 10
HELD = 2
"""Meetings of a case that led to a plan; each plan has half of the case's actions."""
CASES_OF_A_UNIT = 100
"""More data is more units, not larger ones: a caseworker's desk does not grow with the country."""


@dataclass(frozen=True)
class Size:
    """A scale in numbers; at 1 it is 100,000 individuals, 300,000 meetings and 1,000,000 actions."""

    scale: float

    @property
    def individuals(self) -> int:
        """Individuals, each with one case."""
        return max(40, round(INDIVIDUALS_AT_ONE * self.scale))

    @property
    def units_of_each(self) -> int:
        """Units of each organisation that holds cases."""
        return max(1, round(self.individuals / HOLDERS / CASES_OF_A_UNIT))

    @property
    def name(self) -> str:
        """The scale as part of a database's name."""
        return f"{self.scale:g}".replace(".", "_").replace("-", "m")

    def __str__(self) -> str:
        """For the reader."""
        people = self.individuals
        return (
            f"{people:,} individuals, {people * MEETINGS_EACH:,} meetings, {people * ACTIONS_EACH:,} actions"
        )


HOLDERS = 4
"""How many organisations initiate meetings in the generated data."""
