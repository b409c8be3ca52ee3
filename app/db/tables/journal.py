"""What proves the journal: chains of hashes over decisions and reads, and the roots that fix all of them.

None of it is written by the application's login: the gate of the journal writes it, from triggers.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from app.db.tables.base import Instant, Stored, Text, one_of


class ChainLink(Stored, table=True):
    """One entry's place in the chain of its individual, or of the organisation where it concerns nobody.

    Append-only. The hash covers the entry and the link before.
    """

    __tablename__ = "chain_link"
    __table_args__ = (one_of("kind", "decision", "read"), sa.UniqueConstraint("org_id", "kind", "entry_id"))

    org_id: UUID = Field(primary_key=True)
    chain_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=sa.BigInteger)
    kind: str = Text()
    entry_id: UUID
    entry_hash: bytes = Field(sa_type=sa.LargeBinary)
    hash: bytes = Field(sa_type=sa.LargeBinary)


class ChainHead(Stored, table=True):
    """How long a chain is and its last link's hash: the one row that writers of one chain wait for."""

    __tablename__ = "chain_head"
    __table_args__ = ({"postgresql_with": {"fillfactor": 70}},)

    org_id: UUID = Field(primary_key=True)
    chain_id: UUID = Field(primary_key=True)
    length: int = Field(sa_type=sa.BigInteger)
    hash: bytes = Field(sa_type=sa.LargeBinary)


class UnsealedRead(Stored, table=True):
    """A read that waits to be linked: a reader never waits for a chain."""

    __tablename__ = "unsealed_read"

    org_id: UUID = Field(primary_key=True)
    recorded_at: datetime = Field(primary_key=True, sa_type=sa.DateTime(timezone=True))
    id: UUID = Field(primary_key=True)


class JournalRoot(Stored, table=True):
    """A signed root over the heads of all chains: the line that is also kept elsewhere. Append-only."""

    __tablename__ = "journal_root"

    number: int = Field(sa_column=sa.Column(sa.BigInteger(), primary_key=True, autoincrement=False))
    line: str = Text()
    recorded_at: datetime = Instant()


class RootHead(Stored, table=True):
    """A chain's head as a root fixed it: stored when it had moved since the root before. Append-only."""

    __tablename__ = "root_head"

    org_id: UUID = Field(primary_key=True)
    chain_id: UUID = Field(primary_key=True)
    length: int = Field(sa_column=sa.Column(sa.BigInteger(), primary_key=True, autoincrement=False))
    hash: bytes = Field(sa_type=sa.LargeBinary)
    root_number: int = Field(sa_type=sa.BigInteger)
