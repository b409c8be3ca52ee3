"""Codes of the log of who did and saw what: what kind of information, for what, and how a review ended."""

from app.domain.codes.base import Code


class LogEntryKind(Code):
    """What an entry of a person's log tells of."""

    READ = "read", "Läsning", "Reading"
    DECISION = "decision", "Åtgärd", "Act or statement"
    REFUSAL = "refusal", "Avvisad åtgärd", "Refused act"
    DISCLOSURE = "disclosure", "Utlämnande till en annan organisation", "Shown to another organisation"


class InformationCategory(Code):
    """What kind of information about a person something shows or changes."""

    PERSON = "person", "Uppgifter om personen", "Particulars of the person"
    CASE = "case", "Ärendets gång", "The course of the case"
    CONSENT = "consent", "Samtycken", "Consents"
    MEETING = "meeting", "Möten och hur de förbereds", "Meetings and how they are prepared"
    LETTER = "letter", "Kallelser och brev", "Summonses and letters"
    PLAN = "plan", "Planer, åtgärder och uppföljning", "Plans, actions and follow-up"
    DEVIATION = "deviation", "Avvikelser från rutinen", "Departures from the routine"
    LOG = "log", "Loggen över vem som läst", "The log of who has read"


class Purpose(Code):
    """What information about a person is used for."""

    ASSESSING_NEED = "assessing_need", "Bedöma behovet av samordning", "Assessing the need of coordination"
    KEEPING_CONSENT = "keeping_consent", "Ta emot och följa samtycke", "Taking and keeping to consent"
    PREPARING_MEETING = (
        "preparing_meeting",
        "Förbereda och kalla till möte",
        "Preparing and calling a meeting",
    )
    HOLDING_MEETING = "holding_meeting", "Hålla mötet", "Holding the meeting"
    PLANNING = "planning", "Upprätta och genomföra planen", "Making and carrying out the plan"
    FOLLOWING_UP = "following_up", "Följa upp planen", "Following the plan up"
    HANDLING_CASE = "handling_case", "Handlägga ärendet", "Handling the case"
    IMPROVING = "improving", "Hantera avvikelser", "Handling departures from the routine"
    INFORMING_PERSON = (
        "informing_person",
        "Lämna loggutdrag till personen",
        "Giving the person the log extract",
    )
    SUPERVISING = "supervising", "Kontrollera vem som läst", "Checking who has read"


class LogOrigin(Code):
    """Whose what was shown is."""

    OWN = "own", "Organisationens egen uppgift", "The organisation's own"
    RECEIVED = "received", "Mottagen från en annan organisation", "Received from another organisation"
    SHOWN = "shown", "Visad av en annan organisation", "Shown by another organisation"


class ReviewOutcome(Code):
    """How a review of the log ended."""

    NOTHING_TO_REMARK = "nothing_to_remark", "Inget att anmärka", "Nothing to remark"
    EXPLAINED = "explained", "Det som avvek har förklarats", "What stood out has been explained"
    SUSPECTED = "suspected", "Misstänkt obehörig läsning", "Suspected unauthorised reading"
