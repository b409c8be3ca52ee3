"""Samtycke over time: how consent is documented, renewed, and seen to when it is gone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.domain.codes import ConsentKind, SubjectKind
from app.domain.consent import (
    the_discloser_has_documented_the_consent,
)
from app.domain.consent_care import (
    a_consent_is_renewed_before_it_ends,
    a_meeting_without_consent_is_taken_in_hand,
    every_party_has_documented_the_consent,
)
from app.domain.facts.basics import NotYet, TheOrganisation
from app.domain.facts.consent import (
    Consent,
    Documentation,
    EndUnchanged,
    Extension,
    OneOrganisation,
    WholeConsent,
)
from app.domain.facts.picture import Picture
from app.domain.rule import Days
from tests.domain.asking import about, broken, owing
from tests.domain.at_hand import distributing, holding, issuing, proposing
from tests.domain.cases import a_case_with, with_consents
from tests.domain.consents import CALL, EXCHANGE, a_consent, both_consents, withdrawn
from tests.domain.meetings import a_meeting, a_summoned_meeting, a_summons
from tests.domain.world import AF, CALLED, FK, FRIEND, KOMMUN, NOW, STRANGER, TODAY, an_id, days


def documented_by(*organisations: Any) -> tuple[Documentation, ...]:
    """These have documented."""
    return tuple(Documentation(an_id(1), one, TODAY) for one in organisations)


def under(picture: Any, consents: tuple[Consent, ...]) -> Any:
    """The same step, with these consents in the case."""
    return replace(picture, case=replace(picture.case, consents=consents))


def test_every_party_has_documented_the_consent__kept() -> None:
    """SAM-6 (UPP-020): every organisation that a live consent covers has documented it."""
    summoned = a_case_with(a_summoned_meeting())
    assert owing(every_party_has_documented_the_consent, Picture(summoned)) == []


def test_every_party_has_documented_the_consent__broken_by_one_of_four() -> None:
    """SAM-6 (UPP-020): the fourth of four that has not documented owes it, and only that one."""
    consent = a_consent(EXCHANGE, documentations=documented_by(AF, FK, KOMMUN))
    case = a_case_with(a_summoned_meeting(), consents=(consent,))
    [(owner, subject, _)] = owing(every_party_has_documented_the_consent, Picture(case))
    assert (owner, subject) == (TheOrganisation(CALLED[1]), about(SubjectKind.CONSENT, consent.id))
    held = holding(a_summoned_meeting(), case)
    assert broken(every_party_has_documented_the_consent, held) == [("", "CONSENT_NOT_DOCUMENTED")]


def test_every_party_has_documented_the_consent__kept_for_who_must_not_be_told() -> None:
    """SAM-6 (UPP-020): an organisation that nothing has
    been shown to yet is not told that there is a case.
    """
    undocumented = a_consent(EXCHANGE, documentations=())
    case = a_case_with(a_meeting(), consents=(undocumented,))
    assert [owner for owner, _, _ in owing(every_party_has_documented_the_consent, Picture(case))] == [
        TheOrganisation(AF)
    ]


def test_every_party_has_documented_the_consent__kept_when_the_consent_is_gone() -> None:
    """SAM-6 (UPP-020): what is withdrawn, whole or for one, need not be documented any more."""
    gone = a_consent(EXCHANGE, documentations=(), withdrawals=withdrawn())
    assert owing(every_party_has_documented_the_consent, Picture(with_consents(gone))) == []


@pytest.mark.parametrize(
    "act", [issuing, proposing, distributing], ids=["summons", "proposal", "distribution"]
)
def test_the_discloser_has_documented_the_consent__kept(act: Callable[[], Any]) -> None:
    """SAM-7 (UPP-020): whoever shows has documented; that others have not is their duty and stops nobody."""
    own_only = tuple(a_consent(kind, documentations=documented_by(AF)) for kind in ConsentKind)
    assert broken(the_discloser_has_documented_the_consent, under(act(), own_only)) == []


@pytest.mark.parametrize(
    "act", [issuing, proposing, distributing], ids=["summons", "proposal", "distribution"]
)
def test_the_discloser_has_documented_the_consent__broken(act: Callable[[], Any]) -> None:
    """SAM-7 (UPP-020): whoever has not documented itself shows nothing, though everybody else has."""
    others = tuple(a_consent(kind, documentations=documented_by(*CALLED)) for kind in ConsentKind)
    said = broken(the_discloser_has_documented_the_consent, under(act(), others))
    assert {code for _, code in said} == {"CONSENT_NOT_DOCUMENTED"}
    assert len(said) == 3


@pytest.mark.parametrize(("left", "is_broken"), [(31, False), (30, True)])
def test_a_consent_is_renewed_before_it_ends__broken_when_the_end_is_near(left: int, is_broken: bool) -> None:
    """SAM-11 (UPP-016): thirty days before its end the consent is brought up,
    thirty-one days before it is not.
    """
    case = with_consents(a_consent(EXCHANGE, ends_at=NOW + days(left)))
    assert bool(broken(a_consent_is_renewed_before_it_ends, Picture(case), Days(30))) is is_broken


def test_a_consent_is_renewed_before_it_ends__kept() -> None:
    """SAM-11 (UPP-016): no end, an extended one, or another consent of the kind that lasts longer."""
    soon = NOW + days(3)
    extended = Extension(an_id(1), NOW - days(1), (), (), NOW + days(300))
    unchanged = Extension(an_id(2), NOW, (), (), EndUnchanged())
    for consents in (
        (a_consent(EXCHANGE),),
        (a_consent(EXCHANGE, ends_at=soon, extensions=(extended, unchanged)),),
        (a_consent(EXCHANGE, ends_at=soon), a_consent(EXCHANGE, id=an_id(3))),
    ):
        assert broken(a_consent_is_renewed_before_it_ends, Picture(with_consents(*consents)), Days(30)) == []


def test_a_meeting_without_consent_is_taken_in_hand__kept() -> None:
    """SAM-12 (UPP-019): covered as before; or the summons of whoever lost it is recalled; or asked anew."""
    lost = a_consent(CALL, withdrawals=withdrawn(OneOrganisation(FK)))
    recalled = tuple(a_summons(one, recalled_at=NOW if one == FK else NotYet()) for one in CALLED)
    anew = a_consent(CALL, id=an_id(5), said_at=NOW, informed_at=NOW)
    for meeting, consents in (
        (a_summoned_meeting(), both_consents()),
        (a_summoned_meeting(summonses=recalled), (lost,)),
        (a_summoned_meeting(), (lost, anew)),
    ):
        case = a_case_with(meeting, consents=consents)
        assert owing(a_meeting_without_consent_is_taken_in_hand, Picture(case)) == []


@pytest.mark.parametrize("scope", [WholeConsent(), OneOrganisation(FK)], ids=["whole", "for one"])
def test_a_meeting_without_consent_is_taken_in_hand__broken(scope: object) -> None:
    """SAM-12 (UPP-019): consent is taken back,
    whole or for one that is called, and the initiator must act.
    """
    case = a_case_with(a_summoned_meeting(), consents=both_consents(withdrawals=withdrawn(scope)))
    assert broken(a_meeting_without_consent_is_taken_in_hand, Picture(case)) == [("", "MEETING_SUSPENDED")]


def test_an_extension_covers_more_from_when_it_was_said() -> None:
    """SAM-2 (UPP-016): an extension is the same consent, and covers from when the individual said it."""
    extension = Extension(an_id(1), NOW, (STRANGER,), (an_id(2),), EndUnchanged())
    consent = a_consent(EXCHANGE, extensions=(extension,))
    assert [consent.covers(STRANGER, at) for at in (NOW - days(1), NOW)] == [False, True]
    assert [consent.names(an_id(2), at) for at in (NOW - days(1), NOW)] == [False, True]
    assert consent.names(FRIEND, NOW)
