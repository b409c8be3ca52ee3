"""Whom a letter goes to: where an invited person belongs, and whether the officer it was given to has left. And
why somebody was looked up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

OF_CASE = "gate_facts.of_case(uuid, uuid, boolean)"
ASSIGNMENTS = " from flerpart.summons_assignment x where"
WITH_LEAVERS = (
    ", (select f.left_on from flerpart.officer f where (f.org_id, f.id) = (x.org_id, x.officer_id))"
    " as officer_left_on"
)


def rewrite(was: str, shall_be: str) -> None:
    """Make the gate's picture anew with one part of its text changed. Raises LookupError unless it is there once."""
    op.execute("set local role gate_facts")
    definition: str = op.get_bind().scalar(sa.text(f"select pg_get_functiondef('{OF_CASE}'::regprocedure)"))
    if definition.count(was) != 1:
        raise LookupError(was)
    op.get_bind().exec_driver_sql(definition.replace(was, shall_be))
    op.execute("set local role flerpart_owner")


def upgrade() -> None:
    """Add the columns; what is kept of an invitee may be replaced, what was logged may not."""
    op.add_column("invitee", sa.Column("organisation_name_sealed", sa.LargeBinary()), schema="flerpart")
    op.add_column("read_entry", sa.Column("reason_sealed", sa.LargeBinary()), schema="flerpart")
    op.execute("grant update (organisation_name_sealed) on flerpart.invitee to flerpart_api")
    rewrite(ASSIGNMENTS, WITH_LEAVERS + ASSIGNMENTS)


def downgrade() -> None:
    """Drop the columns, and the grant with them."""
    rewrite(WITH_LEAVERS + ASSIGNMENTS, ASSIGNMENTS)
    op.drop_column("read_entry", "reason_sealed", schema="flerpart")
    op.drop_column("invitee", "organisation_name_sealed", schema="flerpart")
