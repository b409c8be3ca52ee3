"""Planens innehåll: PLA-1 to PLA-6 and PLA-10."""

from datetime import date
from typing import Any

import pytest

from app.domain.codes import ActionKind
from app.domain.facts.basics import TheIndividual, TheOrganisation, Unknown
from app.domain.facts.plan import Goal, OwnerMissing, Replaces, Revises
from app.domain.plan_contents import (
    Mandate,
    WithoutInsatser,
    an_action_lies_within_its_owners_mandate,
    an_organisation_without_insatser_owns_none,
    every_action_has_one_owner_in_the_plan,
    the_plan_shows_its_actions,
    the_plan_shows_its_goals,
    the_plan_shows_when_it_is_followed_up,
    there_is_one_plan_per_meeting,
)
from app.domain.rule import Rule
from tests.domain.asking import broken
from tests.domain.at_hand import proposing
from tests.domain.cases import a_case_with
from tests.domain.meetings import a_held_meeting, a_meeting
from tests.domain.plans import a_plan, an_action, contents
from tests.domain.world import (
    HELD,
    KOMMUN,
    MEETING_DAY,
    PLAN_ID,
    STRANGER,
    THE_AF,
    THE_FK,
    THE_REGION,
    an_id,
    days,
)


def said_of(rule: Rule, parameters: Any = None, **changes: Any) -> list[tuple[str, str]]:
    """What the rule says of a plan changed so."""
    picture = proposing(**changes)
    return broken(rule, picture, parameters) if parameters else broken(rule, picture)


def test_the_plan_shows_its_goals__kept() -> None:
    """PLA-1 (UPP-060): one goal is enough, sub-goals are not asked for."""
    assert said_of(the_plan_shows_its_goals) == []


def test_the_plan_shows_its_goals__broken() -> None:
    """PLA-1 (UPP-060): no goal, or one without words."""
    assert said_of(the_plan_shows_its_goals, goals=()) == [("/goals", "PLAN_INCOMPLETE")]
    goals = (Goal(an_id(1), text_given=True), Goal(an_id(2), text_given=False))
    assert said_of(the_plan_shows_its_goals, goals=goals) == [("/goals/1", "PLAN_INCOMPLETE")]


def test_the_plan_shows_its_actions__kept() -> None:
    """PLA-2 (UPP-061): one action is enough."""
    assert said_of(the_plan_shows_its_actions, actions=(an_action(),)) == []


def test_the_plan_shows_its_actions__broken() -> None:
    """PLA-2 (UPP-061): no action, or one without words."""
    assert said_of(the_plan_shows_its_actions, actions=()) == [("/actions", "PLAN_INCOMPLETE")]
    actions = (an_action(), an_action(text_given=False))
    assert said_of(the_plan_shows_its_actions, actions=actions) == [("/actions/1", "PLAN_INCOMPLETE")]


def test_every_action_has_one_owner_in_the_plan__kept() -> None:
    """PLA-3 (UPP-062): the individual, a party that was absent too,
    or a party for what an employer performs.
    """
    actions = (an_action(TheIndividual()), an_action(THE_REGION), an_action(performed_by_outsider=True))
    assert said_of(every_action_has_one_owner_in_the_plan, actions=actions) == []


def test_every_action_has_one_owner_in_the_plan__broken() -> None:
    """PLA-3 (UPP-006, UPP-062): nobody, or an organisation of no party; each culprit is pointed at."""
    actions = (an_action(), an_action(OwnerMissing()), an_action(TheOrganisation(STRANGER)))
    assert said_of(every_action_has_one_owner_in_the_plan, actions=actions) == [
        ("/actions/1/owner", "ACTION_OWNER_MISSING"),
        ("/actions/2/owner", "ACTION_OWNER_NOT_PARTY"),
    ]


def test_the_plan_shows_when_it_is_followed_up__kept() -> None:
    """PLA-4 (UPP-063): the day after the meeting is after the meeting."""
    assert said_of(the_plan_shows_when_it_is_followed_up, follow_up_on=MEETING_DAY + days(1)) == []


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (Unknown(), "PLAN_INCOMPLETE"),
        (MEETING_DAY, "DATE_ORDER"),
        (date(2026, 4, 1), "DATE_ORDER"),
    ],
)
def test_the_plan_shows_when_it_is_followed_up__broken(day: object, code: str) -> None:
    """PLA-4 (UPP-063): no day, the meeting's own, or an earlier one."""
    assert said_of(the_plan_shows_when_it_is_followed_up, follow_up_on=day) == [("/followUpOn", code)]


