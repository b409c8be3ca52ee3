"""What fails though nobody asked for anything wrong."""

from typing import ClassVar

from app.errors.base import FlerpartError


class Internal(FlerpartError, status=500, code="INTERNAL", sv="Internt fel", en="Internal error"):
    """Something of ours broke; what it was is in the log and nowhere else."""


class Unavailable(
    FlerpartError,
    status=503,
    code="UNAVAILABLE",
    sv="Tjänsten är tillfälligt otillgänglig",
    en="The service is temporarily unavailable",
):
    """Something we depend on does not answer; come back after that many seconds."""

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


class Restored(Unavailable):
    """The database is a restored backup that has not been told what was taken away since: nothing is served
    from it.
    """

    remedy: ClassVar[str] = (
        "run `flerpart replay-after-restore FILE` before the API is opened on this database"
    )
