"""Förberedelser: FOR-1 to FOR-6."""

import pytest

from app.domain.codes import RelativesOffered, ReplyKind, SubjectKind
from app.domain.facts.at_hand import SummonsAtHand
from app.domain.facts.basics import NotYet
from app.domain.facts.guests import InvitationAtHand
from app.domain.facts.meeting import Opened
from app.domain.facts.picture import Picture
from app.domain.preparation import (
    every_invitee_is_agreed_with_the_individual,
    everyone_called_prepares,
    support_to_take_part_is_considered,
    the_individuals_goals_are_noted,
    the_meeting_is_prepared_with_the_individual,
    the_relatives_question_is_asked,
)
from app.domain.rule import Days, Rule
from tests.domain.asking import about, broken, owing
from tests.domain.at_hand import a_letter, doing, inviting, issuing
from tests.domain.cases import a_case_with
from tests.domain.meetings import (
    a_friend,
    a_meeting,
    a_preparation,
    a_reply,
    a_summoned_meeting,
    a_summons,
    an_invitee,
)
from tests.domain.world import (
    CALLED,
    FK,
    HELD,
    KOMMUN,
    MEETING_AT,
    MEETING_DAY,
    NOW,
    STRANGER,
    SUMMONS_IDS,
    THE_FK,
    an_id,
    days,
)


def test_the_meeting_is_prepared_with_the_individual__kept() -> None:
    """FOR-1 (UPP-025): prepared with the individual."""
    assert broken(the_meeting_is_prepared_with_the_individual, doing()) == []


@pytest.mark.parametrize(
    "preparation", [NotYet(), a_preparation(with_individual=False)], ids=["none", "without"]
)
def test_the_meeting_is_prepared_with_the_individual__broken(preparation: object) -> None:
    """FOR-1 (UPP-025): not prepared, or prepared without the individual."""
    picture = doing(a_meeting(preparation=preparation))
    assert broken(the_meeting_is_prepared_with_the_individual, picture) == [
        ("/preparation", "NOT_PREPARED_WITH_INDIVIDUAL")
    ]


def test_every_invitee_is_agreed_with_the_individual__kept() -> None:
    """FOR-2 (UPP-027): everybody turned to is agreed; that another is not yet stops no letter to these."""
    assert broken(every_invitee_is_agreed_with_the_individual, issuing()) == []
    assert broken(every_invitee_is_agreed_with_the_individual, inviting()) == []
    one_open = a_meeting(invitees=(an_invitee(FK), an_invitee(KOMMUN, agreed_with_individual=False)))
    assert broken(every_invitee_is_agreed_with_the_individual, issuing(a_letter(FK), meeting=one_open)) == []


def test_every_invitee_is_agreed_with_the_individual__broken() -> None:
    """FOR-2 (UPP-027): one that is not agreed, and one that nobody has noted as invited."""
    meeting = a_meeting(invitees=(an_invitee(FK, agreed_with_individual=False),))
    letters = (a_letter(FK), a_letter(STRANGER))
    assert broken(every_invitee_is_agreed_with_the_individual, issuing(*letters, meeting=meeting)) == [
        ("/letters/0", "PARTICIPANT_NOT_AGREED"),
        ("/letters/1", "PARTICIPANT_NOT_AGREED"),
    ]
    friend = a_friend(agreed_with_individual=False)
    assert broken(every_invitee_is_agreed_with_the_individual, inviting(friend)) == [
        ("/invitees/0", "PARTICIPANT_NOT_AGREED")
    ]


def test_every_invitee_is_agreed_with_the_individual__broken_where_nobody_is_turned_to() -> None:
    """FOR-2 (UPP-027): nobody is invited, or everybody who is has been written to."""
    for meeting, code in ((a_meeting(invitees=()), "NOBODY_INVITED"), (a_meeting(), "NOBODY_LEFT")):
        case = a_case_with(meeting)
        for picture in (SummonsAtHand(case, meeting, ()), InvitationAtHand(case, meeting, ())):
            assert broken(every_invitee_is_agreed_with_the_individual, picture) == [("/invitees", code)]


def test_every_invitee_is_agreed_with_the_individual__broken_for_one_unit_of_two() -> None:
    """FOR-2 (UPP-027): of two units of one organisation, the letter to the one not agreed is the one
    refused.
    """
    other = an_invitee(FK, id=an_id(999), agreed_with_individual=False)
    meeting = a_meeting(invitees=(an_invitee(FK), other))
    letters = (a_letter(FK), a_letter(FK, invitee_id=other.id))
    assert broken(every_invitee_is_agreed_with_the_individual, issuing(*letters, meeting=meeting)) == [
        ("/letters/1", "PARTICIPANT_NOT_AGREED")
    ]


