"""Code lists: every code has both labels, and is found by its value."""

import inspect

import pytest

from app.domain import codes
from app.domain.codes import Code, FirstContactDelay, MeetingStatus

LISTS = [
    one for one in vars(codes).values() if inspect.isclass(one) and issubclass(one, Code) and one is not Code
]


@pytest.mark.parametrize("codes_of", LISTS, ids=lambda one: one.__name__)
def test_every_code_has_labels_and_a_plain_value(codes_of: type[Code]) -> None:
    """A code is lower case with underscores; people read it in Swedish and in English."""
    for code in codes_of:
        assert code.value.isascii()
        assert code.value == code.value.lower()
        assert " " not in code.value
        assert code.sv
        assert code.en
        assert codes_of(code.value) is code


def test_the_meeting_statuses_are_the_glossarys() -> None:
    """The glossary's list decides, where the catalogue's Part D uses other words."""
    assert " ".join(MeetingStatus) == (
        "draft prepared date_agreed scheduled summoned suspended open concluded cancelled entered_in_error"
    )


@pytest.mark.parametrize(
    ("days", "span"),
    [(0, "within_a_week"), (7, "within_a_week"), (8, "within_two_weeks"), (14, "within_two_weeks")],
)
def test_the_time_to_the_first_contact_is_counted_in_spans(days: int, span: str) -> None:
    """UPP-014: a span has its last day; beyond four weeks it is later."""
    assert FirstContactDelay.of(days) == span
    assert [FirstContactDelay.of(one).value for one in (28, 29)] == ["within_four_weeks", "later"]
