"""A fault that somebody could make one day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What would be wrong, where, and whose work it is to notice."""

    what: str
    file: str
    sound: str
    faulty: str
    tests: str