def test_the_plan_shows_when_it_is_followed_up__broken_also_before_the_meeting_is_held() -> None:
    """PLA-4 (UPP-063): while the meeting has not been held, the day it is booked for counts."""
    said = said_of(the_plan_shows_when_it_is_followed_up, meeting=a_meeting(), follow_up_on=MEETING_DAY)
    assert said == [("/followUpOn", "DATE_ORDER")]


FK_OWNS_NONE = WithoutInsatser("FK")
CARRIED_OUT = [kind for kind in ActionKind if kind.is_insats]
COORDINATING = [kind for kind in ActionKind if not kind.is_insats]


@pytest.mark.parametrize("kind", COORDINATING)
def test_an_organisation_without_insatser_owns_none__kept(kind: ActionKind) -> None:
    """PLA-5 (UPP-112): coordinating and deciding are Försäkringskassan's own as any's."""
    assert (
        said_of(an_organisation_without_insatser_owns_none, FK_OWNS_NONE, actions=(an_action(kind=kind),))
        == []
    )


@pytest.mark.parametrize("kind", CARRIED_OUT)
def test_an_organisation_without_insatser_owns_none__broken(kind: ActionKind) -> None:
    """PLA-5 (UPP-112): what is carried out for the individual
    is no action of Försäkringskassan's, but of AF's.
    """
    actions = (an_action(THE_AF, kind=kind), an_action(kind=kind), an_action(TheIndividual(), kind=kind))
    assert said_of(an_organisation_without_insatser_owns_none, FK_OWNS_NONE, actions=actions) == [
        ("/actions/1/owner", "FK_NO_OWN_INSATS")
    ]


AF_MANDATE = Mandate("AF", ("work_training", "coordination"))


@pytest.mark.parametrize(
    "action",
    [
        an_action(THE_AF, kind=ActionKind.WORK_TRAINING),
        an_action(THE_AF, kind=ActionKind.OTHER),
        an_action(THE_REGION, kind=ActionKind.MEDICAL_TREATMENT),
        an_action(TheIndividual(), kind=ActionKind.MEDICAL_TREATMENT),
        an_action(OwnerMissing(), kind=ActionKind.MEDICAL_TREATMENT),
    ],
    ids=["its own", "other", "another party's", "the individual's", "nobody's"],
)
def test_an_action_lies_within_its_owners_mandate__kept(action: Any) -> None:
    """PLA-6 (UPP-107): the party's own kinds, and `other`; of others' actions its mandate says nothing."""
    assert said_of(an_action_lies_within_its_owners_mandate, AF_MANDATE, actions=(action,)) == []


def test_an_action_lies_within_its_owners_mandate__broken() -> None:
    """PLA-6 (UPP-107): medical treatment by Arbetsförmedlingen is remarked."""
    actions = (an_action(THE_FK), an_action(THE_AF, kind=ActionKind.MEDICAL_TREATMENT))
    assert said_of(an_action_lies_within_its_owners_mandate, AF_MANDATE, actions=actions) == [
        ("/actions/1", "OUTSIDE_MANDATE")
    ]


def beside(*plans: Any, succeeds: Any) -> list[tuple[str, str]]:
    """What is said when a plan that succeeds so is proposed at a meeting that has these."""
    meeting = a_held_meeting()
    case = a_case_with(meeting, at=HELD, plans=plans)
    return broken(there_is_one_plan_per_meeting, proposing(case, meeting, succeeds=succeeds))


def test_there_is_one_plan_per_meeting__kept() -> None:
    """PLA-10 (UPP-005): the first, a revision of the one that stands, or beside another meeting's."""
    assert said_of(there_is_one_plan_per_meeting) == []
    assert beside(a_plan(), succeeds=Revises(PLAN_ID)) == []
    assert beside(a_plan(meeting_id=KOMMUN), succeeds=Replaces(PLAN_ID)) == []


def test_there_is_one_plan_per_meeting__kept_when_the_revised_one_is_gone() -> None:
    """PLA-10 (UPP-005): a version that has been revised stands no longer."""
    second = a_plan(id=an_id(5), number=2, contents=contents(succeeds=Revises(PLAN_ID)))
    assert beside(a_plan(), second, succeeds=Revises(second.id)) == []


def test_there_is_one_plan_per_meeting__broken() -> None:
    """PLA-10 (UPP-005): a second plan beside the one that stands, also one that would replace it."""
    assert beside(a_plan(), succeeds=contents().succeeds) == [("/revises", "PLAN_EXISTS")]
    assert beside(a_plan(), succeeds=Replaces(PLAN_ID)) == [("/revises", "PLAN_EXISTS")]
