"""The answer to every act and statement: a receipt, and where the thing is."""

from fastapi import Response

from app.errors import Language
from app.schemas.base import FindingOut, Receipt
from app.schemas.links import LinkMaker
from app.services.receipt import Receipt as Done


def receipt(done: Done, path: str, links: LinkMaker, language: Language, response: Response) -> Receipt:
    """The receipt in the reader's language, with `Location` and the link to what it is about."""
    response.headers["Location"] = links.url(path)
    return Receipt(
        id=done.id,
        recorded_at=done.recorded_at,
        version=done.version,
        remarks=[FindingOut.of(remark, language) for remark in done.remarks],
        links=[links("self", path)],
    )
