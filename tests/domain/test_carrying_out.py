"""Genomförande: GEN-1 to GEN-3."""

from typing import Any

import pytest

from app.domain.carrying_out import (
    an_action_changes_hands_only_when_the_receiver_accepts,
    every_owner_answers_for_its_action,
    every_party_carries_out_its_actions,
)
from app.domain.codes import CommitmentKind, SubjectKind
from app.domain.facts.basics import TheIndividual, TheOrganisation, Unknown
from app.domain.facts.picture import Picture
from app.domain.rule import Days
from tests.domain.asking import about, broken, owing
from tests.domain.at_hand import committing
from tests.domain.cases import a_case_after_the_meeting
from tests.domain.plans import a_commitment, a_distributed_plan, a_plan, an_action, contents
from tests.domain.world import ACTION_ID, HELD, MEETING_DAY, OWN_ACTION_ID, THE_AF, THE_FK, THE_KOMMUN, days

DUE = an_action().due_on
THE_ACTION = about(SubjectKind.ACTION, ACTION_ID)
TO_KOMMUN = a_commitment(CommitmentKind.TRANSFER_OFFERED, to=THE_KOMMUN)


def with_only(action: object, *said: object, days_after_due: int = 0, **changes: object) -> Picture:
    """A plan of one action, of which this has been said, so many days after it was due."""
    assert not isinstance(DUE, Unknown)
    plan = a_distributed_plan(contents=contents(actions=(action,)))
    at = HELD.replace(month=DUE.month, day=DUE.day) + days(days_after_due)
    return Picture(a_case_after_the_meeting(**{"at": at, "plans": (plan,), "commitments": said} | changes))


@pytest.mark.parametrize(
    ("after", "code"),
    [(-8, None), (-7, "ACTION_DUE_SOON"), (0, "ACTION_DUE_SOON"), (1, "ACTION_OVERDUE")],
)
def test_every_party_carries_out_its_actions__broken_when_due(after: int, code: str | None) -> None:
    """GEN-1 (UPP-065): reminded from seven days before, late from the day after; the owner is told."""
    picture = with_only(an_action(), a_commitment(), days_after_due=after)
    said = broken(every_party_carries_out_its_actions, picture, Days(7))
    assert said == ([("", code)] if code else [])
    assert owing(every_party_carries_out_its_actions, picture, Days(7)) == [(THE_FK, THE_ACTION, DUE)]


@pytest.mark.parametrize("kind", [CommitmentKind.DONE, CommitmentKind.NOT_DONE, CommitmentKind.DECLINED])
def test_every_party_carries_out_its_actions__kept(kind: CommitmentKind) -> None:
    """GEN-1 (UPP-065): done, reported not done, or never taken on."""
    picture = with_only(an_action(), a_commitment(kind), days_after_due=9)
    assert owing(every_party_carries_out_its_actions, picture, Days(7)) == []


def test_every_party_carries_out_its_actions__kept_when_nobody_has_taken_it_on() -> None:
    """GEN-1 (UPP-065): an open action binds nobody yet, and one without a day is never late."""
    assert owing(every_party_carries_out_its_actions, with_only(an_action()), Days(7)) == []
    undated = with_only(an_action(due_on=Unknown()), a_commitment())
    assert owing(every_party_carries_out_its_actions, undated, Days(7)) == []


def test_every_party_carries_out_its_actions__broken_for_the_individual_through_the_plans_holder() -> None:
    """GEN-1 (UPP-065): the individual has no account: whoever holds the plan is reminded to ask."""
    own = an_action(TheIndividual(), id=OWN_ACTION_ID)
    said = a_commitment(speaker=TheIndividual(), action_id=OWN_ACTION_ID)
    [(owner, _, _)] = owing(every_party_carries_out_its_actions, with_only(own, said), Days(7))
    assert owner == THE_AF


def test_an_action_changes_hands_only_when_the_receiver_accepts__kept() -> None:
    """GEN-2 (UPP-116): words that hand nothing over; and taking over what was offered to one."""
    for kind in (CommitmentKind.ACCEPTED, CommitmentKind.ONGOING, CommitmentKind.DONE, CommitmentKind.CLOSED):
        said = committing(commitment=a_commitment(kind))
        assert broken(an_action_changes_hands_only_when_the_receiver_accepts, said) == []
    offered = a_case_after_the_meeting(commitments=(TO_KOMMUN,))
    taken = committing(offered, a_commitment(CommitmentKind.TRANSFERRED, THE_KOMMUN))
    assert broken(an_action_changes_hands_only_when_the_receiver_accepts, taken) == []


