"""Letters and plans on the wire: the document as it was rendered, in parts and as plain text."""

from typing import Any, Self

from pydantic import Field

from app.documents.document import Document
from app.schemas.base import AnswerModel


class SectionOut(AnswerModel):
    """A heading and the lines under it."""

    heading: str
    lines: list[str] = Field(max_length=500)


class DocumentOut(AnswerModel):
    """A document as its reader gets it; always in Swedish, in the agreement's own words."""

    title: str
    addressee: list[str] = Field(max_length=20)
    sections: list[SectionOut] = Field(max_length=100)
    text: str = Field(description="Hela dokumentet som text. The whole document as text.")

    @classmethod
    def of(cls, document: Document) -> Self:
        """The document with its plain text."""
        return cls(
            title=document.title,
            addressee=list(document.to),
            sections=[SectionOut(heading=one.heading, lines=list(one.lines)) for one in document.sections],
            text=document.as_text(),
        )


DOCUMENT: dict[str, Any] = {
    "title": "Kallelse till flerpartsmöte",
    "addressee": ["Arbetsförmedlingen Uppsala", "Box 66", "751 03 Uppsala"],
    "sections": [{"heading": "Dag och tid", "lines": ["måndag 13 april 2026 kl. 10.00–11.00"]}],
    "text": "Kallelse till flerpartsmöte\n\nDag och tid\nmåndag 13 april 2026 kl. 10.00–11.00\n",
}
