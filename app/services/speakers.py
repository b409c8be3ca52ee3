"""Whose word it is: the caller's organisation's own, or another's that its holder writes down for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.domain.codes import Channel
from app.domain.facts.basics import Side, TheIndividual, TheOrganisation, Word
from app.domain.rule import Words
from app.errors import FieldFault, Unprocessable
from app.services.dates import has_happened
from app.services.reading import Reading

SPEAKER_UNKNOWN = FieldFault(
    "SPEAKER_UNKNOWN",
    Words("Ange vilken organisation som talar", "Say which organisation speaks"),
)
CHANNEL_NOT_TOLD = FieldFault(
    "CHANNEL_NOT_TOLD",
    Words("Ange hur den andres besked kom", "Say how the other's word came"),
)
STATEMENT_UNKNOWN = FieldFault(
    "STATEMENT_UNKNOWN",
    Words("Det finns inget sådant tidigare besked", "There is no such earlier word"),
)
_FOR_THE_INDIVIDUAL = {"individual": "", "representative": "Företrädare", "guardian": "Vårdnadshavare"}


@dataclass(frozen=True)
class Envelope:
    """What every word carries: who said it when and how, and which earlier word it corrects.

    `speaker` is None for the caller's own organisation.
    """

    speaker: Side | None
    speaker_name: str | None
    said_at: datetime
    channel: Channel
    corrects: UUID | None

    def side(self, me: UUID) -> Side:
        """Whoever speaks."""
        return self.speaker or TheOrganisation(me)

    def is_own(self, me: UUID) -> bool:
        """Whether the caller's organisation speaks for itself."""
        return self.side(me) == TheOrganisation(me)

    def demand_sound(self, work_at: datetime, me: UUID) -> None:
        """Raises Unprocessable for a word from the future, and for another's that came through no channel."""
        has_happened(self.said_at, work_at, "/occurredAt")
        if not self.is_own(me) and self.channel is Channel.API:
            raise Unprocessable(CHANNEL_NOT_TOLD.at("/channel"))

    def may_correct(self, row: Mapping[str, Any], me: UUID) -> bool:
        """Whether a row is the earlier word this one corrects: written down here, and of the same speaker."""
        speaker = TheOrganisation(row["speaker_org"]) if row["speaker_org"] else TheIndividual()
        return (row["id"], row["org_id"], speaker) == (self.corrects, me, self.side(me))

    def word(self, work: Reading, word_id: UUID) -> Word:
        """The envelope as the rulebook sees it."""
        return Word(word_id, self.side(work.me), work.me, self.said_at, work.now)

    def columns(self, me: UUID) -> dict[str, Any]:
        """The envelope as a statement's row keeps it; the name is sealed by the use case."""
        side = self.side(me)
        return {
            "speaker": "individual" if isinstance(side, TheIndividual) else "organisation",
            "speaker_org": side.id if isinstance(side, TheOrganisation) else None,
            "said_at": self.said_at,
            "channel": self.channel.value,
            "corrects": self.corrects,
        }


def envelope(
    kind: str | None,
    organisation_id: UUID | None,
    name: str | None,
    *,
    said_at: datetime,
    channel: Channel,
    corrects: UUID | None,
) -> Envelope:
    """The envelope a request describes; `kind` is None where the caller's organisation speaks.

    Whoever speaks for the individual is kept with the name. Raises Unprocessable for an organisation unnamed.
    """
    if (kind == "organisation") != (organisation_id is not None):
        raise Unprocessable(SPEAKER_UNKNOWN.at("/spokenBy/organisationId"))
    speaker: Side | None = None
    if kind is not None:
        speaker = TheOrganisation(organisation_id) if organisation_id else TheIndividual()
    told = ": ".join(filter(None, (_FOR_THE_INDIVIDUAL.get(kind or "", ""), name)))
    return Envelope(speaker, told or None, said_at, channel, corrects)
