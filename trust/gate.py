"""What a gate is: a promise, a trial of it, and what the trial showed."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from trust.ground import Ground


@dataclass(frozen=True)
class Shown:
    """Whether the promise was kept, and the figures on one line."""

    kept: bool
    figures: str


@dataclass(frozen=True)
class Gate:
    """One promise and its trial. `minutes` is about how long the trial takes on two cores."""

    key: str
    promise: str
    minutes: int
    trial: Callable[[Ground], Coroutine[Any, Any, Shown]]
