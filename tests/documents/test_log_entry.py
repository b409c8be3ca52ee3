from datetime import UTC, datetime

import pytest

from app.documents.log_entry import Who, log_entry
from app.domain.access import Operation
from app.domain.codes import LogEntryKind, LogOrigin
from app.domain.log_words import LOGGED_AS
from app.domain.rule import Words

MOMENT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
SOMEBODY = Who("Försäkringskassan", "Uppsala", "handläggare", None)


def told(
    who: Who = SOMEBODY,
    kind: LogEntryKind = LogEntryKind.READ,
    origin: LogOrigin = LogOrigin.OWN,
    of_organisation: str | None = None,
) -> Words:
    """The sentence about a plan that was read."""
    return log_entry(MOMENT, who, kind, LOGGED_AS[Operation.READ_PLAN], origin, of_organisation)


def test_a_sentence_says_when_who_what_and_for_what() -> None:
    """In Stockholm's time, in both languages."""
    assert told() == Words(
        "Torsdag 2 juli 2026 kl. 00.30: en medarbetare (handläggare) vid Uppsala, Försäkringskassan, läste "
        "planen. Ändamål: upprätta och genomföra planen. "
        "Slag av uppgifter: planer, åtgärder och uppföljning.",
        "2026-07-02 00:30: an employee (handläggare) at Uppsala, Försäkringskassan, read the plan. "
        "Purpose: making and carrying out the plan. Kind of information: plans, actions and follow-up.",
    )


@pytest.mark.parametrize(
    ("who", "begins"),
    [
        (Who("FK", "Uppsala", "handläggare", "Kim"), "Kim (handläggare) vid Uppsala, FK, läste"),
        (Who("FK", "Uppsala", None, None), "en medarbetare vid Uppsala, FK, läste"),
        (Who("FK", None, None, "Kim"), "Kim vid en enhet som inte finns kvar, FK, läste"),
        (Who("FK", "FK", "handläggare", None), "en medarbetare (handläggare) vid FK läste"),
        (Who("FK", "Uppsala", "system", None, by_itself=True), "systemet hos FK läste"),
    ],
)
def test_who_is_told_as_far_as_it_is_known(who: Who, begins: str) -> None:
    """With a name where it is told, and without words for what is not known."""
    assert told(who).sv.partition(": ")[2].startswith(begins)


@pytest.mark.parametrize(
    ("origin", "ends"),
    [
        (LogOrigin.OWN, "uppföljning."),
        (LogOrigin.RECEIVED, "uppföljning. Mottaget från Region Uppsala."),
        (LogOrigin.SHOWN, "uppföljning. Uppgiften hör till Region Uppsala."),
    ],
)
def test_whose_it_is_comes_last(origin: LogOrigin, ends: str) -> None:
    """Another organisation is named only where the information is another's."""
    assert told(origin=origin, of_organisation="Region Uppsala").sv.endswith(ends)


def test_a_refused_act_is_told_as_what_was_shown() -> None:
    """What was tried stands in quotation marks: it did not happen."""
    assert 'refused: "read the plan"' in told(kind=LogEntryKind.REFUSAL).en
    assert "fick veta vad som saknas" in told(kind=LogEntryKind.REFUSAL).sv
