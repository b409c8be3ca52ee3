"""What has to do with the case in other organisations' cases: a plan followed up here, or from here there."""

from app.db.facts.reading import Tables
from app.domain.codes import FollowUpDecision
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import FollowUpElsewhere
from app.domain.facts.plan import PlanElsewhere


def plans_elsewhere(tables: Tables) -> tuple[PlanElsewhere, ...]:
    """The plans of other organisations' cases that meetings of this one follow up."""
    return tuple(
        PlanElsewhere(id=row.id("id"), holder=row.id("org_id"), organisations=row.ids("organisations"))
        for row in tables.all("plan_elsewhere")
    )


def follow_ups_elsewhere(tables: Tables) -> tuple[FollowUpElsewhere, ...]:
    """The follow-ups that other organisations have called of the plans of this case."""
    return tuple(
        FollowUpElsewhere(
            plan_id=row.id("plan_id"),
            organisation_id=row.id("org_id"),
            held_at=row.instant_or("held_at", NotYet()),
            decision=row.code("decision", FollowUpDecision) if row.is_given("decision") else NotYet(),
            succeeded=row.flag("succeeded"),
        )
        for row in tables.all("follow_up_elsewhere")
    )
