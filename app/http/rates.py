"""How often one may ask: an even pace with room for a burst, for each address, caller and organisation.

Counted in this process alone: with several processes each allows as much. What must hold exactly, how many
persons somebody is shown in an hour, is counted by the database.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.errors import TooManyRequests

BURST_SECONDS: Final = 3
"""How many seconds' worth may come at once."""
_MOST_REMEMBERED: Final = 20_000


@dataclass(slots=True)
class _Bucket:
    """What somebody may still ask, and when that was counted."""

    left: float
    at: float


class Rate:
    """At most so many a second for each; 0 is as many as one likes."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._most = max(1.0, per_second * BURST_SECONDS)
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, who: str) -> None:
        """Count one request. Raises TooManyRequests, with how long to wait, once there are too many."""
        if not self._per_second:
            return
        now = self._clock()
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = self._buckets[who] = _Bucket(self._most, now)
            if len(self._buckets) > _MOST_REMEMBERED:
                self._buckets.popitem(last=False)  # whoever asked longest ago has a full bucket by now
        else:
            self._buckets.move_to_end(who)
            bucket.left = min(self._most, bucket.left + (now - bucket.at) * self._per_second)
            bucket.at = now
        if bucket.left < 1:
            raise TooManyRequests(max(1, math.ceil((1 - bucket.left) / self._per_second)))
        bucket.left -= 1


@dataclass(frozen=True, slots=True)
class Rates:
    """The three paces; none is limited where nobody says."""

    address: Rate = field(default_factory=lambda: Rate(0))
    caller: Rate = field(default_factory=lambda: Rate(0))
    organisation: Rate = field(default_factory=lambda: Rate(0))
