"""Fifth act: the person takes consent back for one organisation, which at once sees only what is its own."""

from dev.play.stage import Json
from dev.play.story import Story


def play(story: Story) -> None:
    """The withdrawal, and what Arbetsförmedlingen has after it."""
    stage, af = story.stage, story.af
    stage.chapter("V. Consent is taken back for one organisation")
    stage.later(days=4)
    path = f"/consents/{story.exchange_consent_id}"
    query = f"?organisationId={af.organisation_id}"
    preview = stage.get(story.fk, f"{path}/withdrawal-preview{query}")
    stage.step("What a withdrawal for Arbetsförmedlingen would close, shown beforehand", "UPP-019")
    for one in preview["organisations"]:
        ending, kept = (", ".join(item["kind"] for item in one[side]) for side in ("viewsEnding", "keeps"))
        stage.quote(f"no longer shown: {ending}\nkept as its own copies: {kept}")
    stage.get(af, story.meeting_path)
    said: Json = {"occurredAt": story.now, "manner": "oral", "organisationId": af.organisation_id}
    done = stage.post(story.fk, f"{path}/withdrawals", said)
    stage.step("The person takes it back; no reason is asked", "UPP-019", made=path)
    receipt = stage.get(story.fk, f"{path}/withdrawals/{done['id']}/receipt")
    stage.quote(receipt["text"]["sv"])
    stage.get(af, story.meeting_path, expect=404)
    stage.step("For Arbetsförmedlingen the meeting does not exist any more", "UPP-017", "UPP-019")
    plan = stage.get(af, f"/plans/{story.plan_id}")
    stage.step(f"It keeps its own copy of the plan (copy: {plan['isCopy']})", "UPP-064")
    word: Json = {"status": "done", "occurredAt": story.now, "channel": "api"}
    stage.post(af, f"/actions/{story.action_ids[af.organisation_id]}/commitments", word)
    stage.step("and may still report on its own action", "UPP-064", "UPP-065")
