"""Kallelse: KAL-1, KAL-2, KAL-12, KAL-13, KAL-15 to KAL-17 and KAL-19."""

import pytest

from app.domain.codes import Channel, MeetingMode, ReplyKind, SubjectKind
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Acting
from app.domain.facts.meeting import ChairTransfer, Meeting, Opened, Rescheduling
from app.domain.facts.picture import Picture
from app.domain.rule import Days
from app.domain.summons import (
    Channels,
    PartyFunctions,
    a_proposed_time_is_answered,
    a_remote_guest_gives_an_address_for_the_link,
    every_recipient_has_an_address,
    the_call_goes_by_the_agreed_channel,
    the_initiator_calls,
    the_recipient_confirms,
    the_regions_coordinator_is_addressed,
    the_sender_answers_a_query,
)
from tests.domain.asking import about, broken, owing
from tests.domain.at_hand import a_letter, issuing, replying
from tests.domain.cases import a_case_with
from tests.domain.meetings import a_meeting, a_reply, a_summoned_meeting, a_summons
from tests.domain.world import (
    AF_UNIT,
    COLLEAGUE,
    FK,
    HELD,
    KOMMUN,
    MEETING_AT,
    NOW,
    OFFICER,
    REGION,
    SUMMONS_IDS,
    THE_AF,
    THE_FK,
    TODAY,
    an_id,
    days,
)

BY_LETTER = Channels(("letter",))
COORDINATOR = PartyFunctions("REGION", ("rehabilitation_coordinator",))
FK_SUMMONS = about(SubjectKind.SUMMONS, SUMMONS_IDS[FK])


def test_the_initiator_calls__kept() -> None:
    """KAL-1 (UPP-034): the letters name the initiator,
    or whoever the chair was transferred to with a reason.
    """
    assert broken(the_initiator_calls, issuing()) == []
    passed_on = a_meeting(chair_transfers=(ChairTransfer(COLLEAGUE, reason_given=True, at=NOW),))
    assert broken(the_initiator_calls, issuing(a_letter(officer_id=COLLEAGUE), meeting=passed_on)) == []


def test_the_initiator_calls__broken_by_another_convener() -> None:
    """KAL-1 (UPP-034): a colleague, or somebody of another organisation, is not the initiator."""
    letters = (a_letter(FK, officer_id=COLLEAGUE), a_letter(KOMMUN))
    said = broken(the_initiator_calls, issuing(*letters))
    assert said == [("/letters/0/convener", "CALLER_NOT_INITIATOR")]


def test_the_initiator_calls__broken_by_another_organisation() -> None:
    """KAL-1 (UPP-034): another organisation may not issue the letters of this meeting."""
    case = a_case_with(a_meeting(), acting=Acting(FK, AF_UNIT, OFFICER))
    assert broken(the_initiator_calls, issuing(case=case)) == [("", "CALLER_NOT_INITIATOR")]


def test_the_call_goes_by_the_agreed_channel__kept() -> None:
    """KAL-2 (UPP-034): by letter, or as the receiving unit itself asks."""
    asked = a_letter(channel=Channel.SECURE_MESSAGE, asks_for_channel=Channel.SECURE_MESSAGE)
    assert broken(the_call_goes_by_the_agreed_channel, issuing(a_letter(), asked), BY_LETTER) == []


@pytest.mark.parametrize("asks_for", [NotYet(), Channel.TELEPHONE], ids=["nothing", "another"])
def test_the_call_goes_by_the_agreed_channel__broken(asks_for: object) -> None:
    """KAL-2 (UPP-034): by another channel than letter, unasked."""
    letter = a_letter(channel=Channel.SECURE_MESSAGE, asks_for_channel=asks_for)
    assert broken(the_call_goes_by_the_agreed_channel, issuing(letter), BY_LETTER) == [
        ("/letters/0/channel", "CHANNEL_NOT_LETTER")
    ]


def test_the_regions_coordinator_is_addressed__kept() -> None:
    """KAL-12 (UPP-086): the coordinator, "eller motsvarande"; of other parties nothing is asked."""
    equivalent = a_letter(REGION, function="counsellor", function_is_equivalent=True)
    letters = (
        a_letter(REGION),
        a_letter(REGION, function="Rehabilitation_Coordinator "),
        equivalent,
        a_letter(FK, function="physician"),
    )
    assert broken(the_regions_coordinator_is_addressed, issuing(*letters), COORDINATOR) == []


