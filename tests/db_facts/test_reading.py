"""A row is read as it stands, or not at all."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from app.db.facts.reading import Row, Tables, Unreadable, latest
from app.domain.codes import Answer, Channel, NeedArea

ID = UUID("01890000-0000-7000-8000-00000000000a")


def row(**values: Any) -> Row:
    """A row of a table named thing."""
    return Row("thing", values)


@pytest.mark.parametrize(
    "read", ["text", "flag", "number", "id", "ids", "texts", "day", "instant", "is_given"]
)
def test_a_missing_column_raises(read: str) -> None:
    """Whatever it is asked as, a column the gate did not send is no value."""
    with pytest.raises(Unreadable, match=r"thing\.absent is missing"):
        getattr(row(), read)("absent")


@pytest.mark.parametrize("read", ["text", "flag", "number", "id", "ids", "texts", "day", "instant"])
def test_a_null_raises_where_a_value_must_stand(read: str) -> None:
    """Null is not a value of any type."""
    with pytest.raises(Unreadable):
        getattr(row(empty=None), read)("empty")


def test_a_missing_column_raises_where_null_would_do() -> None:
    """A column that may be null must still be there."""
    with pytest.raises(Unreadable):
        row().id_or("absent", None)


def test_an_unknown_code_raises() -> None:
    """A word outside the code list is refused by table and column; the word itself is not repeated."""
    with pytest.raises(Unreadable, match=r"thing\.channel has a word that Channel does not know") as refused:
        row(channel="pigeon").code("channel", Channel)
    assert "pigeon" not in str(refused.value)


def test_an_unknown_code_in_a_list_raises() -> None:
    """One unknown word spoils the list."""
    with pytest.raises(Unreadable):
        row(needs=["employment", "luck"]).codes("needs", NeedArea)


def test_a_number_is_no_truth_value() -> None:
    """True is not one, though Python says so."""
    with pytest.raises(Unreadable):
        row(number=True).number("number")


@pytest.mark.parametrize(
    "text",
    ["2024-03-04T08:00:00.12+00:00", "2024-03-04T09:00:00.12+01:00", "2024-03-04T08:00:00.120000+00:00"],
)
def test_an_instant_is_utc_whatever_the_connection_says(text: str) -> None:
    """PostgreSQL writes instants in the connection's time zone and leaves out trailing noughts."""
    instant = row(at=text).instant("at")
    assert (instant, instant.tzinfo) == (datetime(2024, 3, 4, 8, 0, 0, 120000, tzinfo=UTC), UTC)


def test_an_instant_without_a_zone_raises() -> None:
    """What could be any of two instants is none."""
    with pytest.raises(Unreadable):
        row(at="2024-03-04T08:00:00").instant("at")


@pytest.mark.parametrize(
    ("stored", "answer"), [(True, Answer.YES), (False, Answer.NO), (None, Answer.NOT_ASKED)]
)
def test_null_is_a_question_nobody_asked(stored: bool | None, answer: Answer) -> None:
    """Yes, no, and not asked are three answers."""
    assert row(suitable=stored).answer("suitable") is answer


@pytest.mark.parametrize(("text", "says"), [("a", True), ("", False), ("  ", False), (None, False)])
def test_blanks_say_nothing(text: str | None, says: bool) -> None:
    """A text of blanks is a missing one."""
    assert row(function=text).says("function") is says


def test_a_missing_table_raises() -> None:
    """A table the gate did not send is not an empty one."""
    with pytest.raises(Unreadable):
        Tables({}).all("meeting")


def test_a_case_without_its_row_raises() -> None:
    """A null where one row must stand is not a row."""
    with pytest.raises(Unreadable):
        Tables({"individual": None}).one("individual")


def test_the_latest_row_is_the_one_recorded_last() -> None:
    """Not the one with the highest id; of two recorded at once the higher id is later."""
    early = {"recorded_at": "2024-03-04T08:00:00+00:00"}
    late = {"recorded_at": "2024-03-04T09:00:00+00:00"}
    first = row(id=str(UUID(int=3)), **early)
    second, third = row(id=str(UUID(int=1)), **late), row(id=str(UUID(int=2)), **late)
    assert latest((first, third, second)) is third
    assert latest(()) is None
