"""Codes of the record of a consent: how it was given, after what information, and on what ground."""

from app.domain.codes.base import Code


class ConsentCapacity(Code):
    """In what capacity the giver speaks; a person of 16 or 17 is a minor, who may be mature enough alone."""

    ADULT = "adult", "Myndig", "Of age"
    MINOR_MATURE = "minor_mature", "Underårig som själv kan ta ställning", "Minor mature enough to decide"
    MINOR_WITH_GUARDIAN = (
        "minor_with_guardian",
        "Underårig tillsammans med vårdnadshavare",
        "Minor together with a guardian",
    )
    REPRESENTED = "represented", "Företrädd av ställföreträdare", "Represented"


class Manner(Code):
    """How a word on consent was given; the spoken word counts as much as the written."""

    WRITTEN = "written", "Skriftligt", "In writing"
    ORAL = "oral", "Muntligt", "Orally"
    DIGITAL = "digital", "Digitalt", "Digitally"


class ConsentInformation(Code):
    """What the individual was told of before consenting (UPP-015)."""

    THE_MEETING = "the_meeting", "Hur ett flerpartsmöte går till", "How a meeting works"
    PURPOSE = "purpose", "Syftet", "The purpose"
    PARTICIPANTS = "participants", "Vilka som kallas", "Who is called"
    WHAT_IS_SHARED = "what_is_shared", "Vilka uppgifter som delas", "What is shared"
    EXCLUDED_TOPICS = "excluded_topics", "Att ämnen kan undantas", "That topics may be left out"
    WITHDRAWAL = "withdrawal", "Rätten att ta tillbaka samtycket", "The right to withdraw"


class NamedPerson(Code):
    """Who a person outside the organisations, named in a consent, is to the individual."""

    CLOSE_PERSON = "close_person", "Närstående", "Close person"
    EMPLOYER = "employer", "Arbetsgivare", "Employer"
    REPRESENTATIVE = "representative", "Ställföreträdare", "Representative"
    OTHER = "other", "Annan", "Other"


class SecrecyGround(Code):
    """What lifts secrecy. Another question than the legal basis of the processing of personal data."""

    CONSENT = (
        "consent",
        "Samtycke, 10 kap. 1 § och 12 kap. 2 § offentlighets- och sekretesslagen",
        "Consent, Public Access to Information and Secrecy Act 10:1 and 12:2",
    )
    CONSENT_PRIVATE_CARE = (
        "consent_private_care",
        "Samtycke, 6 kap. 12 § patientsäkerhetslagen",
        "Consent, Patient Safety Act 6:12",
    )


class LegalBasis(Code):
    """Why personal data may be processed (GDPR article 6.1). Never consent: an authority is not an equal."""

    PUBLIC_TASK = "public_task", "Uppgift av allmänt intresse, artikel 6.1 e", "Public task, article 6.1 e"
    LEGAL_OBLIGATION = (
        "legal_obligation",
        "Rättslig förpliktelse, artikel 6.1 c",
        "Legal obligation, article 6.1 c",
    )


class CoverageState(Code):
    """Whether consent covers somebody now, and if not, what became of it last."""

    COVERED = "covered", "Samtycke finns", "Covered"
    NOT_ASKED = "not_asked", "Inte frågat", "Not asked"
    REFUSED = "refused", "Nekat", "Refused"
    NOT_INFORMED = "not_informed", "Information lämnades inte före", "Not informed before"
    EXPIRED = "expired", "Har löpt ut", "Expired"
    WITHDRAWN = "withdrawn", "Återkallat", "Withdrawn"
    NOT_NEEDED = "not_needed", "Behövs inte", "Not needed"
