"""Nothing of a case is left out: neither a table, nor an organisation, nor a code of a code list."""

import re
from enum import StrEnum
from typing import Any, Final

import pytest
import sqlalchemy as sa

from app.db.facts.gate import ORGANISATION_COLUMNS, picture
from app.db.facts.reading import Row, Tables
from app.db.facts.row import case_row
from app.db.tables import METADATA
from app.domain import codes
from tests.db_facts.story import Story

# Table keyed by a case that the gate leaves out → why.
NOT_OF_THE_CASE: Final = {
    "received_copy": "the receiver's own document; what it is a copy of is in the case",
    "read_entry": "who was shown something of the case; no rule asks for that",
}
# What another organisation's case has to do with this one: no table's rows, and not in the story of one case.
ELSEWHERE: Final = {"plan_elsewhere", "follow_up_elsewhere"}
# Column naming an organisation that the directory need not know → why.
NOT_LOOKED_UP: Final = {
    "case_org": "the holder, who stands in org_id",
    "consent_org": "the holder, who stands in org_id",
    "plan_org": "whose plan it is; no fact names it",
    "follows_up_org": "whose plan it is; no fact names it",
    "revises_org": "whose plan it is; no fact names it",
    "replaces_org": "whose plan it is; no fact names it",
}
# table, column → the code list whose words it holds, and the words of it no fact needs.
CODED: Final[tuple[tuple[str, str, type[StrEnum], frozenset[str]], ...]] = (
    ("individual", "has_communication_needs", codes.Answer, frozenset()),
    ("need_assessment", "outcome", codes.NeedOutcome, frozenset()),
    ("need_assessment", "grounds", codes.AssessmentBasis, frozenset()),
    ("need_assessment", "needs", codes.NeedArea, frozenset()),
    ("need_assessment", "other_plan", codes.OtherPlan, frozenset()),
    ("offer", "answer", codes.OfferAnswer, frozenset()),
    ("contact", "about", codes.ContactAbout, frozenset()),
    ("closure", "reason", codes.ClosureReason, frozenset()),
    ("consent", "kind", codes.ConsentKind, frozenset()),
    ("consent", "answer", codes.ConsentAnswer, frozenset()),
    ("consent", "given_by", codes.ConsentGiver, frozenset()),
    ("meeting", "form", codes.MeetingForm, frozenset()),
    ("meeting", "mode", codes.MeetingMode, frozenset()),
    ("meeting_preparation", "relatives_offered", codes.RelativesOffered, frozenset()),
    ("meeting_preparation", "employer_exists", codes.Answer, frozenset()),
    ("meeting_preparation", "employer_called", codes.Answer, frozenset()),
    ("invitee", "kind", codes.OutsiderKind, frozenset({"organisation"})),
    ("attendance", "attendance", codes.Attendance, frozenset()),
    ("summons", "channel", codes.Channel, frozenset()),
    ("summons_reply", "reply", codes.ReplyKind, frozenset()),
    ("action", "kind", codes.ActionKind, frozenset()),
    ("plan_approval", "answer", codes.ApprovalAnswer, frozenset()),
    ("commitment", "status", codes.CommitmentKind, frozenset()),
    ("follow_up_decision", "decision", codes.FollowUpDecision, frozenset()),
    ("deviation", "type", codes.DeviationType, frozenset()),
    ("deviation", "subject_kind", codes.SubjectKind, frozenset()),
    ("organisation", "type", codes.OrganisationType, frozenset()),
)


class Noting(Tables):
    """The rows of a case, and which tables somebody has read."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def all(self, table: str) -> tuple[Row, ...]:
        """The rows of a table."""
        self.read.add(table)
        return super().all(table)


async def answer_of_the_gate(story: Story) -> dict[str, Any]:
    """What the gate answers the holder."""
    async with story.database.act(story.holder.caller()) as tx:
        answer: dict[str, Any] = await tx.call(
            "select gate_facts.of_case($1, $2, false)", story.holder.id, story.case.id
        )
        return answer


async def test_every_table_of_a_case_is_in_the_gates_answer(story: Story) -> None:
    """A table keyed by a case is in the answer, or named here with a reason."""
    keyed = {table.name for table in METADATA.tables.values() if "case_id" in table.c}
    assert keyed - set(await answer_of_the_gate(story)) == set(NOT_OF_THE_CASE)


async def test_every_table_of_the_answer_has_a_row_in_the_story(story: Story) -> None:
    """So that whole facts are compared, and not empty ones."""
    assert {name for name, rows in (await answer_of_the_gate(story)).items() if not rows} == ELSEWHERE


async def test_every_table_of_the_answer_is_read(story: Story) -> None:
    """Nothing the gate answers is overlooked on the way to the facts and the stored case."""
    answer = await answer_of_the_gate(story)
    tables = Noting(answer)
    case_row(tables)
    picture(tables, (), story.agreement, story.asking(story.holder))
    assert tables.read == set(answer)


async def test_the_gate_tells_nothing_sealed(story: Story) -> None:
    """Of a sealed text the answer says whether it is there, never what it holds."""
    assert "_sealed" not in str(await answer_of_the_gate(story))


async def test_every_organisation_of_the_case_is_looked_up(story: Story) -> None:
    """A column that names an organisation is asked for in the directory, or exempt with a reason."""
    tables = set(await answer_of_the_gate(story))
    columns = {
        column.name
        for table in METADATA.tables.values()
        if table.name in tables
        for column in table.c
        if re.fullmatch(r"(\w+_)?org|org_id|organisation_id|offered_by", column.name)
    }
    assert columns - set(ORGANISATION_COLUMNS) <= set(NOT_LOOKED_UP)
    assert set(ORGANISATION_COLUMNS) <= columns


@pytest.mark.parametrize(("table", "column", "kind", "other"), CODED)
def test_database_and_domain_know_the_same_words(
    table: str, column: str, kind: type[StrEnum], other: frozenset[str]
) -> None:
    """What the database lets in the facts can read, and what the API takes the database lets in."""
    checks = [
        one
        for one in METADATA.tables[f"flerpart.{table}"].constraints
        if isinstance(one, sa.CheckConstraint) and re.match(rf"{column} (in|<@)", str(one.sqltext))
    ]
    assert [set(re.findall(r"'(\w+)'", str(one.sqltext))) - other for one in checks] == [set(kind)]
