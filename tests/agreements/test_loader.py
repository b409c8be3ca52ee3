from datetime import date
from pathlib import Path
from uuid import UUID

from app.domain.agreement import DocumentHolder, NotHeld, RuleHolder
from app.domain.codes import Channel, OrganisationType
from app.domain.facts.basics import NoEnd, NotYet, Term
from app.domain.rule import Effect, Modality, NoParameters
from tests.agreements.sample import AGREEMENT, LeadTime, load


def test_a_clause_is_read_whole(tmp_path: Path) -> None:
    """A clause comes with its section, words and modality, and a rule holder with typed parameters."""
    first, second = load(tmp_path).agreement.clauses
    assert (first.id, first.section, first.modality) == ("SMP-001", "Rutin: Bokning", Modality.BOR)
    assert first.quotes == ("Framförhållningen bör vara fem veckor.",)
    assert first.held_by == (
        RuleHolder("BOK-3", Effect.EXPLAIN, LeadTime(party="TWO", weeks=5, channels=(Channel.LETTER,))),
    )
    assert second.interpreted
    assert second.quotes == ("Kallelsen ska innehålla:", "Datum")
    assert second.held_by == (
        RuleHolder("KAL-3", Effect.REFUSE, NoParameters()),
        DocumentHolder("kallelse: the date"),
        NotHeld("not yet: the rest"),
    )


def test_parties_organisations_and_units_are_read(tmp_path: Path) -> None:
    """An organisation knows its units and is found by its id, with the party it belongs to."""
    file = load(tmp_path)
    board = file.organisation(UUID("00000000-0000-7000-8000-000000000002"))
    assert board is not None
    assert (board.type, board.assigned_by_us) == (OrganisationType.MUNICIPAL_BOARD, True)
    assert file.party_of(board.id) == file.party("TWO")
    assert file.party("TWO").reservation == "I mån av tid."
    assert file.unit(UUID("00000000-0000-7000-8000-000000000021")) == board.units[0]
    assert board.units[0].attention == "Samordnaren"
    assert [party.organisation_ids for party in file.agreement.parties] == [
        (UUID("00000000-0000-7000-8000-000000000001"),),
        (board.id,),
    ]


def test_an_organisation_outside_belongs_to_no_party(tmp_path: Path) -> None:
    """An id the agreement does not have is neither an organisation, a unit nor of a party."""
    file, stranger = load(tmp_path), UUID("00000000-0000-7000-8000-00000000ffff")
    assert file.organisation(stranger) is None
    assert file.party_of(stranger) is None
    assert file.unit(stranger) is None


def test_templates_are_found_by_key(tmp_path: Path) -> None:
    """A template gives its fixed words by name."""
    assert load(tmp_path).template("kallelse").text("introduction") == "Välkommen."


def test_the_agreement_is_in_force_from_its_day(tmp_path: Path) -> None:
    """Where all parties approved before the first day, the first day counts, without an end (UPP-134)."""
    assert load(tmp_path).agreement.term == Term(date(2021, 1, 1), NoEnd())


def test_the_agreement_waits_for_the_last_approval(tmp_path: Path) -> None:
    """An approval after the first day moves the day on which the agreement comes into force (UPP-136)."""
    file = load(tmp_path, AGREEMENT.replace("2020-12-02", "2021-02-10"))
    assert file.agreement.term == Term(date(2021, 2, 10), NoEnd())


def test_an_agreement_one_party_has_not_approved_is_not_in_force(tmp_path: Path) -> None:
    """Without the approval of every party the agreement has not come into force (UPP-136)."""
    file = load(tmp_path, AGREEMENT.replace("approved_on = 2020-12-02\n", ""))
    assert file.agreement.term == Term(NotYet(), NoEnd())
