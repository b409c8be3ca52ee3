"""What time it is: the real time, or in development one that can be set back and let run."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def present_moment() -> datetime:
    """Now, in UTC: the clock of an installation."""
    return datetime.now(UTC)


class DevelopmentClock:
    """The real time moved by as many seconds as a file says, so that weeks can pass in a play.

    Never in production. Without the file it is the real time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> datetime:
        """The moved time, in UTC."""
        return present_moment() + self._moved_by()

    def set(self, moment: datetime) -> None:
        """Let it be this moment now."""
        seconds = (moment - present_moment()).total_seconds()
        waiting = self._path.with_suffix(".new")
        waiting.write_text(f"{seconds:.6f}", encoding="ascii")
        waiting.replace(self._path)  # whoever reads meets the old number or the new, never half of one

    def release(self) -> None:
        """Back to the real time."""
        self._path.unlink(missing_ok=True)

    def _moved_by(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._path.read_text(encoding="ascii")))
        except FileNotFoundError:
            return timedelta()
