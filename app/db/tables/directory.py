"""The directory: who the parties are, which organisations they consist of, their units, officers and
accounts.

Parties, organisations and the units named by an agreement come from the agreement's file. An organisation's
administrator keeps its own units, officers and accounts. No person the work is about stands here.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import SCHEMA, Instant, OptionalIds, OptionalText, Stored, Text, Texts, one_of, to

ORGANISATION_TYPES = (
    "public_employment_service",
    "social_insurance_agency",
    "region",
    "care_giver",
    "municipal_board",
    "coordination_association",
    "other",
)
ROLES = (
    "caseworker",
    "rehabilitation_coordinator",
    "manager",
    "organisation_administrator",
    "lokus_member",
    "analyst",
    "service",
)


class Organisation(Stored, table=True):
    """A body within which secrecy ends: an authority, a municipal board, a care giver. Its id is
    everybody's `org_id`.
    """

    __tablename__ = "organisation"
    __table_args__ = (one_of("type", *ORGANISATION_TYPES),)

    id: UUID = Field(primary_key=True)
    name: str = Text()
    type: str = Text()
    organisation_number: str | None = OptionalText()


class Membership(Stored, table=True):
    """An organisation's place in an agreement: the party it is part of, under that party's code."""

    __tablename__ = "membership"
    __table_args__ = (sa.ForeignKeyConstraint(["org_id"], [f"{SCHEMA}.organisation.id"]),)

    agreement_key: str = Field(primary_key=True, sa_type=sa.Text)
    org_id: UUID = Field(primary_key=True)
    party: str = Text()


class Unit(Stored, table=True):
    """A part of one organisation that cases and letters belong to, with its address and contact routes."""

    __tablename__ = "unit"
    __table_args__ = (sa.ForeignKeyConstraint(["org_id"], [f"{SCHEMA}.organisation.id"]),)

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    name: str = Text()
    address: list[str] = Texts()
    attention: str | None = OptionalText()
    address_hint: str | None = OptionalText()
    email: str | None = OptionalText()
    telephone: str | None = OptionalText()
    asks_for_channel: str | None = OptionalText()
    active: bool = True
    version: int = 1


class Officer(Stored, table=True):
    """An employee who acts for an organisation, in a unit. Has left when `left_on` has come."""

    __tablename__ = "officer"
    __table_args__ = (to("unit", "org_id", "unit_id"), sa.Index(None, "org_id", "unit_id"))

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    unit_id: UUID
    name: str = Text()
    title: str | None = OptionalText()
    function: str = Text()
    email: str | None = OptionalText()
    telephone: str | None = OptionalText()
    left_on: date | None = None
    version: int = 1


class Account(Stored, table=True):
    """(issuer, subject) → one assignment: this officer, for this unit of this organisation, with these
    roles.
    """

    __tablename__ = "account"
    __table_args__ = (
        to("officer", "org_id", "officer_id"),
        to("unit", "org_id", "unit_id"),
        sa.UniqueConstraint("org_id", "issuer", "subject", "unit_id"),
        sa.Index(None, "issuer", "subject"),
        sa.CheckConstraint(
            "roles <@ array[" + ", ".join(f"'{r}'" for r in ROLES) + "]::text[] and cardinality(roles) > 0",
            name="roles",
        ),
    )

    org_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    unit_id: UUID
    officer_id: UUID
    issuer: str = Text()
    subject: str = Text()
    roles: list[str] = Texts()
    active: bool = True
    version: int = 1


class TokenIssuer(Stored, table=True):
    """An OpenID provider whose tokens are accepted, with its key set or the address it is fetched from, and
    the organisations whose accounts its subjects may have; None where it may be any.
    """

    __tablename__ = "token_issuer"

    issuer: str = Field(primary_key=True, sa_type=sa.Text)
    audience: str = Text()
    key_set: str | None = OptionalText()
    key_set_uri: str | None = OptionalText()
    serves: list[UUID] | None = OptionalIds()
    active: bool = True
    registered_at: datetime = Instant()
