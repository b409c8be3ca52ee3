"""The read log of the caller's organisation as a reviewer goes through it, and the reviews that were done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.log_entries import telling_who
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseCarrier, CaseFile
from app.db.tables.directory import Account, Officer
from app.db.tables.records import JournalEntry, LogReview, ReadEntry
from app.db.tables.summonses import ReceivedCopy

_R, _V, _J, _COPY = (table_of(row) for row in (ReadEntry, LogReview, JournalEntry, ReceivedCopy))
_F, _K, _O, _A = (table_of(row) for row in (CaseFile, CaseCarrier, Officer, Account))
_ME, _MOMENT = ask("me", sa.Uuid()), sa.DateTime(timezone=True)
_LIMIT = ask("limit", sa.Integer())

MOST_UNRELATED = 100
"""How many lines of readings without relation are told at once, the most read first."""

# Nobody reviews what they have read themselves, and a review is not reviewed again.
_OTHERS = (
    _R.c.actor_id != ask("actor", sa.Uuid()),
    _R.c.operation != sa.literal_column("'readLogSelection'"),
)
_UNIT = ask("unit", sa.Uuid())
_ASKED_ABOUT = (
    _R.c.org_id == _ME,
    _R.c.recorded_at >= ask("since", _MOMENT),
    _R.c.recorded_at < ask("until", _MOMENT),
    sa.or_(_UNIT.is_(None), _R.c.unit_id == _UNIT),
)

# Drawn by chance, but the same for the same period, whoever asks and however often: nobody draws again until
# the sample suits. Ids are random, so nobody can tell beforehand what will be drawn.
_DRAWN = (
    sa.select(_R)
    .where(*_ASKED_ABOUT, *_OTHERS)
    .order_by(sa.func.uuid_hash_extended(_R.c.id, ask("seed", sa.BigInteger())))
    .limit(_LIMIT)
    .subquery("drawn")
)
_SAMPLE = Statement(telling_who(_DRAWN).order_by(_DRAWN.c.recorded_at, _DRAWN.c.id))

_COUNT = Statement(
    sa.select(
        sa.func.count().filter(*_OTHERS).label("others"),
        sa.func.count().filter(_R.c.actor_id == ask("actor", sa.Uuid())).label("own"),
    ).where(*_ASKED_ABOUT)
)

_BOUNDS = ask("bounds", sa.ARRAY(_MOMENT))
_BUCKET = sa.func.width_bucket(_R.c.recorded_at, _BOUNDS)
_VOLUME = Statement(
    sa.select(
        _R.c.actor_id,
        _R.c.unit_id,
        _BUCKET.label("day"),
        sa.func.count(sa.distinct(sa.func.coalesce(_R.c.individual_id, _R.c.case_id, _R.c.item_id))).label(
            "persons"
        ),
    )
    .where(*_ASKED_ABOUT, *_OTHERS)
    .group_by(_R.c.actor_id, _R.c.unit_id, sa.literal_column("day"))
)

_G = (
    sa.select(
        *(_R.c[name] for name in ("actor_id", "unit_id", "individual_id", "case_org", "case_id")),
        sa.func.count().label("readings"),
        sa.func.max(_R.c.recorded_at).label("last_at"),
    )
    .where(*_ASKED_ABOUT, *_OTHERS, sa.or_(_R.c.individual_id.is_not(None), _R.c.case_id.is_not(None)))
    .group_by(_R.c.actor_id, _R.c.unit_id, _R.c.individual_id, _R.c.case_org, _R.c.case_id)
    .subquery("read_by")
)


def _own_cases(*which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether there is such a case of one's own: the one read, or, where none was, one about the person."""
    this = sa.or_(
        _F.c.id == _G.c.case_id, sa.and_(_G.c.case_id.is_(None), _F.c.individual_id == _G.c.individual_id)
    )
    return sa.exists().where(_F.c.org_id == _ME, this, *which)


