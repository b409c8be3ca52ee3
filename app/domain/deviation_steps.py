"""From which state of a deviation each step of its handling can be taken (Part D8)."""

from collections.abc import Mapping, Set
from types import MappingProxyType

from app.domain.codes import DeviationStatus

_S = DeviationStatus

TAKEN_FROM: Mapping[str, Set[DeviationStatus]] = MappingProxyType(
    {
        "confirmed": frozenset({_S.PROPOSED}),
        "dismissed": frozenset({_S.PROPOSED}),
        "in_handling": frozenset({_S.REPORTED, _S.IN_HANDLING}),
        "handled": frozenset({_S.IN_HANDLING}),
    }
)
"""A proposal is confirmed or dismissed by a person; what is reported is handled in the own routine, whose
reference number may come later."""


def can_be_taken(step: str, status: DeviationStatus) -> bool:
    """Whether the step exists from this state."""
    return status in TAKEN_FROM[step]
