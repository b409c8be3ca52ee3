"""Codes of what is counted."""

from app.domain.codes.base import Code


class StatisticKind(Code):
    """A sort of decision of which one fact without a person is kept."""

    CASE_REGISTERED = "case_registered", "Registrerade ärenden", "Cases registered"
    NEED_ASSESSED = "need_assessed", "Behovsbedömningar", "Assessments of need"
    FIRST_CONTACT = "first_contact", "Tid till första kontakt", "Time to the first contact"
    MEETING_OFFERED = "meeting_offered", "Erbjudna möten och svar", "Meetings offered, and answers"
    MEETING_INITIATED = "meeting_initiated", "Initierade möten", "Meetings initiated"
    SUMMONS_ISSUED = "summons_issued", "Utfärdade kallelser", "Summonses issued"
    SUMMONS_ANSWERED = "summons_answered", "Svar på kallelser", "Answers to summonses"
    MEETING_HELD = "meeting_held", "Hållna möten", "Meetings held"
    ATTENDANCE = "attendance", "Parternas närvaro", "Attendance of the parties"
    PLAN_DISTRIBUTED = "plan_distributed", "Utdelade planer", "Plans handed out"
    ACTION_REPORTED = "action_reported", "Besked om åtgärder", "Words on actions"
    DEVIATION = "deviation", "Avvikelser", "Deviations"
    EXPLANATION = "explanation", "Avsteg med skäl", "Departures with a reason"
    CASE_CLOSED = "case_closed", "Avslutade ärenden", "Cases closed"


class FirstContactDelay(Code):
    """How long after the day the need was seen the first contact between the parties was made (UPP-014)."""

    WITHIN_A_WEEK = "within_a_week", "Inom en vecka", "Within a week"
    WITHIN_TWO_WEEKS = "within_two_weeks", "Inom två veckor", "Within two weeks"
    WITHIN_FOUR_WEEKS = "within_four_weeks", "Inom fyra veckor", "Within four weeks"
    LATER = "later", "Senare", "Later"

    @classmethod
    def of(cls, days: int) -> "FirstContactDelay":
        """The span so many days lie in, its last day among them."""
        spans = ((7, cls.WITHIN_A_WEEK), (14, cls.WITHIN_TWO_WEEKS), (28, cls.WITHIN_FOUR_WEEKS))
        return next((span for last, span in spans if days <= last), cls.LATER)