@pytest.mark.parametrize("function", ["physician", ""])
def test_the_regions_coordinator_is_addressed__broken(function: str) -> None:
    """KAL-12 (UPP-086): addressed to a physician, or to nobody in particular."""
    letter = a_letter(REGION, function=function)
    assert broken(the_regions_coordinator_is_addressed, issuing(letter), COORDINATOR) == [
        ("/letters/0/recipient/function", "REGION_FUNCTION")
    ]


def test_every_recipient_has_an_address__kept() -> None:
    """KAL-13 (UPP-041): an address; and the unit where the organisation has several."""
    named_unit = a_letter(KOMMUN, unit_id=AF_UNIT, unit_is_required=True)
    assert broken(every_recipient_has_an_address, issuing(a_letter(), named_unit)) == []


def test_every_recipient_has_an_address__broken() -> None:
    """KAL-13 (UPP-037, UPP-041): no unit among several, no lines, or only empty ones."""
    letters = (
        a_letter(KOMMUN, unit_is_required=True),
        a_letter(REGION, address_lines=()),
        a_letter(REGION, address_lines=(" ",)),
    )
    assert broken(every_recipient_has_an_address, issuing(*letters)) == [
        ("/letters/0/recipient/unit", "ADDRESS_UNIT_REQUIRED"),
        ("/letters/1/recipient/address", "ADDRESS_MISSING"),
        ("/letters/2/recipient/address", "ADDRESS_MISSING"),
    ]


def a_case_where_fk(*said: object, **changes: object) -> Picture:
    """FK has been summoned and has said this."""
    at = changes.pop("at", NOW)
    return Picture(a_case_with(a_meeting(summonses=(a_summons(FK, replies=said, **changes),)), at=at))


@pytest.mark.parametrize(("passed", "is_broken"), [(7, False), (8, True)])
def test_the_recipient_confirms__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """KAL-15 (UPP-043): on the seventh day there is still time, on the eighth the recipient is reminded."""
    silent = a_case_where_fk(at=NOW + days(passed))
    assert bool(broken(the_recipient_confirms, silent, Days(7))) is is_broken
    assert owing(the_recipient_confirms, silent, Days(7)) == [(THE_FK, FK_SUMMONS, TODAY + days(7))]


def test_the_recipient_confirms__broken_by_a_question_alone() -> None:
    """KAL-15 (UPP-043): a question is no confirmation."""
    asked = a_case_where_fk(a_reply(kind=ReplyKind.QUERIED), at=NOW + days(8))
    assert broken(the_recipient_confirms, asked, Days(7)) == [("", "CONFIRM_INVITATION")]


@pytest.mark.parametrize("kind", [one for one in ReplyKind if one is not ReplyKind.QUERIED])
def test_the_recipient_confirms__kept(kind: ReplyKind) -> None:
    """KAL-15 (UPP-043): acknowledged, accepted, declined, or another time proposed."""
    assert owing(the_recipient_confirms, a_case_where_fk(a_reply(kind=kind)), Days(7)) == []


@pytest.mark.parametrize(
    "over", [{"cancelled_at": NOW}, {"opening": Opened(HELD)}, {"entered_in_error": True}]
)
def test_the_recipient_confirms__kept_when_the_meeting_is_over(over: dict[str, object]) -> None:
    """KAL-15 (UPP-043): nobody need confirm what is cancelled, held or entered in error."""
    meeting = a_meeting(summonses=(a_summons(FK, replies=()),), **over)
    assert owing(the_recipient_confirms, Picture(a_case_with(meeting)), Days(7)) == []


@pytest.mark.parametrize(
    "kept", [{"recalled_at": NOW}, {"issued_at": NotYet()}], ids=["recalled", "not issued"]
)
def test_the_recipient_confirms__kept_when_nothing_is_in_force(kept: dict[str, object]) -> None:
    """KAL-15 (UPP-043): nobody need confirm what was recalled, or has not been sent."""
    assert owing(the_recipient_confirms, a_case_where_fk(**kept), Days(7)) == []


