"""Codes of what is counted."""

from app.domain.codes.base import Code


class StatisticKind(Code):
    """A sort of decision of which one fact without a person is kept."""

    CASE_REGISTERED = "case_registered", "Registrerade ärenden", "Cases registered"
    NEED_ASSESSED = "need_assessed", "Behovsbedömningar", "Assessments of need"
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
