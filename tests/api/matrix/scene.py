"""The one scene of the matrix: from a person to a plan, a deviation, and a consent withdrawn."""

from datetime import timedelta
from typing import Any

from app.auth import development
from tests.api.conftest import Caller
from tests.api.matrix.actors import Actor
from tests.api.matrix.document import OPERATIONS
from tests.api.matrix.play import Play

MEETING_DAY = "2026-04-20"
TIME: dict[str, Any] = {
    "startsAt": f"{MEETING_DAY}T08:00:00Z",
    "endsAt": f"{MEETING_DAY}T10:00:00Z",
    "mode": "hybrid",
    "place": "Rum 4",
}
LATER = TIME | {"startsAt": f"{MEETING_DAY}T09:00:00Z"}
PERSON: dict[str, Any] = {
    "kind": "close_person",
    "suitable": True,
    "agreedWithIndividual": True,
    "shownToOutsiders": False,
}
PERSON |= {"name": "Alex Exempel", "function": "syster", "reason": "Stöd", "address": ["Exempelgatan 2"]}


def reasons(*rules: str) -> list[dict[str, str]]:
    """A reason for each of these rules."""
    return [{"ruleId": one, "reason": "Skäl"} for one in rules]


def unit_of(caller: Caller) -> dict[str, Any]:
    """The organisation and the unit of somebody."""
    return {"organisationId": str(caller.organisation_id), "unitId": str(caller.unit_id)}


async def play(it: Play) -> None:
    """The whole of it."""
    await _directory(it)
    await _case(it)
    await _protection(it)
    await _consent(it)
    await _calling(it)
    await _summons(it)
    await _meeting(it)
    await _plan(it)
    await _follow_up(it)
    await _deviation(it)
    await _review(it)
    await _ways_out(it)
    await _disposal(it)
    await _withdrawal(it)


async def _directory(it: Play) -> None:
    """The organisation's administrator keeps its units, officers and accounts."""
    by = it.administrator
    address: dict[str, Any] = {"address": lambda: ["Salagatan 18", "753 75 Uppsala"]}
    await it.do("addUnit", by, keeping="unitId", **address)
    await it.do("changeUnit", by, **address)
    unit: dict[str, Any] = {"unitId": it.ids["unitId"]}
    await it.do("addOfficer", by, keeping="officerId", without=("leftOn",), **unit)
    await it.do("changeOfficer", by, without=("leftOn",), **unit)
    account = unit | {"officerId": it.ids["officerId"], "issuer": development.ISSUER}
    await it.do(
        "addAccount", by, keeping="jointDecisionId", subject=lambda: f"subject-{it.number}", **account
    )
    await it.do("approveJointDecision", it.second_administrator)
    agreed = await by.caller.get(f"/joint-decisions/{it.ids['jointDecisionId']}")
    it.ids["accountId"] = agreed.json()["subjectId"]
    await it.do("changeRoles", by, keeping="jointDecisionId")
    await it.do("rejectJointDecision", it.second_administrator)
    await it.do("endAccount", by)


async def _case(it: Play) -> None:
    identity = {"kind": "personnummer", "value": it.number}
    await it.do(
        "registerIndividual", keeping="individualId", identity=lambda: identity, communicationNeeds="Tolk"
    )
    await it.do("lookUpIndividual", identity=lambda: identity)
    await it.do("changeIndividual", communicationNeeds="Tolk och paus")
    await it.do("registerCase", keeping="caseId", individualId=lambda: it.ids["individualId"])
    await it.do("assessNeed", note="Anteckning")
    await it.do("offerMeeting", note="Anteckning")
    await it.do("answerOffer", occurredOn="2026-03-02", note="Anteckning")
    await it.do("recordContact", withOrganisationId=str(it.called.caller.organisation_id))
    await it.do("changeCarrier", it.boss["own"], officerId=str(it.holder.caller.officer_id))


