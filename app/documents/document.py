"""A document as people read it: a title, whom it is to, and sections of lines.

What is sealed and kept is this.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any, Self

HIDDEN = "Skyddad uppgift"
"""What stands in place of what could lead somebody to a protected person."""


@dataclass(frozen=True)
class Section:
    """A heading and the lines under it; the heading is empty where the text speaks for itself."""

    heading: str
    lines: tuple[str, ...]
    otherwise: tuple[str, ...] | None = None
    """What stands there for whoever may not know where a protected person is; None where nothing tells."""

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """The section that was kept. One that does not say whether it tells is taken for one that does."""
        otherwise = kept.get("otherwise", [HIDDEN])
        return cls(kept["heading"], tuple(kept["lines"]), None if otherwise is None else tuple(otherwise))


@dataclass(frozen=True)
class Document:
    """A letter or a plan, rendered once for one reader and never changed."""

    title: str
    to: tuple[str, ...]
    sections: tuple[Section, ...]

    def to_json(self) -> str:
        """The document as it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The document that was sealed."""
        kept = json.loads(text)
        return cls(
            title=kept["title"],
            to=tuple(kept["to"]),
            sections=tuple(map(Section.of, kept["sections"])),
        )

    def as_text(self) -> str:
        """The document as plain lines, for printing and reading."""
        blocks = [self.title, "\n".join(self.to)]
        blocks += ["\n".join(filter(None, (one.heading, *one.lines))) for one in self.sections]
        return "\n\n".join(filter(None, blocks)) + "\n"
