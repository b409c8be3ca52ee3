import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from app.settings import Settings
from app.wiring import build_app
from dev.test_numbers import published_numbers
from tests.api.calling import called_meeting
from tests.api.conduct import open_meeting, opening
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.planning import handed_out, met, proposed
from tests.api.protecting import protected
from tests.api.scenes import NEVER, PERSON, case, case_with_need, consent, made, meeting
from tests.api.signed import signed

Entry = dict[str, Any]


async def extract(caller: Caller, individual_id: UUID | str, query: str = "limit=100") -> list[Entry]:
    """All of a person's log at the caller's organisation, page after page, newest first."""
    here, found = f"/individuals/{individual_id}/log-entries?{query}", []
    while here:
        page = await caller.get(here)
        assert page.status_code == 200, page.text
        told = page.json()
        found += told["items"]
        following = [one["href"] for one in told["_links"] if one["rel"] == "next"]
        here = following[0].partition("/v0")[2] if following else ""
    return found


def told(entries: list[Entry], kind: str) -> list[str]:
    """The operations of the entries of a kind, oldest first."""
    return [one["operation"] for one in reversed(entries) if one["kind"] == kind]


def counted(names: list[str]) -> Iterator[tuple[str, int]]:
    """How often each name comes."""
    return ((name, names.count(name)) for name in sorted(set(names)))


async def test_the_extract_is_what_the_script_did(staff: Staff) -> None:
    """The extract of a case played from a script has every act and every reading of the script, once each."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    in_case, held = called.meeting.case, called.meeting
    before = await extract(fk, in_case.individual_id)
    script = {
        in_case.path: "readCase",
        f"{in_case.path}/consents": "listConsents",
        f"{in_case.path}/readiness?step=close-case": "readCaseReadiness",
        held.path: "readMeeting",
        f"{held.path}/summonses": "listIssuedSummonses",
        f"{held.path}/consent-coverage": "readConsentCoverage",
        f"/individuals/{in_case.individual_id}": "readIndividual",
        "/cases": "listCases",
        "/meetings": "listMeetings",
        "/tasks": "listTasks",
    }
    for path in script:
        answer = await fk.get(path)
        assert answer.status_code == 200, (path, answer.text)
    assert (await af.get(f"/summonses/{called.summonses[af.organisation_id]}")).status_code == 200
    added = await extract(fk, in_case.individual_id)
    assert told(before, "decision")[:3] == ["registerIndividual", "registerCase", "assessNeed"]
    assert dict(counted(told(before, "decision"))) == {
        "registerIndividual": 1,
        "registerCase": 1,
        "assessNeed": 1,
        "startMeeting": 1,
        "prepareMeeting": 1,
        "changeInvitees": 1,
        "bookMeeting": 1,
        "recordConsent": 1,
        "documentConsent": 1,
        "issueSummons": 1,
    }
    new = [one for one in added if one["id"] not in {old["id"] for old in before}]
    assert sorted(told(new, "read")) == sorted([*script.values(), "listLogEntries"])
    assert told(new, "decision") == []


async def test_an_entry_explains_itself(staff: Staff) -> None:
    """Function and unit, when, what kind of information, for what, whose: in codes, and in a sentence."""
    fk = await staff("FK")
    about = await case(fk)
    assert (await fk.get(about.path)).status_code == 200
    entry = (await extract(fk, about.individual_id))[0]
    unit = (await fk.get(f"/units/{fk.unit_id}")).json()["name"]
    assert {name: entry[name] for name in ("kind", "operation", "category", "purpose", "origin")} == {
        "kind": "read",
        "operation": "readCase",
        "category": "case",
        "purpose": "handling_case",
        "origin": "own",
    }
    assert (entry["caseId"], entry["itemId"]) == (str(about.id), str(about.id))
    assert (entry["unitId"], entry["unitName"], entry["function"]) == (str(fk.unit_id), unit, "handläggare")
    assert entry["ofOrganisationId"] == str(fk.organisation_id)
    assert entry["text"]["sv"] == (
        f"Måndag 2 mars 2026 kl. 10.00: en medarbetare (handläggare) vid {unit}, Försäkringskassan, "
        "läste ärendet. Ändamål: handlägga ärendet. Slag av uppgifter: ärendets gång."
    )
    assert entry["text"]["en"].startswith("2026-03-02 10:00: an employee (handläggare) at ")


async def test_names_are_told_only_where_the_organisation_says_so(
    application: Application, staff: Staff, keys_file: Path
) -> None:
    """Without the setting no officer is named; with it those of that organisation are, and no other's. Of a
    protected person nobody is: by the officer the office is found.
    """
    fk, af = await staff("FK"), await staff("AF")
    of_fk, of_af = await case(fk), await case(af)
    settings = Settings(
        database_url=SecretStr(application.urls.api),
        FLERPART_KEYS_FILE=keys_file,
        FLERPART_NAMES_IN_LOG_EXTRACTS=frozenset({fk.organisation_id}),
    )
    telling = build_app(settings, application.clock)
    for one, about, named in ((fk, of_fk, True), (af, of_af, False)):
        name = (await one.get(f"/officers/{one.officer_id}")).json()["name"]
        assert {entry["officerName"] for entry in await extract(one, about.individual_id)} == {None}
        async with (
            telling.router.lifespan_context(telling),
            httpx.AsyncClient(transport=httpx.ASGITransport(app=telling)) as http,
        ):
            other = Caller(http, one.token, one.organisation_id, one.unit_id, one.officer_id, one.account_id)
            entries = await extract(other, about.individual_id)
            await protected(one, about.individual_id)
            hidden = await extract(other, about.individual_id)
        assert {entry["officerName"] for entry in entries} == {name if named else None}
        assert all((name in entry["text"]["sv"]) is named for entry in entries)
        assert name not in json.dumps(hidden, ensure_ascii=False)


async def test_what_others_showed_and_sent_is_in_ones_own_extract(staff: Staff) -> None:
    """The receiver's log tells what it read of another's: what it received, and what was shown to it, also
    before anything had come that made the person known to it.
    """
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    assert (await af.get(at.path)).status_code == 200
    plan_id = await proposed(fk, at)
    await handed_out(fk, plan_id, af)
    plan = (await af.get(f"/plans/{plan_id}")).json()
    entries = {one["operation"]: one for one in await extract(af, plan["individualId"])}
    early, late = entries["readMeeting"], entries["readPlan"]
    assert (early["origin"], early["ofOrganisationId"]) == ("shown", str(fk.organisation_id))
    assert (late["origin"], late["caseId"]) == ("shown", early["caseId"])
    assert early["caseId"] == str(at.case.id)
    assert "Uppgiften hör till Försäkringskassan." in early["text"]["sv"]
    assert entries["approvePlan"]["kind"] == "decision"


async def test_a_received_letter_is_told_as_received(staff: Staff) -> None:
    """A summons read by its recipient is the recipient's own document, received from its sender."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    summons = (await af.get(f"/summonses/{called.summonses[af.organisation_id]}")).json()
    entry = next(
        one for one in await extract(af, summons["individualId"]) if one["operation"] == "readSummons"
    )
    assert (entry["origin"], entry["ofOrganisationId"]) == ("received", str(fk.organisation_id))
    assert "Mottaget från Försäkringskassan." in entry["text"]["sv"]


