"""Parts that drafts, plans and actions have in common, from values to the answer's shape."""

from app.documents.plan_text import Goal, Owner
from app.domain.facts.basics import Side, TheOrganisation
from app.schemas.actions import SideOut, WordOut
from app.schemas.base import Statement
from app.schemas.plan_drafts import GoalOut, OwnerOut, SubGoalOut
from app.services.plan_words import WordShown
from app.services.speakers import Envelope, envelope


def owner_out(owner: Owner) -> OwnerOut:
    """Who answers for an action."""
    return OwnerOut(
        kind="organisation" if owner.organisation_id else "individual",
        organisation_id=owner.organisation_id,
        name=owner.name,
    )


def side_out(side: Side) -> SideOut:
    """The individual, or an organisation."""
    if isinstance(side, TheOrganisation):
        return SideOut(kind="organisation", organisation_id=side.id)
    return SideOut(kind="individual", organisation_id=None)


def goal_out(goal: Goal) -> GoalOut:
    """A goal with its sub-goals."""
    subs = [SubGoalOut(id=one.id, text=one.text) for one in goal.sub_goals]
    return GoalOut(id=goal.id, text=goal.text, sub_goals=subs)


def word_out(word: WordShown) -> WordOut:
    """One word on a plan or an action."""
    return WordOut(
        id=word.id,
        word=word.word,
        speaker="organisation" if word.speaker else "individual",
        organisation_id=word.speaker,
        recorded_by_organisation_id=word.recorded_by,
        occurred_at=word.said_at,
        occurred_on=word.occurred_on,
        recorded_at=word.recorded_at,
        channel=word.channel,
        to_organisation_id=word.to_organisation,
        corrects=word.corrects,
        speaker_name=word.speaker_name,
        reason=word.reason,
    )


def envelope_of(said: Statement, speaker_name: str | None) -> Envelope:
    """Who said it, when and how."""
    by = said.spoken_by
    return envelope(
        by.kind if by else None,
        by.organisation_id if by else None,
        speaker_name,
        said_at=said.occurred_at,
        channel=said.channel,
        corrects=said.corrects,
    )
