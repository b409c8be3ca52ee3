"""What is told before consent is taken back, and what the person gets to keep."""

from tests.api.calling import called_meeting
from tests.api.conduct import status
from tests.api.conftest import Application, Staff
from tests.api.scenes import NEVER, TAKEN_BACK, case, consent, made
from tests.api.withdrawing import shown_meeting


async def test_the_preview_tells_what_closes_and_what_is_kept(application: Application, staff: Staff) -> None:
    """UPP-019, UPP-064: views, unsent letters and meetings that end; letters and words that are kept."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    summons_id = str(called.summonses[af.organisation_id])
    await made(
        af,
        f"/summonses/{summons_id}/replies",
        {"occurredAt": "2026-03-02T09:00:00Z", "channel": "telephone", "reply": "accepted"},
    )
    path = f"/consents/{called.consent_id}/withdrawal-preview"
    told = await fk.get(path)
    assert told.status_code == 200, told.text
    assert told.json()["organisations"] == [
        {
            "organisationId": str(af.organisation_id),
            "viewsEnding": [{"kind": "summons", "id": summons_id}],
            "unsent": 1,
            "meetings": [{"meetingId": str(called.meeting.id), "willRest": True}],
            "keeps": [{"kind": "summons", "id": summons_id}],
            "keepsStatements": 1,
            "keepsCommitments": 0,
        }
    ]
    own = (await af.get(path)).json()
    assert own["persons"] is None
    assert [one["organisationId"] for one in own["organisations"]] == [str(af.organisation_id)]
    assert own["organisations"][0] | {"unsent": 1, "meetings": []} == told.json()["organisations"][0] | {
        "meetings": []
    }
    assert own["organisations"][0]["meetings"] == [{"meetingId": str(called.meeting.id), "willRest": None}]
    assert await status(fk, called.meeting) == "summoned"


async def test_a_preview_shows_no_other_organisation(application: Application, staff: Staff) -> None:
    """A covered organisation is told of itself only, whomever it asks of; the holder of one or all."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    _, consent_id = await shown_meeting(application, fk, af, region)
    path = f"/consents/{consent_id}/withdrawal-preview"
    other = f"{path}?organisationId={region.organisation_id}"
    assert [one["organisationId"] for one in (await af.get(path)).json()["organisations"]] == [
        str(af.organisation_id)
    ]
    assert (await af.get(other)).json()["organisations"] == []
    itself = (await fk.get(other)).json()["_links"][0]["href"]
    assert itself.endswith(other)
    assert len((await fk.get(path)).json()["organisations"]) == 2
    assert len((await fk.get(other)).json()["organisations"]) == 1
    stranger = await staff("KOMMUN")
    assert (await fk.get(f"{path}?organisationId={stranger.organisation_id}")).status_code == 400
    assert (await stranger.get(path)).status_code == 404


async def test_the_receipt_is_plain_swedish_without_names(staff: Staff) -> None:
    """The individual is handed what ended, when, and what is kept; no name and no other organisation."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    consent_id = await consent(fk, await case(fk), af, region)
    done = await af.post(
        f"/consents/{consent_id}/withdrawals", TAKEN_BACK | {"organisationId": str(af.organisation_id)}
    )
    here = done.headers["Location"].split("/flerpart/v0")[1]
    told = (await af.get(here)).json()
    swedish, english = told["text"]["sv"], told["text"]["en"]
    assert "Den 2 mars 2026 tog du tillbaka ditt samtycke" in swedish
    assert "Det gäller Arbetsförmedlingen." in swedish
    assert "Du behövde inte säga varför." in swedish
    assert told["id"] in swedish
    assert "You did not have to say why." in english
    assert "Kim Exempel" not in swedish
    assert "Region" not in swedish
    assert (await fk.get(here)).json()["text"] == told["text"]
    hidden = await region.get(here)
    assert hidden.status_code == 404
    assert hidden.content == (await region.get(f"/consents/{consent_id}/withdrawals/{NEVER}/receipt")).content
