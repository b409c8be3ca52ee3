"""Getting hold of a consent: seen or NotFound, the caller's or NotAllowed, then locked with its case."""

from dataclasses import dataclass
from uuid import UUID

from app.db import consents as rows
from app.db import consents_effects as effects
from app.db.facts import Found, case_as_seen, case_for_change
from app.domain.access import Relation
from app.domain.codes import ConsentKind
from app.domain.facts.consent import Consent
from app.errors import NotFound
from app.services.at_hand import asking
from app.services.reading import Reading


@dataclass(frozen=True)
class Standing:
    """Where a consent stands to the caller: whose it is, in which case, and who the person is to them."""

    consent_id: UUID
    kind: ConsentKind
    holder: UUID
    case_id: UUID
    individual_id: UUID | None
    is_own: bool


@dataclass(frozen=True)
class OwnConsent:
    """A consent of the caller's own case, in the picture of that case."""

    standing: Standing
    found: Found
    consent: Consent


async def standing(work: Reading, consent_id: UUID, *, is_shown: bool = False) -> Standing:
    """Where it stands; logged where the answer shows it.

    Raises NotFound where the consent is neither the caller's unit's nor covers it, NotAllowed where the
    operation is not for one who stands to it so.
    """
    if is_shown:
        row = await rows.standing_shown(
            work.tx, consent_id, all_units=work.all_units, operation=work.operation.value
        )
    else:
        row = await rows.standing(work.tx, consent_id, all_units=work.all_units)
    if row is None:
        raise NotFound
    is_own = row["org_id"] == work.me
    work.entitle(Relation.OWN_UNIT if is_own else Relation.COVERED)
    return Standing(
        consent_id=consent_id,
        kind=ConsentKind(row["kind"]),
        holder=row["org_id"],
        case_id=row["case_id"],
        individual_id=row["individual_id"],
        is_own=is_own,
    )


async def own_consent(work: Reading, stands: Standing, *named: UUID, to_change: bool = True) -> OwnConsent:
    """The consent with the complete picture of its case, which is locked when it is to be changed.

    `named` are organisations the request speaks of that the case may not have to do with yet.
    """
    door = case_for_change if to_change else case_as_seen
    found = await door(work.tx, work.me, stands.case_id, asking(work, *named))
    return OwnConsent(stands, found, _only(found.case.consents, stands.consent_id))


async def locked(work: Reading, stands: Standing) -> Consent:
    """The consent as the caller may see it, its case locked: after every change that was under way.

    Raises NotFound where the caller has nothing to do with it any more.
    """
    if not await effects.lock_case(work.tx, stands.holder, stands.case_id):
        raise NotFound
    return await as_seen(work, stands)


async def as_seen(work: Reading, stands: Standing) -> Consent:
    """The consent with as much of what has become of it as the caller may see."""
    found = await rows.facts(work.tx, stands.holder, stands.consent_id)
    return found[stands.consent_id]


def _only(consents: tuple[Consent, ...], consent_id: UUID) -> Consent:
    return next(one for one in consents if one.id == consent_id)
