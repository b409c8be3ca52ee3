"""The words every fact is made of: what is not known, who speaks, and what a statement carries.

Not knowing must never read as keeping. So there is no None among the facts: what nobody has told us is
`Unknown`, what has not happened is `NotYet`, and mypy makes every rule say what it does about either.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID


@dataclass(frozen=True)
class Unknown:
    """Nobody has told us."""


@dataclass(frozen=True)
class NotYet:
    """It has not happened."""


@dataclass(frozen=True)
class NoEnd:
    """It goes on until somebody ends it."""


@dataclass(frozen=True)
class TheIndividual:
    """The person the case is about."""


@dataclass(frozen=True)
class TheOrganisation:
    """An organisation: the body within which secrecy ends."""

    id: UUID


Side = TheIndividual | TheOrganisation
"""Whoever speaks, approves, owns or owes."""


@dataclass(frozen=True)
class Term:
    """When an agreement is in force: from its first day, or the last party's approval (UPP-134, UPP-136)."""

    in_force_from: date | NotYet
    ends_on: date | NoEnd

    def is_in_force(self, day: date) -> bool:
        """Whether the agreement is in force that day, both its first and its last day included."""
        if isinstance(self.in_force_from, NotYet) or day < self.in_force_from:
            return False
        return isinstance(self.ends_on, NoEnd) or day <= self.ends_on


@dataclass(frozen=True)
class Word:
    """The envelope of a statement: whose word it is, which organisation wrote it down, and when (UTC).

    Statements that a later one corrects are not among the facts.
    """

    id: UUID
    speaker: Side
    recorded_by: UUID
    said_at: datetime
    recorded_at: datetime

    @property
    def is_the_speakers_own(self) -> bool:
        """Whether the speaker's own organisation recorded it; the individual's word another always does."""
        return self.speaker == TheOrganisation(self.recorded_by)


class Statement(Protocol):
    """Anything said in an envelope."""

    @property
    def word(self) -> Word:
        """The envelope."""


Said = TypeVar("Said", bound=Statement)


def said_by(speaker: Side, statements: Iterable[Said]) -> tuple[Said, ...]:
    """What one side has said, in order of speaking."""
    own = (said for said in statements if said.word.speaker == speaker)
    return tuple(sorted(own, key=lambda said: (said.word.said_at, said.word.recorded_at)))


def standing_word(speaker: Side, statements: Iterable[Said]) -> Said | NotYet:
    """The word that counts: the latest, but the speaker's own outranks one recorded for it, whenever made."""
    ranked = sorted(
        said_by(speaker, statements),
        key=lambda said: (said.word.is_the_speakers_own, said.word.said_at, said.word.recorded_at),
    )
    return ranked[-1] if ranked else NotYet()
