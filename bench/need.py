"""Generated: the person, the case, the need and the consent."""

from datetime import timedelta

from app.db.tables.cases import CaseCarrier, CaseFile, Individual, NeedAssessment, Offer
from app.db.tables.consents import Consent, ConsentCoverage, ConsentDocumentation
from bench.sizes import HELD
from bench.telling import Telling


class Need(Telling):
    """From the person to the consent."""

    def _person_and_case(self) -> None:
        t, at, mine = self._t, self._begun, self._holder
        for party in (mine, *self._others):
            name = self._seal(Individual, party.individual_id, "name_sealed", self._name, party.body.id)
            born = self._seal(
                Individual, party.individual_id, "birth_date_sealed", "1984-05-06", party.body.id
            )
            t.rows.add(
                Individual,
                org_id=party.body.id,
                id=party.individual_id,
                name_sealed=name,
                identity_kind="none",
                birth_date_sealed=born if party is mine else None,
                municipality="0380" if party is mine else None,
                protected_identity="none",
                recorded_at=at,
            )
        closed = at + timedelta(days=80 + 50 * HELD)
        t.rows.add(
            CaseFile,
            org_id=mine.body.id,
            id=self._case_id,
            individual_id=mine.individual_id,
            unit_id=mine.desk.unit_id,
            agreement_id=t._agreement_id,
            closed_at=closed if self._is_closed else None,
            version=4,
            recorded_by=mine.desk.account_id,
            recorded_at=at,
        )
        self._add(CaseCarrier, at, case_id=self._case_id, officer_id=mine.desk.officer_id)
        self._add(
            NeedAssessment,
            at,
            case_id=self._case_id,
            assessed_on=at.date(),
            need_seen_on=(at - timedelta(days=3)).date(),
            assessor_id=mine.desk.officer_id,
            outcome="need",
            grounds=["contact", "health", "work"],
            needs=["health_care", "employment"],
            individual_took_part=True,
            other_plan="none",
            sealed={"individual_view_sealed": "Vill tillbaka till arbetet."},
        )
        for answer, days in (("offered", 1), ("accepted", 2)):
            on = at + timedelta(days=days)
            self._add(
                Offer, on, case_id=self._case_id, answer=answer, occurred_on=on.date(), channel="telephone"
            )
        self._contact(self._others[0], at + timedelta(days=1))

    def _consent(self, kind: str) -> None:
        at, mine = self._begun + timedelta(days=2), self._holder
        self._consents[kind] = self._add(
            Consent,
            at,
            case_id=self._case_id,
            kind=kind,
            answer="given",
            given_by="individual",
            capacity="adult",
            manner="written",
            said_at=at,
            informed_at=at - timedelta(hours=1),
            informed_of=["the_meeting", "purpose", "participants", "what_is_shared", "withdrawal"],
            information_adapted=False,
            taken_by=mine.desk.officer_id,
            taker_name="Robin Exempel",
            taker_function="handläggare",
            secrecy_ground="consent",
            legal_basis="public_task",
        )
        for party in (mine, *self._others):
            self._t.rows.add(
                ConsentCoverage,
                org_id=mine.body.id,
                consent_id=self._consents[kind],
                covered_org=party.body.id,
                case_id=self._case_id,
            )
            self._add(
                ConsentDocumentation,
                at,
                by=party,
                consent_org=mine.body.id,
                consent_id=self._consents[kind],
                case_id=self._case_id,
                documented_on=at.date(),
            )