def _letters(*which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether such a letter has come: about the case that was read, or, where none was, about the person."""
    about = sa.or_(
        sa.and_(_COPY.c.from_org == _G.c.case_org, _COPY.c.case_id == _G.c.case_id),
        sa.and_(_G.c.case_id.is_(None), _COPY.c.individual_id == _G.c.individual_id),
    )
    return sa.exists().where(_COPY.c.org_id == _ME, about, *which)


_CARRIES = sa.exists().where(
    _K.c.org_id == _ME,
    _K.c.case_id == _G.c.case_id,
    _O.c.org_id == _ME,
    _O.c.id.in_([_K.c.officer_id, _K.c.stand_in_id]),
    sa.or_(
        _O.c.unit_id == _G.c.unit_id,
        sa.exists()
        .where(_A.c.org_id == _ME, _A.c.id == _G.c.actor_id, _A.c.officer_id == _O.c.id)
        .correlate(_G, _O),
    ),
)
_HAS_DECIDED = sa.exists().where(
    _J.c.org_id == _ME, _J.c.individual_id == _G.c.individual_id, _J.c.unit_id == _G.c.unit_id
)
# What nobody here has a case or a letter about is open to every unit.
_RELATED = sa.or_(
    _own_cases(_F.c.unit_id == _G.c.unit_id),
    _letters(sa.or_(_COPY.c.unit_id == _G.c.unit_id, _COPY.c.unit_id.is_(None))),
    _CARRIES,
    _HAS_DECIDED,
    sa.not_(sa.or_(_own_cases(), _letters())),
)
_UNRELATED_ONES = (
    sa.select(_G)
    .where(sa.not_(_RELATED))
    .order_by(_G.c.readings.desc(), _G.c.last_at.desc(), _G.c.actor_id)
    .limit(sa.literal_column(str(MOST_UNRELATED)))
    .subquery("unrelated")
)
_UNRELATED = Statement(
    telling_who(_UNRELATED_ONES).order_by(
        _UNRELATED_ONES.c.readings.desc(), _UNRELATED_ONES.c.last_at.desc(), _UNRELATED_ONES.c.actor_id
    )
)

_WHO = _V.c.recorded_by.label("actor_id")
_PAGE = (
    sa.select(_V, _WHO)
    .where(_V.c.org_id == _ME)
    .order_by(_V.c.id.desc())
    .limit(_LIMIT)
    .offset(ask("offset", sa.Integer()))
    .subquery("page")
)
_DONE = Statement(telling_who(_PAGE).order_by(_PAGE.c.id.desc()))
_DONE_COUNT = Statement(
    sa.select(sa.func.count()).select_from(
        sa.select(_V.c.id).where(_V.c.org_id == _ME).limit(sa.literal_column("1001")).subquery()
    )
)
_ONE = Statement(
    telling_who(
        sa.select(_V, _WHO).where(_V.c.org_id == _ME, _V.c.id == ask("id", sa.Uuid())).subquery("one")
    )
)


@dataclass(frozen=True)
class Part:
    """A part of the log: from an instant until before another, of all units or of one."""

    since: datetime
    until: datetime
    unit_id: UUID | None

    @property
    def asked(self) -> dict[str, Any]:
        """As the statements ask for it."""
        return {"since": self.since, "until": self.until, "unit": self.unit_id}


async def counts(tx: Tx, part: Part) -> tuple[int, int]:
    """How many readings there were: others', and the caller's own."""
    row = await tx.row(_COUNT, **part.asked)
    return (row["others"], row["own"]) if row else (0, 0)


async def sample(tx: Tx, part: Part, *, seed: int, limit: int) -> list[asyncpg.Record]:
    """Some of others' readings, drawn by chance, with who it was."""
    return await tx.rows(_SAMPLE, seed=seed, limit=limit, **part.asked)


async def persons_a_day(tx: Tx, part: Part, bounds: Sequence[datetime]) -> list[asyncpg.Record]:
    """How many persons each account saw between each two of these instants; `day` counts them from 1."""
    return await tx.rows(_VOLUME, bounds=list(bounds), **part.asked)


async def unrelated(tx: Tx, part: Part) -> list[asyncpg.Record]:
    """Readings about persons with whom the account's unit has nothing to do, as far as the facts tell."""
    return await tx.rows(_UNRELATED, **part.asked)


async def page(tx: Tx, *, limit: int, offset: int) -> list[asyncpg.Record]:
    """A page of the reviews that were done, newest first, with who did each."""
    return await tx.rows(_DONE, limit=limit, offset=offset)


async def count_to_1000(tx: Tx) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(_DONE_COUNT)
    return found if found <= 1000 else None


async def read(tx: Tx, review_id: UUID) -> Any:
    """One review of the caller's organisation."""
    return await tx.row(_ONE, id=review_id)
