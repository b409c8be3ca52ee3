"""The meeting itself on the wire: who is there, who leads and writes, how it ends."""

from typing import Any

from pydantic import Field

from app.domain.codes import Attendance
from app.schemas.base import Day, Flag, Id, Line, Prose, RequestModel, UtcTime, VersionedAct, example_of
from app.schemas.examples import SOME_ID

_OTHER_ID = "0190a5e0-8a11-7d20-9c55-2f8e1d4b6c03"


class PresenceIn(RequestModel):
    """How somebody is there, from when to when, or why not."""

    attendance: Attendance
    arrived_at: UtcTime | None = Field(
        default=None, description="Utelämnat: från mötets början, eller nu. Left out: from the start, or now."
    )
    left_at: UtcTime | None = Field(default=None, description="När den gick. When they left.")
    reason: Prose | None = Field(default=None, description="Varför den inte är med. Why they are not there.")


class IndividualPresenceIn(PresenceIn):
    """How the individual takes part."""

    took_part_otherwise: Flag = Field(
        default=False,
        description="Frånvarande, men har medverkat på annat sätt. Absent, but took part in another way.",
    )


class OrganisationPresenceIn(PresenceIn):
    """How an organisation takes part, and by whom."""

    organisation_id: Id
    officer_name: Line | None = Field(
        default=None, description="Vem som är där för organisationen. Who is there for the organisation."
    )


class OutsiderPresenceIn(PresenceIn):
    """How an invited person outside the organisations takes part."""

    invitee_id: Id


class OpeningIn(VersionedAct):
    """The meeting is opened with those who are there."""

    individual: IndividualPresenceIn
    organisations: list[OrganisationPresenceIn] = Field(
        min_length=1, max_length=50, description="Även den egna. The own one too."
    )
    outsiders: list[OutsiderPresenceIn] = Field(default=[], max_length=50)


class AttendancesIn(VersionedAct):
    """Who comes later, or leaves, while the meeting is open."""

    individual: IndividualPresenceIn | None = None
    organisations: list[OrganisationPresenceIn] = Field(default=[], max_length=50)
    outsiders: list[OutsiderPresenceIn] = Field(default=[], max_length=50)


class MeetingRecordIn(RequestModel):
    """A meeting that has been held, told as it was."""

    occurred_at: UtcTime = Field(description="När mötet hölls. When the meeting was held.")
    individual: IndividualPresenceIn
    organisations: list[OrganisationPresenceIn] = Field(min_length=1, max_length=50)
    outsiders: list[OutsiderPresenceIn] = Field(default=[], max_length=50)


class ChairTransferIn(VersionedAct):
    """The chair passes to another officer of the organisation that holds the meeting."""

    officer_id: Id
    reason: Prose


class RecorderAppointmentIn(VersionedAct):
    """Who writes the plan: an officer of an organisation that is present."""

    organisation_id: Id
    officer_name: Line


class FollowUpCallerIn(RequestModel):
    """Who calls to the follow-up."""

    organisation_id: Id
    officer_name: Line | None = None


class FollowUpIn(RequestModel):
    """When the plan is followed up and who calls; what is left open becomes a task."""

    on: Day | None = None
    caller: FollowUpCallerIn | None = None


class ConclusionIn(VersionedAct):
    """The meeting ends: with a plan, or the reason for none."""

    no_plan_reason: Prose | None = None
    follow_up: FollowUpIn | None = None


_PRESENT: dict[str, Any] = {
    "individual": {"attendance": "present"},
    "organisations": [
        {"organisationId": SOME_ID, "attendance": "present"},
        {"organisationId": _OTHER_ID, "officerName": "Robin Exempel", "attendance": "remote"},
    ],
}
OPENING = example_of(OpeningIn, _PRESENT | {"version": 3})
ATTENDANCES = example_of(
    AttendancesIn,
    {
        "version": 4,
        "organisations": [
            {"organisationId": _OTHER_ID, "attendance": "remote", "leftAt": "2026-03-02T09:40:00Z"}
        ],
    },
)
MEETING_RECORD = example_of(MeetingRecordIn, _PRESENT | {"occurredAt": "2026-02-26T09:00:00Z"})
CHAIR_TRANSFER = example_of(
    ChairTransferIn, {"version": 3, "officerId": SOME_ID, "reason": "Initiativtagaren är sjuk"}
)
RECORDER_APPOINTMENT = example_of(
    RecorderAppointmentIn, {"version": 4, "organisationId": _OTHER_ID, "officerName": "Robin Exempel"}
)
CONCLUSION = example_of(
    ConclusionIn,
    {
        "version": 6,
        "followUp": {
            "on": "2026-06-01",
            "caller": {"organisationId": SOME_ID, "officerName": "Kim Exempel"},
        },
    },
)
