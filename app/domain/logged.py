"""How an entry of the log explains itself."""

from dataclasses import dataclass

from app.domain.codes import InformationCategory, Purpose
from app.domain.rule import Words


@dataclass(frozen=True)
class LoggedAs:
    """How an entry explains itself; the words follow on who it was: `[somebody] read the case`."""

    about: InformationCategory
    purpose: Purpose
    words: Words


def logged(purpose: Purpose, about: InformationCategory, sv: str, en: str) -> LoggedAs:
    """Those words, about that, for that."""
    return LoggedAs(about, purpose, Words(sv, en))