async def test_whom_something_was_shown_to_is_told(staff: Staff) -> None:
    """The holder's extract names each organisation a letter, a meeting or a plan was shown to: there the
    person asks on.
    """
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    at = await met(fk, af, recorder=fk)
    await proposed(fk, at)
    found = []
    for about in (called.meeting.case, at.case):
        entries = await extract(fk, about.individual_id)
        found += [one for one in reversed(entries) if one["kind"] == "disclosure"]
    assert [one["itemKind"] for one in found] == ["summons", "meeting", "plan"]
    assert {one["toOrganisationId"] for one in found} == {str(af.organisation_id)}
    assert {(one["operation"], one["unitId"]) for one in found} == {(None, str(fk.unit_id))}
    assert "lämnade ut en kallelse till Arbetsförmedlingen." in found[0]["text"]["sv"]


async def test_each_organisation_has_its_own_log(staff: Staff) -> None:
    """The holder's extract tells nothing of what others did, and the receiver's nothing of the holder's."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    summons = (await af.get(f"/summonses/{called.summonses[af.organisation_id]}")).json()
    mine = await extract(fk, called.meeting.case.individual_id)
    theirs = await extract(af, summons["individualId"])
    assert {one["unitId"] for one in mine} == {str(fk.unit_id)}
    assert {one["unitId"] for one in theirs} == {str(af.unit_id)}


async def test_a_refusal_that_tells_findings_is_in_the_log(staff: Staff) -> None:
    """A refused act stores nothing, but that its findings were shown: once each time."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    refused = await fk.post(f"{begun.path}/openings", opening(fk, af))
    assert refused.json()["code"] == "AGREEMENT_BROKEN"
    entries = await extract(fk, begun.case.individual_id)
    (entry,) = [one for one in entries if one["kind"] == "refusal"]
    assert (entry["operation"], entry["caseId"]) == ("openMeeting", str(begun.case.id))
    assert "fick veta vad som saknas" in entry["text"]["sv"]
    assert "openMeeting" not in told(entries, "decision")


