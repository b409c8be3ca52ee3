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
)
UNSENT = "ix_outbox_event_org_id_disclosure_id"


def upgrade() -> None:
    """Add the indexes; of the outbox only what has not gone out."""
    for table, organisation, thing in FOUND_BY:
        op.create_index(f"ix_{table}_{organisation}_{thing}", table, [organisation, thing], schema="flerpart")
    pending = sa.text("sent_at is null and cancelled_at is null")
    columns = ["org_id", "disclosure_id"]
    op.create_index(UNSENT, "outbox_event", columns, schema="flerpart", postgresql_where=pending)


def downgrade() -> None:
    """Take them away."""
    op.drop_index(UNSENT, table_name="outbox_event", schema="flerpart")
    for table, organisation, thing in reversed(FOUND_BY):
        op.drop_index(f"ix_{table}_{organisation}_{thing}", table_name=table, schema="flerpart")
