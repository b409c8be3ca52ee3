"""The summons: previewed, refused with every finding, issued with one letter each, replied to, taken back."""

import asyncio
from typing import Any

import pytest

from tests.api.calling import EXPLAINED, TIME, booked_meeting, called_meeting, consented
from tests.api.conftest import Caller, Clock, Staff
from tests.api.scenes import NEVER, invitee, made, meeting, prepared_meeting

REPLY: dict[str, Any] = {"reply": "accepted", "occurredAt": "2026-03-02T09:00:00Z", "channel": "api"}


async def inbox(caller: Caller) -> list[dict[str, Any]]:
    """What lies in the inbox of a caller's unit."""
    answer = await caller.get("/summonses")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_summons_without_consent_is_refused_and_nothing_goes_out(staff: Staff) -> None:
    """UPP-088: without consent to the call no letter is made, and nothing reaches anybody."""
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    refused = await fk.post(f"{held.path}/summonses", {"version": held.version} | EXPLAINED)
    assert refused.status_code == 409
    finding = next(one for one in refused.json()["findings"] if one["ruleId"] == "SAM-4")
    assert (finding["code"], finding["clauseId"], finding["effect"]) == (
        "CALL_CONSENT_MISSING",
        "UPP-088",
        "refuse",
    )
    assert finding["wording"]
    assert finding["remedy"]
    assert await inbox(af) == []
    assert (await fk.get(held.path)).json()["status"] == "scheduled"


async def test_every_finding_is_listed_at_once(staff: Staff) -> None:
    """A refusal lists everything that stands in the way, never just the first."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    await made(fk, f"{begun.path}/invitees", invitee(af) | {"agreedWithIndividual": False})
    refused = await fk.post(f"{begun.path}/summonses", {"version": 2})
    codes = {one["code"] for one in refused.json()["findings"]}
    assert {
        "CALL_CONSENT_MISSING",
        "NOT_PREPARED_WITH_INDIVIDUAL",
        "PARTICIPANT_NOT_AGREED",
        "INVITATION_INCOMPLETE",
        "EMPLOYER_QUESTION",
    } <= codes


async def test_one_act_makes_every_recipients_letter(staff: Staff) -> None:
    """Each called organisation gets its own copy under its own number, saying why it is needed."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    called = await called_meeting(fk, af, kommun)
    for one in (af, kommun):
        shown = (await one.get(f"/summonses/{called.summonses[one.organisation_id]}")).json()
        assert shown["sentHere"] is False
        assert shown["referenceNumber"] >= 1
        assert "Kim Exempel" in shown["letter"]["text"]
        assert "Kan erbjuda arbetsträning" in shown["letter"]["text"]
        assert "måndag 20 april 2026 kl. 10.00–11.00" in shown["letter"]["text"]
        assert "Samtycke till kallelse till flerpartsmöte finns" in shown["letter"]["text"]
    assert (await fk.get(called.meeting.path)).json()["status"] == "summoned"


