"""Codes of the plan, its actions and its follow-up."""

from app.domain.codes.base import Code


class PlanStatus(Code):
    """Where one version of the plan stands (Part D5)."""

    DRAFT = "draft", "Utkast", "Draft"
    PROPOSED = "proposed", "Föreslagen", "Proposed"
    APPROVED = "approved", "Godkänd", "Approved"
    DISTRIBUTED = "distributed", "Utdelad", "Distributed"
    SUPERSEDED = "superseded", "Ersatt", "Superseded"
    CLOSED = "closed", "Avslutad", "Closed"


class ActionKind(Code):
    """What sort of thing an action is; used to see whose mandate it lies in."""

    INSATS = "insats", "Insats", "Insats"
    WORK_TRAINING = "work_training", "Arbetsträning", "Work training"
    EMPLOYMENT_SUPPORT = "employment_support", "Förmedlingsinsats eller program", "Employment support"
    MEDICAL_TREATMENT = "medical_treatment", "Medicinsk behandling", "Medical treatment"
    REHABILITATION = "rehabilitation", "Rehabilitering", "Rehabilitation"
    HABILITATION = "habilitation", "Habilitering", "Habilitation"
    AIDS = "aids", "Hjälpmedel", "Aids"
    HOUSING_SUPPORT = "housing_support", "Boendestöd", "Housing support"
    SOCIAL_SUPPORT = "social_support", "Stöd från socialtjänsten", "Support by the social services"
    FINANCIAL_SUPPORT = "financial_support", "Ekonomiskt bistånd", "Financial support"
    COMPENSATION_DECISION = "compensation_decision", "Beslut om ersättning", "Decision on compensation"
    COORDINATION = "coordination", "Samordning", "Coordination"
    CONTACT = "contact", "Kontakt", "Contact"
    OTHER = "other", "Annat", "Other"

    @property
    def is_insats(self) -> bool:
        """Whether it is something carried out for the individual, not coordination or a decision."""
        return self not in (
            ActionKind.COMPENSATION_DECISION,
            ActionKind.COORDINATION,
            ActionKind.CONTACT,
            ActionKind.OTHER,
        )


class ApprovalAnswer(Code):
    """A word on one version of the plan."""

    APPROVED = "approved", "Godkänner", "Approved"
    OBJECTED = "objected", "Har invändningar", "Objected"


class CommitmentKind(Code):
    """What an owner, or somebody an action is handed over to, says about it."""

    ACCEPTED = "accepted", "Åtar sig", "Accepted"
    DECLINED = "declined", "Åtar sig inte", "Declined"
    ONGOING = "ongoing", "Har påbörjat", "Ongoing"
    DONE = "done", "Genomförd", "Done"
    NOT_DONE = "not_done", "Inte genomförd", "Not done"
    TRANSFER_OFFERED = "transfer_offered", "Vill lämna över", "Transfer offered"
    TRANSFERRED = "transferred", "Tar över", "Takes over"
    CLOSED = "closed", "Avslutar", "Closed"


class CommitmentStatus(Code):
    """Where an action stands with its owner (Part D6); overdue is a flag beside it."""

    OPEN = "open", "Öppen", "Open"
    ACCEPTED = "accepted", "Åtagen", "Accepted"
    DECLINED = "declined", "Avböjd", "Declined"
    ONGOING = "ongoing", "Pågår", "Ongoing"
    DONE = "done", "Genomförd", "Done"
    NOT_DONE = "not_done", "Inte genomförd", "Not done"
    TRANSFERRED = "transferred", "Överlämnad", "Transferred"
    CLOSED = "closed", "Avslutad", "Closed"


class FollowUpDecision(Code):
    """What the follow-up decided about the plan (UPP-067)."""

    REVISE = "revise", "Planen revideras", "Revise the plan"
    NEW_PLAN = "new_plan", "Ny plan upprättas", "Draw up a new plan"
    CLOSE = "close", "Planen avslutas", "Close the plan"
