"""Second act: the meeting is held once consent covers everybody there,
and its plan is approved and handed out.
"""

from datetime import timedelta

from dev.play.cast import Player
from dev.play.need_and_call import consent
from dev.play.stage import Json
from dev.play.story import Story


def play(story: Story) -> None:
    """From the opening of the meeting to the plan in everybody's hands."""
    story.stage.chapter("II. The meeting is held, and there is one plan")
    if story.meets_at:
        story.stage.it_is(story.meets_at)
    open_meeting(story)
    draft = write(story)
    propose(story, draft)
    approve(story)
    hand_out(story)
    conclude(story)


def present(*players: Player) -> Json:
    """The person and these organisations are in the room."""
    return {
        "individual": {"attendance": "present"},
        "organisations": [
            {"organisationId": one.organisation_id, "officerName": one.name, "attendance": "present"}
            for one in players
        ],
    }


def open_meeting(story: Story) -> None:
    """Refused until consent to exchange information covers everybody present."""
    stage, everybody = story.stage, (story.fk, story.af, story.region, story.kommun)
    version = story.read_meeting()["version"]
    opening = present(*everybody) | {"version": version}
    refused = stage.post(story.fk, f"{story.meeting_path}/openings", opening, expect=409)
    stage.step("Opening is refused: consent to the call is not consent to exchange information", "UPP-016")
    stage.findings(refused)
    others = (one.organisation_id for one in everybody[1:])
    story.exchange_consent_id = consent(story, "information_exchange", *others)
    made = f"/consents/{story.exchange_consent_id}"
    stage.step("The person consents to the exchange, before the meeting begins", "UPP-015", made=made)
    stage.post(story.af, f"/consents/{story.exchange_consent_id}/documentations", {"ownReference": "AF 7"})
    stage.post(story.region, f"/consents/{story.exchange_consent_id}/documentations", {})
    stage.step("Arbetsförmedlingen and the region document it in their own records", "UPP-020")
    done = story.act_on_meeting("openings", present(*everybody))
    stage.step("The meeting is open", "UPP-016", "UPP-052", made=story.meeting_path)
    stage.quote(f"remarked: {stage.codes(done['remarks'])}")
    seen = stage.get(story.af, story.meeting_path)
    stage.step(f"and Arbetsförmedlingen sees its proceedings (state: {seen['status']})", "UPP-017")


def write(story: Story) -> Json:
    """A recorder is appointed at the meeting, writes, and hands the draft to the chair."""
    stage = story.stage
    appointed: Json = {"organisationId": story.af.organisation_id, "officerName": story.af.name}
    story.act_on_meeting("recorders", appointed)
    stage.step("Arbetsförmedlingen's officer is appointed to write the plan", "UPP-053")
    draft = stage.post(story.af, f"{story.meeting_path}/plan-drafts", contents(story))
    handed = stage.post(
        story.af, f"/plan-drafts/{draft['id']}/hand-overs", {"version": draft["version"] or 1}
    )
    stage.step("She writes it, and hands the draft to the chair", "UPP-060", "UPP-061", "UPP-062")
    return {"id": draft["id"], "version": handed["version"] or draft["version"] or 1}


def contents(story: Story) -> Json:
    """Goals, and actions with exactly one owner each."""
    soon = (story.stage.clock() + timedelta(weeks=4)).strftime("%Y-%m-%d")
    later = (story.stage.clock() + timedelta(weeks=7)).strftime("%Y-%m-%d")
    story.follow_up_on = (story.stage.clock() + timedelta(weeks=8)).strftime("%Y-%m-%d")
    return {
        "goals": [{"text": "Arbeta halvtid", "subGoals": [{"text": "Klara tre förmiddagar i veckan"}]}],
        "actions": [
            action("work_training", "Ordna arbetsträning", story.af.organisation_id, soon),
            action("medical_treatment", "Bedöma möjlig belastning", story.region.organisation_id, soon),
            action("housing_support", "Boendestöd två gånger i veckan", story.kommun.organisation_id, later),
            {"kind": "contact", "text": "Ringa handläggaren", "owner": {"kind": "individual"}, "dueOn": soon},
        ],
        "followUpOn": story.follow_up_on,
    }


def action(kind: str, text: str, organisation_id: str, due_on: str) -> Json:
    """An action of one organisation."""
    owner = {"kind": "organisation", "organisationId": organisation_id}
    return {"kind": kind, "text": text, "owner": owner, "dueOn": due_on}


def propose(story: Story, draft: Json) -> None:
    """The chair freezes the draft as one version that everybody present sees."""
    stage = story.stage
    body: Json = {"version": draft["version"]}
    done = stage.post(story.fk, f"/plan-drafts/{draft['id']}/proposals", body)
    story.plan_id = done["id"]
    stage.step("The chair sums it up and proposes it", "UPP-054", made=f"/plans/{story.plan_id}")
    stage.quote(f"remarked: {stage.codes(done['remarks'])}")
    plan = stage.get(story.fk, f"/plans/{story.plan_id}")
    story.plan_number = plan["version"]
    for side in plan["responsibilities"]:
        owner = side["owner"]["organisationId"] or "individual"
        story.action_ids[owner] = side["actions"][0]["id"]


def approve(story: Story) -> None:
    """Each with its own word; what the person and the municipality say is written down by the chair."""
    stage = story.stage
    path = f"/plans/{story.plan_id}/approvals"
    word: Json = {"version": story.plan_number, "answer": "approved", "occurredAt": story.now}
    refused = stage.post(
        story.fk,
        f"/plans/{story.plan_id}/distributions",
        {"version": story.plan_number, "channel": "letter"},
        expect=409,
    )
    stage.step("Handing it out is refused before everybody has approved it", "UPP-054", "UPP-055")
    stage.quote(stage.codes(refused["findings"]))
    for player in (story.fk, story.af, story.region):
        stage.post(player, path, word | {"channel": "api"})
    stage.step("Försäkringskassan, Arbetsförmedlingen and the region approve", "UPP-054")
    said = word | {"channel": "at_the_meeting"}
    stage.post(story.fk, path, said | {"spokenBy": {"kind": "individual"}})
    municipality = {"kind": "organisation", "organisationId": story.kommun.organisation_id}
    stage.post(story.fk, path, said | {"spokenBy": municipality, "speakerName": story.kommun.name})
    stage.step("The chair records the person's and the municipality's word, said at the meeting", "UPP-054")


def hand_out(story: Story) -> None:
    """To the person and every party, each with a copy of its own."""
    stage = story.stage
    order: Json = {"version": story.plan_number, "channel": "letter"}
    stage.post(story.fk, f"/plans/{story.plan_id}/distributions", order)
    stage.step(
        "The plan is handed to the person and to all parties", "UPP-055", made=f"/plans/{story.plan_id}"
    )
    document = stage.get(story.region, f"/plans/{story.plan_id}/documents")
    stage.quote(document["document"]["text"])


def conclude(story: Story) -> None:
    """With a day for the follow-up, and a named caller."""
    caller = {"organisationId": story.fk.organisation_id, "officerName": story.fk.name}
    story.act_on_meeting("conclusions", {"followUp": {"on": story.follow_up_on, "caller": caller}})
    story.stage.step("The meeting ends; its follow-up has a day and a caller", "UPP-056", "UPP-063")
