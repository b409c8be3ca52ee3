"""First act: a need is seen, the region is asked first, and the summons goes out once consent is there."""

from datetime import datetime, timedelta

from dev.play.stage import Json
from dev.play.story import Story
from dev.test_numbers import published_numbers

REASONS = {
    "AF": "Arbetsförmedlingen kan erbjuda arbetsträning och behöver planera den.",
    "REGION": "Vården behöver bedöma vilken belastning som är möjlig.",
    "KOMMUN": "Kommunen behöver planera försörjningsstöd och boendestöd.",
}


def play(story: Story) -> None:
    """From the seen need to acknowledged summonses."""
    story.stage.chapter("I. A need is seen, and four authorities are called")
    keep_addresses(story)
    register(story)
    assess(story)
    ask_the_region(story)
    prepare(story)
    book(story)
    call(story)
    answer(story)


def keep_addresses(story: Story) -> None:
    """The region has no fixed address: its administrator keeps the care giver's (UPP-041)."""
    stage, administrator = story.stage, story.stage.players["region-administrator"]
    path = f"/units/{story.region.unit_id}"
    unit = stage.get(administrator, path)
    kept: Json = {
        "name": unit["name"],
        "address": ["Vårdcentralen Exemplet", "Provgatan 2", "753 00 Uppsala"],
        "attention": "Rehabiliteringskoordinator eller motsvarande",
        "telephone": "018-00 00 00",
    }
    stage.put(administrator, path, kept, unit["version"])
    stage.step("The region's administrator keeps the care giver's address", "UPP-041", "UPP-126", made=path)


def register(story: Story) -> None:
    """The next person of the published test series whom Försäkringskassan does not know yet."""
    stage, fk = story.stage, story.fk
    identity = next(
        one
        for one in ({"kind": "personnummer", "value": number} for number in published_numbers())
        if not stage.knows(fk, {"identity": one, "reason": "Ny i pjäsen"})
    )
    person: Json = {
        "identity": identity,
        "name": "Kim Exempelsson",
        "municipality": "0380",
        "contact": {"address": ["Exempelgatan 1", "753 00 Uppsala"], "telephone": "070-000 00 00"},
    }
    story.individual_id = stage.post(fk, "/individuals", person)["id"]
    stage.step(
        f"{fk.name}, Försäkringskassan, registers the person, who has a published test number",
        made=f"/individuals/{story.individual_id}",
    )
    case = stage.post(fk, "/cases", {"individualId": story.individual_id})
    story.case_id, story.case_version = case["id"], case["version"] or 1
    stage.step("and opens a coordination case", "UPP-022", made=story.case_path)


def assess(story: Story) -> None:
    """The need, with its grounds and the person's own view; the offer, and the answer."""
    assessment: Json = {
        "assessedOn": story.today,
        "needSeenOn": story.today,
        "outcome": "need",
        "grounds": ["contact", "health", "work", "economic"],
        "needs": ["health_care", "social_services", "employment"],
        "individualTookPart": True,
        "individualView": "Vill arbeta igen men orkar inte sköta alla kontakter.",
        "otherPlan": "none",
    }
    done = story.act_on_case("need-assessments", assessment)
    story.stage.step("The need is assessed together with the person", "UPP-011", "UPP-012", "UPP-013")
    story.stage.quote(f"remarked: {story.stage.codes(done['remarks'])}")
    story.act_on_case("offers", {"occurredOn": story.today, "channel": "telephone"})
    said: Json = {"occurredOn": story.today, "channel": "telephone", "answer": "accepted"}
    story.stage.post(story.fk, f"{story.case_path}/offer-answers", said)
    story.stage.step("A meeting is offered, and the person accepts", "UPP-008")


def ask_the_region(story: Story) -> None:
    """The region is contacted first, without naming the person."""
    contact: Json = {
        "withOrganisationId": story.region.organisation_id,
        "about": "time",
        "occurredAt": story.now,
        "channel": "telephone",
        "answered": True,
        "namesThePerson": False,
    }
    story.stage.post(story.fk, f"{story.case_path}/contacts", contact)
    story.stage.step("The region is asked first for a time, without naming anybody", "UPP-014", "UPP-030")


