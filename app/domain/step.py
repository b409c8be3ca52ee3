"""The steps of the routine, and whether the agreement may stop them."""

from enum import StrEnum


class StepKind(StrEnum):
    """How a step meets the rulebook."""

    ACT = "act"
    """It happens now and changes what others see or must do: the rulebook may refuse it."""
    STATEMENT = "statement"
    """Somebody's word, or something that has already happened: always recorded, with remarks."""
    TICK = "tick"
    """Nobody does it: time passes, and what is owed becomes a reminder."""


class Step(StrEnum):
    """Each moment at which the agreement is asked; the value is the word used in `?step=`."""

    kind: StepKind

    def __new__(cls, word: str, kind: StepKind = StepKind.ACT) -> "Step":
        """Make a step that is its word, with its kind beside it; calling `Step` with a word looks it up."""
        step = str.__new__(cls, word)
        step._value_ = word
        step.kind = kind
        return step

    ASSESS_NEED = "assess-need", StepKind.ACT
    OFFER_MEETING = "offer-meeting", StepKind.ACT
    RECORD_CONTACT = "record-contact", StepKind.STATEMENT
    RECORD_CONSENT = "record-consent", StepKind.STATEMENT
    START_MEETING = "start-meeting", StepKind.ACT
    PREPARE_MEETING = "prepare-meeting", StepKind.STATEMENT
    BOOK_MEETING = "book-meeting", StepKind.ACT
    ISSUE_SUMMONS = "issue-summons", StepKind.ACT
    ISSUE_INVITATION = "issue-invitation", StepKind.ACT
    RECALL_SUMMONS = "recall-summons", StepKind.ACT
    REPLY_TO_SUMMONS = "reply-to-summons", StepKind.STATEMENT
    RESCHEDULE_MEETING = "reschedule-meeting", StepKind.ACT
    CANCEL_MEETING = "cancel-meeting", StepKind.ACT
    OPEN_MEETING = "open-meeting", StepKind.ACT
    ADMIT_TO_MEETING = "admit-to-meeting", StepKind.ACT
    RECORD_MEETING = "record-meeting", StepKind.STATEMENT
    TRANSFER_CHAIR = "transfer-chair", StepKind.ACT
    APPOINT_RECORDER = "appoint-recorder", StepKind.ACT
    WRITE_DRAFT = "write-draft", StepKind.ACT
    HAND_OVER_DRAFT = "hand-over-draft", StepKind.ACT
    PROPOSE_PLAN = "propose-plan", StepKind.ACT
    APPROVE_PLAN = "approve-plan", StepKind.STATEMENT
    DISTRIBUTE_PLAN = "distribute-plan", StepKind.ACT
    COMMIT_TO_ACTION = "commit-to-action", StepKind.STATEMENT
    CONCLUDE_MEETING = "conclude-meeting", StepKind.ACT
    REPORT_AT_FOLLOW_UP = "report-at-follow-up", StepKind.STATEMENT
    DECIDE_FOLLOW_UP = "decide-follow-up", StepKind.ACT
    CLOSE_CASE = "close-case", StepKind.ACT
    REPORT_DEVIATION = "report-deviation", StepKind.STATEMENT
    TICK = "tick", StepKind.TICK
