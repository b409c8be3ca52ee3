"""An entry of a person's log as a sentence the person understands, in Swedish and in English."""

from dataclasses import dataclass
from datetime import datetime

from app.documents.swedish import STOCKHOLM, day_and_time
from app.domain.codes import LogEntryKind, LogOrigin
from app.domain.log_words import LoggedAs
from app.domain.rule import Words

_SOMEBODY = Words("en medarbetare", "an employee")
_NOBODY = Words("systemet", "the system")
_WHERE_UNKNOWN = Words("en enhet som inte finns kvar", "a unit that is no longer there")


@dataclass(frozen=True)
class Who:
    """Who it was: the function and the unit always, the name only where the organisation tells it.

    What time has brought about nobody did: `by_itself`.
    """

    organisation: str
    unit: str | None
    function: str | None
    name: str | None
    by_itself: bool = False

    @property
    def words(self) -> Words:
        """As a sentence begins."""
        if self.by_itself:
            return Words(f"{_NOBODY.sv} hos {self.organisation}", f"{_NOBODY.en} at {self.organisation}")
        told = " ".join(part for part in (self.name, f"({self.function})" if self.function else None) if part)
        unit = Words(self.unit, self.unit) if self.unit else _WHERE_UNKNOWN
        # Where an organisation has one unit of its own name, the name is told once.
        whole = "" if self.unit == self.organisation else f", {self.organisation},"
        return Words(
            f"{told if self.name else f'{_SOMEBODY.sv} {told}'.strip()} vid {unit.sv}{whole}",
            f"{told if self.name else f'{_SOMEBODY.en} {told}'.strip()} at {unit.en}{whole}",
        )


def log_entry(
    moment: datetime,
    who: Who,
    kind: LogEntryKind,
    said: LoggedAs,
    origin: LogOrigin,
    of_organisation: str | None,
    to_organisation: str | None = None,
) -> Words:
    """What happened, who it was, for what, which information it concerned, and whose that is; to whom, where
    it was shown to another organisation.
    """
    did = said.words
    if to_organisation:
        did = Words(f"{did.sv} {to_organisation}", f"{did.en} {to_organisation}")
    if kind is LogEntryKind.REFUSAL:
        did = Words(
            f"fick veta vad som saknas, sedan ett försök avvisats: ”{did.sv}”",
            f'was told what is missing, after an attempt was refused: "{did.en}"',
        )
    whose = _whose(origin, of_organisation)
    return Words(
        f"{day_and_time(moment).capitalize()}: {who.words.sv} {did.sv}. "
        f"Ändamål: {_lower(said.purpose.sv)}. Slag av uppgifter: {_lower(said.about.sv)}.{whose.sv}",
        f"{moment.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}: {who.words.en} {did.en}. "
        f"Purpose: {_lower(said.purpose.en)}. Kind of information: {_lower(said.about.en)}.{whose.en}",
    )


def _whose(origin: LogOrigin, of_organisation: str | None) -> Words:
    if origin is LogOrigin.OWN or of_organisation is None:
        return Words("", "")
    if origin is LogOrigin.RECEIVED:
        return Words(f" Mottaget från {of_organisation}.", f" Received from {of_organisation}.")
    return Words(f" Uppgiften hör till {of_organisation}.", f" The information is that of {of_organisation}.")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