def prepare(story: Story) -> None:
    """The meeting, prepared with the person, for those they agreed on."""
    stage, fk = story.stage, story.fk
    meeting: Json = {
        "form": "flerpartsmote",
        "purpose": "samla alla kring en väg tillbaka till arbete",
        "currentSituation": "Sjukskriven på halvtid, i behandling, utan anställning.",
    }
    story.meeting_id = stage.post(fk, f"{story.case_path}/meetings", meeting)["id"]
    stage.step(
        "The meeting is initiated; its initiator will chair it", "UPP-010", "UPP-052", made=story.meeting_path
    )
    preparation: Json = {
        "preparedOn": story.today,
        "withIndividual": True,
        "goals": "Arbeta halvtid inom ett halvår",
        "needsAndWishes": "Möte på förmiddagen, en paus",
        "participationSupport": "Paus efter en halvtimme",
        "relativesOffered": "no",
        "employerExists": "no",
        "employerCalled": "no",
    }
    stage.post(fk, f"{story.meeting_path}/preparations", preparation)
    for party, player in (("AF", story.af), ("REGION", story.region), ("KOMMUN", story.kommun)):
        stage.post(
            fk, f"{story.meeting_path}/invitees", invitee(party, player.organisation_id, str(player.unit_id))
        )
    stage.step(
        "It is prepared with the person, who agrees to everybody invited", "UPP-025", "UPP-027", "UPP-028"
    )
    lacking = stage.get(fk, f"{story.meeting_path}/readiness?step=issue-summons")
    stage.step("What the summons still lacks, asked beforehand")
    stage.quote(stage.lacking(lacking))


def invitee(party: str, organisation_id: str, unit_id: str) -> Json:
    """A unit of a party, as the meeting is for it; the region by its coordinator (UPP-086)."""
    return {
        "kind": "organisation",
        "organisationId": organisation_id,
        "unitId": unit_id,
        "function": "rehabilitation_coordinator" if party == "REGION" else "handläggare",
        "reason": REASONS[party],
        "agreedWithIndividual": True,
        "shownToOutsiders": True,
    }


def book(story: Story) -> None:
    """The region gives a time; that time is booked, and no other."""
    stage = story.stage
    starts_at = (stage.clock() + timedelta(weeks=6, days=1)).replace(
        hour=8, minute=0, second=0, microsecond=0
    )
    offer: Json = {"offeredBy": story.region.organisation_id} | time_of(starts_at)
    offered = stage.post(story.fk, f"{story.meeting_path}/time-offers", offer)
    stage.step("The region gives a time", "UPP-031", "UPP-032")
    other = time_of(starts_at + timedelta(days=1))
    version = story.read_meeting()["version"]
    refused = stage.post(
        story.fk, f"{story.meeting_path}/bookings", {"version": version, "time": other}, expect=409
    )
    stage.step("Another day is refused: the region's date decides", "UPP-032")
    stage.findings(refused)
    story.act_on_meeting("bookings", {"time": {"offerId": offered["id"]}})
    story.meets_at = starts_at
    stage.step("The region's time is booked")


def time_of(starts_at: datetime) -> Json:
    """An hour from then, on site."""
    ends_at = starts_at + timedelta(hours=1)
    return {
        "startsAt": starts_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "endsAt": ends_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "mode": "on_site",
        "place": "Försäkringskassan, rum 4",
    }


