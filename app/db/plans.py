"""Plans and drafts: as their holder, those they were shown to, and those who received a copy have them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.reading import person_here, shown
from app.db.statement import Statement, ask, ask_for, table_of
from app.db.tables.consents import Disclosure
from app.db.tables.directory import Organisation
from app.db.tables.meetings import Meeting
from app.db.tables.plans import Commitment, Plan, PlanApproval, PlanDistribution, PlanDraft
from app.db.tables.summonses import ReceivedCopy, Summons

_P, _D, _R, _M = table_of(Plan), table_of(PlanDraft), table_of(ReceivedCopy), table_of(Meeting)
_X, _O, _S = table_of(Disclosure), table_of(Organisation), table_of(Summons)
_A, _C, _H = table_of(PlanApproval), table_of(Commitment), table_of(PlanDistribution)
_ME, _ID = ask("me", sa.Uuid()), ask("id", sa.Uuid())
_HOLDER = ask("holder", sa.Uuid())
_A_PLAN: sa.ColumnElement[str] = sa.literal_column("'plan'")

# Whose version it may be, said before it is looked up: the policy alone would look at every organisation's.
_HOLDERS = sa.union(
    sa.select(_ME),
    sa.select(_X.c.org_id).where(_X.c.recipient_org == _ME, _X.c.kind == _A_PLAN, _X.c.item_id == _ID),
)
_VERSION = sa.select(_P).where(_P.c.id == _ID, _P.c.org_id.in_(_HOLDERS))
_READ = shown(_VERSION.add_columns(person_here(_P.c.org_id, _P.c.case_id, _P.c.individual_id)), "plan")
_FOR_USE = Statement(_VERSION)

_COPY = sa.select(_R).where(
    _R.c.org_id == _ME,
    _R.c.id == _ID,
    _R.c.kind == _A_PLAN,
    sa.or_(ask("all_units", sa.Boolean()), _R.c.unit_id == ask("my_unit", sa.Uuid()), _R.c.unit_id.is_(None)),
)
_COPY_READ = shown(_COPY.add_columns(_R.c.from_org.label("case_org")), "received_copy")
_COPY_FOR_USE = Statement(_COPY)

# What was addressed to one unit is no other's concern; what came without a unit is everybody's.
_OF_CASE = (_R.c.org_id == _ME, _R.c.from_org == _HOLDER, _R.c.case_id == ask("case", sa.Uuid()))
_CONCERNS_ME = Statement(
    sa.select(
        sa.or_(
            sa.not_(sa.exists().where(*_OF_CASE, _R.c.unit_id.is_not(None))),
            sa.exists().where(*_OF_CASE, _R.c.unit_id == ask("my_unit", sa.Uuid())),
        )
    )
)
_INDIVIDUAL_HERE = Statement(
    sa.select(_R.c.individual_id).where(*_OF_CASE).order_by(_R.c.id).limit(sa.literal_column("1"))
)

_DRAFT = (
    sa.select(_D, _M.c.individual_id)
    .outerjoin(_M, sa.and_(_M.c.org_id == _D.c.item_org, _M.c.id == _D.c.meeting_id))
    .where(_D.c.id == _ID, sa.or_(_D.c.org_id == _ME, _D.c.item_org == _ME))
)
_DRAFT_READ = shown(
    _DRAFT.add_columns(
        _D.c.item_org.label("case_org"), person_here(_D.c.item_org, _D.c.case_id, _M.c.individual_id)
    ),
    "plan_draft",
)
_DRAFT_FOR_USE = Statement(_DRAFT)
_NEXT = {"version": _D.c.version + sa.literal_column("1")}
_PRESENT = (
    _D.c.org_id == _ME,
    _D.c.id == ask("of_id", sa.Uuid()),
    _D.c.version == ask("of_version", sa.Integer()),
    _D.c.handed_over_at.is_(None),
)
_DRAFT_CHANGE = Statement(
    sa.update(_D)
    .where(*_PRESENT)
    .values({name: ask_for(_D.c[name]) for name in ("content_sealed", "revises", "replaces")} | _NEXT)
)
_HAND_OVER = Statement(
    sa.update(_D).where(*_PRESENT).values({"handed_over_at": ask_for(_D.c.handed_over_at)} | _NEXT)
)

# Ids alone, to find them by; the policies leave those the caller sees.
_OF_MEETING = Statement(
    sa.select(_P.c.id, _A_PLAN.label("kind"))
    .where(_P.c.org_id == _HOLDER, _P.c.meeting_id == _ID)
    .union_all(
        sa.select(_D.c.id, sa.literal_column("'draft'")).where(
            _D.c.item_org == _HOLDER, _D.c.meeting_id == _ID
        )
    )
)

_APPROVALS = Statement(
    sa.select(_A).where(_A.c.item_org == _HOLDER, _A.c.item_id == _ID).order_by(_A.c.recorded_at, _A.c.id)
)
_COMMITMENTS = Statement(
    sa.select(_C).where(_C.c.item_org == _HOLDER, _C.c.item_id == _ID).order_by(_C.c.recorded_at, _C.c.id)
)
_DISTRIBUTIONS = Statement(sa.select(_H).where(_H.c.org_id == _HOLDER, _H.c.plan_id == _ID).order_by(_H.c.id))
_SUMMONED_UNITS = Statement(
    sa.select(_S.c.recipient_org, _S.c.recipient_unit)
    .where(_S.c.org_id == _ME, _S.c.meeting_id == _ID)
    .order_by(_S.c.id)
)
_NAMES = Statement(sa.select(_O.c.id, _O.c.name).where(_O.c.id == sa.any_(ask("ids", sa.ARRAY(sa.Uuid())))))


async def read(tx: Tx, plan_id: UUID, *, operation: str) -> asyncpg.Record | None:
    """The version, if the caller's organisation holds it or an act has shown it; logged as shown."""
    return await tx.row(_READ, id=plan_id, operation=operation)


