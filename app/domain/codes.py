"""Every code list of the API, each code with the words a person reads.

The names are the glossary's. A code is never renamed and never reused: it stands in old journals.
"""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code with its Swedish and its English label."""

    sv: str
    en: str

    def __new__(cls, value: str, sv: str, en: str) -> Self:
        """Make a code that is its value, with both labels beside it."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.sv = sv
        code.en = en
        return code


class Answer(Code):
    """The answer to a yes-or-no question that may not have been asked yet."""

    YES = "yes", "Ja", "Yes"
    NO = "no", "Nej", "No"
    NOT_ASKED = "not_asked", "Inte frågat", "Not asked"


class OrganisationType(Code):
    """What kind of body an organisation is."""

    PUBLIC_EMPLOYMENT_SERVICE = "public_employment_service", "Arbetsförmedlingen", "Public employment service"
    SOCIAL_INSURANCE_AGENCY = "social_insurance_agency", "Försäkringskassan", "Social insurance agency"
    REGION = "region", "Region", "Region"
    CARE_GIVER = "care_giver", "Vårdgivare", "Care giver"
    MUNICIPAL_BOARD = "municipal_board", "Kommunal nämnd", "Municipal board"
    COORDINATION_ASSOCIATION = "coordination_association", "Samordningsförbund", "Coordination association"
    OTHER = "other", "Annan", "Other"


class RelativesOffered(Code):
    """Whether the individual was offered to bring close persons, and the answer (UPP-028)."""

    YES = "yes", "Ja", "Yes"
    NO = "no", "Nej", "No"
    NOT_SUITABLE = "not_suitable", "Inte lämpligt", "Not suitable"
    NOT_ASKED = "not_asked", "Inte frågat", "Not asked"


class Channel(Code):
    """How a word reached whoever recorded it, or how a letter is sent."""

    LETTER = "letter", "Brev", "Letter"
    SECURE_MESSAGE = "secure_message", "Säkert meddelande", "Secure message"
    TELEPHONE = "telephone", "Telefon", "Telephone"
    AT_THE_MEETING = "at_the_meeting", "Vid mötet", "At the meeting"
    API = "api", "Via gränssnittet", "Through the API"


class CaseStatus(Code):
    """Where a coordination case stands (Part D2)."""

    REGISTERED = "registered", "Registrerat", "Registered"
    NEED_IDENTIFIED = "need_identified", "Behov finns", "Need identified"
    NO_NEED = "no_need", "Inget behov", "No need"
    CONTACT_MADE = "contact_made", "Kontakt tagen", "Contact made"
    OFFERED = "offered", "Möte erbjudet", "Meeting offered"
    OFFER_DECLINED = "offer_declined", "Erbjudande avböjt", "Offer declined"
    ACCEPTED = "accepted", "Erbjudande antaget", "Offer accepted"
    IN_PROCESS = "in_process", "I process", "In process"
    CLOSED = "closed", "Avslutat", "Closed"


class NeedOutcome(Code):
    """What an assessment of need came to."""

    NEED = "need", "Behov av flerpartssamverkan", "Need of multi-party coordination"
    NO_NEED = "no_need", "Inget behov av flerpartssamverkan", "No need of multi-party coordination"


class AssessmentBasis(Code):
    """What an assessment of need rests on (UPP-013; the list is open: other)."""

    CONTACT = "contact", "Kontakten med individen", "Contact with the individual"
    HEALTH = "health", "Hälsotillstånd", "Health"
    WORK = "work", "Arbetssituation", "Work"
    SOCIAL = "social", "Social situation", "Social situation"
    ECONOMIC = "economic", "Ekonomisk situation", "Economic situation"
    OTHER = "other", "Annat", "Other"


class NeedArea(Code):
    """From whom a person needs support."""

    HEALTH_CARE = "health_care", "Hälso- och sjukvård", "Health care"
    SOCIAL_SERVICES = "social_services", "Socialtjänst", "Social services"
    EMPLOYMENT = "employment", "Arbete", "Employment"
    SOCIAL_INSURANCE = "social_insurance", "Socialförsäkring", "Social insurance"
    OTHER = "other", "Annat", "Other"


class OtherPlan(Code):
    """Whether the person knows of another plan of their own (UPP-073)."""

    NONE = "none", "Ingen annan plan", "No other plan"
    SIP = "sip", "Samordnad individuell plan", "Coordinated individual plan"
    OTHER = "other", "Annan plan", "Other plan"
    NOT_KNOWN = "not_known", "Vet inte", "Not known"
    NOT_ASKED = "not_asked", "Inte frågat", "Not asked"


