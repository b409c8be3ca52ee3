"""What belongs to a meeting, a plan, a statement's item or a consent is found by it, however much there is of others."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

FOUND_BY = (
    *(
        (table, "org_id", "meeting_id")
        for table in (
            "attendance",
            "chair_transfer",
            "invitation",
            "invitee",
            "meeting_change",
            "meeting_preparation",
            "received_copy",
            "recorder_appointment",
            "time_offer",
        )
    ),
    ("commitment", "item_org", "item_id"),
    ("consent_person", "org_id", "consent_id"),
    ("disclosure", "org_id", "consent_id"),
    ("plan_distribution", "org_id", "plan_id"),
    ("preparedness", "item_org", "item_id"),
    # Whoever is shown one of these knows its id, and not whose it is.
    ("consent", "id"),
    ("consent_withdrawal", "id"),
    ("meeting", "id"),
    ("plan_draft", "id"),
)
UNSENT = "ix_outbox_event_org_id_disclosure_id"


def upgrade() -> None:
    """Add the indexes; of the outbox only what has not gone out."""
    for table, *columns in FOUND_BY:
        op.create_index(_name(table, columns), table, columns, schema="flerpart")
    pending = sa.text("sent_at is null and cancelled_at is null")
    of_unsent = ["org_id", "disclosure_id"]
    op.create_index(UNSENT, "outbox_event", of_unsent, schema="flerpart", postgresql_where=pending)


def downgrade() -> None:
    """Take them away."""
    op.drop_index(UNSENT, table_name="outbox_event", schema="flerpart")
    for table, *columns in reversed(FOUND_BY):
        op.drop_index(_name(table, columns), table_name=table, schema="flerpart")


def _name(table: str, columns: list[str]) -> str:
    return "_".join(("ix", table, *columns))
