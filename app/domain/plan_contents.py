"""Planens innehåll: what a plan must show to be proposed (UPP-005, UPP-006, UPP-060 to UPP-063, UPP-107)."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.codes import ActionKind
from app.domain.facts.at_hand import PlanAtHand
from app.domain.facts.basics import NotYet, TheOrganisation, Unknown
from app.domain.facts.case import NoParty
from app.domain.facts.plan import OwnerMissing, Revises
from app.domain.plan_states import is_standing
from app.domain.rule import Breach, Fault, NoParameters, Words, rule
from app.domain.states import day_held
from app.domain.step import Step

GOALS_MISSING = Fault(
    "PLAN_INCOMPLETE",
    Words("Planen saknar mål.", "The plan has no goal."),
    Words("Skriv minst ett mål.", "Write at least one goal."),
)


@rule("PLA-1", at={Step.PROPOSE_PLAN})
def the_plan_shows_its_goals(proposed: PlanAtHand, _: NoParameters) -> Iterator[Breach]:
    """The plan shows goals, with sub-goals where there are any (UPP-060).

    Kept: at least one goal, and each is worded. Broken: none, or one without words.
    """
    if not proposed.contents.goals:
        yield GOALS_MISSING.at("/goals", proposed.initiator)
    for place, goal in enumerate(proposed.contents.goals):
        if not goal.text_given:
            yield GOALS_MISSING.at(f"/goals/{place}", proposed.initiator)


ACTIONS_MISSING = Fault(
    "PLAN_INCOMPLETE",
    Words("Planen saknar beslutade åtgärder.", "The plan has no decided action."),
    Words("Skriv vilka åtgärder som beslutats.", "Write which actions were decided."),
)


@rule("PLA-2", at={Step.PROPOSE_PLAN})
def the_plan_shows_its_actions(proposed: PlanAtHand, _: NoParameters) -> Iterator[Breach]:
    """The plan shows the actions decided (UPP-061).

    Kept: at least one action, and each is worded. Broken: none, or one without words.
    """
    if not proposed.contents.actions:
        yield ACTIONS_MISSING.at("/actions", proposed.initiator)
    for place, action in enumerate(proposed.contents.actions):
        if not action.text_given:
            yield ACTIONS_MISSING.at(f"/actions/{place}", proposed.initiator)


ACTION_OWNER_MISSING = Fault(
    "ACTION_OWNER_MISSING",
    Words("Åtgärden har ingen ansvarig.", "Nobody answers for the action."),
    Words(
        "Ange individen eller en part som ansvarig.",
        "Name the individual or a party as its owner.",
    ),
)
ACTION_OWNER_NOT_PARTY = Fault(
    "ACTION_OWNER_NOT_PARTY",
    Words(
        "Den ansvarige är varken individen eller en part i överenskommelsen.",
        "The owner is neither the individual nor a party of the agreement.",
    ),
    Words(
        "Låt en part ansvara, och ange den utomstående som utförare.",
        "Let a party own the action, and name the outsider as the one who performs it.",
    ),
)


@rule("PLA-3", at={Step.PROPOSE_PLAN})
def every_action_has_one_owner_in_the_plan(proposed: PlanAtHand, _: NoParameters) -> Iterator[Breach]:
    """The plan shows which actions the individual answers for, and which each party (UPP-006, UPP-062).

    Kept: each action is the individual's or one party's organisation's. Broken: nobody's, or an outsider's.
    """
    for place, action in enumerate(proposed.contents.actions):
        owner = action.owner
        if isinstance(owner, OwnerMissing):
            yield ACTION_OWNER_MISSING.at(f"/actions/{place}/owner", proposed.initiator)
        elif isinstance(owner, TheOrganisation) and isinstance(proposed.case.party_of(owner.id), NoParty):
            yield ACTION_OWNER_NOT_PARTY.at(f"/actions/{place}/owner", proposed.initiator)


FOLLOW_UP_DAY_MISSING = Fault(
    "PLAN_INCOMPLETE",
    Words("Planen saknar datum för uppföljning.", "The plan has no day for its follow-up."),
    Words("Ange när planen ska följas upp.", "Say when the plan is to be followed up."),
)
FOLLOW_UP_NOT_AFTER_MEETING = Fault(
    "DATE_ORDER",
    Words("Uppföljningen ligger inte efter mötet.", "The follow-up is not after the meeting."),
    Words("Ange en dag efter mötet.", "Give a day after the meeting."),
)


@rule("PLA-4", at={Step.PROPOSE_PLAN})
def the_plan_shows_when_it_is_followed_up(proposed: PlanAtHand, _: NoParameters) -> Iterator[Breach]:
    """The plan shows the day it is to be followed up (UPP-063).

    Kept: a day after the meeting. Broken: none, or the meeting's day or earlier.
    """
    follow_up = proposed.contents.follow_up_on
    held = day_held(proposed.meeting)
    if isinstance(follow_up, Unknown):
        yield FOLLOW_UP_DAY_MISSING.at("/followUpOn", proposed.initiator)
    elif follow_up <= (proposed.day if isinstance(held, NotYet) else held):
        yield FOLLOW_UP_NOT_AFTER_MEETING.at("/followUpOn", proposed.initiator)


@dataclass(frozen=True)
class WithoutInsatser:
    """The code of a party that carries out no insatser of its own."""

    party: str


FK_NO_OWN_INSATS = Fault(
    "FK_NO_OWN_INSATS",
    Words("Parten utför inga egna insatser.", "The party carries out no insatser of its own."),
    Words(
        "Låt den part som utför insatsen ansvara, eller ange skäl.",
        "Let the party that carries it out own it, or give a reason.",
    ),
)


@rule("PLA-5", at={Step.PROPOSE_PLAN})
def an_organisation_without_insatser_owns_none(
    proposed: PlanAtHand, agreed: WithoutInsatser
) -> Iterator[Breach]:
    """Försäkringskassan carries out no insatser; coordinating and deciding are its own as any's (UPP-112).

    Kept: its actions coordinate or decide. Broken: one is carried out for the individual.
    """
    for place, action in enumerate(proposed.contents.actions):
        owner = action.owner
        its_own = isinstance(owner, TheOrganisation) and proposed.case.is_of(owner.id, agreed.party)
        if its_own and action.kind.is_insats:
            yield FK_NO_OWN_INSATS.at(f"/actions/{place}/owner", proposed.initiator)


@dataclass(frozen=True)
class Mandate:
    """A party, and the codes of the kinds of action within its mandate; `other` is always within."""

    party: str
    kinds: tuple[str, ...]


OUTSIDE_MANDATE = Fault(
    "OUTSIDE_MANDATE",
    Words(
        "Åtgärden ligger utanför den ansvariga partens uppdrag.",
        "The action lies outside the mandate of the party that owns it.",
    ),
    Words("Kontrollera vem som ska ansvara för åtgärden.", "Check who should own the action."),
)


@rule("PLA-6", at={Step.PROPOSE_PLAN})
def an_action_lies_within_its_owners_mandate(proposed: PlanAtHand, agreed: Mandate) -> Iterator[Breach]:
    """Each party acts within what it is charged with (UPP-107, UPP-108, UPP-113, UPP-115).

    Kept: the party's actions are of its kinds. Broken: one is of another kind.
    """
    for place, action in enumerate(proposed.contents.actions):
        owner = action.owner
        its_own = isinstance(owner, TheOrganisation) and proposed.case.is_of(owner.id, agreed.party)
        within = action.kind is ActionKind.OTHER or action.kind.value in agreed.kinds
        if its_own and not within:
            yield OUTSIDE_MANDATE.at(f"/actions/{place}", proposed.initiator)


PLAN_EXISTS = Fault(
    "PLAN_EXISTS",
    Words("Mötet har redan en gällande plan.", "The meeting already has a plan that stands."),
    Words("Revidera den planen i stället.", "Revise that plan instead."),
)


@rule("PLA-10", at={Step.PROPOSE_PLAN})
def there_is_one_plan_per_meeting(proposed: PlanAtHand, _: NoParameters) -> Iterator[Breach]:
    """The outcome of a meeting is one joint plan (UPP-005).

    Kept: no plan stands from the meeting, or this one revises it. Broken: another stands beside it.
    """
    case = proposed.case
    for plan in case.plans_of(proposed.meeting.id):
        if is_standing(case, plan) and proposed.contents.succeeds != Revises(plan.id):
            yield PLAN_EXISTS.at("/revises", proposed.initiator)
