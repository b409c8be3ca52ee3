"""What a reply to a summons may say, by whom and when; and where the summons then stands."""

from typing import Any

import pytest

from tests.api.calling import EXPLAINED, TIME, called_meeting, consented
from tests.api.conftest import Caller, Clock, Staff
from tests.api.owing import tasks_of
from tests.api.scenes import NEVER, made, prepared_meeting, withdrawn
from tests.api.test_summonses import REPLY


def by(organisation: Caller) -> dict[str, Any]:
    """The envelope of another's word."""
    return {"spokenBy": {"kind": "organisation", "organisationId": str(organisation.organisation_id)}}


@pytest.mark.parametrize(
    ("said", "pointer", "code"),
    [
        ({"occurredAt": "2026-03-03T09:00:00Z"}, "/occurredAt", "DATE_AHEAD"),
        ({"reply": "queried"}, "/text", "TEXT_MISSING"),
        ({"reply": "new_time_proposed"}, "/proposedStartsAt", "TIME_MISSING"),
        ({"spokenBy": {"kind": "individual"}}, "/spokenBy", "SPEAKER_NOT_THE_RECIPIENT"),
        ({"corrects": NEVER}, "/corrects", "STATEMENT_UNKNOWN"),
    ],
)
async def test_a_reply_that_cannot_be_is_refused_by_its_field(
    staff: Staff, said: dict[str, Any], pointer: str, code: str
) -> None:
    """From the future, without its words, in another's name, correcting nothing: refused, and nothing is
    kept.
    """
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    refused = await af.post(f"{path}/replies", REPLY | said)
    assert refused.status_code == 422
    field = refused.json()["invalidParameters"][0]
    assert (field["pointer"], field["code"]) == (pointer, code)
    assert (await af.get(path)).json()["replies"] == []


async def test_the_sender_says_whose_word_it_was_and_how_it_came(staff: Staff) -> None:
    """A word recorded for the recipient came some way, and is the recipient's and nobody else's."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    called = await called_meeting(fk, af, kommun)
    path = f"/summonses/{called.summonses[af.organisation_id]}/replies"
    unsaid = await fk.post(path, REPLY | by(af))
    others = await fk.post(path, REPLY | by(kommun) | {"channel": "telephone"})
    codes = [one.json()["invalidParameters"][0]["code"] for one in (unsaid, others)]
    assert codes == ["CHANNEL_NOT_TOLD", "SPEAKER_NOT_THE_RECIPIENT"]
    await made(fk, path, REPLY | by(af) | {"channel": "telephone"})


async def test_a_word_recorded_for_a_recipient_is_read_by_it_and_its_own_outranks_it(staff: Staff) -> None:
    """The recipient sees what was written down in its name, and by whom, for as long as consent covers it."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    called = await called_meeting(fk, af, kommun)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(fk, f"{path}/replies", REPLY | by(af) | {"channel": "telephone", "speakerName": "Kim Exempel"})

    async def read() -> tuple[list[dict[str, Any]], str]:
        told = (await af.get(path)).json()
        (listed,) = [one for one in (await af.get("/summonses")).json()["items"] if one["id"] == told["id"]]
        return told["replies"], listed["lastReply"]

    ((recorded,), listed) = await read()
    assert recorded["recordedByOrganisationId"] == str(fk.organisation_id)
    assert (recorded["organisationId"], recorded["speakerName"]) == (str(af.organisation_id), "Kim Exempel")
    assert (recorded["reply"], listed) == ("accepted", "accepted")
    theirs = (await kommun.get(f"/summonses/{called.summonses[kommun.organisation_id]}")).json()
    assert theirs["replies"] == []

    await made(af, f"{path}/replies", REPLY | {"reply": "declined", "text": "Ingen handläggare"})
    replies, listed = await read()
    assert ([one["reply"] for one in replies], listed) == (["accepted", "declined"], "declined")
    await made(fk, f"{path}/replies", REPLY | by(af) | {"channel": "telephone"})
    assert (await read())[1] == "declined"
    await withdrawn(fk, called.consent_id)
    replies, listed = await read()
    assert ([one["reply"] for one in replies], listed) == (["declined"], "declined")


async def test_a_reply_told_wrongly_is_corrected_by_its_speaker(staff: Staff) -> None:
    """The corrected word counts no more; another's word, or one of another summons, is none of the
    speaker's.
    """
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    called = await called_meeting(fk, af, kommun)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    wrong = await made(af, f"{path}/replies", REPLY | {"reply": "declined"})
    theirs = f"/summonses/{called.summonses[kommun.organisation_id]}/replies"
    refused = await kommun.post(theirs, REPLY | {"corrects": str(wrong)})
    assert refused.json()["invalidParameters"][0]["code"] == "STATEMENT_UNKNOWN"
    await made(af, f"{path}/replies", REPLY | {"corrects": str(wrong)})
    assert (await fk.get(path)).json()["status"] == "accepted"


