"""Samtycke: who is asked, for what, and what live consent covers."""

from datetime import date
from typing import Any

import pytest

from app.domain.codes import Answer, Attendance, ConsentAnswer, OutsiderKind
from app.domain.consent import (
    a_contact_names_the_person_only_under_consent,
    a_plan_is_shared_only_under_live_consent,
    a_relative_comes_when_suitable_and_agreed,
    consent_to_the_call_says_who_took_it,
    every_outsider_present_is_named_in_the_consent,
    every_recipient_is_covered_by_consent_to_the_call,
    everyone_present_is_covered_by_consent,
    information_came_before_consent,
    information_is_adapted_to_the_person,
)
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.case import Case, Person
from app.domain.facts.consent import (
    Consent,
    ConsentTaker,
    OneOrganisation,
)
from app.domain.facts.meeting import OrganisationPresent, OutsiderPresent
from tests.domain.asking import broken
from tests.domain.at_hand import consenting, contacting, distributing, holding, inviting, issuing, proposing
from tests.domain.cases import a_case, a_case_with, with_consents
from tests.domain.consents import CALL, EXCHANGE, a_consent, both_consents, withdrawn
from tests.domain.meetings import a_friend, a_summoned_meeting
from tests.domain.world import AF, CALLED, FK, HELD, KOMMUN, NOW, STRANGER, an_id, days

NOT_LIVE: dict[str, dict[str, Any]] = {
    "refused": {"answer": ConsentAnswer.REFUSED},
    "not informed": {"informed_at": NotYet()},
    "informed afterwards": {"informed_at": NOW - days(9)},
    "given later": {"said_at": HELD + days(1), "informed_at": NOW},
    "ended": {"ends_at": NOW},
    "withdrawn": {"withdrawals": withdrawn()},
    "entered in error": {"entered_in_error": True},
}
NOT_YET_A_CALL = {name: change for name, change in NOT_LIVE.items() if name != "given later"}
NOT_FOR_FK = {
    "for others only": {"organisation_ids": (AF, KOMMUN)},
    "withdrawn for this one": {"withdrawals": withdrawn(OneOrganisation(FK))},
}


def test_information_came_before_consent__kept() -> None:
    """SAM-1 (UPP-015): informed before, or in the same moment; and a no needs no information to be heard."""
    assert broken(information_came_before_consent, consenting()) == []
    assert broken(information_came_before_consent, consenting(informed_at=NOW, said_at=NOW)) == []
    refused = consenting(answer=ConsentAnswer.REFUSED, informed_at=NotYet())
    assert broken(information_came_before_consent, refused) == []


@pytest.mark.parametrize("informed_at", [NotYet(), NOW], ids=["never", "after"])
def test_information_came_before_consent__broken(informed_at: object) -> None:
    """SAM-1 (UPP-015): consent without information, or before it, is recorded but not live."""
    said = consenting(informed_at=informed_at, said_at=NOW - days(1))
    assert broken(information_came_before_consent, said) == [("/informedAt", "CONSENT_NOT_INFORMED")]
    assert not said.consent.is_live(NOW)


def test_everyone_present_is_covered_by_consent__kept() -> None:
    """SAM-2 (UPP-016): one live consent covers every organisation present, or several do so together."""
    assert broken(everyone_present_is_covered_by_consent, holding()) == []
    apart = tuple(a_consent(EXCHANGE, organisation_ids=(one,)) for one in CALLED)
    assert broken(everyone_present_is_covered_by_consent, holding(case=with_consents(*apart, at=HELD))) == []


@pytest.mark.parametrize("change", NOT_LIVE.values(), ids=NOT_LIVE)
def test_everyone_present_is_covered_by_consent__broken_by_every_other_state(change: dict[str, Any]) -> None:
    """SAM-2 (UPP-016, UPP-066): nothing but live consent will do, and every culprit is pointed at."""
    case = with_consents(a_consent(CALL), a_consent(EXCHANGE, **change), at=HELD)
    assert broken(everyone_present_is_covered_by_consent, holding(case=case)) == [
        (f"/organisations/{place}", "CONSENT_MISSING") for place in range(4)
    ]