async def test_the_letter_never_tells_excluded_topics_or_other_recipients_reasons(staff: Staff) -> None:
    """UPP-018, UPP-050: what is not to be brought up, and why others are called, stand in no letter."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    begun = await prepared_meeting(fk)
    await made(fk, f"{begun.path}/invitees", invitee(af) | {"reason": "Orsak för AF"})
    await made(fk, f"{begun.path}/invitees", invitee(kommun) | {"reason": "Orsak för kommunen"})
    booked = await fk.post(f"{begun.path}/bookings", {"version": begun.version + 2, "time": TIME})
    await consented(fk, begun.case, "call", af, kommun, excludedTopics=["ekonomi och skulder"])
    await made(fk, f"{begun.path}/summonses", {"version": booked.json()["version"]} | EXPLAINED)
    letter = (await af.get(f"/summonses/{(await inbox(af))[0]['id']}")).json()["letter"]["text"]
    assert "Orsak för AF" in letter
    assert "Orsak för kommunen" not in letter
    assert "skulder" not in letter


async def test_a_preview_shows_the_letters_and_what_stands_in_the_way(staff: Staff) -> None:
    """Before anything is sent, each letter and every finding can be seen, and nothing is sent by looking."""
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    seen = await fk.post(f"{held.path}/summons-previews", {})
    assert seen.status_code == 200, seen.text
    assert "Kan erbjuda arbetsträning" in seen.json()["letters"][0]["letter"]["text"]
    assert "CALL_CONSENT_MISSING" in {one["code"] for one in seen.json()["findings"]}
    assert await inbox(af) == []


async def test_a_short_lead_time_is_explained(staff: Staff, clock: Clock) -> None:
    """UPP-033: less than five weeks ahead needs a reason,
    which is then kept; five weeks to the day need none.
    """
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    await consented(fk, held.case, "call", af)
    clock.forward(days=15)
    refused = await fk.post(f"{held.path}/summonses", {"version": held.version} | EXPLAINED)
    assert [one["code"] for one in refused.json()["findings"]] == ["LEAD_TIME_SHORT"]
    reasons = [*EXPLAINED["explanations"], {"ruleId": "BOK-3", "reason": "Alla kan den dagen"}]
    done = await fk.post(f"{held.path}/summonses", {"version": held.version, "explanations": reasons})
    assert done.status_code == 201, done.text


async def test_five_weeks_to_the_day_need_no_reason(staff: Staff, clock: Clock) -> None:
    """UPP-033: 35 days from issue to meeting keep the lead time."""
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    await consented(fk, held.case, "call", af)
    clock.forward(days=14)
    done = await fk.post(f"{held.path}/summonses", {"version": held.version} | EXPLAINED)
    assert done.status_code == 201, done.text


async def test_two_calls_at_once_make_one_summons_each(staff: Staff) -> None:
    """Two officers who call at the same moment make one letter for each recipient, not two."""
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    await consented(fk, held.case, "call", af)
    order = {"version": held.version} | EXPLAINED
    both = await asyncio.gather(*(fk.post(f"{held.path}/summonses", order) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]
    assert len(await inbox(af)) == 1


@pytest.mark.parametrize(
    ("reply", "more"),
    [
        ("acknowledged", {}),
        ("queried", {"text": "Varför kallas vi?"}),
        ("accepted", {"linkEmail": "moten@example.se"}),
        ("declined", {"text": "Vi har ingen kontakt med personen."}),
        ("new_time_proposed", {"proposedStartsAt": "2026-04-27T08:00:00Z"}),
    ],
)
async def test_a_recipients_reply_reaches_the_sender(staff: Staff, reply: str, more: dict[str, Any]) -> None:
    """UPP-043, UPP-044, UPP-051:
    what the recipient answers on its own copy, the sender reads on the summons.
    """
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(af, f"{path}/replies", REPLY | {"reply": reply} | more)
    told = (await fk.get(path)).json()
    assert (told["sentHere"], told["status"]) == (True, reply)
    assert told["replies"][0]["text"] == more.get("text")
    assert (await inbox(af))[0]["lastReply"] == reply


async def test_a_proposed_time_must_be_named(staff: Staff) -> None:
    """A proposal of another time without a time is refused by field, and nothing is stored."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    refused = await af.post(f"{path}/replies", REPLY | {"reply": "new_time_proposed"})
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["pointer"] == "/proposedStartsAt"
    assert (await af.get(path)).json()["replies"] == []


async def test_the_sender_records_what_it_was_told_and_the_own_word_outranks_it(staff: Staff) -> None:
    """The chair may write down another's word; what the speaker says itself counts instead, whenever made."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(af, f"{path}/replies", REPLY)
    told = {"reply": "declined", "channel": "telephone", "occurredAt": "2026-03-02T09:00:00Z"}
    await made(fk, f"{path}/replies", told | {"speakerName": "Handläggare Provsson"})
    read = (await fk.get(path)).json()
    assert read["status"] == "accepted"
    assert [(one["speakerName"], one["channel"]) for one in read["replies"]] == [
        (None, "api"),
        ("Handläggare Provsson", "telephone"),
    ]


async def test_a_question_is_answered_by_the_sender_alone(staff: Staff) -> None:
    """UPP-044: the sender answers, the recipient reads it; the recipient itself may not answer."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    await made(af, f"{path}/replies", REPLY | {"reply": "queried", "text": "Varför?"})
    assert (await af.post(f"{path}/answers", {"text": "Därför"})).status_code == 403
    await made(fk, f"{path}/answers", {"text": "För arbetsträningen."})
    assert (await af.get(path)).json()["answers"][0]["text"] == "För arbetsträningen."


