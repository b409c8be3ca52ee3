"""What a step looks at: the case alone, or one meeting of it, shown as the step would make it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.calendar import stockholm_day
from app.domain.facts.basics import NotYet, Side, TheOrganisation, Unknown
from app.domain.facts.case import Case
from app.domain.facts.meeting import (
    Invitee,
    Meeting,
)


@dataclass(frozen=True)
class Picture:
    """The case alone: what every step sees. Time itself (`Step.TICK`) sees nothing else."""

    case: Case

    @property
    def holder(self) -> Side:
        """The organisation whose case it is."""
        return TheOrganisation(self.case.holder)

    @property
    def acting(self) -> Side:
        """The organisation that acts."""
        return TheOrganisation(self.case.acting.organisation_id)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings in question: all of the case."""
        return self.case.meetings

    def concerns(self, organisation_id: UUID) -> bool:
        """Whether the step is about this organisation: at first, about every one that knows of the case."""
        return self.case.is_known_to(organisation_id)


@dataclass(frozen=True)
class MeetingAtHand(Picture):
    """Something is done with one meeting, shown as it would be after."""

    meeting: Meeting

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings in question: this one."""
        return (self.meeting,)

    @property
    def called_organisations(self) -> tuple[UUID, ...]:
        """The organisations the meeting is for, the initiator's own left out."""
        return tuple(one for one in self.meeting.invited_organisations if one != self.meeting.holder)

    @property
    def addressees(self) -> tuple[tuple[str, Invitee | Unknown], ...]:
        """Those the step turns to, each with its place; unknown where nobody has noted them as invited."""
        return tuple((f"/invitees/{place}", one) for place, one in enumerate(self.meeting.invitees))

    @property
    def day(self) -> date:
        """The day of the meeting (Stockholm), as far as it is fixed: before that, today."""
        time = self.meeting.time
        return self.case.as_of if isinstance(time, NotYet) else stockholm_day(time.starts_at)

    @property
    def initiator(self) -> Side:
        """The organisation that initiates the meeting."""
        return TheOrganisation(self.meeting.holder)
