"""Last act: LOKUS sees how the routine is kept,
by counts and never by persons; few are told as fewer than five.
"""

from datetime import datetime

from dev.play.stage import Json
from dev.play.story import Story

SEEDED = {"no_answer": 9, "absent": 7, "action_not_carried_out": 12}
ABOUT = ("AF", "REGION", "KOMMUN")


def play(story: Story) -> None:
    """This year's few, and an earlier year with enough to count."""
    stage = story.stage
    lokus = stage.players["lokus-ledamot"]
    stage.chapter("VI. LOKUS sees structure, not persons")
    year = stage.clock().year
    few = stage.get(lokus, f"/deviation-statistics?from={year}-01&to={year}-12")
    stage.step("This year's deviations are too few to tell apart", "UPP-125")
    stage.quote(stage.counts(few))
    now = stage.clock()
    seed(story, year - 1)
    stage.it_is(now)
    enough = stage.get(lokus, f"/deviation-statistics?from={year - 1}-01&to={year - 1}-12")
    stage.step("The year before, seeded with reports, can be counted", "UPP-068", "UPP-125")
    stage.quote(stage.counts(enough))


def seed(story: Story, year: int) -> None:
    """Reports of an earlier year, made as they would have been then; none is about a person."""
    stage = story.stage
    stage.it_is(datetime.fromisoformat(f"{year}-05-04T09:00:00+00:00"))
    for place, party in enumerate(ABOUT):
        about = (story.af, story.region, story.kommun)[place]
        for kind, times in SEEDED.items():
            for _ in range(times):
                report: Json = {
                    "type": kind,
                    "aboutOrganisationId": about.organisation_id,
                    "occurredOn": f"{year}-05-03",
                    "attempts": 3 if kind == "no_answer" else None,
                    "description": f"Ur ett tidigare år, om {party}.",
                }
                stage.post(story.fk, "/deviations", {k: v for k, v in report.items() if v is not None})