@pytest.mark.parametrize("change", NOT_FOR_FK.values(), ids=NOT_FOR_FK)
def test_everyone_present_is_covered_by_consent__broken_for_one(change: dict[str, Any]) -> None:
    """SAM-2 (UPP-016): consent for others does not cover this one."""
    case = with_consents(a_consent(EXCHANGE, **{"organisation_ids": (AF, FK, KOMMUN)} | change), at=HELD)
    present = tuple(OrganisationPresent(one, Attendance.PRESENT) for one in (AF, KOMMUN, FK))
    assert broken(everyone_present_is_covered_by_consent, holding(case=case, organisations=present)) == [
        ("/organisations/2", "CONSENT_MISSING")
    ]


def test_everyone_present_is_covered_by_consent__broken_when_never_asked() -> None:
    """SAM-2 (UPP-016): consent to the call is not consent to exchange information."""
    assert (
        len(broken(everyone_present_is_covered_by_consent, holding(case=with_consents(a_consent(CALL))))) == 4
    )


def test_everyone_present_is_covered_by_consent__kept_for_the_absent() -> None:
    """SAM-2 (UPP-016): who stays away needs no cover."""
    present = (OrganisationPresent(STRANGER, Attendance.ABSENT),)
    assert broken(everyone_present_is_covered_by_consent, holding(organisations=present)) == []


def test_everyone_present_is_covered_by_consent__kept_as_it_was_when_held() -> None:
    """SAM-2 (UPP-016): a meeting recorded afterwards is judged by the consent there was when it was held."""
    since = a_consent(EXCHANGE, withdrawals=withdrawn(at=HELD + days(1)))
    case = with_consents(since, at=HELD + days(2))
    assert broken(everyone_present_is_covered_by_consent, holding(case=case)) == []


def guest_at(person: Any, case: Case | None = None, **changes: Any) -> Any:
    """The meeting with one invited person outside the organisations."""
    meeting = a_summoned_meeting(invitees=(person,))
    there = (OutsiderPresent(person.id, Attendance.PRESENT),)
    return holding(meeting, case or a_case_with(meeting, at=HELD), outsiders=there, **changes)


def test_every_outsider_present_is_named_in_the_consent__kept() -> None:
    """SAM-3 (UPP-045): who is named may come; who interprets needs no naming; who stays away neither."""
    rule = every_outsider_present_is_named_in_the_consent
    assert broken(rule, guest_at(a_friend(OutsiderKind.EMPLOYER))) == []
    assert broken(rule, guest_at(a_friend(OutsiderKind.INTERPRETER, person_id=Unknown()))) == []
    assert broken(rule, holding(outsiders=(OutsiderPresent(an_id(9), Attendance.ABSENT),))) == []


def test_every_outsider_present_is_named_in_the_consent__kept_by_the_call_before_the_meeting() -> None:
    """SAM-3 (UPP-045): for the invitation, being named in the consent to the call is enough."""
    called_only = with_consents(a_consent(CALL))
    assert broken(every_outsider_present_is_named_in_the_consent, inviting(case=called_only)) == []
    at_the_meeting = guest_at(a_friend(), called_only)
    assert broken(every_outsider_present_is_named_in_the_consent, at_the_meeting) == [
        ("/outsiders/0", "CONSENT_SCOPE")
    ]


@pytest.mark.parametrize(
    "person_id", [Unknown(), an_id(999)], ids=["named by nobody", "another than the one named"]
)
def test_every_outsider_present_is_named_in_the_consent__broken(person_id: object) -> None:
    """SAM-3 (UPP-045): a person no consent names may neither be invited nor be there."""
    rule = every_outsider_present_is_named_in_the_consent
    assert broken(rule, guest_at(a_friend(person_id=person_id))) == [("/outsiders/0", "CONSENT_SCOPE")]
    assert broken(rule, inviting(a_friend(person_id=person_id))) == [("/invitees/0", "CONSENT_SCOPE")]


def test_every_outsider_present_is_named_in_the_consent__broken_by_a_stranger() -> None:
    """SAM-3 (UPP-045): somebody who was never invited is named by nobody."""
    present = holding(outsiders=(OutsiderPresent(an_id(9), Attendance.PRESENT),))
    assert broken(every_outsider_present_is_named_in_the_consent, present) == [
        ("/outsiders/0", "CONSENT_SCOPE")
    ]


