"""Whom a letter goes to: where an invited person belongs, and whether the officer it was given to has left. Why
somebody was looked up. And two kinds of count: offers, and the time to the first contact.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

OF_CASE = "gate_facts.of_case(uuid, uuid, boolean)"
ASSIGNMENTS = " from flerpart.summons_assignment x where"
WITH_LEAVERS = (
    ", (select f.left_on from flerpart.officer f where (f.org_id, f.id) = (x.org_id, x.officer_id))"
    " as officer_left_on"
)

# An officer who leaves changes the picture of the cases they carry, and of those they were given a summons in.
NOTE_CHANGE = "gate_facts.note_change()"
END = "  end case;\n  return null;\n"
AND_OF_THE_CALLED = """\
      for one in select distinct s.org_id, s.case_id from flerpart.summons_assignment a
        join flerpart.summons s on (s.recipient_org, s.id) = (a.org_id, a.summons_id)
        where (a.org_id, a.officer_id) = (changed.org_id, changed.id) order by s.case_id, s.org_id
      loop perform gate_facts.changed(one.org_id, one.case_id); end loop;
"""

KINDS = (
    "case_registered",
    "need_assessed",
    "meeting_initiated",
    "summons_issued",
    "summons_answered",
    "meeting_held",
    "attendance",
    "plan_distributed",
    "action_reported",
    "deviation",
    "explanation",
    "case_closed",
)
NEW_KINDS = ("first_contact", "meeting_offered")


def rewrite(function: str, was: str, shall_be: str) -> None:
    """Make a function of the gate anew with one part of its text changed. Raises LookupError unless the part is there
    once.
    """
    op.execute("set local role gate_facts")
    definition: str = op.get_bind().scalar(sa.text(f"select pg_get_functiondef('{function}'::regprocedure)"))
    if definition.count(was) != 1:
        raise LookupError(was)
    op.get_bind().exec_driver_sql(definition.replace(was, shall_be))
    op.execute("set local role flerpart_owner")


def count_by(*kinds: str) -> None:
    """The kinds of fact that may be counted."""
    listed = ", ".join(f"'{one}'" for one in kinds)
    op.execute("alter table flerpart.statistic_fact drop constraint ck_statistic_fact_kind")
    op.execute(
        f"alter table flerpart.statistic_fact add constraint ck_statistic_fact_kind check (kind in ({listed}))"
    )


def upgrade() -> None:
    """Add the columns; what is kept of an invitee may be replaced, what was logged may not."""
    op.add_column("invitee", sa.Column("organisation_name_sealed", sa.LargeBinary()), schema="flerpart")
    op.add_column("read_entry", sa.Column("reason_sealed", sa.LargeBinary()), schema="flerpart")
    op.execute("grant update (organisation_name_sealed) on flerpart.invitee to flerpart_api")
    rewrite(OF_CASE, ASSIGNMENTS, WITH_LEAVERS + ASSIGNMENTS)
    rewrite(NOTE_CHANGE, END, AND_OF_THE_CALLED + END)
    count_by(*KINDS[:2], *NEW_KINDS, *KINDS[2:])


def downgrade() -> None:
    """Drop the columns, and the grant with them. Facts of the new kinds must be gone first."""
    count_by(*KINDS)
    rewrite(NOTE_CHANGE, AND_OF_THE_CALLED + END, END)
    rewrite(OF_CASE, WITH_LEAVERS + ASSIGNMENTS, ASSIGNMENTS)
    op.drop_column("read_entry", "reason_sealed", schema="flerpart")
    op.drop_column("invitee", "organisation_name_sealed", schema="flerpart")
