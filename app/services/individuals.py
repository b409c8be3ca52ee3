"""The individual, as the caller's organisation knows them: registered, looked up, read, changed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db import individuals as rows
from app.db import protection as protection_rows
from app.db.ids import new_id
from app.db.reading import Shown
from app.db.tables.cases import Individual
from app.db.tables.records import ReadEntry
from app.domain.access import Operation
from app.domain.codes import Answer
from app.domain.facts.basics import Unknown
from app.domain.identity_numbers import IdentityKind, IdentityNumber, IdentityNumberInvalid, parse
from app.domain.rule import Words
from app.errors import FieldError, FieldFault, NotFound, PreconditionFailed, Unprocessable
from app.services.dates import not_ahead
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.reading import Reading
from app.services.receipt import Receipt
from app.services.sight import sight_of_person

NOT_PROTECTED = "none"
ANOTHER_DAY = FieldFault(
    "BIRTH_DATE_CONTRADICTS",
    Words("Födelsedatum är ett annat än numrets", "The birth date is another than the number's"),
)
FROM_THE_REGISTER = "population_register"
WHEREABOUTS = ("contact_sealed", "municipality")


@dataclass(frozen=True)
class Contact:
    """How a person is reached. Masked in every answer where the identity is protected."""

    address: tuple[str, ...]
    telephone: str | None
    email: str | None


@dataclass(frozen=True)
class Particulars:
    """What may be kept, and later changed, of a person."""

    name: str
    contact: Contact | None
    municipality: str | None
    has_communication_needs: Answer
    communication_needs: str | None


@dataclass(frozen=True)
class IndividualShown:
    """A person, opened for the caller. A protected one's contact and municipality are for the cleared."""

    id: UUID
    version: int
    name: str
    identity_kind: str
    identity_number: str | None
    birth_date: date | None
    contact: Contact | None
    municipality: str | None
    has_communication_needs: Answer
    communication_needs: str | None
    protected_identity: str


async def register(
    desk: Desk,
    key: RequestKey,
    particulars: Particulars,
    identity: tuple[IdentityKind, str] | None,
    birth_date: date | None,
    protection: str,
) -> Receipt:
    """Register a person at the caller's organisation,
    with a number, or with the word that none exists (UPP-087).

    Raises Unprocessable for a number that cannot be,
    and AlreadyExists where the organisation has the person already.
    """
    number = _parsed(*identity, desk.today) if identity else None
    born = _born(number, birth_date, desk.today)
    async with desk.deciding(Operation.REGISTER_INDIVIDUAL, key) as decision:
        if decision.answered:
            return decision.answered
        individual_id = new_id()

        def sealed(column: str, text: str | None) -> bytes | None:
            return decision.seal_given(Individual, individual_id, column, text)

        await decision.tx.add(
            Individual(
                org_id=decision.me,
                id=individual_id,
                identity_kind=number.kind.value if number else "none",
                identity_sealed=sealed("identity_sealed", number.value if number else None),
                identity_index=_index(decision, number) if number else None,
                birth_date_sealed=sealed("birth_date_sealed", born.isoformat() if born else None),
                recorded_at=desk.now,
                protected_identity=NOT_PROTECTED,
                **_columns(decision, individual_id, particulars),
            )
        )
        if protection != NOT_PROTECTED:
            await protection_rows.mark(
                decision.tx, individual_id, protection, FROM_THE_REGISTER, decision.today
            )
        await decision.journal("individual", individual_id, individual_id=individual_id)
        return await decision.conclude(Receipt.of(individual_id, desk.now, version=1))


async def look_up(desk: Desk, kind: IdentityKind, text: str, reason: str) -> IndividualShown:
    """The person with this number, if the caller's own organisation has them; nobody else is asked. Why they
    were looked up is logged, sealed.

    Raises Unprocessable for a number that cannot be,
    NotFound where the organisation does not know the person.
    """
    number = _parsed(kind, text, desk.today)
    async with desk.reading(Operation.LOOK_UP_INDIVIDUAL) as reading:
        row = await rows.look_up(reading.tx, _index(reading, number))
        if row is None:
            raise NotFound
        log_id = new_id()
        sealed = reading.seal(ReadEntry, log_id, "reason_sealed", reason)
        await reading.log_shown(Shown("individual", reading.me, row["id"], None, row["id"], log_id, sealed))
        shown = await _shown(reading, row)
        await reading.commit()
        return shown