async def _protection(it: Play) -> None:
    """A person of its own is protected; somebody is cleared, and not any more; the mark is lifted."""
    account = str(it.players["own_other_unit"].caller.account_id)
    await it.do("registerIndividual", keeping="hiddenId", without=("identity",), birthDate="1990-01-01")
    whom = {"individualId": it.ids["hiddenId"]}
    await it.do("protectIndividual", at=whom)
    await it.do("clearAccount", at=whom, keeping="hiddenDecisionId", accountId=lambda: account)
    decision = {"jointDecisionId": it.ids["hiddenDecisionId"]}
    await it.do("approveJointDecision", it.manager, at=decision)
    await it.do("endClearance", at=whom, accountId=lambda: account)
    await it.do("liftProtection", at=whom, keeping="hiddenDecisionId")
    decision = {"jointDecisionId": it.ids["hiddenDecisionId"]}
    await it.do("approveJointDecision", it.manager, at=decision)


async def _consent(it: Play) -> None:
    both = [str(one.caller.organisation_id) for one in (it.called, it.left)]
    for kind, name in (("call", "callConsentId"), ("information_exchange", "consentId")):
        await it.do(
            "recordConsent",
            keeping=name,
            kind=kind,
            organisationIds=both[:1],
            participationSupport="Paus",
            endsOn="2027-12-31",
        )
        at = {"consentId": it.ids[name]}
        await it.do("extendConsent", at=at, organisationIds=both[1:])
        for one in (it.holder, it.called, it.left):
            await it.do("documentConsent", one, at=at)


async def _calling(it: Play) -> None:
    await it.do("startMeeting", keeping="meetingId")
    await it.do("changeMeeting", place="Rum 4", currentSituation="Sjukskriven")
    await it.do(
        "prepareMeeting",
        employerExists="no",
        needsAndWishes="Förmiddag",
        excludedTopics="Ekonomi",
        goals="Arbete",
    )
    for name, one in (("inviteeId", it.called), ("leftInviteeId", it.left)):
        await it.do("addInvitee", keeping=name, name="Robin Exempel", **unit_of(one.caller))
    named = PERSON | {"consentPersonId": await person_named(it)}
    await it.do("addInvitee", keeping="personId", without=("organisationId", "unitId"), **named)
    await it.do("addInvitee", keeping="removedId", without=("organisationId", "unitId"), **PERSON)
    await it.do("changeInvitee", at={"inviteeId": it.ids["inviteeId"]}, **unit_of(it.called.caller))
    await it.do("removeInvitee", at={"inviteeId": it.ids["removedId"]})
    await it.do("offerTime", keeping="offerId", offeredBy=str(it.called.caller.organisation_id), **TIME)
    await it.do("bookMeeting", time={"offerId": it.ids["offerId"]}, explanations=reasons("BOK-3"))
    await it.do("previewSummons")
    await it.do("previewInvitation")


async def person_named(it: Play) -> str:
    """The person outside the organisations whom the consent to the call names."""
    answer = await it.holder.caller.get(f"/consents/{it.ids['callConsentId']}")
    found: str = answer.json()["record"]["persons"][0]["id"]
    return found


async def _summons(it: Play) -> None:
    await it.do(
        "issueSummons",
        inviteeIds=[it.ids["inviteeId"], it.ids["leftInviteeId"]],
        explanations=reasons("BEH-10"),
    )
    it.ids["summonsId"] = await received(it, "disclosed")
    it.ids["leftSummonsId"] = await received(it, "withdrawn")
    await it.do("issueInvitation", inviteeIds=[it.ids["personId"]])
    await it.do("replyToSummons", it.called, keeping="replyId", reply="queried", text="Varför?")
    await it.do("replyToSummons", it.left, at={"summonsId": it.ids["leftSummonsId"]}, text="Ja")
    await it.do("answerQuery")
    await it.do("assignSummons", it.boss["disclosed"], officerId=str(it.called.caller.officer_id))
    await it.do("sayPrepared", it.called, note="Läst in oss")
    await it.do("rescheduleMeeting", time=LATER)


