"""Planen godkänns och delas ut: together, by all, to all (UPP-005, UPP-054, UPP-055)."""

from collections.abc import Iterator

from app.domain.calendar import stockholm_day
from app.domain.codes import PlanStatus, SubjectKind
from app.domain.facts.at_hand import DistributionAtHand, PlanAtHand
from app.domain.facts.basics import NotYet, TheIndividual, TheOrganisation, standing_word
from app.domain.facts.case import Subject
from app.domain.facts.picture import Picture
from app.domain.plan_states import approvals_missing, plan_sides, plan_status
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.step import Step

PLAN_PARTIES = Fault(
    "PLAN_PARTIES",
    Words("Planen är inte gjord tillsammans med individen.", "The plan is not made with the individual."),
    Words(
        "Gör planen med individen, eller anteckna hur hen deltog eller varför inte.",
        "Make the plan with the individual, or record how they took part or why they did not.",
    ),
)


@rule("PLA-7", at={Step.PROPOSE_PLAN})
def the_plan_is_made_with_the_individual(proposed: PlanAtHand, _: NoParameters) -> Iterator[Breach]:
    """The individual makes one joint plan together with the parties involved (UPP-005).

    Kept: the individual was there, took part in another recorded way, or a reason for the absence was given.
    Broken: none of these, or nothing is recorded.
    """
    individual = proposed.meeting.individual
    if isinstance(individual, NotYet) or not (
        individual.attendance.took_part or individual.took_part_otherwise or individual.reason_given
    ):
        yield PLAN_PARTIES.at("/individual", proposed.initiator)


OBTAIN_IT = Words(
    "Inhämta godkännandet, eller revidera planen efter invändningen.",
    "Obtain the approval, or revise the plan after the objection.",
)
PLAN_NOT_APPROVED = Fault(
    "PLAN_NOT_APPROVED",
    Words(
        "Planen är inte godkänd av alla; den organisation som pekas ut har inte godkänt den.",
        "The plan is not approved by all; the organisation pointed at has not approved it.",
    ),
    OBTAIN_IT,
)
PLAN_NOT_APPROVED_BY_THE_INDIVIDUAL = Fault(
    "PLAN_NOT_APPROVED",
    Words(
        "Planen är inte godkänd av alla; individen har inte godkänt den.",
        "The plan is not approved by all; the individual has not approved it.",
    ),
    OBTAIN_IT,
)
PLAN_UNKNOWN = Fault(
    "PLAN_NOT_APPROVED",
    Words("Planen är inte godkänd av alla.", "The plan is not approved by all."),
    OBTAIN_IT,
)


@rule("PLA-8", at={Step.DISTRIBUTE_PLAN})
def the_plan_is_approved_by_all_before_it_is_handed_out(
    handed: DistributionAtHand, _: NoParameters
) -> Iterator[Breach]:
    """The chair sums up, so that the individual and the parties can approve;
    thereafter it is handed out (UPP-054, 055).

    Kept: the individual and every organisation present have approved this version.
    Broken: one has not, or objects; each is pointed at among those the plan awaits.
    """
    plan = handed.case.plan(handed.plan_id)
    if isinstance(plan, NotYet):
        yield PLAN_UNKNOWN.at("/awaited", handed.initiator)
        return
    for place, side in enumerate(approvals_missing(handed.case, plan)):
        lacking = PLAN_NOT_APPROVED_BY_THE_INDIVIDUAL if side == TheIndividual() else PLAN_NOT_APPROVED
        yield lacking.at(f"/awaited/{place}", side)


RECIPIENTS_INCOMPLETE = Fault(
    "RECIPIENTS_INCOMPLETE",
    Words(
        "Planen delas inte ut till alla: individen eller en part saknas.",
        "The plan is not handed to everyone: the individual or a party is left out.",
    ),
    Words("Lägg till den mottagare som saknas.", "Add the recipient that is missing."),
)


@rule("PLA-9", at={Step.DISTRIBUTE_PLAN})
def the_plan_is_handed_to_everyone(handed: DistributionAtHand, _: NoParameters) -> Iterator[Breach]:
    """The plan is handed to the individual and all parties (UPP-055).

    Kept: to the individual, every organisation present and every owner of an action, now or before; whoever
    holds the plan has it. Broken: one of them is left out.
    """
    plan = handed.case.plan(handed.plan_id)
    if isinstance(plan, NotYet):
        yield RECIPIENTS_INCOMPLETE.at("/recipients", handed.initiator)
        return
    have_it = {TheOrganisation(plan.holder), *handed.recipients, *(one.to for one in plan.distributions)}
    for side in plan_sides(handed.case, plan):
        if side not in have_it:
            yield RECIPIENTS_INCOMPLETE.at("/recipients", handed.initiator)


PLAN_WAITS_FOR_A_WORD = Fault(
    "PLAN_NOT_APPROVED",
    Words("Planen väntar på ert godkännande (senast {due}).", "The plan waits for your approval (by {due})."),
    Words("Godkänn planen eller framför en invändning.", "Approve the plan, or object to it."),
)

PLAN_WAITS_FOR_THE_INDIVIDUAL = Fault(
    "PLAN_NOT_APPROVED",
    Words(
        "Individens besked om planen är inte antecknat (senast {due}).",
        "The individual's word on the plan is not recorded (by {due}).",
    ),
    Words("Fråga individen och anteckna beskedet.", "Ask the individual, and record the answer."),
)


@rule("PLA-11", at={Step.TICK})
def everyone_present_answers_the_plan(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """The individual and the parties can approve the plan: each says its word on it (UPP-054).

    Kept: every approver has approved or objected.
    Broken: one has said nothing, and the agreed days have passed.
    """
    for plan in picture.case.plans:
        waiting = plan_status(picture.case, plan) is PlanStatus.PROPOSED
        for side in approvals_missing(picture.case, plan) if waiting else ():
            if isinstance(standing_word(side, plan.approvals), NotYet):
                asked = side == TheIndividual()
                wanted = PLAN_WAITS_FOR_THE_INDIVIDUAL if asked else PLAN_WAITS_FOR_A_WORD
                yield wanted.owed(
                    Subject(SubjectKind.PLAN, plan.id),
                    TheOrganisation(plan.holder) if asked else side,
                    Deadline.within(agreed.days, after=stockholm_day(plan.proposed_at)),
                )


PLAN_NOT_DISTRIBUTED = Fault(
    "PLAN_NOT_DISTRIBUTED",
    Words(
        "Planen är godkänd men inte utdelad (senast {due}).",
        "The plan is approved, but not handed out (by {due}).",
    ),
    Words(
        "Dela ut planen till individen och alla parter.", "Hand the plan to the individual and all parties."
    ),
)


@rule("PLA-12", at={Step.TICK})
def an_approved_plan_is_handed_out(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """After the approval the plan is handed to the individual and all parties (UPP-055).

    Kept: it is handed out, or not approved yet. Broken: approved by all, and the agreed days have passed.
    """
    for plan in picture.case.plans:
        if plan_status(picture.case, plan) is PlanStatus.APPROVED:
            approved = max(stockholm_day(one.word.said_at) for one in plan.approvals)
            yield PLAN_NOT_DISTRIBUTED.owed(
                Subject(SubjectKind.PLAN, plan.id),
                TheOrganisation(plan.holder),
                Deadline.within(agreed.days, after=approved),
            )
