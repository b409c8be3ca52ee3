"""The case itself: from a seen need to the closing, and the caller's own deviations in it."""

from datetime import date
from typing import Final

from app.db.facts.reading import Row, Tables, Unreadable, in_order, latest
from app.domain.codes import (
    Answer,
    AssessmentBasis,
    ClosureReason,
    ContactAbout,
    DeviationStatus,
    DeviationType,
    NeedArea,
    NeedOutcome,
    OfferAnswer,
    OtherPlan,
    SubjectKind,
)
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.case import (
    Carrier,
    Closure,
    Contact,
    Deviation,
    NeedAssessment,
    Offer,
    Person,
    ProposedByARule,
    ReportedByAPerson,
    Subject,
)

# What a step of handling makes of a deviation: a proposal that a person confirms is reported.
STEPS: Final = {
    "confirmed": DeviationStatus.REPORTED,
    "dismissed": DeviationStatus.DISMISSED,
    "in_handling": DeviationStatus.IN_HANDLING,
    "handled": DeviationStatus.HANDLED,
}


def carrier(tables: Tables, today: date) -> Carrier:
    """Who has hold of the case now; nobody when its carrier has left the organisation."""
    row = latest(tables.all("case_carrier"))
    here = row is not None and row.day_or("officer_left_on", date.max) > today
    return Carrier(
        unit_id=tables.one("case_file").id("unit_id"),
        officer_id=row.id("officer_id") if row is not None and here else NotYet(),
    )


def person(tables: Tables) -> Person:
    """What stands open of the individual. The birth date is sealed, and so not known here."""
    row = tables.one("individual")
    return Person(
        birth_date=Unknown(),
        municipality=row.text_or("municipality", Unknown()),
        has_communication_needs=row.code("has_communication_needs", Answer),
    )


def assessments(tables: Tables) -> tuple[NeedAssessment, ...]:
    """Every assessment of need."""
    return tuple(
        NeedAssessment(
            id=row.id("id"),
            assessed_on=row.day("assessed_on"),
            need_seen_on=row.day("need_seen_on"),
            assessor_id=row.id("assessor_id"),
            outcome=row.code("outcome", NeedOutcome),
            bases=row.codes("grounds", AssessmentBasis),
            needs=row.codes("needs", NeedArea),
            individual_took_part=row.flag("individual_took_part"),
            other_plan=row.code("other_plan", OtherPlan),
        )
        for row in tables.all("need_assessment")
    )


def offers(tables: Tables) -> tuple[Offer, ...]:
    """Meetings offered to the individual, and the answers."""
    return tuple(
        Offer(id=row.id("id"), answer=row.code("answer", OfferAnswer), occurred_on=row.day("occurred_on"))
        for row in tables.all("offer")
    )


def contacts(tables: Tables) -> tuple[Contact, ...]:
    """Contacts with other organisations, answered or not; a corrected one no longer counts."""
    rows = tables.all("contact")
    corrected = {row.id("corrects") for row in rows if row.is_given("corrects")}
    return tuple(
        Contact(
            id=row.id("id"),
            meeting_id=row.id_or("meeting_id", Unknown()),
            with_organisation=row.id("with_org"),
            about=row.code("about", ContactAbout),
            at=row.instant("occurred_at"),
            answered=row.flag("answered"),
            names_the_person=row.flag("names_the_person"),
        )
        for row in rows
        if row.id("id") not in corrected
    )


def deviations(tables: Tables) -> tuple[Deviation, ...]:
    """The deviations that the caller's organisation has in the case."""
    return tuple(
        Deviation(
            id=row.id("id"),
            organisation_id=row.id("org_id"),
            unit_id=row.id("unit_id"),
            concerns=row.id("about_org"),
            type=row.code("type", DeviationType),
            origin=_origin(row),
            attempts=row.number_or("attempts", Unknown()),
            occurred_on=row.day("occurred_on"),
            steps=tuple(_step(one) for one in in_order(row.rows("steps"))),
        )
        for row in tables.all("deviation")
    )


def closure(tables: Tables) -> Closure | NotYet:
    """How the case ended."""
    row = latest(tables.all("closure"))
    if row is None:
        return NotYet()
    return Closure(reason=row.code("reason", ClosureReason), at=row.instant("recorded_at"))


def _origin(row: Row) -> ReportedByAPerson | ProposedByARule:
    match row.text("origin"):
        case "reported":
            return ReportedByAPerson()
        case "proposed":
            subject = Subject(row.code("subject_kind", SubjectKind), row.id("subject_id"))
            return ProposedByARule(rule_id=row.text("proposed_by_rule"), subject=subject)
        case _:
            raise Unreadable("deviation.origin has an unknown word")


def _step(row: Row) -> DeviationStatus:
    try:
        return STEPS[row.text("step")]
    except KeyError:
        raise Unreadable("deviation.steps.step has an unknown word") from None