async def test_whoever_comes_to_a_remote_meeting_is_asked_for_an_address(staff: Staff) -> None:
    """UPP-101: the recipient's own yes without an address for the link is kept with a remark; with one,
    without.
    """
    fk, af = await staff("FK"), await staff("AF")
    begun = await prepared_meeting(fk, af)
    remote = {"version": begun.version, "time": TIME | {"mode": "remote", "place": None}}
    booked = await fk.post(f"{begun.path}/bookings", remote)
    consent_id = await consented(fk, begun.case, "call", af)
    await made(fk, f"{begun.path}/summonses", {"version": booked.json()["version"]} | EXPLAINED)
    path = f"/summonses/{(await af.get('/summonses')).json()['items'][0]['id']}/replies"
    done = await af.post(path, REPLY)
    assert [(one["ruleId"], one["clauseId"]) for one in done.json()["remarks"]] == [("KAL-17", "UPP-101")]
    assert (await af.post(path, REPLY | {"linkEmail": "moten@example.se"})).json()["remarks"] == []
    await withdrawn(fk, consent_id)
    assert (await af.post(path, REPLY)).json()["remarks"] == []


async def test_after_a_move_both_sides_see_the_summons_unanswered(staff: Staff, clock: Clock) -> None:
    """UPP-051: a yes to the earlier time is no yes to the new one, to the sender and to the recipient
    alike.
    """
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(af, f"{path}/replies", REPLY)
    clock.forward(hours=1)
    later = TIME | {"startsAt": "2026-04-27T08:00:00Z", "endsAt": "2026-04-27T09:00:00Z"}
    why = {"reason": "Sjukdom", "wishedByIndividual": False}
    await made(
        fk, f"{called.meeting.path}/reschedulings", why | {"version": called.meeting.version, "time": later}
    )
    assert [(await one.get(path)).json()["status"] for one in (fk, af)] == ["issued", "issued"]


async def test_an_answered_question_is_open_no_more(staff: Staff, clock: Clock) -> None:
    """UPP-044: until the sender answers it the question stands; then the summons awaits its reply again."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(af, f"{path}/replies", REPLY | {"reply": "queried", "text": "Varför?"})
    assert [(await one.get(path)).json()["status"] for one in (fk, af)] == ["queried", "queried"]
    clock.forward(hours=1)
    await made(fk, f"{path}/answers", {"text": "För arbetsträningen."})
    assert [(await one.get(path)).json()["status"] for one in (fk, af)] == ["issued", "issued"]


async def test_whoever_called_sees_who_has_prepared(staff: Staff) -> None:
    """UPP-029: having prepared is said of what has happened, and is read by both sides."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    refused = await af.post(f"{path}/preparations", {"occurredAt": "2026-03-03T09:00:00Z"})
    assert refused.json()["invalidParameters"][0]["code"] == "DATE_AHEAD"
    assert (await fk.get(path)).json()["prepared"] is None
    said = {"occurredAt": "2026-03-02T08:00:00Z", "note": "Läst in oss"}
    await made(af, f"{path}/preparations", said)
    assert [(await one.get(path)).json()["prepared"] for one in (fk, af)] == [said, said]


async def test_a_recall_for_another_cause_says_nothing_of_a_mistake(staff: Staff) -> None:
    """Only a summons that was sent wrong is said to have been."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(fk, f"{path}/recalls", {"cause": "other"})
    letter = (await af.get(path)).json()["notices"][0]["letter"]["text"]
    assert "Kallelsen gäller inte längre." in letter
    assert "fel" not in letter


async def test_an_officer_who_has_left_leaves_the_summons_to_the_unit(staff: Staff, clock: Clock) -> None:
    """UPP-126: from the day the officer has left, the unit's list says that somebody must take over."""
    fk, af = await staff("FK"), await staff("AF")
    colleague = await staff("AF", unit_id=af.unit_id)
    keeper = await staff("AF", "organisation_administrator")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(af, f"{path}/assignments", {"officerId": str(colleague.officer_id)})
    assert "OFFICER_MISSING" not in await owed(af)
    leaving = {
        "unitId": str(colleague.unit_id),
        "name": "Love Exempel",
        "function": "handläggare",
        "leftOn": "2026-03-03",
    }
    assert (await keeper.put(f"/officers/{colleague.officer_id}", leaving, 1)).status_code == 200
    clock.forward(days=1)
    assert (await owed(af))["OFFICER_MISSING"] == str(called.summonses[af.organisation_id])
    await made(af, f"{path}/assignments", {"officerId": str(af.officer_id)})
    assert "OFFICER_MISSING" not in await owed(af)


async def owed(caller: Caller) -> dict[str, str]:
    """What is on the caller's list, and what it is about."""
    return {one["code"]: one["subjectId"] for one in await tasks_of(caller)}