def test_every_outsider_present_is_named_in_the_consent__broken_after_withdrawal() -> None:
    """SAM-3 (UPP-045): a consent taken back names nobody any more."""
    case = a_case(consents=both_consents(withdrawals=withdrawn()))
    assert broken(every_outsider_present_is_named_in_the_consent, inviting(case=case)) != []


def test_every_recipient_is_covered_by_consent_to_the_call__kept() -> None:
    """SAM-4 (UPP-088): live consent to the call covers every recipient; exchange is not asked about yet."""
    case = with_consents(a_consent(CALL))
    assert broken(every_recipient_is_covered_by_consent_to_the_call, issuing(case=case)) == []


@pytest.mark.parametrize("change", list(NOT_YET_A_CALL.values()), ids=list(NOT_YET_A_CALL))
def test_every_recipient_is_covered_by_consent_to_the_call__broken(change: dict[str, Any]) -> None:
    """SAM-4 (UPP-088): nothing but live consent to the call will do; consent to exchange is another thing."""
    case = with_consents(a_consent(CALL, **change), a_consent(EXCHANGE))
    assert broken(every_recipient_is_covered_by_consent_to_the_call, issuing(case=case)) == [
        (f"/letters/{place}/recipient", "CALL_CONSENT_MISSING") for place in range(3)
    ]


def test_every_recipient_is_covered_by_consent_to_the_call__broken_for_one_not_covered() -> None:
    """SAM-4 (UPP-088): consent for others does not cover this recipient."""
    case = with_consents(a_consent(CALL, organisation_ids=(FK, KOMMUN)))
    assert broken(every_recipient_is_covered_by_consent_to_the_call, issuing(case=case)) == [
        ("/letters/1/recipient", "CALL_CONSENT_MISSING")
    ]


def test_every_recipient_is_covered_by_consent_to_the_call__broken_when_dated_after_the_issue() -> None:
    """SAM-4 (UPP-088): a consent dated tomorrow is not what today's letter may rest on."""
    case = with_consents(a_consent(CALL, informed_at=NOW, said_at=NOW + days(1)))
    codes = {
        code for _, code in broken(every_recipient_is_covered_by_consent_to_the_call, issuing(case=case))
    }
    assert codes == {"DATE_ORDER"}


def test_consent_to_the_call_says_who_took_it__kept() -> None:
    """SAM-5 (UPP-088): name and function are there;
    where there is no consent at all, that is SAM-4's to say.
    """
    assert broken(consent_to_the_call_says_who_took_it, issuing()) == []
    assert broken(consent_to_the_call_says_who_took_it, issuing(case=with_consents())) == []


@pytest.mark.parametrize(("name", "function"), [(False, True), (True, False), (False, False)])
def test_consent_to_the_call_says_who_took_it__broken(name: bool, function: bool) -> None:
    """SAM-5 (UPP-088): without name or function the letter cannot say who took the consent."""
    case = with_consents(a_consent(CALL, taken_by=ConsentTaker(AF, name, function)))
    assert broken(consent_to_the_call_says_who_took_it, issuing(case=case)) == [
        (f"/letters/{place}/consent", "CALL_CONSENT_MISSING") for place in range(3)
    ]


def test_a_relative_comes_when_suitable_and_agreed__kept() -> None:
    """SAM-8 (UPP-028): suitable and agreed; of others than close persons it is not asked."""
    assert broken(a_relative_comes_when_suitable_and_agreed, inviting()) == []
    employer = a_friend(OutsiderKind.EMPLOYER, suitable=Answer.NOT_ASKED)
    assert broken(a_relative_comes_when_suitable_and_agreed, inviting(employer)) == []


