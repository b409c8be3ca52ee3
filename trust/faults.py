"""Faults that somebody could make one day: a guard left out, a bound moved, a log forgotten.

Each is a change of one place in one file, and the tests that must notice it. The place must occur exactly
once: a fault that does not fit any more is reported, never passed over.
"""

from trust.fault import Fault
from trust.faults_at_the_door import AT_THE_DOOR
from trust.faults_within import WITHIN

FAULTS: tuple[Fault, ...] = (*WITHIN, *AT_THE_DOOR)
