"""Genomförande: every owner answers for its action and carries it out (UPP-006, UPP-065, UPP-116)."""

from collections.abc import Iterator

from app.domain.calendar import stockholm_day
from app.domain.codes import CommitmentKind, CommitmentStatus, SubjectKind
from app.domain.facts.at_hand import CommitmentAtHand
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation, Unknown
from app.domain.facts.case import Case, Subject
from app.domain.facts.picture import Picture
from app.domain.facts.plan import Action, OwnerMissing, Plan
from app.domain.plan_states import ActionState, action_state, is_standing, offer_that_waits
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.step import Step

ACTION_DUE_SOON = Fault(
    "ACTION_DUE_SOON",
    Words("Åtgärden ska vara genomförd {due}.", "The action is due on {due}."),
    Words("Genomför åtgärden och rapportera.", "Carry the action out and report."),
)
ACTION_OVERDUE = Fault(
    "ACTION_OVERDUE",
    Words("Åtgärden skulle ha varit genomförd {due}.", "The action was due on {due}."),
    Words(
        "Rapportera åtgärden som genomförd eller inte genomförd.",
        "Report the action as done or not done.",
    ),
)


@rule("GEN-1", at={Step.TICK})
def every_party_carries_out_its_actions(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """Each party carries out and follows up its own actions by the plan (UPP-065).

    Kept: done, or reported not done, or its day is not near. Broken: accepted and not reported, and the day
    is near or has passed.
    """
    for plan, action, state in _standing_actions(picture.case):
        taken_on = state.status in (CommitmentStatus.ACCEPTED, CommitmentStatus.ONGOING)
        if taken_on and not isinstance(action.due_on, Unknown):
            fault = ACTION_OVERDUE if state.is_overdue else ACTION_DUE_SOON
            yield fault.owed(
                Subject(SubjectKind.ACTION, action.id),
                _who_reports(plan, state.owner),
                Deadline.before(action.due_on, agreed.days),
            )


OWNER_CHANGE_UNAGREED = Fault(
    "OWNER_CHANGE_UNAGREED",
    Words(
        "Åtgärden byter inte ägare förrän mottagaren har tagit över den.",
        "The action does not change hands until the receiver has taken it over.",
    ),
    Words(
        "Kom överens med mottagaren; tills dess är åtgärden kvar hos ägaren.",
        "Agree with the receiver; until then the action stays with its owner.",
    ),
)


@rule("GEN-2", at={Step.COMMIT_TO_ACTION})
def an_action_changes_hands_only_when_the_receiver_accepts(
    said: CommitmentAtHand, _: NoParameters
) -> Iterator[Breach]:
    """The municipality's last responsibility limits nobody else's: no action is moved unasked (UPP-116).

    Kept: the word is not about handing over, or the owner has offered the action to whoever takes it over.
    Broken: an action is offered that nobody has taken over yet, or taken over without having been offered.
    """
    commitment = said.commitment
    about = [one for one in said.case.commitments if one.action_id == said.action.id]
    if commitment.kind is CommitmentKind.TRANSFER_OFFERED:
        yield OWNER_CHANGE_UNAGREED.at("/to", commitment.word.speaker)
    elif commitment.kind is CommitmentKind.TRANSFERRED and not any(
        one.kind is CommitmentKind.TRANSFER_OFFERED and one.to == commitment.word.speaker for one in about
    ):
        yield OWNER_CHANGE_UNAGREED.at("/status", commitment.word.speaker)


ACTION_NOT_ACCEPTED = Fault(
    "ACTION_NOT_ACCEPTED",
    Words(
        "Åtgärden är öppen: den ansvarige har inte svarat (senast {due}).",
        "The action is open: its owner has not answered (by {due}).",
    ),
    Words("Åta er åtgärden, eller svara att ni inte gör det.", "Accept the action, or say that you do not."),
)


ACTION_OFFERED = Fault(
    "ACTION_OFFERED",
    Words(
        "En åtgärd har erbjudits er (svara senast {due}).",
        "An action has been offered to you (answer by {due}).",
    ),
    Words(
        "Ta över åtgärden, eller svara att ni inte gör det.", "Take the action over, or say that you do not."
    ),
)


@rule("GEN-3", at={Step.TICK})
def every_owner_answers_for_its_action(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """All parties take responsibility for the actions decided: each owner says whether it takes its own, and
    whoever an action is offered to whether it takes it over (UPP-006).

    Kept: accepted or declined. Broken: whoever is asked has said nothing, and the agreed days have passed.
    """
    for plan, action, state in _standing_actions(picture.case):
        if state.status is CommitmentStatus.OPEN:
            yield ACTION_NOT_ACCEPTED.owed(
                Subject(SubjectKind.ACTION, action.id),
                _who_reports(plan, state.owner),
                Deadline.within(agreed.days, after=stockholm_day(plan.proposed_at)),
            )
        offer = offer_that_waits(picture.case, action)
        if not isinstance(offer, NotYet):
            yield ACTION_OFFERED.owed(
                Subject(SubjectKind.ACTION, action.id),
                offer.to,
                Deadline.within(agreed.days, after=offer.since),
            )


def _standing_actions(case: Case) -> Iterator[tuple[Plan, Action, ActionState]]:
    """The actions of the plans that stand, each with where it is."""
    for plan in case.plans:
        if is_standing(case, plan):
            for action in plan.contents.actions:
                yield plan, action, action_state(case, plan, action)


def _who_reports(plan: Plan, owner: Side | OwnerMissing) -> Side:
    """Who says how it goes: the owner; for the individual, who has no account, whoever holds the plan."""
    return TheOrganisation(plan.holder) if isinstance(owner, OwnerMissing | TheIndividual) else owner
