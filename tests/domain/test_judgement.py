"""The door to the rulebook: which rules are asked, what a finding carries, and the verdict on a step."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreement import Agreement, DataHolder, NotHeld
from app.domain.booking import LeadTime
from app.domain.codes import ActionKind, ClosureReason
from app.domain.facts.basics import NoEnd
from app.domain.facts.case import Closure
from app.domain.facts.picture import Picture
from app.domain.judgement import Finding, decide
from app.domain.plan_contents import Mandate
from app.domain.rule import AtHand, Days, Deadline, Effect, NoParameters, Rule, rule
from app.domain.rulebook import RULEBOOK, judge, owed, rule_by_id
from app.domain.step import Step, StepKind
from tests.domain.agreements import a_clause, an_agreement, calls
from tests.domain.at_hand import assessing, issuing, proposing
from tests.domain.cases import a_case, a_case_with, a_contact, an_assessment
from tests.domain.meetings import a_meeting, a_summoned_meeting, a_summons
from tests.domain.plans import an_action
from tests.domain.world import MEETING_AT, THE_AF, THE_FK, days

GROUNDS = a_clause("UPP-013", calls("BEH-3"))


def ids(findings: tuple[Finding, ...]) -> list[str]:
    """The rules of the findings."""
    return [finding.rule_id for finding in findings]


def test_a_rule_no_clause_calls_for_is_not_asked() -> None:
    """An assessment that breaks four rules hears of the one that the agreement has."""
    bad = assessing(bases=(), individual_took_part=False)
    assert ids(judge(Step.ASSESS_NEED, bad, an_agreement(GROUNDS))) == ["BEH-3"]
    elsewhere = a_clause("UPP-013", DataHolder("here"), NotHeld("not yet"))
    assert judge(Step.ASSESS_NEED, bad, an_agreement(elsewhere)) == ()


def test_every_breach_is_answered_in_the_order_of_the_book() -> None:
    """All findings come, whatever the order of the clauses."""
    agreement = an_agreement(a_clause("A", calls("BEH-4")), GROUNDS)
    bad = assessing(bases=(), individual_took_part=False)
    assert ids(judge(Step.ASSESS_NEED, bad, agreement)) == ["BEH-3", "BEH-4"]


@given(st.sets(st.sampled_from(["BEH-3", "BEH-4", "BEH-11", "MAL-1"])), st.booleans(), st.booleans())
def test_judge_answers_all_that_is_broken_and_nothing_else(
    called: set[str], grounds: bool, took_part: bool
) -> None:
    """Whatever the agreement calls and the assessment lacks, exactly the called and broken rules answer."""
    parameters = {"MAL-1": rule_by_id("MAL-1").parameters(16, 64)}
    clauses = (
        a_clause(one, calls(one, Effect.REFUSE, parameters.get(one, NoParameters()))) for one in called
    )
    seen = assessing(bases=an_assessment().bases if grounds else (), individual_took_part=took_part)
    lacking = ({"BEH-3"} if not grounds else set()) | ({"BEH-4"} if not took_part else set())
    assert set(ids(judge(Step.ASSESS_NEED, seen, an_agreement(*clauses)))) == called & lacking


def test_a_finding_carries_its_clause_wording_and_who_can_mend_it() -> None:
    """The finding has all that a person needs:
    the clause and its words, what is the matter, and who mends it.
    """
    [finding] = judge(Step.ASSESS_NEED, assessing(bases=()), an_agreement(GROUNDS))
    assert (finding.rule_id, finding.clause_id, finding.wording) == ("BEH-3", "UPP-013", "Orden i UPP-013.")
    assert (finding.code, finding.pointer, finding.effect) == (
        "ASSESSMENT_BASIS_MISSING",
        "/grounds",
        Effect.REFUSE,
    )
    assert (finding.owed_by, finding.subject, finding.deadline) == (THE_AF, AtHand(), NoEnd())
    assert finding.message.sv == "Bedömningen anger inte vad den grundas på."
    assert finding.remedy.en.startswith("State at least one ground")


def test_days_and_numbers_stand_in_the_message() -> None:
    """The earliest day and the weeks of the agreement are in the sentence, in both languages."""
    clause = a_clause("UPP-031", calls("BOK-2", Effect.EXPLAIN, LeadTime("REGION", 6)))
    meeting = a_meeting(offered_times=())
    case = a_case_with(meeting, contacts=(a_contact(at=MEETING_AT - days(41)),))
    [finding] = judge(Step.ISSUE_SUMMONS, issuing(case=case, meeting=meeting), an_agreement(clause))
    assert finding.message.sv.endswith("cirka 6 veckor; tidigast 2026-04-14.")
    assert finding.message.en.endswith("about 6 weeks; 2026-04-14 at the earliest.")


def test_several_clauses_of_one_rule_are_one_finding_with_the_strongest_effect() -> None:
    """The first clause is cited, all are named, and the strongest of their effects counts."""
    weak = a_clause("UPP-A", calls("BEH-3", Effect.REMARK), calls("BEH-3", Effect.REMIND))
    strong = a_clause("UPP-B", calls("BEH-3", Effect.EXPLAIN))
    [finding] = judge(Step.ASSESS_NEED, assessing(bases=()), an_agreement(weak, strong))
    assert (finding.clause_ids, finding.effect) == (("UPP-A", "UPP-B"), Effect.EXPLAIN)


def test_clauses_with_other_parameters_are_asked_apart() -> None:
    """The same rule with another party's mandate is another question, with its own clause."""
    agreement = an_agreement(
        a_clause("UPP-107", calls("PLA-6", Effect.REMARK, Mandate("AF", ("work_training",)))),
        a_clause("UPP-108", calls("PLA-6", Effect.REMARK, Mandate("FK", ("coordination",)))),
    )
    actions = (an_action(THE_AF, kind=ActionKind.AIDS), an_action(THE_FK, kind=ActionKind.AIDS))
    found = judge(Step.PROPOSE_PLAN, proposing(actions=actions), agreement)
    assert [(finding.clause_id, finding.pointer) for finding in found] == [
        ("UPP-107", "/actions/0"),
        ("UPP-108", "/actions/1"),
    ]


