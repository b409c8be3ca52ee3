"""Third act: each owner answers for its own action; one is done, another is not."""

from dev.play.cast import Player
from dev.play.stage import Json
from dev.play.story import Story


def play(story: Story) -> None:
    """What the owners say of their actions in the weeks that follow."""
    stage = story.stage
    stage.chapter("III. The actions are carried out, or not")
    stage.later(days=3)
    say(story, story.af, story.af, "accepted")
    say(story, story.region, story.region, "accepted")
    stage.step("Arbetsförmedlingen and the region take their actions on", "UPP-006", "UPP-065")
    say(story, story.fk, story.kommun, "accepted", channel="telephone", speakerName=story.kommun.name)
    stage.step("The municipality's yes is written down by the chair", "UPP-006")
    stage.later(weeks=3)
    say(story, story.af, story.af, "done")
    stage.step("Arbetsförmedlingen's is done", "UPP-065", made=f"/actions/{of(story, story.af)}")
    say(story, story.region, story.region, "not_done", reason="Läkartiden ställdes in och ny väntas.")
    stage.step("The region's is not, and it says why", "UPP-065", "UPP-111")
    word: Json = {"status": "done", "occurredAt": story.now, "channel": "api"}
    refused = stage.post(story.af, f"/actions/{of(story, story.region)}/commitments", word, expect=403)
    stage.step("Nobody reports on another's action", "UPP-065")
    stage.quote(refused["code"])


def of(story: Story, player: Player) -> str:
    """The id of the action a player's organisation owns."""
    return story.action_ids[player.organisation_id]


def say(story: Story, speaker: Player, owner: Player, status: str, **more: str) -> None:
    """A word on the owner's action: its own, or recorded by the chair."""
    word: Json = {"status": status, "occurredAt": story.now, "channel": "api"} | more
    if speaker is not owner:
        word["spokenBy"] = {"kind": "organisation", "organisationId": owner.organisation_id}
    story.stage.post(speaker, f"/actions/{of(story, owner)}/commitments", word)