async def read(desk: Desk, individual_id: UUID) -> IndividualShown:
    """One person the caller's unit has to do with. Raises NotFound for everybody else."""
    async with desk.reading(Operation.READ_INDIVIDUAL) as reading:
        row = await rows.read(
            reading.tx, individual_id, all_units=reading.all_units, operation=reading.operation.value
        )
        if row is None:
            raise NotFound
        shown = await _shown(reading, row)
        await reading.commit()
        return shown


async def change(desk: Desk, individual_id: UUID, version: int, particulars: Particulars) -> IndividualShown:
    """Replace what may change of a person. Whoever may not see contact and municipality changes them only by
    giving others.

    Raises NotFound, and PreconditionFailed when the version is not the present.
    """
    async with desk.deciding(Operation.CHANGE_INDIVIDUAL, None) as decision:
        before = await rows.for_use(decision.tx, individual_id, all_units=decision.all_units)
        if before is None:
            raise NotFound
        columns = _columns(decision, individual_id, particulars)
        if (await sight_of_person(decision, individual_id)).is_barred:
            columns |= {name: before[name] for name in WHEREABOUTS if columns[name] is None}
        columns.pop("version")
        if not await rows.change(decision.tx, individual_id, version, **columns):
            raise PreconditionFailed
        await decision.journal("individual", individual_id, individual_id=individual_id)
        row = await rows.read(
            decision.tx,
            individual_id,
            all_units=decision.all_units,
            operation=Operation.READ_INDIVIDUAL.value,
        )
        if row is None:
            raise NotFound
        shown = await _shown(decision, row)
        await decision.commit()
        return shown


def _parsed(kind: IdentityKind, text: str, today: date) -> IdentityNumber:
    """The number, or the field error that says it cannot be."""
    try:
        return parse(kind, text, today)
    except IdentityNumberInvalid as invalid:
        raise Unprocessable(
            FieldError(
                "/identity/value",
                invalid.code,
                Words("Numret är inte ett sådant nummer", "The number is not one of that kind"),
            )
        ) from None


def _born(number: IdentityNumber | None, said: date | None, today: date) -> date | None:
    """The birth date, by the number where that tells it. Raises Unprocessable for a day to come, and for
    another day than the number's.
    """
    if said is not None:
        not_ahead(said, today, "/birthDate")
    if number is None or isinstance(number.birth_date, Unknown):
        return said
    if said not in (None, number.birth_date):
        raise Unprocessable(ANOTHER_DAY.at("/birthDate"))
    return number.birth_date


def _index(reading: Reading, number: IdentityNumber) -> bytes:
    """The blind index of a number in the caller's organisation, and in no other."""
    return reading.house.sealer.blind_index(reading.me, number.kind.value, number.value)


def _columns(reading: Reading, individual_id: UUID, particulars: Particulars) -> dict[str, Any]:
    """What may be kept of a person, sealed for its row."""
    contact = particulars.contact

    def sealed(column: str, text: str | None) -> bytes | None:
        return reading.seal_given(Individual, individual_id, column, text)

    return {
        "name_sealed": sealed("name_sealed", particulars.name),
        "contact_sealed": sealed(
            "contact_sealed",
            json.dumps(asdict(contact), ensure_ascii=False) if contact else None,
        ),
        "municipality": particulars.municipality,
        "has_communication_needs": particulars.has_communication_needs.value
        if particulars.communication_needs is None
        else Answer.YES.value,
        "communication_needs_sealed": sealed("communication_needs_sealed", particulars.communication_needs),
        "version": 1,
    }


async def _shown(reading: Reading, row: Mapping[str, Any]) -> IndividualShown:
    """A row opened for the caller; what could lead somebody to a protected person is left out."""
    sight = await sight_of_person(reading, row["id"])

    def opened(column: str) -> str | None:
        return reading.open("individual", row, column)

    born, kept = opened("birth_date_sealed"), sight.of(opened("contact_sealed"))
    contact = json.loads(kept) if kept else None
    return IndividualShown(
        id=row["id"],
        version=row["version"],
        name=opened("name_sealed") or "",
        identity_kind=row["identity_kind"],
        identity_number=opened("identity_sealed"),
        birth_date=date.fromisoformat(born) if born else None,
        contact=Contact(tuple(contact["address"]), contact["telephone"], contact["email"])
        if contact
        else None,
        municipality=sight.of(row["municipality"]),
        has_communication_needs=Answer(row["has_communication_needs"]),
        communication_needs=opened("communication_needs_sealed"),
        protected_identity=row["protected_identity"],
    )
