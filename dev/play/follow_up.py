"""Fourth act: the follow-up without the region, called at short notice with a reason; the plan is revised."""

from datetime import timedelta

from dev.play.meeting_and_plan import action, present
from dev.play.need_and_call import invitee, time_of
from dev.play.stage import Json
from dev.play.story import Story

REASON = "Arbetsträningen börjar snart och alla parter kan den dagen."


def play(story: Story) -> None:
    """A new meeting that follows up the plan, and its next version."""
    story.stage.chapter("IV. The plan is followed up and revised")
    story.stage.later(weeks=2)
    call(story)
    if story.meets_at:
        story.stage.it_is(story.meets_at)
    hold(story)
    revise(story)


def call(story: Story) -> None:
    """Three weeks ahead: refused without a reason, issued with one, which is kept and counted."""
    stage = story.stage
    meeting: Json = {
        "form": "flerpartsmote",
        "purpose": "följa upp planen",
        "currentSituation": "Arbetsträningen är ordnad, vårdens bedömning dröjer.",
        "followsUp": {"planId": story.plan_id},
    }
    story.meeting_id = stage.post(story.fk, f"{story.case_path}/meetings", meeting)["id"]
    preparation: Json = {
        "preparedOn": story.today,
        "withIndividual": True,
        "goals": "Öka till fyra förmiddagar",
        "participationSupport": "Paus",
        "relativesOffered": "no",
        "employerExists": "no",
        "employerCalled": "no",
    }
    stage.post(story.fk, f"{story.meeting_path}/preparations", preparation)
    for party, player in (("AF", story.af), ("KOMMUN", story.kommun)):
        body = invitee(party, player.organisation_id, str(player.unit_id))
        stage.post(story.fk, f"{story.meeting_path}/invitees", body)
    starts_at = (stage.clock() + timedelta(weeks=3)).replace(hour=12, minute=0, second=0, microsecond=0)
    story.act_on_meeting("bookings", {"time": time_of(starts_at)})
    story.meets_at = starts_at
    stage.step(
        "The follow-up is a new meeting, called by whoever was named", "UPP-066", made=story.meeting_path
    )
    version = story.read_meeting()["version"]
    refused = stage.post(story.fk, f"{story.meeting_path}/summonses", {"version": version}, expect=409)
    stage.step("Three weeks are short without the region: a reason is asked for", "UPP-033")
    stage.findings(refused)
    story.act_on_meeting("summonses", {"explanations": [{"ruleId": "BOK-3", "reason": REASON}]})
    stage.step("With the reason it goes out; the reason is journalled and counted", "UPP-033")
    summons = stage.get(story.af, "/summonses")["items"][0]["id"]
    yes: Json = {"reply": "accepted", "occurredAt": story.now, "channel": "api"}
    stage.post(story.af, f"/summonses/{summons}/replies", yes)
    issued = stage.get(story.fk, f"{story.meeting_path}/summonses")["items"]
    mine = {one["organisationId"]: one["id"] for one in issued}
    told = yes | {"channel": "telephone", "speakerName": story.kommun.name}
    stage.post(story.fk, f"/summonses/{mine[story.kommun.organisation_id]}/replies", told)


def hold(story: Story) -> None:
    """Each party reports on its own area; then the follow-up decides."""
    stage = story.stage
    story.act_on_meeting("openings", present(story.fk, story.af, story.kommun))
    stage.step("The follow-up is held under the same consent", "UPP-016", "UPP-066")
    report: Json = {
        "text": "Arbetsträningen löper tre förmiddagar.",
        "occurredAt": story.now,
        "channel": "api",
    }
    stage.post(story.af, f"{story.meeting_path}/reports", report)
    for player, text in (
        (story.kommun, "Boendestödet fungerar."),
        (story.region, "Ny läkartid om två veckor."),
    ):
        told = {"text": text, "occurredAt": story.now, "channel": "telephone", "speakerName": player.name}
        spoken_by = {"kind": "organisation", "organisationId": player.organisation_id}
        stage.post(story.fk, f"{story.meeting_path}/reports", told | {"spokenBy": spoken_by})
    stage.post(story.fk, f"{story.meeting_path}/reports", report | {"text": "Vi samordnar vidare."})
    stage.step("Each party reports on its own area, two of them by telephone", "UPP-066")
    decision: Json = {
        "decision": "revise",
        "stillNeedsCoordination": True,
        "reason": "Målen består; vårdens åtgärd får ny tid.",
    }
    story.act_on_meeting("follow-up-decisions", decision)
    stage.step("There is still a need: the plan is revised", "UPP-067")


def revise(story: Story) -> None:
    """The next version, drafted by the chair's own officer this time."""
    stage, fk = story.stage, story.fk
    appointed: Json = {"organisationId": fk.organisation_id, "officerName": fk.name}
    story.act_on_meeting("recorders", appointed)
    due = (stage.clock() + timedelta(weeks=3)).strftime("%Y-%m-%d")
    again = (stage.clock() + timedelta(weeks=10)).strftime("%Y-%m-%d")
    draft: Json = {
        "goals": [{"text": "Arbeta halvtid", "subGoals": [{"text": "Klara fyra förmiddagar i veckan"}]}],
        "actions": [
            action("work_training", "Utöka arbetsträningen", story.af.organisation_id, due),
            action("housing_support", "Boendestöd en gång i veckan", story.kommun.organisation_id, due),
        ],
        "followUpOn": again,
        "revises": story.plan_id,
    }
    made = stage.post(fk, f"{story.meeting_path}/plan-drafts", draft)
    body: Json = {"version": made["version"] or 1}
    first = story.plan_id
    story.plan_id = stage.post(fk, f"/plan-drafts/{made['id']}/proposals", body)["id"]
    plan = stage.get(fk, f"/plans/{story.plan_id}")
    story.plan_number = plan["version"]
    story.action_ids = {
        one["owner"]["organisationId"] or "individual": one["actions"][0]["id"]
        for one in plan["responsibilities"]
    }
    differences = stage.get(fk, f"/plans/{story.plan_id}/differences")
    stage.step(f"Version {story.plan_number} revises {first}", "UPP-067", made=f"/plans/{story.plan_id}")
    added, removed = len(differences["actionsAdded"]), len(differences["actionsRemoved"])
    stage.quote(f"actions added: {added}, taken away: {removed}")
    word: Json = {"version": story.plan_number, "answer": "approved", "occurredAt": story.now}
    path = f"/plans/{story.plan_id}/approvals"
    for player in (story.fk, story.af):
        stage.post(player, path, word | {"channel": "api"})
    municipality = {"kind": "organisation", "organisationId": story.kommun.organisation_id}
    for spoken_by in ({"kind": "individual"}, municipality):
        stage.post(fk, path, word | {"channel": "at_the_meeting", "spokenBy": spoken_by})
    stage.post(
        fk, f"/plans/{story.plan_id}/distributions", {"version": story.plan_number, "channel": "letter"}
    )
    caller = {"organisationId": fk.organisation_id, "officerName": fk.name}
    story.act_on_meeting("conclusions", {"followUp": {"on": again, "caller": caller}})
    stage.step("It is approved anew, handed out, and the meeting ends", "UPP-054", "UPP-055", "UPP-056")
