"""The summonses of a meeting, each with what has been said about it."""

from datetime import date
from uuid import UUID

from app.db.facts.reading import Row, Tables, latest
from app.db.facts.statements import standing, word_of
from app.domain.codes import Channel, ReplyKind
from app.domain.facts.basics import NotYet, TheOrganisation, Unknown
from app.domain.facts.summons import Reply, Summons


def summonses(meeting_id: UUID, tables: Tables, today: date) -> tuple[Summons, ...]:
    """The summonses to a meeting, recalled ones too. A row is made when the summons is issued."""
    return tuple(_summons(row, tables, today) for row in tables.about("summons", "meeting_id", meeting_id))


def _summons(row: Row, tables: Tables, today: date) -> Summons:
    id_ = row.id("id")
    given = latest(tables.about("summons_assignment", "summons_id", id_))
    has_left = given is not None and given.day_or("officer_left_on", date.max) <= today
    recalls = tables.about("summons_recall", "summons_id", id_)
    prepared = tables.about("preparedness", "item_id", id_)
    return Summons(
        id=id_,
        invitee_id=row.id("invitee_id"),
        organisation_id=row.id("recipient_org"),
        unit_id=row.id_or("recipient_unit", Unknown()),
        officer_id=Unknown() if given is None or has_left else given.id("officer_id"),
        officer_has_left=has_left,
        channel=row.code("channel", Channel),
        issued_at=row.instant("recorded_at"),
        meeting_starts_at=row.instant("meeting_starts_at"),
        explained=row.texts("explained"),
        replies=tuple(_reply(one) for one in standing(tables.about("summons_reply", "item_id", id_))),
        answered_at=tuple(
            one.instant("recorded_at") for one in tables.about("query_answer", "summons_id", id_)
        ),
        prepared_at=min((one.instant("said_at") for one in prepared), default=NotYet()),
        recalled_at=min((one.instant("recorded_at") for one in recalls), default=NotYet()),
    )


def _reply(row: Row) -> Reply:
    return Reply(
        word=word_of(TheOrganisation(row.id("speaker_org")), row),
        kind=row.code("reply", ReplyKind),
        link_address_given=row.flag("has_link_email"),
    )
