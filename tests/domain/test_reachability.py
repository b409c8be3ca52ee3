"""What is said of a unit that nobody can reach, where it is kept."""

from dataclasses import replace

from app.agreements.registry import registry
from app.domain.facts.basics import TheOrganisation
from app.domain.reachability import unreachable
from app.domain.rule import Effect
from tests.domain.world import FK


def test_a_unit_nobody_can_reach_is_remarked_with_its_clause() -> None:
    """UPP-126: the finding is the rule's own, as a remark to the organisation that keeps the unit."""
    (uppsala,) = [one.agreement for one in registry() if one.agreement.key == "uppsala"]
    (finding,) = unreachable(FK, uppsala)
    assert (finding.rule_id, finding.clause_ids, finding.code) == (
        "ATA-1",
        ("UPP-126",),
        "CONTACT_ROUTE_MISSING",
    )
    assert (finding.effect, finding.owed_by) == (Effect.REMARK, TheOrganisation(FK))


def test_an_agreement_that_does_not_ask_says_nothing() -> None:
    """A rule no clause calls for is not asked."""
    (uppsala,) = [one.agreement for one in registry() if one.agreement.key == "uppsala"]
    silent = replace(uppsala, clauses=tuple(one for one in uppsala.clauses if one.id != "UPP-126"))
    assert unreachable(FK, silent) == ()
