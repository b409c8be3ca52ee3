"""What the play knows while it goes on: who is who, and the ids and versions of what has been made."""

from dataclasses import dataclass, field
from datetime import datetime

from dev.play.cast import Player
from dev.play.stage import Json, Stage


@dataclass
class Story:
    """One person's way through the routine."""

    stage: Stage
    began_at: datetime
    individual_id: str = ""
    case_id: str = ""
    case_version: int = 1
    meeting_id: str = ""
    meeting_version: int = 1
    meets_at: datetime | None = None
    call_consent_id: str = ""
    exchange_consent_id: str = ""
    plan_id: str = ""
    plan_number: int = 1
    follow_up_on: str = ""
    action_ids: dict[str, str] = field(default_factory=dict)

    @property
    def fk(self) -> Player:
        """Försäkringskassan's officer, who initiates."""
        return self.stage.players["fk-handlaggare"]

    @property
    def af(self) -> Player:
        """Arbetsförmedlingen's officer."""
        return self.stage.players["af-handlaggare"]

    @property
    def region(self) -> Player:
        """The region's rehabilitation coordinator."""
        return self.stage.players["region-koordinator"]

    @property
    def kommun(self) -> Player:
        """The municipality's officer, whose organisation is not connected: the chair records its word."""
        return self.stage.players["kommun-handlaggare"]

    @property
    def now(self) -> str:
        """The play's time as requests say it."""
        return self.stage.clock().strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def today(self) -> str:
        """The play's day as requests say it."""
        return self.stage.clock().strftime("%Y-%m-%d")

    @property
    def case_path(self) -> str:
        """Where the case is read."""
        return f"/cases/{self.case_id}"

    @property
    def meeting_path(self) -> str:
        """Where the meeting is read."""
        return f"/meetings/{self.meeting_id}"

    def act_on_case(self, path: str, body: Json) -> Json:
        """Försäkringskassan acts on the case, on its present version."""
        done = self.stage.post(self.fk, f"{self.case_path}/{path}", body | {"version": self.case_version})
        self.case_version = done["version"] or self.case_version
        return done

    def act_on_meeting(self, path: str, body: Json) -> Json:
        """Försäkringskassan acts on the meeting, on its present version."""
        body = body | {"version": self.read_meeting()["version"]}
        return self.stage.post(self.fk, f"{self.meeting_path}/{path}", body)

    def read_meeting(self) -> Json:
        """The meeting as Försäkringskassan sees it."""
        return self.stage.get(self.fk, self.meeting_path)
