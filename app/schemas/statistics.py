"""Counts without persons on the wire.

A count of null is under five, or withheld because it would give one back.
"""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints

from app.domain.codes import StatisticKind
from app.errors import Language, said
from app.http import forms
from app.schemas.base import AnswerModel, Code, Day, Linked, RequestModel, example_of
from app.schemas.examples import link_to
from app.schemas.links import LinkMaker
from app.services.statistics import PeriodCounted, Statistics

SMALLEST_SHOWN = 5
MonthAsked = Annotated[str, StringConstraints(pattern=forms.MONTH)]


class PeriodQuery(RequestModel):
    """Of which months, and under which agreement. The answer is in whole thirds of a year."""

    agreement_key: Code | None = Field(
        default=None, description="Behövs bara för den som är med i flera. Only for a member of several."
    )
    from_: MonthAsked | None = Field(
        default=None, alias="from", description="Första månaden. The first month.", examples=["2025-09"]
    )
    to: MonthAsked | None = Field(
        default=None, description="Sista månaden. The last month.", examples=["2026-04"]
    )

    @property
    def first(self) -> date | None:
        """The first day asked about."""
        return date.fromisoformat(f"{self.from_}-01") if self.from_ else None

    @property
    def last(self) -> date | None:
        """A day of the last month asked about."""
        return date.fromisoformat(f"{self.to}-01") if self.to else None


class StatisticsQuery(PeriodQuery):
    """What is counted, and of which months."""

    kind: StatisticKind = Field(description="Vad som räknas. What is counted.")


NULL_IS = (
    "Null är färre än fem, eller undanhållet för att inte röja ett sådant tal. Null is under five, or "
    "withheld so as not to give such a number back."
)


class CountedPartyOut(AnswerModel):
    """A party of the agreement, and its reservation if it made one: to be read beside its numbers."""

    code: str
    name: str
    reservation: str | None


class DetailOut(AnswerModel):
    """What is counted apart."""

    code: str
    label: str


class CellOut(AnswerModel):
    """One count: of a detail, of a party, or of both."""

    detail: str | None = Field(description="Null för summan över alla. Null for the sum over all.")
    party: str | None = Field(description="Null för summan över alla. Null for the sum over all.")
    count: int | None = Field(description=NULL_IS)


class PeriodOut(AnswerModel):
    """The counts of one period: every detail and party, and all sums."""

    starts_on: Day
    ends_on: Day
    is_running: bool = Field(
        description="Pågående: räknas när den är slut. Running: counted when it has ended."
    )
    is_widened: bool = Field(
        description="Längre än en tertial, för att något ska kunna visas. Longer than a third of a year, so "
        "that something may be shown."
    )
    total: int | None = Field(description=NULL_IS)
    cells: list[CellOut] = Field(max_length=5000)

    @classmethod
    def of(cls, period: PeriodCounted, whole: Statistics) -> Self:
        """The period with a cell for everything that may occur, so that a cell's presence tells nothing."""
        details = [*(one.code for one in whole.details), None]
        parties = [*(one.code for one in whole.parties), None]
        places = [(detail, party) for detail in details for party in parties if detail or party]
        return cls(
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            is_running=period.is_running,
            is_widened=period.is_widened,
            total=period.count(None, None),
            cells=[
                CellOut(detail=detail, party=party, count=period.count(detail, party))
                for detail, party in places
            ],
        )


class StatisticsOut(Linked):
    """Counts of one kind, in periods that are the same whatever is asked."""

    kind: str
    agreement_key: str
    smallest_shown: int
    parties: list[CountedPartyOut] = Field(max_length=100)
    details: list[DetailOut] = Field(max_length=500)
    periods: list[PeriodOut] = Field(max_length=200)

    @classmethod
    def of(cls, found: Statistics, language: Language, links: LinkMaker, path: str) -> Self:
        """The counts in the reader's language."""
        return cls(
            kind=found.kind.value,
            agreement_key=found.agreement_key,
            smallest_shown=SMALLEST_SHOWN,
            parties=[
                CountedPartyOut(code=one.code, name=one.name, reservation=one.reservation)
                for one in found.parties
            ],
            details=[DetailOut(code=one.code, label=said(one.words, language)) for one in found.details],
            periods=[PeriodOut.of(one, found) for one in found.periods],
            links=[links("self", path)],
        )


def _example(kind: str, detail: str, label: str, path: str) -> dict[str, Any]:
    return example_of(
        StatisticsOut,
        {
            "kind": kind,
            "agreementKey": "uppsala",
            "smallestShown": SMALLEST_SHOWN,
            "parties": [
                {
                    "code": "AF",
                    "name": "Arbetsförmedlingen",
                    "reservation": "Arbetsförmedlingen deltar i den mån man kan utifrån den rådande "
                    "situationen.",
                }
            ],
            "details": [{"code": detail, "label": label}],
            "periods": [
                {
                    "startsOn": "2025-09-01",
                    "endsOn": "2025-12-31",
                    "isRunning": False,
                    "isWidened": False,
                    "total": 7,
                    "cells": [
                        {"detail": detail, "party": "AF", "count": 7},
                        {"detail": detail, "party": None, "count": 7},
                        {"detail": None, "party": "AF", "count": 7},
                    ],
                }
            ],
            "_links": [link_to(path)],
        },
    )


DEVIATION_STATISTICS = _example("deviation", "absent", "Kallad part kommer inte", "/deviation-statistics")
STATISTICS = _example(
    "meeting_initiated", "flerpartsmote", "Flerpartsmöte", "/statistics?kind=meeting_initiated"
)