def test_a_reminder_at_a_step_is_a_remark_and_what_time_brings_is_a_reminder() -> None:
    """A clause may ask for both: at the meeting a remark comes back, with time a reminder goes out."""
    consented = replace(a_case().consents[1], documentations=())
    case = a_case_with(a_summoned_meeting(), consents=(consented,))
    agreement = an_agreement(
        a_clause("UPP-020", calls("SAM-6", Effect.REMARK), calls("SAM-6", Effect.REMIND))
    )
    reminders = judge(Step.TICK, Picture(case), agreement)
    assert {finding.effect for finding in reminders} == {Effect.REMIND}
    only_remind = an_agreement(a_clause("UPP-013", calls("BEH-3", Effect.REMIND)))
    [remark] = judge(Step.ASSESS_NEED, assessing(bases=()), only_remind)
    assert remark.effect is Effect.REMARK


def test_what_need_not_be_brought_up_yet_is_owed_but_not_judged() -> None:
    """A duty with days left is on the list of what is owed, and no finding yet."""
    silent = a_summoned_meeting(summonses=(a_summons(replies=()),))
    agreement = an_agreement(a_clause("UPP-043", calls("KAL-15", Effect.REMIND, Days(7))))
    picture = Picture(a_case_with(silent))
    assert judge(Step.TICK, picture, agreement) == ()
    [finding] = owed(Step.TICK, picture, agreement)
    assert isinstance(finding.deadline, Deadline)


def test_a_closed_case_owes_nothing() -> None:
    """When a case has ended, time brings nothing up in it any more."""
    agreement = an_agreement(a_clause("UPP-008", calls("BEH-9", Effect.REMIND, Days(7))))
    waiting = a_case(offers=())
    assert len(owed(Step.TICK, Picture(waiting), agreement)) == 1
    closed = replace(waiting, closure=Closure(ClosureReason.MOVED, waiting.now))
    assert owed(Step.TICK, Picture(closed), agreement) == ()


def test_the_wrong_picture_is_a_fault_of_our_own() -> None:
    """A step asked about with another step's picture is refused loudly, not answered with nothing."""
    with pytest.raises(TypeError, match="issue-summons needs SummonsAtHand"):
        judge(Step.ISSUE_SUMMONS, Picture(a_case()), an_agreement(a_clause("UPP-011", calls("BEH-1"))))
    with pytest.raises(TypeError):
        judge(Step.ISSUE_SUMMONS, Picture(a_case()), an_agreement())


