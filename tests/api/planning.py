"""Scenes of the plan: a meeting that is being held, a draft of its recorder's, a plan that is proposed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.auth.context import ContextSigner
from app.db import caller as context
from app.db.database import Database
from app.db.ids import new_id
from app.db.tables.consents import Disclosure
from app.db.tables.meetings import Attendance, MeetingOpening, RecorderAppointment
from app.wiring import sign_with
from tests.api.conftest import Application, Caller
from tests.api.scenes import CaseMade, consent, documented, made, meeting


@dataclass(frozen=True)
class Met:
    """A meeting being held, and the consent that covers everybody there and the absent."""

    path: str
    case: CaseMade
    consent_id: UUID


async def met(
    application: Application, chair: Caller, *others: Caller, recorder: Caller | None = None, absent: Any = ()
) -> Met:
    """The chair holds a meeting with the others, the recorder appointed; consent covers the absent too."""
    begun = await meeting(chair)
    consent_id = await consent(chair, begun.case, *others, *absent)
    await documented(consent_id, chair)
    mine: dict[str, Any] = {"org_id": chair.organisation_id, "case_id": begun.case.id}
    mine |= {"recorded_by": chair.account_id, "recorded_at": application.clock()}
    of = mine | {"meeting_id": begun.id}
    rows: list[Any] = [
        MeetingOpening(**of, id=new_id(), manner="opened", held_at=application.clock(), findings=[]),
        Attendance(**of, id=new_id(), attender="individual", attendance="present"),
    ]
    rows += [
        Attendance(
            **of,
            id=new_id(),
            attender="organisation",
            organisation_id=one.organisation_id,
            attendance="present",
        )
        for one in (chair, *others)
    ]
    if recorder:
        rows.append(RecorderAppointment(**of, id=new_id(), recorder_org=recorder.organisation_id))
    rows += [
        Disclosure(
            **mine,
            id=new_id(),
            recipient_org=one.organisation_id,
            kind="meeting",
            item_id=begun.id,
            consent_id=consent_id,
        )
        for one in others
    ]
    sign = sign_with(ContextSigner.of(application.keyring))
    async with Database(application.urls.api, sign, smallest=1, largest=1).opened() as database:
        who = context.Caller(chair.organisation_id, chair.unit_id, chair.account_id, application.clock())
        async with database.act(who) as tx:
            await tx.add(*rows)
            await tx.commit()
    return Met(begun.path, begun.case, consent_id)


def goal(text: str = "Tillbaka i arbete på halvtid", *steps: str) -> dict[str, Any]:
    """A goal with its sub-goals."""
    return {"text": text, "subGoals": [{"text": one} for one in steps]}


def action(owner: Caller | None, text: str = "En åtgärd", **more: Any) -> dict[str, Any]:
    """An action of somebody's organisation, or of the individual."""
    whose = {"kind": "organisation", "organisationId": str(owner.organisation_id)} if owner else None
    return {
        "kind": "contact",
        "text": text,
        "owner": whose or {"kind": "individual"},
        "dueOn": "2026-05-29",
    } | more


def draft(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a whole draft says: one goal, these actions or one of the individual's, and a follow-up."""
    return {
        "goals": [goal("Tillbaka i arbete på halvtid", "Klara tre förmiddagar")],
        "actions": list(actions) or [action(None)],
        "followUpOn": "2026-09-01",
    } | more


async def drafted(recorder: Caller, at: Met, *actions: dict[str, Any], **more: Any) -> UUID:
    """A draft of the recorder's."""
    return await made(recorder, f"{at.path}/plan-drafts", draft(*actions, **more))


async def proposed(chair: Caller, at: Met, *actions: dict[str, Any], **more: Any) -> UUID:
    """A plan proposed from a draft that the chair's own organisation has written."""
    draft_id = await drafted(chair, at, *actions, **more)
    return await made(chair, f"/plan-drafts/{draft_id}/proposals", {"version": 1})


def said(**more: Any) -> dict[str, Any]:
    """What every word carries."""
    return {"occurredAt": "2026-03-02T09:00:00Z", "channel": "api"} | more


def by_individual(**more: Any) -> dict[str, Any]:
    """A word of the individual's, said at the meeting."""
    return said(channel="at_the_meeting", spokenBy={"kind": "individual"}, **more)


def by(organisation: Caller, **more: Any) -> dict[str, Any]:
    """A word of an organisation's that came by telephone."""
    speaker = {"kind": "organisation", "organisationId": str(organisation.organisation_id)}
    return said(channel="telephone", spokenBy=speaker, **more)


APPROVED = {"version": 1, "answer": "approved"}


async def approved(chair: Caller, plan_id: UUID, *others: Caller, version: int = 1) -> None:
    """The individual, the chair and the others approve a version."""
    path = f"/plans/{plan_id}/approvals"
    await made(chair, path, by_individual(answer="approved", version=version))
    for one in (chair, *others):
        await made(one, path, said(answer="approved", version=version))


async def handed_out(chair: Caller, plan_id: UUID, *others: Caller, version: int = 1) -> None:
    """A version approved by all of these and handed out."""
    await approved(chair, plan_id, *others, version=version)
    await made(chair, f"/plans/{plan_id}/distributions", {"version": version, "channel": "letter"})


async def actions_of(reader: Caller, plan_id: UUID) -> dict[str, dict[str, Any]]:
    """The actions of a plan as somebody reads them, by their text."""
    read = await reader.get(f"/plans/{plan_id}")
    assert read.status_code == 200, read.text
    return {one["text"]: one for side in read.json()["responsibilities"] for one in side["actions"]}
