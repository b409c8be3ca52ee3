"""Generated: plans with their actions, approved, distributed and committed to."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.db.tables.plans import Action, Commitment, Plan, PlanApproval, PlanDistribution
from app.documents.document import Document, Section
from bench.gatherings import Gatherings
from bench.sizes import ACTIONS_EACH, HELD

KINDS = {
    "AF": "employment_support",
    "FK": "coordination",
    "REGION": "rehabilitation",
    "KOMMUN": "social_support",
}


class AgreedPlans(Gatherings):
    """One plan after the other, each revising the one before."""

    _previous_plan: UUID
    _plan_line: UUID

    def _plan(self, meeting_id: UUID, at: datetime, nth: int) -> None:
        t, mine = self._t, self._holder
        follow_up = at + timedelta(days=50) if self._is_closed else t._now + timedelta(days=60)
        self._conclude(meeting_id, at, follow_up)
        at += timedelta(days=1)
        goal, plan_id = t._ids.at(at), t._ids.at(at)
        content = {"goals": [{"id": str(goal), "text": "Åter i arbete på halvtid"}], "actions": []}
        previous = self._previous_plan if nth else None
        self._add(
            Plan,
            at,
            id=plan_id,
            meeting_id=meeting_id,
            case_id=self._case_id,
            individual_id=mine.individual_id,
            agreement_id=t._agreement_id,
            plan_line=self._plan_line if nth else plan_id,
            number=nth + 1,
            revises_org=mine.body.id if previous else None,
            revises=previous,
            follow_up_on=follow_up.date(),
            goal_ids=[goal],
            empty_goal_ids=[],
            sealed={"content_sealed": json.dumps(content, ensure_ascii=False)},
        )
        self._previous_plan = plan_id
        if not nth:
            self._plan_line = plan_id
        said: dict[str, Any] = {"said_at": at, "channel": "api", "item_org": mine.body.id, "item_id": plan_id}
        said["case_id"] = self._case_id
        self._add(PlanApproval, at, **said, speaker="individual", answer="approved")
        for place in range(ACTIONS_EACH // HELD):
            owner = (mine, *self._others)[place % (1 + len(self._others))]
            action_id = t._ids.at(at)
            t.rows.add(
                Action,
                org_id=mine.body.id,
                id=action_id,
                plan_id=plan_id,
                case_id=self._case_id,
                place=place,
                text_given=True,
                owner="organisation",
                owner_org=owner.body.id,
                kind=KINDS[owner.body.party],
                due_on=(at + timedelta(days=40)).date() if self._is_closed else follow_up.date(),
                by_an_outsider=False,
            )
            word: dict[str, Any] = {
                "action_id": action_id,
                "speaker": "organisation",
                "speaker_org": owner.body.id,
            }
            for status in ("accepted", "done") if self._is_closed else ("accepted",):
                self._add(Commitment, at, by=owner, **said, **word, status=status, occurred_on=at.date())
        distributed: dict[str, Any] = {"plan_id": plan_id, "case_id": self._case_id, "channel": "api"}
        self._add(PlanDistribution, at, **distributed, recipient="individual")
        for party in (mine, *self._others):
            words: dict[str, Any] = {
                "speaker": "organisation",
                "speaker_org": party.body.id,
                "answer": "approved",
            }
            self._add(PlanApproval, at, by=party, **said, **words)
            if party is not mine:
                self._add(
                    PlanDistribution, at, **distributed, recipient="organisation", recipient_org=party.body.id
                )
                text = Document("Plan", (party.body.name,), (Section("Mål", ("Åter i arbete",)),)).to_json()
                self._deliver("plan", plan_id, meeting_id, party, "information_exchange", at, text, None)