NOTED = [
    (the_individuals_goals_are_noted, {"goals_given": False}, ("/goals", "INDIVIDUAL_GOALS_EMPTY")),
    (
        support_to_take_part_is_considered,
        {"participation_support_given": False},
        ("/participationSupport", "PARTICIPATION_SUPPORT_EMPTY"),
    ),
    (
        the_relatives_question_is_asked,
        {"relatives_offered": RelativesOffered.NOT_ASKED},
        ("/relativesOffered", "RELATIVES_NOT_CONSIDERED"),
    ),
]


@pytest.mark.parametrize(("rule", "change", "said"), NOTED, ids=["FOR-3", "FOR-4", "FOR-5"])
def test_what_is_left_out_of_the_preparation_is_remarked(
    rule: Rule, change: dict[str, object], said: tuple[str, str]
) -> None:
    """FOR-3, FOR-4, FOR-5 (UPP-026, UPP-021, UPP-028): left out, or no preparation at all, reads the same."""
    assert broken(rule, doing(a_meeting(preparation=a_preparation(**change)))) == [said]
    assert broken(rule, doing(a_meeting(preparation=NotYet()))) == [said]


def test_the_individuals_goals_are_noted__kept() -> None:
    """FOR-3 (UPP-026): the goals are noted."""
    assert broken(the_individuals_goals_are_noted, doing()) == []


def test_the_individuals_goals_are_noted__broken() -> None:
    """FOR-3 (UPP-026): the goals are not noted."""
    empty = doing(a_meeting(preparation=a_preparation(goals_given=False)))
    assert broken(the_individuals_goals_are_noted, empty) == [("/goals", "INDIVIDUAL_GOALS_EMPTY")]


def test_support_to_take_part_is_considered__kept() -> None:
    """FOR-4 (UPP-021): it is noted what support is needed."""
    assert broken(support_to_take_part_is_considered, doing()) == []


def test_support_to_take_part_is_considered__broken() -> None:
    """FOR-4 (UPP-021): nobody has considered what support is needed."""
    empty = doing(a_meeting(preparation=a_preparation(participation_support_given=False)))
    assert broken(support_to_take_part_is_considered, empty) == [
        ("/participationSupport", "PARTICIPATION_SUPPORT_EMPTY")
    ]


@pytest.mark.parametrize("answer", [one for one in RelativesOffered if one is not RelativesOffered.NOT_ASKED])
def test_the_relatives_question_is_asked__kept(answer: RelativesOffered) -> None:
    """FOR-5 (UPP-028): the duty is to offer; yes, no and not suitable are all answers."""
    asked = doing(a_meeting(preparation=a_preparation(relatives_offered=answer)))
    assert broken(the_relatives_question_is_asked, asked) == []


def test_the_relatives_question_is_asked__broken() -> None:
    """FOR-5 (UPP-028): the question was never asked."""
    silent = a_preparation(relatives_offered=RelativesOffered.NOT_ASKED)
    assert broken(the_relatives_question_is_asked, doing(a_meeting(preparation=silent))) == [
        ("/relativesOffered", "RELATIVES_NOT_CONSIDERED")
    ]


def a_case_where_fk_is_unprepared(**changes: object) -> Picture:
    """Everybody is summoned, FK has not said that it is prepared."""
    at = changes.pop("at", NOW)
    unprepared = a_summons(FK, **{"prepared_at": NotYet()} | changes)
    meeting = a_summoned_meeting(summonses=(unprepared, *(a_summons(one) for one in CALLED[1:])))
    return Picture(a_case_with(meeting, at=at))


@pytest.mark.parametrize(("left", "is_broken"), [(8, False), (7, True), (0, True)])
def test_everyone_called_prepares__broken_in_the_last_days(left: int, is_broken: bool) -> None:
    """FOR-6 (UPP-029): from seven days before the meeting whoever is not prepared is reminded."""
    picture = a_case_where_fk_is_unprepared(at=MEETING_AT - days(left))
    assert bool(broken(everyone_called_prepares, picture, Days(7))) is is_broken
    assert owing(everyone_called_prepares, picture, Days(7)) == [
        (THE_FK, about(SubjectKind.SUMMONS, SUMMONS_IDS[FK]), MEETING_DAY)
    ]


def test_everyone_called_prepares__kept() -> None:
    """FOR-6 (UPP-029): prepared, not coming, recalled, or the meeting is over."""
    declined = a_case_where_fk_is_unprepared(replies=(a_reply(kind=ReplyKind.DECLINED),))
    recalled = a_case_where_fk_is_unprepared(recalled_at=NOW)
    over = a_summoned_meeting(summonses=(a_summons(FK, prepared_at=NotYet()),), opening=Opened(HELD))
    for picture in (
        Picture(a_case_with(a_summoned_meeting())),
        declined,
        recalled,
        Picture(a_case_with(over)),
    ):
        assert owing(everyone_called_prepares, picture, Days(7)) == []
