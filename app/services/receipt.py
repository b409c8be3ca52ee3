"""What an act or a statement is answered with, kept so that the same key is answered the same way."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from app.domain.judgement import Finding
from app.domain.rule import Words


@dataclass(frozen=True)
class Remark:
    """A finding that stopped nothing, as the caller hears of it. Nothing in it is about a person."""

    rule_id: str
    clause_ids: tuple[str, ...]
    effect: str
    code: str
    pointer: str
    wording: str
    message: Words
    remedy: Words

    @property
    def clause_id(self) -> str:
        """The clause cited."""
        return self.clause_ids[0]

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """The finding as a remark."""
        return cls(
            rule_id=finding.rule_id,
            clause_ids=finding.clause_ids,
            effect=finding.effect.value,
            code=finding.code,
            pointer=finding.pointer,
            wording=finding.wording,
            message=finding.message,
            remedy=finding.remedy,
        )


@dataclass(frozen=True)
class Receipt:
    """Stored, under this id, at this time (UTC), with these remarks;
    `version` where something has a new one.
    """

    id: UUID
    recorded_at: datetime
    version: int | None
    remarks: tuple[Remark, ...]

    @classmethod
    def of(
        cls, item_id: UUID, at: datetime, *, version: int | None = None, remarks: Iterable[Finding] = ()
    ) -> Self:
        """The receipt of what was just done."""
        return cls(item_id, at, version, tuple(Remark.of(finding) for finding in remarks))

    def to_json(self) -> dict[str, Any]:
        """The receipt as it is kept beside its key."""
        return {
            "id": str(self.id),
            "recorded_at": self.recorded_at.isoformat(),
            "version": self.version,
            "remarks": [asdict(remark) for remark in self.remarks],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The receipt that was kept."""
        return cls(
            id=UUID(kept["id"]),
            recorded_at=datetime.fromisoformat(kept["recorded_at"]),
            version=kept["version"],
            remarks=tuple(
                Remark(
                    **{
                        **remark,
                        "clause_ids": tuple(remark["clause_ids"]),
                        "message": Words(**remark["message"]),
                        "remedy": Words(**remark["remedy"]),
                    }
                )
                for remark in kept["remarks"]
            ),
        )