def consent(story: Story, kind: str, *organisation_ids: str) -> str:
    """The person consents, after being told how it works;
    Försäkringskassan documents it in its own records.
    """
    said: Json = {
        "kind": kind,
        "answer": "given",
        "occurredAt": story.now,
        "informedAt": story.now,
        "informedOf": ["the_meeting", "participants", "what_is_shared", "withdrawal"],
        "informationAdapted": True,
        "manner": "oral",
        "organisationIds": list(organisation_ids),
        "excludedTopics": ["Min tidigare anställning"],
    }
    consent_id: str = story.stage.post(story.fk, f"{story.case_path}/consents", said)["id"]
    story.stage.post(story.fk, f"/consents/{consent_id}/documentations", {"ownReference": "FK 2026-1"})
    return consent_id


def call(story: Story) -> None:
    """Refused without consent to the call; issued with it, one letter for each."""
    stage, fk = story.stage, story.fk
    version = story.read_meeting()["version"]
    refused = stage.post(fk, f"{story.meeting_path}/summonses", {"version": version}, expect=409)
    stage.step("The summons is refused: nobody has consented to the call", "UPP-088", "UPP-016")
    stage.findings(refused)
    called = (story.af, story.region, story.kommun)
    story.call_consent_id = consent(story, "call", *(one.organisation_id for one in called))
    stage.step(
        "The person consents to the call, orally, after being informed; FK documents it",
        "UPP-015",
        "UPP-020",
        made=f"/consents/{story.call_consent_id}",
    )
    story.act_on_meeting("summonses", {})
    stage.step("Now it goes out: one letter to each, each with its own copy", "UPP-034", "UPP-123")
    inbox = stage.get(story.af, "/summonses")["items"][0]
    letter = stage.get(story.af, f"/summonses/{inbox['id']}")
    stage.step("Arbetsförmedlingen reads its letter", "UPP-047", "UPP-102", made=f"/summonses/{inbox['id']}")
    stage.quote(letter["letter"]["text"])


def answer(story: Story) -> None:
    """One accepts, one is written down by the chair, one does not answer:
    a deviation is proposed and confirmed.
    """
    stage = story.stage
    stage.later(days=2)
    summons = stage.get(story.region, "/summonses")["items"][0]["id"]
    said: Json = {"reply": "accepted", "occurredAt": story.now, "channel": "api"}
    stage.post(story.region, f"/summonses/{summons}/replies", said)
    stage.step("The region accepts", "UPP-043", made=f"/summonses/{summons}")
    by_phone = said | {"channel": "telephone", "speakerName": "Otto Påhitt"}
    issued = stage.get(story.fk, f"{story.meeting_path}/summonses")["items"]
    mine = {one["organisationId"]: one["id"] for one in issued}
    stage.post(story.fk, f"/summonses/{mine[story.kommun.organisation_id]}/replies", by_phone)
    stage.step("The municipality is not connected: the chair records its yes, said by telephone", "UPP-043")
    for days in (7, 3):
        stage.later(days=days)
        tried: Json = {
            "withOrganisationId": story.af.organisation_id,
            "about": "summons",
            "occurredAt": story.now,
            "channel": "telephone",
            "answered": False,
            "namesThePerson": False,
            "meetingId": story.meeting_id,
        }
        stage.post(story.fk, f"{story.case_path}/contacts", tried)
    stage.step("Arbetsförmedlingen does not answer, though it is called twice", "UPP-070")
    tasks = stage.get(story.af, "/tasks")["items"]
    stage.step("It stands on Arbetsförmedlingen's work list", "UPP-043")
    stage.quote(stage.codes(tasks))
    stage.tick()
    proposed = next(one for one in stage.get(story.fk, "/deviations")["items"] if one["status"] == "proposed")
    stage.step("Time proposes a deviation, once", "UPP-070", made=f"/deviations/{proposed['id']}")
    stage.post(story.fk, f"/deviations/{proposed['id']}/confirmations", {})
    stage.step("and Försäkringskassan confirms it", "UPP-069", "UPP-124")
    late = stage.get(story.af, "/summonses")["items"][0]["id"]
    stage.post(story.af, f"/summonses/{late}/replies", said | {"occurredAt": story.now})
    stage.step("Arbetsförmedlingen answers at last: it comes", "UPP-043")
