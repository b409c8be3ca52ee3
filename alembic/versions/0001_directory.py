"""The directory: organisations, memberships, units, officers, accounts, issuers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = ("organisation", "token_issuer", "membership", "unit", "officer", "account")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("organisation_number", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "type in ('public_employment_service', 'social_insurance_agency', 'region', 'care_giver', 'municipal_board', 'coordination_association', 'other')",
            name=op.f("ck_organisation_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        schema="flerpart",
    )
    op.create_table(
        "token_issuer",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("key_set", sa.Text(), nullable=True),
        sa.Column("key_set_uri", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer", name=op.f("pk_token_issuer")),
        schema="flerpart",
    )
    op.create_table(
        "membership",
        sa.Column("agreement_key", sa.Text(), nullable=False),
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["flerpart.organisation.id"], name=op.f("fk_membership_org_id")),
        sa.PrimaryKeyConstraint("agreement_key", "org_id", name=op.f("pk_membership")),
        schema="flerpart",
    )
    op.create_table(
        "unit",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("attention", sa.Text(), nullable=True),
        sa.Column("address_hint", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("asks_for_channel", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["flerpart.organisation.id"], name=op.f("fk_unit_org_id")),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_unit")),
        schema="flerpart",
    )
    op.create_table(
        "officer",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "unit_id"],
            ["flerpart.unit.org_id", "flerpart.unit.id"],
            name=op.f("fk_officer_org_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_officer")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_officer_org_id_unit_id"), "officer", ["org_id", "unit_id"], unique=False, schema="flerpart"
    )
    op.create_table(
        "account",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "roles <@ array['caseworker', 'rehabilitation_coordinator', 'manager', 'organisation_administrator', 'lokus_member', 'analyst', 'service']::text[] and cardinality(roles) > 0",
            name=op.f("ck_account_roles"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "officer_id"],
            ["flerpart.officer.org_id", "flerpart.officer.id"],
            name=op.f("fk_account_org_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "unit_id"],
            ["flerpart.unit.org_id", "flerpart.unit.id"],
            name=op.f("fk_account_org_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint(
            "org_id", "issuer", "subject", "unit_id", name=op.f("uq_account_org_id_issuer_subject_unit_id")
        ),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_account_issuer_subject"), "account", ["issuer", "subject"], unique=False, schema="flerpart"
    )


def downgrade() -> None:
    """Drop them, the last first."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