async def for_use(tx: Tx, plan_id: UUID) -> asyncpg.Record | None:
    """The version for a use case to work with; shown to nobody, so not logged."""
    return await tx.row(_FOR_USE, id=plan_id)


async def read_copy(tx: Tx, plan_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """The own unit's received copy, logged as shown; held whatever becomes of the consent."""
    return await tx.row(_COPY_READ, id=plan_id, all_units=all_units, operation=operation)


async def copy_for_use(tx: Tx, plan_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """The own unit's received copy for a use case to work with; shown to nobody, so not logged."""
    return await tx.row(_COPY_FOR_USE, id=plan_id, all_units=all_units)


async def concerns_my_unit(tx: Tx, holder: UUID, case_id: UUID) -> bool:
    """Whether what came to the caller's organisation in that case came to its unit, or to none by name."""
    return bool(await tx.value(_CONCERNS_ME, holder=holder, case=case_id))


async def individual_here(tx: Tx, holder: UUID, case_id: UUID) -> UUID | None:
    """The caller's own row of the person another organisation's case is about, once something came to it."""
    found: UUID | None = await tx.value(_INDIVIDUAL_HERE, holder=holder, case=case_id)
    return found


async def plan_of_action(tx: Tx, action_id: UUID) -> UUID | None:
    """The version the action is of, if the caller has it in any way."""
    rows = await tx.table("select plan_id from gate_visibility.plan_of_action($1)", action_id)
    return rows[0]["plan_id"] if rows else None


async def of_meeting(tx: Tx, holder: UUID, meeting_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """The drafts written and the plans proposed at a meeting that the caller sees, oldest first."""
    found = await tx.rows(_OF_MEETING, holder=holder, id=meeting_id)
    drafts, plans = (sorted(one["id"] for one in found if one["kind"] == kind) for kind in ("draft", "plan"))
    return drafts, plans


async def read_draft(tx: Tx, draft_id: UUID, *, operation: str) -> asyncpg.Record | None:
    """The draft, if it is the caller's organisation's or has been handed over to it; logged as shown."""
    return await tx.row(_DRAFT_READ, id=draft_id, operation=operation)


async def draft_for_use(tx: Tx, draft_id: UUID) -> asyncpg.Record | None:
    """The draft for a use case to work with; shown to nobody, so not logged."""
    return await tx.row(_DRAFT_FOR_USE, id=draft_id)


async def change_draft(
    tx: Tx, draft_id: UUID, version: int, *, content: bytes, revises: UUID | None, replaces: UUID | None
) -> bool:
    """Replace what an own draft says; False when it is stale or has been handed over."""
    changed = await tx.change(
        _DRAFT_CHANGE,
        of_id=draft_id,
        of_version=version,
        content_sealed=content,
        revises=revises,
        replaces=replaces,
    )
    return changed == 1


async def hand_over_draft(tx: Tx, draft_id: UUID, version: int, at: datetime) -> bool:
    """Hand an own draft over to the chair; False when it is stale or has been handed over already."""
    return await tx.change(_HAND_OVER, of_id=draft_id, of_version=version, handed_over_at=at) == 1


async def words(tx: Tx, holder: UUID, plan_id: UUID) -> list[asyncpg.Record]:
    """Outcome and dates of everything said of a version, for its holder and whom it is shown to."""
    return await tx.table("select * from gate_visibility.words_on_plan($1, $2)", holder, plan_id)


async def approvals(tx: Tx, holder: UUID, plan_id: UUID) -> list[asyncpg.Record]:
    """The approvals and objections with their reasons: all for the holder, its own for anybody else."""
    return await tx.rows(_APPROVALS, holder=holder, id=plan_id)


async def commitments(tx: Tx, holder: UUID, plan_id: UUID) -> list[asyncpg.Record]:
    """The words on actions with their reasons: all for the holder, its own for anybody else."""
    return await tx.rows(_COMMITMENTS, holder=holder, id=plan_id)


async def distributions(tx: Tx, holder: UUID, plan_id: UUID) -> list[asyncpg.Record]:
    """To whom the version has been handed out."""
    return await tx.rows(_DISTRIBUTIONS, holder=holder, id=plan_id)


async def summoned_units(tx: Tx, meeting_id: UUID) -> dict[UUID, UUID | None]:
    """The unit of each organisation that a meeting of the caller's called last."""
    rows = await tx.rows(_SUMMONED_UNITS, id=meeting_id)
    return {one["recipient_org"]: one["recipient_unit"] for one in rows}


async def names_of(tx: Tx, organisations: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those organisations that the directory has."""
    rows = await tx.rows(_NAMES, ids=list(organisations))
    return {one["id"]: one["name"] for one in rows}
