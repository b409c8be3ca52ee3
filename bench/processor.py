"""Processor time of processes, as the kernel counts it."""

import os
import time
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def seconds_of(pid: int) -> float:
    """Processor seconds a process has used; none for one that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def children_of(pid: int) -> list[int]:
    """The processes a process has started and that still run."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in text.split()]


def seconds_of_server(pid: int) -> float:
    """Processor seconds of a PostgreSQL: its first process, those that have ended, and those that run."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICK + sum(map(seconds_of, children_of(pid)))


class Watch:
    """Started when it is made: what has gone by since, on the wall and in the processor."""

    def __init__(self, pid: int, postmaster: int) -> None:
        self._pid = pid
        self._postmaster = postmaster
        self._begun = time.perf_counter(), seconds_of(pid), seconds_of_server(postmaster)

    def elapsed(self) -> tuple[float, float, float]:
        """Seconds on the wall, of the process's processor, and of PostgreSQL's."""
        now = time.perf_counter(), seconds_of(self._pid), seconds_of_server(self._postmaster)
        wall, own, postgres = (after - before for after, before in zip(now, self._begun, strict=True))
        return wall, own, postgres


def postmaster_of(sockets: Path) -> int:
    """The first process of the PostgreSQL whose socket lies in this folder."""
    return int((sockets / ".s.PGSQL.5432.lock").read_text().split()[0])
