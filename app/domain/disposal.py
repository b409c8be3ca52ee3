"""Disposal (gallring): how long an organisation keeps what is its own, and from which day it may let it go.

No statute and no clause of the agreement says it for everybody: each organisation decides, by law, regulation
or its archive authority, and says so in a rule with its source. Without a rule nothing is disposed of.
"""

from calendar import monthrange
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.domain.codes import DisposalEvent, DisposalKind

EVENTS: Mapping[DisposalKind, Set[DisposalEvent]] = MappingProxyType(
    {
        DisposalKind.CASE: {DisposalEvent.CASE_CLOSED, DisposalEvent.CONSENT_ENDED},
        DisposalKind.RECEIVED_COPY: {DisposalEvent.COPY_RECEIVED},
        DisposalKind.STATEMENT: {DisposalEvent.LAST_SAID},
        DisposalKind.INDIVIDUAL: {DisposalEvent.REGISTERED},
    }
)
"""Each kind's events: what has not closed, come in or been said has no time that could run out."""

LONGEST_MONTHS = 1200


@dataclass(frozen=True)
class Keeping:
    """So many months, from the day of the event or from the end of its year."""

    months: int
    from_year_end: bool

    def ends_on(self, event_on: date) -> date:
        """The first day on which it may be disposed of. A month that lacks the day ends on its last one."""
        start = date(event_on.year + 1, 1, 1) if self.from_year_end else event_on
        years, month = divmod(start.month - 1 + self.months, 12)
        year = start.year + years
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