class OfferAnswer(Code):
    """A meeting offered to the individual, or what the individual said to it."""

    OFFERED = "offered", "Erbjudet", "Offered"
    ACCEPTED = "accepted", "Ja tack", "Accepted"
    DECLINED = "declined", "Nej tack", "Declined"


class ContactAbout(Code):
    """What a contact between organisations was about."""

    NEED = "need", "Behovet av samverkan", "The need of coordination"
    TIME = "time", "En tid", "A time"
    SUMMONS = "summons", "En kallelse", "A summons"
    OTHER = "other", "Annat", "Other"


class ConsentKind(Code):
    """What a consent is to."""

    CALL = "call", "Samtycke till kallelse", "Consent to the call"
    INFORMATION_EXCHANGE = "information_exchange", "Samtycke till informationsutbyte", "Consent to exchange"


class ConsentAnswer(Code):
    """What the individual said when asked."""

    GIVEN = "given", "Ja", "Given"
    REFUSED = "refused", "Nej", "Refused"


class ConsentGiver(Code):
    """Who gave the consent."""

    INDIVIDUAL = "individual", "Den enskilde", "The individual"
    GUARDIAN = "guardian", "Vårdnadshavare", "Guardian"
    REPRESENTATIVE = "representative", "Ställföreträdare", "Representative"


class ConsentStatus(Code):
    """Where a consent stands (Part D1)."""

    INFORMED = "informed", "Information lämnad", "Informed"
    ACTIVE = "active", "Gäller", "Active"
    REFUSED = "refused", "Nekat", "Refused"
    EXPIRED = "expired", "Har löpt ut", "Expired"
    WITHDRAWN = "withdrawn", "Återkallat", "Withdrawn"
    ENTERED_IN_ERROR = "entered_in_error", "Felregistrerat", "Entered in error"


class MeetingForm(Code):
    """The form of a meeting."""

    FLERPARTSMOTE = "flerpartsmote", "Flerpartsmöte", "Multi-party meeting"
    SAMPLANERINGSMOTE = "samplaneringsmote", "Samplaneringsmöte", "Joint planning meeting"
    AVSTAMNINGSMOTE = "avstamningsmote", "Avstämningsmöte", "Reconciliation meeting"
    TREPARTSSAMTAL = "trepartssamtal", "Trepartssamtal", "Three-party talk"
    FLERPARTSSAMTAL = "flerpartssamtal", "Flerpartssamtal", "Multi-party talk"
    OVERLAMNINGSMOTE = "overlamningsmote", "Överlämningsmöte", "Handover meeting"
    STORMOTE = "stormote", "Stormöte", "General meeting"


class MeetingMode(Code):
    """Where people meet."""

    ON_SITE = "on_site", "På plats", "On site"
    REMOTE = "remote", "Digitalt", "Remote"
    HYBRID = "hybrid", "På plats och digitalt", "On site and remote"


class MeetingStatus(Code):
    """Where a meeting stands (Part D3)."""

    DRAFT = "draft", "Påbörjat", "Draft"
    PREPARED = "prepared", "Förberett", "Prepared"
    DATE_AGREED = "date_agreed", "Tid given av regionen", "Date agreed with the region"
    SCHEDULED = "scheduled", "Tid bokad", "Scheduled"
    SUMMONED = "summoned", "Kallat", "Summoned"
    SUSPENDED = "suspended", "Vilande, samtycke saknas", "Suspended, consent is lacking"
    OPEN = "open", "Pågår", "Open"
    CONCLUDED = "concluded", "Avslutat", "Concluded"
    CANCELLED = "cancelled", "Inställt", "Cancelled"
    ENTERED_IN_ERROR = "entered_in_error", "Felregistrerat", "Entered in error"


class OutsiderKind(Code):
    """Who somebody outside the agreement is to the individual."""

    CLOSE_PERSON = "close_person", "Närstående", "Close person"
    EMPLOYER = "employer", "Arbetsgivare", "Employer"
    REPRESENTATIVE = "representative", "Ställföreträdare", "Representative"
    INTERPRETER = "interpreter", "Tolk", "Interpreter"
    OTHER = "other", "Annan aktör", "Other"


