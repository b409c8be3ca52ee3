"""The agreement the caller's organisation is part of, where the request is not about a case that has one."""

from app.db import directory
from app.domain.agreement import Agreement
from app.domain.rule import Words
from app.errors import FieldError, InitiatorNotParty, Unprocessable
from app.services.reading import Reading

SEVERAL_AGREEMENTS = Words(
    "Organisationen är part i flera överenskommelser: ange vilken",
    "The organisation is a party to several agreements: say which",
)


async def own_agreement(work: Reading, agreement_key: str | None) -> Agreement:
    """The agreement that applies today and that the caller's organisation is a party's organisation of.

    Raises InitiatorNotParty, and Unprocessable where there are several and none is named.
    """
    applying = [
        work.house.agreements.applying(row["agreement_key"], work.today)
        for row in await directory.memberships(work.tx, work.me)
    ]
    as_party = [file.agreement for file in applying if file and file.party_of(work.me)]
    chosen = [one for one in as_party if agreement_key in (None, one.key)]
    if not chosen:
        raise InitiatorNotParty
    if len(chosen) > 1:
        raise Unprocessable(FieldError("/agreementKey", "MISSING", SEVERAL_AGREEMENTS))
    return chosen[0]


def only_agreement(work: Reading) -> Agreement | None:
    """The same, where a received letter does not say under which it was sent; None where it is not clear."""
    keys = {file.agreement.key for file in work.house.agreements if file.party_of(work.me)}
    file = work.house.agreements.applying(keys.pop(), work.today) if len(keys) == 1 else None
    return file.agreement if file else None
