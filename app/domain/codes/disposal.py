"""The codes of disposal (gallring): what may be disposed of, and from which event its time is counted."""

from app.domain.codes.base import Code


class DisposalKind(Code):
    """What an organisation disposes of: always its own."""

    CASE = "case", "Eget ärende", "Own case"
    RECEIVED_COPY = "received_copy", "Mottagen handling", "Received copy"
    STATEMENT = "statement", "Egna ord i andras ärende", "Own words in another's case"
    INDIVIDUAL = "individual", "Person utan ärende eller handling", "Person without a case or a copy"


class DisposalEvent(Code):
    """From what the time of keeping is counted."""

    CASE_CLOSED = "case_closed", "Ärendet avslutades", "The case was closed"
    CONSENT_ENDED = "consent_ended", "Sista samtycket upphörde", "The last consent ended"
    COPY_RECEIVED = "copy_received", "Handlingen kom in", "The copy was received"
    LAST_SAID = "last_said", "Sista ordet sades", "The last word was said"
    REGISTERED = "registered", "Personen registrerades", "The person was registered"