class SummonsStatus(Code):
    """Where one recipient's summons stands (Part D4)."""

    RENDERED = "rendered", "Upprättad", "Rendered"
    ISSUED = "issued", "Skickad", "Issued"
    ACKNOWLEDGED = "acknowledged", "Bekräftad", "Acknowledged"
    QUERIED = "queried", "Fråga ställd", "Queried"
    ACCEPTED = "accepted", "Kommer", "Accepted"
    DECLINED = "declined", "Kommer inte", "Declined"
    NEW_TIME_PROPOSED = "new_time_proposed", "Annan tid föreslagen", "New time proposed"
    RECALLED = "recalled", "Återkallad", "Recalled"
    CANCELLED = "cancelled", "Mötet inställt", "Cancelled"


class ReplyKind(Code):
    """A recipient's word on its summons."""

    ACKNOWLEDGED = "acknowledged", "Bekräftar", "Acknowledged"
    QUERIED = "queried", "Har en fråga", "Queried"
    ACCEPTED = "accepted", "Kommer", "Accepted"
    DECLINED = "declined", "Kommer inte", "Declined"
    NEW_TIME_PROPOSED = "new_time_proposed", "Föreslår annan tid", "New time proposed"


class Attendance(Code):
    """How somebody was present, or not."""

    PRESENT = "present", "På plats", "Present"
    REMOTE = "remote", "Digitalt", "Remote"
    REPRESENTED = "represented", "Företrädd", "Represented"
    ABSENT_NOTIFIED = "absent_notified", "Anmält förhinder", "Absent, gave notice"
    ABSENT = "absent", "Uteblev", "Absent"

    @property
    def took_part(self) -> bool:
        """Whether whoever it is about took part, in person, remotely or through somebody."""
        return self in (Attendance.PRESENT, Attendance.REMOTE, Attendance.REPRESENTED)


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


class DeviationType(Code):
    """What a deviation is (UPP-070 to UPP-072; the list is open: other)."""

    NO_ANSWER = "no_answer", "Part svarar inte", "A party does not answer"
    ABSENT = "absent", "Kallad part kommer inte", "A called party does not come"
    ACTION_NOT_CARRIED_OUT = "action_not_carried_out", "Åtgärd genomförs inte", "An action is not carried out"
    LEAD_TIME_NOT_KEPT = "lead_time_not_kept", "Framförhållningen hölls inte", "Lead time not kept"
    CONSENT_MISSING = "consent_missing", "Samtycke saknas", "Consent missing"
    DOCUMENTATION_MISSING = "documentation_missing", "Dokumentation saknas", "Documentation missing"
    HELD_OUTSIDE_AGREEMENT = (
        "held_outside_agreement",
        "Hölls utanför överenskommelsen",
        "Held outside agreement",
    )
    OTHER = "other", "Annan avvikelse", "Other"


class DeviationStatus(Code):
    """Where a deviation stands (Part D8)."""

    PROPOSED = "proposed", "Föreslagen", "Proposed"
    REPORTED = "reported", "Rapporterad", "Reported"
    DISMISSED = "dismissed", "Avskriven", "Dismissed"
    IN_HANDLING = "in_handling", "Hanteras", "In handling"
    HANDLED = "handled", "Hanterad", "Handled"


class ClosureReason(Code):
    """Why a case was closed."""

    NO_LONGER_NEEDED = "no_longer_needed", "Behovet finns inte längre", "No longer needed"
    GOAL_REACHED = "goal_reached", "Målet nått", "Goal reached"
    DECLINED = "declined", "Individen avböjer", "The individual declines"
    CONSENT_WITHDRAWN = "consent_withdrawn", "Samtycket återkallat", "Consent withdrawn"
    MOVED = "moved", "Har flyttat", "Moved"
    DECEASED = "deceased", "Avliden", "Deceased"
    MISREGISTERED = "misregistered", "Felregistrerat", "Misregistered"


class SubjectKind(Code):
    """What a finding, a task or a deviation is about."""

    CASE = "case", "Ärende", "Case"
    CONSENT = "consent", "Samtycke", "Consent"
    MEETING = "meeting", "Möte", "Meeting"
    SUMMONS = "summons", "Kallelse", "Summons"
    PLAN = "plan", "Plan", "Plan"
    ACTION = "action", "Åtgärd", "Action"
    DEVIATION = "deviation", "Avvikelse", "Deviation"
    ORGANISATION = "organisation", "Organisation", "Organisation"