@pytest.mark.parametrize(("passed", "is_broken"), [(2, False), (3, True)])
def test_the_sender_answers_a_query__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """KAL-16 (UPP-044): two days to answer; then the sender, not the one who asked, is reminded."""
    asked = a_case_where_fk(a_reply(kind=ReplyKind.QUERIED), at=NOW + days(passed))
    assert bool(broken(the_sender_answers_a_query, asked, Days(2))) is is_broken
    assert owing(the_sender_answers_a_query, asked, Days(2)) == [(THE_AF, FK_SUMMONS, TODAY + days(2))]


def test_the_sender_answers_a_query__kept() -> None:
    """KAL-16 (UPP-044): answered, or nothing asked."""
    answered = a_case_where_fk(a_reply(kind=ReplyKind.QUERIED), answered_at=(NOW,))
    assert owing(the_sender_answers_a_query, answered, Days(2)) == []
    assert owing(the_sender_answers_a_query, a_case_where_fk(a_reply()), Days(2)) == []


@pytest.mark.parametrize(("passed", "is_broken"), [(2, False), (3, True)])
def test_a_proposed_time_is_answered__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """KAL-19 (UPP-051): two days to move the meeting or stand by the time."""
    proposed = a_case_where_fk(a_reply(kind=ReplyKind.NEW_TIME_PROPOSED), at=NOW + days(passed))
    assert bool(broken(a_proposed_time_is_answered, proposed, Days(2))) is is_broken
    assert owing(a_proposed_time_is_answered, proposed, Days(2)) == [(THE_AF, FK_SUMMONS, TODAY + days(2))]


def test_a_proposed_time_is_answered__kept() -> None:
    """KAL-19 (UPP-051): the time suits, or the meeting has been moved since it did not."""
    assert owing(a_proposed_time_is_answered, a_case_where_fk(a_reply()), Days(2)) == []
    proposed = a_summons(FK, replies=(a_reply(kind=ReplyKind.NEW_TIME_PROPOSED),))
    moved = a_meeting(
        summonses=(proposed,),
        reschedulings=(Rescheduling(MEETING_AT, MEETING_AT + days(7), NOW + days(1)),),
    )
    assert owing(a_proposed_time_is_answered, Picture(a_case_with(moved)), Days(2)) == []


def a_meeting_held(mode: object) -> Meeting:
    """Everybody summoned to a meeting in this mode."""
    return a_summoned_meeting(mode=mode)


@pytest.mark.parametrize(
    ("mode", "kind", "given"),
    [
        (MeetingMode.REMOTE, ReplyKind.ACCEPTED, True),
        (MeetingMode.ON_SITE, ReplyKind.ACCEPTED, False),
        (NotYet(), ReplyKind.ACKNOWLEDGED, False),
        (MeetingMode.REMOTE, ReplyKind.DECLINED, False),
        (MeetingMode.REMOTE, ReplyKind.QUERIED, False),
    ],
)
def test_a_remote_guest_gives_an_address_for_the_link__kept(
    mode: object, kind: ReplyKind, given: bool
) -> None:
    """KAL-17 (UPP-101): an address, a meeting on site, or no word that one comes."""
    reply = a_reply(kind=kind, link_address_given=given)
    assert broken(a_remote_guest_gives_an_address_for_the_link, replying(a_meeting_held(mode), reply)) == []


@pytest.mark.parametrize("mode", [MeetingMode.REMOTE, MeetingMode.HYBRID])
@pytest.mark.parametrize("kind", [ReplyKind.ACKNOWLEDGED, ReplyKind.ACCEPTED])
def test_a_remote_guest_gives_an_address_for_the_link__broken(mode: MeetingMode, kind: ReplyKind) -> None:
    """KAL-17 (UPP-101): who comes to a remote meeting and gives no address cannot be sent the link."""
    reply = a_reply(kind=kind, link_address_given=False)
    assert broken(a_remote_guest_gives_an_address_for_the_link, replying(a_meeting_held(mode), reply)) == [
        ("/linkEmail", "LINK_EMAIL_MISSING")
    ]


def test_a_colleague_who_opens_has_another_id() -> None:
    """KAL-1 (UPP-034): a transfer without a reason passes nothing on."""
    passed_on = a_meeting(chair_transfers=(ChairTransfer(an_id(3), reason_given=False, at=NOW),))
    assert passed_on.chair_officer_id == OFFICER
