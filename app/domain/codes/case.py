"""Codes of the case, from a seen need to its end, of consent and of deviations."""

from app.domain.codes.base import Code


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
