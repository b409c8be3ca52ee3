"""What whoever holds the case wrote down for an organisation is that organisation's word, and it may read it."""

from alembic import op

revision = "0030"
down_revision = "0029"

ME = "(select gate_context.organisation())"
BOTH_SIDES = f"org_id = {ME} or item_org = {ME}"
# table → the kind of item its words are about; seen by the speaker for as long as the item is
WORDS = {"summons_reply": "summons", "plan_approval": "plan", "commitment": "plan"}


def upgrade() -> None:
    """Let the speaker see the word."""
    for table, kind in WORDS.items():
        theirs = f"speaker_org = {ME} and gate_visibility.disclosed('{kind}', item_org, item_id)"
        op.execute(f"alter policy see on flerpart.{table} using ({BOTH_SIDES} or ({theirs}))")


def downgrade() -> None:
    """Let those who wrote it down and those it was said to see it alone."""
    for table in WORDS:
        op.execute(f"alter policy see on flerpart.{table} using ({BOTH_SIDES})")