async def test_why_somebody_was_looked_up_is_kept(staff: Staff, application: Application) -> None:
    """The reason stands in the extract, sealed where it is stored; a look-up in vain is in nobody's log."""
    fk = await staff("FK")
    known, unknown = islice(published_numbers(), 100, 102)
    number = {"kind": "personnummer", "value": known}
    body = {key: value for key, value in PERSON.items() if key != "birthDate"} | {"identity": number}
    individual_id = await made(fk, "/individuals", body)
    for value, status in ((known, 200), (unknown, 404)):
        asked = {"identity": number | {"value": value}, "reason": "Samtal från personen"}
        assert (await fk.post("/individual-lookups", asked)).status_code == status
    (entry,) = [one for one in await extract(fk, individual_id) if one["operation"] == "lookUpIndividual"]
    assert entry["reason"] == "Samtal från personen"
    assert entry["caseId"] is None
    async with signed(application, fk) as connection:
        kept = await connection.fetchval(
            "select reason_sealed from flerpart.read_entry where id = $1", UUID(entry["id"])
        )
    assert b"Samtal" not in kept


async def test_taking_the_extract_out_is_logged(staff: Staff) -> None:
    """Each page taken out is an entry of its own, for that purpose."""
    fk = await staff("FK")
    about = await case(fk)
    for _ in range(2):
        await extract(fk, about.individual_id)
    entries = await extract(fk, about.individual_id)
    taken = [one["purpose"] for one in entries if one["operation"] == "listLogEntries"]
    assert taken == ["informing_person"] * 2


async def test_pages_tell_each_entry_once(staff: Staff, clock: Clock) -> None:
    """Page by page the extract is the same as at once, though each page adds an entry."""
    fk = await staff("FK")
    about = await case_with_need(fk)
    for _ in range(3):
        await fk.get(about.path)
        clock.forward(minutes=1)
    whole = [one["id"] for one in await extract(fk, about.individual_id)]
    parts = [one["id"] for one in await extract(fk, about.individual_id, "limit=2")]
    assert parts[1:] == whole
    assert len(set(parts)) == len(parts)


async def test_days_narrow_the_extract(staff: Staff, clock: Clock) -> None:
    """Both days are among those asked for, in Stockholm's time; in the wrong order they are refused."""
    fk = await staff("FK")
    about = await case(fk)
    clock.forward(days=1)
    await fk.get(about.path)
    of_second = await extract(fk, about.individual_id, "from=2026-03-03&to=2026-03-03")
    assert told(of_second, "read") == ["readCase"]
    first = await extract(fk, about.individual_id, "to=2026-03-02")
    assert told(first, "decision") == ["registerIndividual", "registerCase"]
    here = f"/individuals/{about.individual_id}/log-entries"
    refused = await fk.get(f"{here}?from=2026-03-03&to=2026-03-02")
    assert (refused.status_code, refused.json()["code"]) == (400, "QUERY_INVALID")


@pytest.mark.parametrize(
    "cursor",
    ["x", "1", "-", "fffffffffffffff-" + "0" * 32, "1-" + "g" * 32, "1-" + "0" * 31, "1-" + "0" * 33],
)
async def test_a_cursor_nobody_gave_is_refused(staff: Staff, cursor: str) -> None:
    """A cursor of another form is 400; one of the right form is a place in the own log and nothing else."""
    fk = await staff("FK")
    about = await case(fk)
    here = f"/individuals/{about.individual_id}/log-entries"
    assert (await fk.get(f"{here}?cursor={cursor}")).status_code == 400
    for moment in ("0", "f" * 14):
        answer = await fk.get(f"{here}?cursor={moment}-{'f' * 32}")
        assert answer.status_code == 200
        assert (len(answer.json()["items"]) == 0) is (moment == "0")


async def test_a_persons_log_is_for_the_unit_that_has_to_do_with_them(staff: Staff) -> None:
    """Another unit, another organisation and whoever has no cases see no log; hidden is like never was."""
    fk, other, af = await staff("FK"), await staff("FK"), await staff("AF")
    about = await case(fk)
    here = f"/individuals/{about.individual_id}/log-entries"
    never = await other.get(f"/individuals/{NEVER}/log-entries")
    for one in (other, af):
        answer = await one.get(here)
        assert (answer.status_code, answer.content) == (404, never.content)
    administrator = await staff("FK", "organisation_administrator", unit_id=fk.unit_id)
    assert (await administrator.get(here)).status_code == 403


async def test_a_meeting_read_leaves_no_row_of_the_holders_person(staff: Staff) -> None:
    """Before anything came of the person, the receiver's log names the case and no row of another's."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    assert (await af.get(held.path)).status_code == 200
    assert (await af.get(f"/individuals/{held.case.individual_id}/log-entries")).status_code == 404
    await consent(fk, held.case, af)
    assert "readMeeting" not in told(await extract(fk, held.case.individual_id), "read")
