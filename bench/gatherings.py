"""Generated: meetings prepared, booked, called to and held."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.db.tables.deviations import StatisticFact
from app.db.tables.held_meetings import Attendance, Conclusion, MeetingOpening, RecorderAppointment
from app.db.tables.meetings import Invitee, Meeting, MeetingChange, MeetingPreparation, TimeOffer
from app.db.tables.summonses import Summons, SummonsReply
from app.documents.document import Document, Section
from bench.need import Need
from bench.telling import Party


class Gatherings(Need):
    """From the preparation to the end of a meeting."""

    def _meeting(self, at: datetime, starts_at: datetime) -> tuple[UUID, int, list[UUID]]:
        """A meeting prepared and booked on the region's time: its id, version and invitees."""
        mine, ends_at = self._holder, starts_at + timedelta(hours=1)
        version = 2 + len(self._others)
        meeting_id = self._t._ids.at(at)
        sealed = {
            "purpose_sealed": "Planera vägen tillbaka till arbete",
            "current_situation_sealed": "Sjukskriven på halvtid och vill börja arbetsträna.",
            "place_sealed": "Stora salen, Provgatan 1",
        }
        offer_id = self._t._ids.at(at)
        self._add(
            Meeting,
            at,
            id=meeting_id,
            case_id=self._case_id,
            individual_id=mine.individual_id,
            unit_id=mine.desk.unit_id,
            agreement_id=self._t._agreement_id,
            form="flerpartsmote",
            initiator_id=mine.desk.officer_id,
            mode="on_site",
            starts_at=starts_at,
            ends_at=ends_at,
            booked_offer_id=offer_id,
            version=version,
            sealed=sealed,
        )
        of: dict[str, Any] = {"meeting_id": meeting_id, "case_id": self._case_id}
        self._add(
            MeetingPreparation,
            at,
            **of,
            prepared_on=at.date(),
            with_individual=True,
            relatives_offered="no",
            employer_exists="no",
            employer_called="no",
            sealed={
                "goals_sealed": "Åter i arbete på halvtid",
                "participation_support_sealed": "Paus efter en halvtimme",
            },
        )
        invited = [
            self._add(
                Invitee,
                at,
                **of,
                kind="organisation",
                organisation_id=party.body.id,
                unit_id=party.desk.unit_id,
                function="Rehabiliteringskoordinator" if party.body.party == "REGION" else "handläggare",
                equivalent_function=party.body.party == "REGION",
                agreed_with_individual=True,
                shown_to_outsiders=False,
                sealed={
                    "name_sealed": "Sam Exempel",
                    "reason_sealed": "Kan erbjuda arbetsträning och stöd på arbetsplatsen",
                },
            )
            for party in self._others
        ]
        self._contact(self._others[0], at, meeting_id)
        self._add(
            TimeOffer,
            at,
            **of,
            id=offer_id,
            offered_by=self._others[0].body.id,
            starts_at=starts_at,
            ends_at=ends_at,
            mode="on_site",
        )
        self._add(MeetingChange, at, **of, change="booked", to_starts_at=starts_at)
        self._journal("bookMeeting", "meeting", meeting_id, at)
        return meeting_id, version, invited

    def _held(self, at: datetime) -> UUID:
        """A meeting everybody was called to, said yes to and came to."""
        booked = at - timedelta(weeks=8)
        meeting_id, _, invited = self._meeting(booked, at)
        summonses = self._call(meeting_id, at, booked + timedelta(days=1), invited)
        for party, summons_id in zip(self._others, summonses, strict=True):
            self._reply(party, summons_id, booked + timedelta(days=3))
        of: dict[str, Any] = {"meeting_id": meeting_id, "case_id": self._case_id}
        self._add(MeetingOpening, at, **of, manner="opened", held_at=at, findings=[])
        there: dict[str, Any] = {"attendance": "present", "from_at": at, "to_at": at + timedelta(hours=1)}
        self._add(Attendance, at, **of, attender="individual", **there)
        for party in (self._holder, *self._others):
            self._add(Attendance, at, **of, attender="organisation", organisation_id=party.body.id, **there)
        self._add(RecorderAppointment, at, **of, recorder_org=self._holder.body.id)
        for party in self._others:
            self._disclose("meeting", meeting_id, party, "information_exchange", at)
        return meeting_id

    def _conclude(self, meeting_id: UUID, at: datetime, follow_up: datetime | None) -> None:
        planless = {"no_plan_reason_sealed": "Målet är nått."} if follow_up is None else {}
        self._add(
            Conclusion,
            at + timedelta(hours=1),
            meeting_id=meeting_id,
            case_id=self._case_id,
            follow_up_on=follow_up.date() if follow_up else None,
            follow_up_caller_org=self._holder.body.id if follow_up else None,
            sealed={**planless, "follow_up_caller_name_sealed": "Robin Exempel"} if follow_up else planless,
        )

    def _call(self, meeting_id: UUID, starts_at: datetime, at: datetime, invited: list[UUID]) -> list[UUID]:
        summonses = []
        for party, invitee_id in zip(self._others, invited, strict=True):
            summons_id = self._t._ids.at(at)
            letter = self._letter(party, starts_at)
            self._add(
                Summons,
                at,
                id=summons_id,
                meeting_id=meeting_id,
                case_id=self._case_id,
                individual_id=self._holder.individual_id,
                invitee_id=invitee_id,
                recipient_org=party.body.id,
                recipient_unit=party.desk.unit_id,
                consent_id=self._consents["call"],
                channel="letter",
                meeting_starts_at=starts_at,
                explained=[],
                sealed={"letter_sealed": letter},
            )
            self._deliver("summons", summons_id, meeting_id, party, "call", at, letter, starts_at)
            summonses.append(summons_id)
        self._journal("issueSummons", "meeting", meeting_id, at)
        self._t.rows.add(
            StatisticFact,
            org_id=self._holder.body.id,
            id=self._t._ids.at(at),
            agreement_key=self._t._agreement_key,
            kind="summons_issued",
            detail="summons",
            party=self._holder.body.party,
            month=at.date().replace(day=1),
        )
        return summonses

    def _reply(self, party: Party, summons_id: UUID, at: datetime) -> None:
        self._add(
            SummonsReply,
            at,
            by=party,
            **self._about(summons_id),
            speaker_org=party.body.id,
            reply="accepted",
            said_at=at,
            channel="api",
        )

    def _letter(self, party: Party, starts_at: datetime) -> str:
        sections = (
            Section("", ("Flerpartsmöte är en överenskommen rutin mellan parterna. " * 6,)),
            Section("Gällande", (self._name, "Personnummer finns inte")),
            Section("Samtycke till kallelse", ("Robin Exempel, handläggare",)),
            Section("Kontaktuppgifter", ("Mailadress: handlaggare@example.se",)),
            Section("Dag och tid", (starts_at.isoformat(),)),
            Section("Plats", ("Stora salen, Provgatan 1",)),
            Section("Nuläge", ("Sjukskriven på halvtid och vill börja arbetsträna.",)),
            Section("Varför ni behöver medverka", ("Kan erbjuda arbetsträning och stöd på arbetsplatsen",)),
        )
        return Document("Kallelse till flerpartsmöte", (party.body.name,), sections).to_json()
