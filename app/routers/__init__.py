"""HTTP: one file per resource; path and body become values, one service call, the answer's shape."""

from fastapi import APIRouter

from app.routers import (
    accounts,
    agreements,
    api_info,
    case_acts,
    case_readiness,
    cases,
    consents,
    consents_ending,
    deviations,
    individuals,
    me,
    meetings,
    meetings_booking,
    meetings_conduct,
    meetings_preparing,
    meetings_readiness,
    officers,
    organisations,
    rules,
    summons_words,
    summonses,
    tasks,
)

ROUTERS: tuple[APIRouter, ...] = (
    api_info.router,
    me.router,
    tasks.router,
    agreements.router,
    rules.router,
    organisations.router,
    officers.router,
    accounts.router,
    individuals.router,
    cases.router,
    case_acts.router,
    case_readiness.router,
    consents.router,
    consents_ending.router,
    meetings.router,
    meetings_preparing.router,
    meetings_booking.router,
    meetings_readiness.router,
    meetings_conduct.router,
    summonses.router,
    summons_words.router,
    deviations.router,
)
"""Every router, in the order of the published document."""
