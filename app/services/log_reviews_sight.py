"""What a reviewer of the log may be told of whom a reading was about. Readers are named, and with them their
units; so who a protected person is is told to the cleared alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.services.reading import Reading
from app.services.sight import NOBODY, UNKNOWN, Sight, sights_of_cases, sights_of_persons

About = tuple[UUID | None, UUID | None, UUID | None]
"""A person; or an organisation and its case; or nothing."""


def about(row: Mapping[str, Any]) -> About:
    """Whom a reading was about: a person, or whoever the case of an organisation is about, or nobody."""
    person = row["individual_id"]
    return (person, None, None) if person else (None, row["case_org"], row["case_id"])


async def sights_of_readings(reading: Reading, found: Iterable[Mapping[str, Any]]) -> Mapping[About, Sight]:
    """What the reviewer may be told of each."""
    things = {about(row) for row in found}
    persons = await sights_of_persons(reading, sorted(one for one, _, _ in things if one))
    cases = await sights_of_cases(reading, sorted((org, one) for _, org, one in things if org and one))
    sights: dict[About, Sight] = {}
    for person, holder, case in things:
        if person:
            sights[person, holder, case] = persons.get(person, UNKNOWN)
        elif holder and case:
            sights[person, holder, case] = cases.get((holder, case), UNKNOWN)
        else:
            sights[person, holder, case] = NOBODY
    return sights