async def received(it: Play, place: str) -> str:
    """The summons that has come to a place."""
    answer = await it.players[place].caller.get("/summonses")
    found: str = answer.json()["items"][0]["id"]
    return found


async def _meeting(it: Play) -> None:
    it.clock.now = it.clock.now.replace(month=4, day=20)
    await it.do(
        "openMeeting",
        organisations=[
            {"organisationId": str(one.caller.organisation_id), "attendance": "present", "officerName": "Kim"}
            for one in (it.holder, it.called, it.left)
        ],
    )
    await it.do("transferChair", officerId=str(it.holder.caller.officer_id))
    await it.do("appointRecorder", organisationId=str(it.called.caller.organisation_id))
    it.clock.forward(minutes=30)
    await it.do(
        "recordAttendance",
        organisations=[
            {"organisationId": str(it.left.caller.organisation_id), "attendance": "present", "reason": "Tåg"}
        ],
    )


async def _plan(it: Play) -> None:
    """Two versions: a plan, and its revision; the recorder's organisation writes both."""
    await _version(it, "firstPlanId")
    await _version(it, "planId", revises=it.ids["firstPlanId"])
    it.ids["actionId"] = await action_of(it, it.called)
    it.ids["leftActionId"] = await action_of(it, it.left)
    for one, name in ((it.called, "actionId"), (it.left, "leftActionId")):
        at = {"actionId": it.ids[name]}
        await it.do("commitToAction", one, at=at, without=("reason",), status="accepted")
        await it.do("commitToAction", one, at=at)
    speaker = {"kind": "organisation", "organisationId": str(it.left.caller.organisation_id)}
    told: dict[str, Any] = {"spokenBy": speaker, "channel": "telephone"}
    await it.do("commitToAction", at={"actionId": it.ids["leftActionId"]}, **told)
    caller = {"organisationId": str(it.holder.caller.organisation_id), "officerName": "Kim"}
    await it.do("concludeMeeting", followUp={"on": "2026-06-01", "caller": caller})


async def _version(it: Play, name: str, **succeeds: Any) -> None:
    """A draft, handed over, proposed, approved by everybody, and handed out."""
    owners = [
        {"kind": "organisation", "organisationId": str(one.caller.organisation_id)}
        for one in (it.called, it.left)
    ]
    actions = [
        {"kind": "contact", "text": "En åtgärd", "owner": one, "dueOn": "2026-06-30", "performedBy": "Någon"}
        for one in (*owners, {"kind": "individual"})
    ]
    for done in ("writeDraft", "changeDraft"):
        keeping = "draftId" if done == "writeDraft" else None
        await it.do(done, it.called, keeping=keeping, actions=actions, **succeeds)
    await it.do("handOverDraft", it.called)
    await it.do("proposePlan", keeping=name)
    at = {"planId": it.ids[name]}
    await it.do("approvePlan", at=at)
    for one in (it.holder, it.called, it.left):
        await it.do("approvePlan", one, at=at, without=("spokenBy",), channel="api", reason="Skäl")
    await it.do("distributePlan", at=at)


async def action_of(it: Play, owner: Actor) -> str:
    """The action of somebody's organisation in the plan."""
    answer = await owner.caller.get(f"/plans/{it.ids['planId']}")
    sides: list[dict[str, Any]] = answer.json()["responsibilities"]
    mine = str(owner.caller.organisation_id)
    found: str = next(
        action["id"]
        for side in sides
        for action in side["actions"]
        if side["owner"]["organisationId"] == mine
    )
    return found