def test_an_action_changes_hands_only_when_the_receiver_accepts__broken() -> None:
    """GEN-2 (UPP-116): offered and not taken over; taken over unoffered, or offered to somebody else."""
    rule = an_action_changes_hands_only_when_the_receiver_accepts
    assert broken(rule, committing(commitment=TO_KOMMUN)) == [("/to", "OWNER_CHANGE_UNAGREED")]
    said = [("/status", "OWNER_CHANGE_UNAGREED")]
    assert broken(rule, committing(commitment=a_commitment(CommitmentKind.TRANSFERRED, THE_KOMMUN))) == said
    to_another = a_case_after_the_meeting(commitments=(TO_KOMMUN,))
    taken = committing(to_another, a_commitment(CommitmentKind.TRANSFERRED, THE_AF))
    assert broken(rule, taken) == said


@pytest.mark.parametrize(("passed", "is_broken"), [(7, False), (8, True)])
def test_every_owner_answers_for_its_action__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """GEN-3 (UPP-006): seven days from the proposal for the owner to accept or decline."""
    plan = a_plan(contents=contents(actions=(an_action(),)))
    picture = Picture(a_case_after_the_meeting(at=HELD + days(passed), plans=(plan,), commitments=()))
    assert bool(broken(every_owner_answers_for_its_action, picture, Days(7))) is is_broken
    assert owing(every_owner_answers_for_its_action, picture, Days(7)) == [
        (THE_FK, THE_ACTION, MEETING_DAY + days(7))
    ]


@pytest.mark.parametrize("kind", [CommitmentKind.ACCEPTED, CommitmentKind.DECLINED])
def test_every_owner_answers_for_its_action__kept(kind: CommitmentKind) -> None:
    """GEN-3 (UPP-006): accepted or declined, it is answered for."""
    assert (
        owing(every_owner_answers_for_its_action, with_only(an_action(), a_commitment(kind)), Days(7)) == []
    )


def offered(*after: object, days_after: int = 0) -> Any:
    """What is owed so many days after FK, which has accepted its action, offered it to the municipality."""
    at = HELD + days(days_after)
    picture = with_only(an_action(), a_commitment(), OFFERED_LATER, *after, at=at)
    return owing(every_owner_answers_for_its_action, picture, Days(7))


OFFERED_LATER = a_commitment(CommitmentKind.TRANSFER_OFFERED, to=THE_KOMMUN, said_at=HELD + days(1))


@pytest.mark.parametrize(("passed", "is_broken"), [(8, False), (9, True)])
def test_every_owner_answers_for_its_action__broken_by_whoever_it_is_offered_to(
    passed: int, is_broken: bool
) -> None:
    """GEN-3 (UPP-006): whoever is offered an action has seven days from the offer to answer."""
    picture = with_only(an_action(), a_commitment(), OFFERED_LATER, at=HELD + days(passed))
    said = broken(every_owner_answers_for_its_action, picture, Days(7))
    assert said == ([("", "ACTION_OFFERED")] if is_broken else [])
    assert offered(days_after=passed) == [(THE_KOMMUN, THE_ACTION, MEETING_DAY + days(8))]


@pytest.mark.parametrize("kind", [CommitmentKind.TRANSFERRED, CommitmentKind.DECLINED])
def test_every_owner_answers_for_its_action__kept_once_the_receiver_has_answered(
    kind: CommitmentKind,
) -> None:
    """GEN-3 (UPP-006): taken over or not, an answer is one; so is the owner's going on itself."""
    assert offered(a_commitment(kind, THE_KOMMUN, said_at=HELD + days(2))) == []
    assert offered(a_commitment(CommitmentKind.ONGOING, said_at=HELD + days(2))) == []
    assert len(offered(a_commitment(kind, THE_KOMMUN, said_at=HELD))) == 1


def test_every_owner_answers_for_its_action__broken_while_only_another_speaks() -> None:
    """GEN-3 (UPP-006): another's acceptance is not the owner's."""
    picture = with_only(an_action(), a_commitment(speaker=TheOrganisation(OWN_ACTION_ID)))
    assert len(owing(every_owner_answers_for_its_action, picture, Days(7))) == 1
