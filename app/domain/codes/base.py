"""What a code is: a value of the API with the words a person reads."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code with its Swedish and its English label."""

    sv: str
    en: str

    def __new__(cls, value: str, sv: str = "", en: str = "") -> Self:
        """Make a code that is its value, with both labels; calling a list with a value looks it up."""
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


class Channel(Code):
    """How a word reached whoever recorded it, or how a letter is sent."""

    LETTER = "letter", "Brev", "Letter"
    SECURE_MESSAGE = "secure_message", "Säkert meddelande", "Secure message"
    TELEPHONE = "telephone", "Telefon", "Telephone"
    AT_THE_MEETING = "at_the_meeting", "Vid mötet", "At the meeting"
    API = "api", "Via gränssnittet", "Through the API"


class SubjectKind(Code):
    """What a finding, a task or a deviation is about."""

    CASE = "case", "Ärende", "Case"
    CONTACT = "contact", "Kontakt", "Contact"
    CONSENT = "consent", "Samtycke", "Consent"
    MEETING = "meeting", "Möte", "Meeting"
    SUMMONS = "summons", "Kallelse", "Summons"
    PLAN = "plan", "Plan", "Plan"
    ACTION = "action", "Åtgärd", "Action"
    DEVIATION = "deviation", "Avvikelse", "Deviation"
    ORGANISATION = "organisation", "Organisation", "Organisation"