async def _follow_up(it: Play) -> None:
    """The plan is followed up at a meeting of its own."""
    await it.do("startMeeting", keeping="followUpId", followsUp={"planId": it.ids["planId"]})
    at = {"meetingId": it.ids["followUpId"]}
    there = [
        {"organisationId": str(one.caller.organisation_id), "attendance": "present"}
        for one in (it.holder, it.called)
    ]
    await it.do("openMeeting", at=at, organisations=there)
    await it.do("reportAtFollowUp", it.called, at=at)
    await it.do("decideFollowUp", at=at)


async def _deviation(it: Play) -> None:
    await it.do(
        "reportDeviation",
        it.boss["own"],
        keeping="deviationId",
        aboutOrganisationId=str(it.called.caller.organisation_id),
        meetingId=it.ids["meetingId"],
    )
    await it.do("handleDeviation", it.boss["own"])
    for name, act in (("confirmedId", "confirmDeviation"), ("dismissedId", "dismissDeviation")):
        await it.propose(it, name)
        await it.do(act, it.boss["own"], at={"deviationId": it.ids[name]})


async def _review(it: Play) -> None:
    """Who has read is gone through by a manager."""
    await it.do("recordLogReview", it.manager, keeping="reviewId")


async def _ways_out(it: Play) -> None:
    """What ends something is done to things of its own, in a case beside."""
    main = dict(it.ids)
    await it.do("registerIndividual", keeping="individualId", without=("identity",), birthDate="1990-01-01")
    await it.do("registerCase", keeping="caseId", individualId=lambda: it.ids["individualId"])
    await it.do("assessNeed", assessedOn=f"{it.clock.now:%Y-%m-%d}")
    await it.do("startMeeting", keeping="cancelledId")
    await it.do("cancelMeeting", at={"meetingId": it.ids["cancelledId"]})
    await it.do("startMeeting", keeping="meetingId")
    await it.do(
        "recordMeeting",
        without=("version",),
        occurredAt=lambda: f"{it.clock.now - timedelta(days=3):%Y-%m-%dT%H:%M:%SZ}",
        organisations=[{"organisationId": str(it.holder.caller.organisation_id), "attendance": "present"}],
    )
    await it.do("recordConsent", keeping="consentId", organisationIds=[str(it.called.caller.organisation_id)])
    await it.do("correctConsent")
    await it.do("closeCase")
    it.ids |= {f"side_{name}": value for name, value in it.ids.items() if main.get(name) != value}
    it.ids |= main
    await it.do("recallSummons", at={"summonsId": it.ids["leftSummonsId"]})


async def _disposal(it: Play) -> None:
    """A case beside is closed, and its organisation disposes of it under a rule of its own."""
    main = dict(it.ids)
    await it.do("registerIndividual", keeping="individualId", without=("identity",), birthDate="1990-01-01")
    await it.do("registerCase", keeping="caseId", individualId=lambda: it.ids["individualId"])
    await it.do("closeCase")
    gone, by = it.ids["caseId"], it.administrator
    await it.do("addDisposalRule", by, keeping="disposalRuleId", months=0, fromYearEnd=False)
    await it.do("proposeDisposal", by, keeping="jointDecisionId", itemIds=[gone])
    await it.do("approveJointDecision", it.manager)
    agreed = await by.caller.get(f"/joint-decisions/{it.ids['jointDecisionId']}")
    main |= {"disposalRuleId": it.ids["disposalRuleId"], "disposalId": agreed.json()["subjectId"]}
    it.ids |= main


async def _withdrawal(it: Play) -> None:
    for name in ("callConsentId", "consentId"):
        await it.do(
            "withdrawConsent",
            at={"consentId": it.ids[name]},
            keeping="withdrawalId",
            organisationId=str(it.left.caller.organisation_id),
        )


def not_played(it: Play) -> set[str]:
    """The changing operations that the play has not carried out."""
    played = {one.operation for one in it.log.answers if one.status < 300}
    return {one.id for one in OPERATIONS.values() if one.method != "GET"} - played