@pytest.mark.parametrize(
    ("suitable", "agreed"), [(Answer.NO, True), (Answer.NOT_ASKED, True), (Answer.YES, False)]
)
def test_a_relative_comes_when_suitable_and_agreed__broken(suitable: Answer, agreed: bool) -> None:
    """SAM-8 (UPP-028): not suitable, never asked, or not agreed,
    the close person neither is invited nor comes.
    """
    friend = a_friend(suitable=suitable, agreed_with_individual=agreed)
    said = [("/invitees/0", "RELATIVE_NOT_CONSENTED")]
    assert broken(a_relative_comes_when_suitable_and_agreed, inviting(friend)) == said
    assert len(broken(a_relative_comes_when_suitable_and_agreed, guest_at(friend))) == 1


def person_with(needs: Answer) -> Case:
    """A person with or without needs of adapted information."""
    return a_case(person=Person(date(1980, 5, 17), "0380", needs))


@pytest.mark.parametrize(
    ("needs", "adapted"), [(Answer.NO, False), (Answer.YES, True), (Answer.NOT_ASKED, True)]
)
def test_information_is_adapted_to_the_person__kept(needs: Answer, adapted: bool) -> None:
    """SAM-9 (UPP-024): adapted, or no needs."""
    said = consenting(person_with(needs), information_adapted=adapted)
    assert broken(information_is_adapted_to_the_person, said) == []


@pytest.mark.parametrize("needs", [Answer.YES, Answer.NOT_ASKED])
def test_information_is_adapted_to_the_person__broken(needs: Answer) -> None:
    """SAM-9 (UPP-024): needs, or needs nobody asked about, and nothing adapted."""
    said = consenting(person_with(needs), information_adapted=False)
    assert broken(information_is_adapted_to_the_person, said) == [("/informationAdapted", "INFO_NOT_ADAPTED")]


def test_a_plan_is_shared_only_under_live_consent__kept() -> None:
    """SAM-10 (UPP-016): live consent covers every organisation the plan is shown to."""
    assert broken(a_plan_is_shared_only_under_live_consent, proposing()) == []
    assert broken(a_plan_is_shared_only_under_live_consent, distributing()) == []


@pytest.mark.parametrize("change", NOT_LIVE.values(), ids=NOT_LIVE)
def test_a_plan_is_shared_only_under_live_consent__broken(change: dict[str, Any]) -> None:
    """SAM-10 (UPP-016, UPP-019): nothing but live consent will do; its own plan the chair may see without."""
    case = with_consents(a_consent(CALL), a_consent(EXCHANGE, **change), at=HELD)
    assert broken(a_plan_is_shared_only_under_live_consent, proposing(case)) == [
        (f"/recipients/{place}", "CONSENT_MISSING") for place in (2, 3, 4)
    ]


def test_whoever_asked_for_exchange_is_one_side_of_it() -> None:
    """SAM-2 (UPP-016): the organisation that took the consent is covered by it; by a call it is not."""
    assert a_consent(EXCHANGE, organisation_ids=(FK,)).covers(AF, NOW)
    assert not a_consent(CALL, organisation_ids=(FK,)).covers(AF, NOW)


def naming(*consents: Consent, **changes: Any) -> list[tuple[str, str]]:
    """What is said of a contact with FK today, under these consents."""
    contact = {"with_organisation": FK, "names_the_person": True, "at": NOW} | changes
    return broken(
        a_contact_names_the_person_only_under_consent, contacting(with_consents(*consents), **contact)
    )


def test_a_contact_names_the_person_only_under_consent__kept() -> None:
    """SAM-13 (UPP-088): nobody was named, or consent of either kind was live for that organisation then."""
    assert naming(names_the_person=False) == []
    assert naming(a_consent(CALL)) == []
    assert naming(a_consent(EXCHANGE)) == []
    assert naming(a_consent(CALL, withdrawals=withdrawn(at=NOW + days(1)))) == []


@pytest.mark.parametrize("change", [*NOT_LIVE.values(), *NOT_FOR_FK.values()], ids=[*NOT_LIVE, *NOT_FOR_FK])
def test_a_contact_names_the_person_only_under_consent__broken(change: dict[str, Any]) -> None:
    """SAM-13 (UPP-088): the individual was named to an organisation that no live consent covered."""
    assert naming(a_consent(CALL, **change)) == [("/namesThePerson", "CALL_CONSENT_MISSING")]
    assert naming() != []