def test_a_rule_that_cannot_be_asked_is_refused_at_import() -> None:
    """A rule at a step without its picture,
    or without a dataclass of parameters, never comes into the book.
    """
    with pytest.raises(TypeError, match="assess-need has no SummonsAtHand"):
        rule("XXX-1", at={Step.ASSESS_NEED})(rule_by_id("KAL-3").check)

    def untold(picture: Picture, parameters: int) -> None:
        """A rule whose parameters are no dataclass."""

    with pytest.raises(TypeError, match="dataclass of parameters"):
        rule("XXX-2", at={Step.TICK})(untold)  # type: ignore[arg-type]


def a_finding(effect: Effect, rule_id: str = "BEH-3") -> Finding:
    """A finding with this effect."""
    [finding] = judge(Step.ASSESS_NEED, assessing(bases=()), an_agreement(GROUNDS))
    return replace(finding, effect=effect, rule_id=rule_id)


REFUSES, EXPLAINS, REMARKS = (
    a_finding(Effect.REFUSE),
    a_finding(Effect.EXPLAIN, "BEH-4"),
    a_finding(Effect.REMARK),
)


def test_an_act_is_stopped_by_what_refuses_and_by_what_lacks_a_reason() -> None:
    """Refusals and unexplained findings block; remarks never do."""
    verdict = decide(Step.ASSESS_NEED, (REFUSES, EXPLAINS, REMARKS), {})
    assert (verdict.blocked, verdict.explained, verdict.remarks) == ((REFUSES, EXPLAINS), (), (REMARKS,))
    assert not verdict.allows


def test_a_reason_opens_what_asks_for_one_and_nothing_else() -> None:
    """A reason for the rule lets the act through; a reason does not open what refuses."""
    verdict = decide(Step.ASSESS_NEED, (EXPLAINS, REMARKS), {"BEH-4": " Inlagd "})
    assert verdict.allows
    assert [(one.finding, one.reason) for one in verdict.explained] == [(EXPLAINS, "Inlagd")]
    assert decide(Step.ASSESS_NEED, (REFUSES,), {"BEH-3": "Ändå"}).blocked == (REFUSES,)


@pytest.mark.parametrize("reasons", [{}, {"BEH-4": ""}, {"BEH-4": "  "}, {"BEH-3": "Annan regel"}])
def test_a_blank_reason_or_one_for_another_rule_is_none(reasons: dict[str, str]) -> None:
    """Saying nothing is no reason, and a reason is for one rule."""
    assert decide(Step.ASSESS_NEED, (EXPLAINS,), reasons).blocked == (EXPLAINS,)


@pytest.mark.parametrize("step", [step for step in Step if step.kind is not StepKind.ACT])
def test_a_statement_is_never_stopped(step: Step) -> None:
    """The truth is recorded: every finding comes back as a remark."""
    verdict = decide(step, (REFUSES, EXPLAINS, REMARKS), {})
    assert verdict.allows
    assert verdict.remarks == (REFUSES, EXPLAINS, REMARKS)


STATEMENTS = {
    "record-contact",
    "record-consent",
    "prepare-meeting",
    "reply-to-summons",
    "record-meeting",
    "approve-plan",
    "commit-to-action",
    "report-at-follow-up",
    "report-deviation",
}


def test_the_steps_are_acts_or_statements() -> None:
    """What has happened or been said is a statement; everything else that somebody does is an act."""
    assert {step.value for step in Step if step.kind is StepKind.STATEMENT} == STATEMENTS
    assert [step for step in Step if step.kind is StepKind.TICK] == [Step.TICK]
    assert Step("open-meeting") is Step.OPEN_MEETING
    assert len(Step) == 30


def test_effects_are_ordered_by_strength() -> None:
    """Refuse is stronger than explain, explain than remark, remark than remind."""
    ordered = [Effect.REFUSE, Effect.EXPLAIN, Effect.REMARK, Effect.REMIND]
    assert sorted(Effect, key=lambda effect: -effect.strength) == ordered


def test_an_agreement_is_named_by_key_and_day() -> None:
    """A judgement is stored under the agreement's key and first day."""
    agreement: Agreement = an_agreement()
    assert agreement.id == "test@2020-01-01"
    assert agreement.callings("BEH-3") == ()


def test_a_rule_knows_its_chapter_and_what_it_asks_for() -> None:
    """A rule carries its own description, so that pages and error texts need no other source."""
    known: Rule = rule_by_id("SAM-2")
    assert (known.name, known.chapter) == ("everyone_present_is_covered_by_consent", "consent")
    assert known.parameters is NoParameters
    assert known in RULEBOOK
    with pytest.raises(KeyError):
        rule_by_id("SAM-0")
