"""Telling those who have a summons that something has changed. A consent that no longer lives stops the
notice too.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from app.db import letters as rows
from app.documents.document import Document
from app.domain.codes import ConsentKind
from app.domain.facts.basics import Unknown
from app.domain.facts.summons import Summons
from app.errors import NotFound
from app.services.at_hand import MeetingFound
from app.services.decision import Decision
from app.services.delivery import Parcel, deliver, person_to_name
from app.services.letters import address_block, noted_address


async def notify(
    decision: Decision,
    at: MeetingFound,
    notice_id: UUID,
    summonses: Sequence[Summons],
    document: Callable[[tuple[str, ...]], Document],
) -> None:
    """Give each of these summonses' recipients a notice, as its own copy of the item `notice_id`.

    `document` makes the letter for the recipient's address lines. Whoever the consent to the call no longer
    covers is
    passed over: withdrawal ends every further act toward it.
    """
    person = await rows.person(decision.tx, at.individual_id)
    if person is None:
        raise NotFound
    named = person_to_name(decision, person)
    case = at.found.case
    invitees = {one["id"]: one for one in await rows.invitees(decision.tx, at.meeting.id)}
    for summons in sorted(summonses, key=lambda one: one.organisation_id):
        living = case.consents_covering(ConsentKind.CALL, summons.organisation_id, case.now)
        if not living:
            continue
        unit = None if isinstance(summons.unit_id, Unknown) else summons.unit_id
        units = await rows.units_of(decision.tx, [summons.organisation_id], [unit])
        invitee = invitees.get(summons.invitee_id)
        lines = address_block(
            next((one for one in units if one["id"] == unit), None),
            noted_address(decision, invitee) if invitee else (),
        )
        await deliver(
            decision,
            Parcel(
                kind="notice",
                item_id=notice_id,
                recipient_org=summons.organisation_id,
                recipient_unit=unit,
                consent_id=max(living, key=lambda one: one.said_at).id,
                case_id=at.found.row.id,
                meeting_id=at.meeting.id,
                about_id=summons.id,
                channel=summons.channel.value,
                meets_at=None,
                document=document(lines),
            ),
            named,
        )
