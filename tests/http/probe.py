"""Routes that exist for these tests only, mounted through the real factory, with every kind of value."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field

from app.deps import (
    BearerToken,
    ExpectedVersion,
    IdempotencyKey,
    Links,
    ReadersLanguage,
    RequestFingerprint,
    _bearer_token,
    etag,
)
from app.domain.facts.basics import NoEnd, TheIndividual
from app.domain.judgement import Finding
from app.domain.rule import AtHand, Effect, Words
from app.errors import (
    AgreementBroken,
    Conflict,
    FieldFault,
    IdempotencyInProgress,
    IdempotencyKeyReused,
    NotAllowed,
    NotFound,
    TooManyRequests,
    Unavailable,
    Unprocessable,
    VersionStale,
)
from app.schemas.base import (
    AnswerModel,
    Count,
    Day,
    Flag,
    Id,
    Line,
    Prose,
    ReceiptOut,
    RequestModel,
    Statement,
    UtcTime,
    VersionedAct,
    example_of,
)
from app.schemas.lists import ListQuery, Page, page_links, page_meta
from app.schemas.operation import act, operation
from app.services.receipt import Receipt

ID = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"
HIDDEN = "0190a5e0-7d3c-7cc4-b1f0-000000000000"
HANDLED = {"title": "Ett prov", "count": 1}

router = APIRouter(tags=["api"], dependencies=[Depends(_bearer_token)])


A_FINDING = Finding(
    rule_id="SAM-2",
    effect=Effect.REFUSE,
    clause_ids=("UPP-016", "UPP-066"),
    wording="Samtycke krävs.",
    code="CONSENT_MISSING",
    pointer="/attendees/3",
    message=Words("Samtycke saknas.", "Consent is missing."),
    remedy=Words("Inhämta samtycke.", "Ask for consent."),
    owed_by=TheIndividual(),
    subject=AtHand(),
    deadline=NoEnd(),
)


class Inner(RequestModel):
    """Something inside."""

    name: Line


class ProbeIn(RequestModel):
    """One field of every kind."""

    title: Line
    count: Count
    long_text: Prose | None = None
    is_open: Flag = False
    held_on: Day | None = None
    held_at: UtcTime | None = None
    owner_id: Id | None = None
    attendees: list[Inner] = Field(default=[], max_length=50)


class ProbeOut(AnswerModel):
    """What was asked for."""

    title: str
    held_at: UtcTime


class ProbePage(Page[ProbeOut]):
    """A page of probes."""


class ProbeQuery(ListQuery):
    """A list with one parameter more."""

    title: Line | None = None


class ProbeAct(VersionedAct):
    """An act without more."""


class ProbeStatement(Statement):
    """A statement without more."""


PROBE = example_of(ProbeIn, {"title": "Ett prov", "count": 1})
ANSWER: dict[str, Any] = {"title": "Ett prov", "heldAt": "2026-03-02T09:00:00Z"}
MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@router.post("/probes", **act("createProbe", sv="Skapa ett prov.", en="Create a probe.", body=PROBE))
async def create_probe(
    body: ProbeIn,
    response: Response,
    key: IdempotencyKey,
    fingerprint: RequestFingerprint,
    links: Links,
    language: ReadersLanguage,
) -> ReceiptOut:
    """Store nothing, answer the receipt."""
    response.headers["Location"] = links.url(f"/probes/{ID}")
    response.headers["X-Fingerprint"] = fingerprint.hex()
    receipt = Receipt.of(UUID(ID), MOMENT, remarks=[A_FINDING])
    return ReceiptOut.of(receipt, language, links("self", f"/probes/{ID}"))


PAGE_EXAMPLE = {
    "items": [ANSWER],
    "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
    "_links": [
        {"rel": "self", "href": "https://api.flerpart.example/flerpart/v0/probes?page=1", "method": "GET"}
    ],
}


@router.get("/probes", **operation("listProbes", sv="Lista prov.", en="List probes.", answer=PAGE_EXAMPLE))
async def list_probes(query: Annotated[ProbeQuery, Query()], links: Links) -> ProbePage:
    """Forty-five probes, of which the first two are written."""
    probe = ProbeOut(title="Ett prov", held_at=MOMENT)
    return ProbePage(
        items=[probe, probe],
        meta=page_meta(query, 2, 45),
        links=page_links(links.url("/probes"), query, more=True, total=45),
    )


@router.get(
    "/probes/{probeId}", **operation("getProbe", sv="Läs ett prov.", en="Read a probe.", answer=ANSWER)
)
async def get_probe(probe_id: Annotated[Id, Path(alias="probeId")], token: BearerToken) -> ProbeOut:
    """One probe; one id is hidden."""
    if str(probe_id) != ID:
        raise NotFound
    return ProbeOut(title="Ett prov", held_at=MOMENT)


@router.put(
    "/probes/{probeId}", **operation("putProbe", sv="Ändra.", en="Change.", answer=ANSWER, body=PROBE)
)
async def put_probe(
    probe_id: Annotated[Id, Path(alias="probeId")],
    body: ProbeIn,
    version: ExpectedVersion,
    response: Response,
) -> ProbeOut:
    """Change the probe; its new version is the tag."""
    response.headers["ETag"] = etag(version + 1)
    return ProbeOut(title=body.title, held_at=MOMENT)


@router.post(
    "/probes/{probeId}/acts",
    **act("actOnProbe", sv="Handla.", en="Act.", body=example_of(ProbeAct, {"version": 1})),
)
async def act_on_probe(
    probe_id: Annotated[Id, Path(alias="probeId")], body: ProbeAct, links: Links
) -> ReceiptOut:
    """Answer with the reasons as they were understood."""
    return ReceiptOut(
        id=probe_id,
        recorded_at=MOMENT,
        version=body.version + len(body.reasons()),
        remarks=[],
        links=[links("self", f"/probes/{probe_id}")],
    )


@router.post(
    "/probes/{probeId}/statements",
    **act(
        "stateOnProbe",
        sv="Säg något.",
        en="State something.",
        body=example_of(ProbeStatement, {"occurredAt": "2026-03-02T09:00:00Z", "channel": "letter"}),
    ),
)
async def state_on_probe(
    probe_id: Annotated[Id, Path(alias="probeId")], body: ProbeStatement, links: Links
) -> ReceiptOut:
    """Answer with the time that was stated."""
    return ReceiptOut(
        id=probe_id, recorded_at=body.occurred_at, remarks=[], links=[links("self", f"/probes/{probe_id}")]
    )


EMAIL_INVALID = FieldFault(
    "EMAIL_INVALID", Words("E-postadressen är ogiltig.", "The e-mail address is invalid.")
)

FAILURES: dict[str, Exception] = {
    "agreement": AgreementBroken([A_FINDING]),
    "stale": VersionStale(),
    "progress": IdempotencyInProgress(),
    "reused": IdempotencyKeyReused(),
    "conflict": Conflict(Words("Redan avslutat.", "Closed already.")),
    "forbidden": NotAllowed(),
    "scope": NotAllowed(missing_scope="https://api.flerpart.example/flerpart/write"),
    "often": TooManyRequests(30),
    "unavailable": Unavailable(),
    "field": Unprocessable(EMAIL_INVALID.at("/individual/email")),
    "crash": RuntimeError("198001019297 must not be seen"),
    "chained": KeyError("198001019297 must not be seen"),
}
FAILURES["chained"].__cause__ = ValueError("198001019297 must not be seen")


@router.get(
    "/failures/{kind}",
    **operation("getFailure", sv="Misslyckas.", en="Fail.", answer=ANSWER, also=(409, 422)),
)
async def get_failure(kind: Annotated[str, Path()]) -> ProbeOut:
    """Fail in the way asked for."""
    raise FAILURES[kind]
