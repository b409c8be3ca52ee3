from datetime import date
from pathlib import Path

import pytest

from app.agreements.contents import AgreementFile
from app.agreements.pages import clauses_page, rulebook_page
from app.agreements.registry import registry
from app.domain.codes import ActionKind, Channel, OrganisationType
from app.domain.facts.basics import NoEnd, Term
from app.domain.plan_contents import Mandate
from app.domain.rulebook import RULEBOOK
from app.domain.summons import Channels

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def uppsala() -> AgreementFile:
    """The Uppsala agreement as the application runs on it."""
    file = registry().in_force("uppsala", date(2021, 3, 1))
    assert file is not None
    return file


def test_the_agreement_is_in_force_from_2020(uppsala: AgreementFile) -> None:
    """It applies from 1 January 2020 and renews itself (UPP-134, UPP-135)."""
    assert uppsala.agreement.id == "uppsala@2020-01-01"
    assert uppsala.agreement.term == Term(date(2020, 1, 1), NoEnd())
    assert registry().in_force("uppsala", date(2019, 12, 31)) is None


def test_the_four_parties_have_signed(uppsala: AgreementFile) -> None:
    """Arbetsförmedlingen, Försäkringskassan, Region Uppsala and Uppsala kommun, each on its day (UPP-138)."""
    assert [(party.code, party.name, party.approved_on) for party in uppsala.parties] == [
        ("AF", "Arbetsförmedlingen", date(2019, 11, 8)),
        ("FK", "Försäkringskassan", date(2019, 11, 7)),
        ("REGION", "Region Uppsala", date(2019, 11, 21)),
        ("KOMMUN", "Uppsala kommun", date(2019, 10, 31)),
    ]


def test_the_region_has_no_fixed_address(uppsala: AgreementFile) -> None:
    """The region's letters go to the care giver's own address and to its coordinator (UPP-041, UPP-086)."""
    (organisation,) = uppsala.party("REGION").organisations
    (unit,) = organisation.units
    assert unit.address == ()
    assert unit.attention == "Rehabiliteringskoordinator eller motsvarande"
    assert unit.address_hint is not None
    assert "1177.se/uppsala-lan" in unit.address_hint


def test_there_are_seven_addresses(uppsala: AgreementFile) -> None:
    """The routine's list has seven entries: one each for AF, FK and the region, four for the kommun."""
    units = [
        [unit for organisation in party.organisations for unit in organisation.units]
        for party in uppsala.parties
    ]
    assert [len(of_party) for of_party in units] == [1, 1, 1, 4]


def test_the_boards_of_the_kommun_are_said_to_be_assigned_by_us(uppsala: AgreementFile) -> None:
    """The documents name the kommun and its units; that its boards have them is marked as ours."""
    boards = uppsala.party("KOMMUN").organisations
    assert all(board.type is OrganisationType.MUNICIPAL_BOARD and board.assigned_by_us for board in boards)
    assert {board.name: [unit.name for unit in board.units] for board in boards} == {
        "Socialnämnden": ["Ekonomiskt bistånd"],
        "Arbetsmarknadsnämnden": ["Utbildnings- och Jobbcenter", "IPS-arbetscoach"],
        "Omsorgsnämnden": ["Biståndshandläggare (boendestöd)"],
    }


def test_bodies_belong_to_no_party(uppsala: AgreementFile) -> None:
    """LOKUS and the coordination association have organisations of their own, which have signed nothing."""
    assert [body.code for body in uppsala.bodies] == ["LOKUS", "SAMORDNINGSFORBUND"]
    assert all(
        uppsala.party_of(organisation.id) is None
        for body in uppsala.bodies
        for organisation in body.organisations
    )


def test_every_rule_of_the_book_is_called_for(uppsala: AgreementFile) -> None:
    """No rule stands in the book that the Uppsala agreement does not call for."""
    assert [rule.id for rule in RULEBOOK if not list(uppsala.agreement.callings(rule.id))] == []


def test_parameters_that_are_codes_are_on_their_lists(uppsala: AgreementFile) -> None:
    """Kinds of action and channels are spelt as the API spells them."""
    parameters = [holder.parameters for clause in uppsala.agreement.clauses for holder in clause.rule_holders]
    kinds = {kind for one in parameters if isinstance(one, Mandate) for kind in one.kinds}
    channels = {channel for one in parameters if isinstance(one, Channels) for channel in one.channels}
    assert kinds
    assert channels
    assert kinds <= set(ActionKind)
    assert channels <= set(Channel)


def test_the_rulebook_page_is_what_the_code_says() -> None:
    """docs/rulebook.md is as `make rulebook` would write it now."""
    assert (DOCS / "rulebook.md").read_text(encoding="utf-8") == rulebook_page(RULEBOOK, registry())


def test_the_clauses_page_is_what_the_agreement_says() -> None:
    """docs/clauses/uppsala.md is as `make rulebook` would write it now."""
    assert (DOCS / "clauses" / "uppsala.md").read_text(encoding="utf-8") == clauses_page(
        "uppsala", registry()
    )