async def test_a_unit_gives_a_summons_to_its_officer(staff: Staff) -> None:
    """The inbox says who takes care of a summons: an officer of the unit it came to, nobody who would not
    see it.
    """
    fk, af, elsewhere = await staff("FK"), await staff("AF"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    for other, code in ((fk, "OFFICER_UNKNOWN"), (elsewhere, "OTHER_UNIT")):
        refused = await af.post(f"{path}/assignments", {"officerId": str(other.officer_id)})
        assert refused.status_code == 422
        assert refused.json()["invalidParameters"][0]["code"] == code
    await made(af, f"{path}/assignments", {"officerId": str(af.officer_id)})
    assert (await inbox(af))[0]["officerId"] == str(af.officer_id)


async def test_a_recall_tells_the_recipient_who_keeps_its_copy(staff: Staff) -> None:
    """A summons sent wrong needs an incident note; the recipient keeps what it received and gets a notice."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    assert (await fk.post(f"{path}/recalls", {"cause": "sent_wrong"})).status_code == 422
    assert (await af.post(f"{path}/recalls", {"cause": "other"})).status_code == 403
    await made(fk, f"{path}/recalls", {"cause": "sent_wrong", "incidentNote": "Fel enhet"})
    kept = (await fk.get(path)).json()
    assert kept["status"] == "recalled"
    assert kept["recall"] == {"cause": "sent_wrong", "incidentNote": "Fel enhet"}
    kept = (await af.get(path)).json()
    assert "Kim Exempel" in kept["letter"]["text"]
    assert (kept["status"], kept["recalledAt"]) == ("recalled", "2026-03-02T09:00:00Z")
    assert kept["notices"][0]["letter"]["title"] == "Kallelsen är återkallad"
    assert "skickades fel" in kept["notices"][0]["letter"]["text"]
    assert "Fel enhet" not in (await af.get(path)).text
    again = await fk.post(f"{path}/recalls", {"cause": "other"})
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_a_moved_meeting_is_told_and_earlier_replies_no_longer_count(staff: Staff) -> None:
    """UPP-051: moving the meeting gives every recipient a notice with the new time."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    moved = {"startsAt": "2026-04-27T08:00:00Z", "endsAt": "2026-04-27T09:00:00Z", "mode": "on_site"}
    order = {
        "version": called.meeting.version,
        "time": moved,
        "reason": "Sjukdom",
        "wishedByIndividual": True,
    }
    await made(fk, f"{called.meeting.path}/reschedulings", order)
    notice = (await af.get(f"/summonses/{called.summonses[af.organisation_id]}")).json()["notices"][0]
    assert "måndag 27 april 2026 kl. 10.00" in notice["letter"]["text"]
    assert "Sjukdom" not in notice["letter"]["text"]


async def test_a_withdrawal_ends_further_acts_but_not_the_copy(staff: Staff) -> None:
    """After a withdrawal the recipient keeps its letter and may still reply; no further letter reaches it."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    withdrawn = {"occurredAt": "2026-03-02T09:00:00Z", "manner": "oral"}
    await made(af, f"/consents/{called.consent_id}/withdrawals", withdrawn)
    path = f"/summonses/{called.summonses[af.organisation_id]}"
    assert (await af.get(path)).status_code == 200
    await made(af, f"{path}/replies", REPLY)
    await made(fk, f"{path}/recalls", {"cause": "other"})
    kept = (await af.get(path)).json()
    assert (kept["notices"], kept["status"], kept["recalledAt"]) == ([], "accepted", None)


async def test_a_stranger_cannot_tell_a_summons_from_none(staff: Staff) -> None:
    """For an organisation that was not called,
    and for another unit of one that was, the summons does not exist.
    """
    fk, af, kommun, colleague = [await staff(one) for one in ("FK", "AF", "KOMMUN", "AF")]
    called = await called_meeting(fk, af)
    there = f"/summonses/{called.summonses[af.organisation_id]}"
    for stranger in (kommun, colleague):
        hidden, never = await stranger.get(there), await stranger.get(f"/summonses/{NEVER}")
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content
        for path, body in (("replies", REPLY), ("recalls", {"cause": "other"}), ("answers", {"text": "x"})):
            hidden = await stranger.post(f"{there}/{path}", body)
            never = await stranger.post(f"/summonses/{NEVER}/{path}", body)
            assert hidden.status_code == never.status_code == 404
            assert hidden.content == never.content


@pytest.mark.parametrize("role", ["manager", "organisation_administrator", "lokus_member", "analyst"])
async def test_roles_that_may_not_call_are_refused_before_anything_is_looked_up(
    staff: Staff, role: str
) -> None:
    """Only those who handle cases call; everybody else is refused for a meeting that never was."""
    nobody = await staff("FK", role)
    assert (await nobody.post(f"/meetings/{NEVER}/summonses", {"version": 1})).status_code == 403


async def test_whoever_called_sees_where_every_summons_stands(staff: Staff) -> None:
    """The holder's list tells each recipient's state;
    to a called organisation the meeting is not there yet.
    """
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    called = await called_meeting(fk, af, kommun)
    await made(af, f"/summonses/{called.summonses[af.organisation_id]}/replies", REPLY)
    listed = (await fk.get(f"{called.meeting.path}/summonses")).json()["items"]
    assert {one["organisationId"]: one["status"] for one in listed} == {
        str(af.organisation_id): "accepted",
        str(kommun.organisation_id): "issued",
    }
    assert (await af.get(f"{called.meeting.path}/summonses")).status_code == 404
