"""The matrix's theatre on a gate's ground: the routine played over loopback, on a clock that can be moved."""

from datetime import datetime, timedelta
from typing import cast

from app.clock import DevelopmentClock
from tests.api.conftest import Application, Clock
from tests.api.matrix.conftest import Theatre
from trust.ground import Place


def stage(place: Place) -> Theatre:
    """A theatre over the API of a place."""
    clock = cast(Clock, _Hands(place.clock))
    return Theatre(Application(place.http, clock, place.keyring, place.urls))


class _Hands:
    """The running clock of the trial, moved as the tests move theirs."""

    def __init__(self, clock: DevelopmentClock) -> None:
        self._clock = clock

    def __call__(self) -> datetime:
        return self._clock()

    @property
    def now(self) -> datetime:
        """The time it shows."""
        return self._clock()

    @now.setter
    def now(self, moment: datetime) -> None:
        self._clock.set(moment)

    def forward(self, **parts: float) -> None:
        """Let time pass."""
        self._clock.set(self._clock() + timedelta(**parts))
