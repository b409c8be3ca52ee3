"""Whether this process is about to leave."""

from dataclasses import dataclass


@dataclass(slots=True)
class Drain:
    """Set once, when the process is told to end; from then on it says so in every answer and in /readyz."""

    leaving: bool = False
