"""The world of the tests: when it is, who the organisations are, and ids that tell themselves apart."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.domain.facts.basics import Side, TheOrganisation, Word

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEETING_AT = datetime(2026, 4, 13, 11, tzinfo=UTC)
MEETING_DAY = date(2026, 4, 13)
HELD = MEETING_AT + timedelta(minutes=5)
FOLLOW_UP_DAY = date(2026, 9, 1)


def an_id(number: int) -> UUID:
    """An id that tells itself apart."""
    return UUID(int=number)


AF, FK, REGION, KOMMUN, STRANGER = (an_id(number) for number in range(1, 6))
AF_UNIT, REGION_UNIT = an_id(11), an_id(12)
OFFICER, COLLEAGUE = an_id(21), an_id(22)
CASE_ID, MEETING_ID, PLAN_ID, ACTION_ID, OWN_ACTION_ID = (an_id(number) for number in range(31, 36))
FRIEND = an_id(41)
SUMMONS_IDS = {FK: an_id(52), REGION: an_id(53), KOMMUN: an_id(54)}
CALLED = (FK, REGION, KOMMUN)
EVERYBODY = (AF, *CALLED)
THE_AF, THE_FK, THE_REGION, THE_KOMMUN = (TheOrganisation(one) for one in EVERYBODY)


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


_NUMBERS = iter(range(1000, 1_000_000))


def a_new_id() -> UUID:
    """An id nothing else has."""
    return an_id(next(_NUMBERS))


def a_word(speaker: Side = THE_AF, said_at: datetime = NOW, recorded_by: UUID | None = None) -> Word:
    """A word of a side; an organisation's own unless another recorded it."""
    own = speaker.id if isinstance(speaker, TheOrganisation) else AF
    return Word(a_new_id(), speaker, recorded_by or own, said_at, said_at)
