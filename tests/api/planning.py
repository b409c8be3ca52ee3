"""Scenes of the plan: a meeting that is being held, a draft of its recorder's, a plan that is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.api.conduct import opening
from tests.api.conftest import Caller
from tests.api.scenes import CaseMade, MeetingMade, consent, documented, made, meeting


@dataclass(frozen=True)
class Met:
    """A meeting being held, and the consent that covers everybody there and the absent."""

    path: str
    case: CaseMade
    consent_id: UUID


async def met(
    chair: Caller, *others: Caller, recorder: Caller | None = None, absent: Sequence[Caller] = ()
) -> Met:
    """The chair holds a meeting with the others, the recorder appointed; consent covers the absent too."""
    begun = await meeting(chair)
    return await held(chair, begun, *others, recorder=recorder, absent=absent)


async def held(
    chair: Caller,
    begun: MeetingMade,
    *others: Caller,
    recorder: Caller | None = None,
    absent: Sequence[Caller] = (),
    **word: Any,
) -> Met:
    """The same with a meeting that has begun already; `word` is what is said otherwise of consent."""
    consent_id = await consent(chair, begun.case, *others, *absent, **word)
    await documented(consent_id, chair)
    done = await chair.post(f"{begun.path}/openings", opening(chair, *others, version=begun.version))
    assert done.status_code == 201, done.text
    if recorder:
        appointed = {"organisationId": str(recorder.organisation_id), "officerName": "Robin Exempel"}
        await made(chair, f"{begun.path}/recorders", appointed | {"version": done.json()["version"]})
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
