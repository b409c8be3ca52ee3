"""What the log says of each operation: what kind of information, for what, and words the person understands.

One literal table. An operation that is not in it shows and changes nothing about a person.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.access import Operation
from app.domain.codes import InformationCategory as About
from app.domain.codes import Purpose
from app.domain.log_words_protection import PROTECTED_AS
from app.domain.logged import LoggedAs as LoggedAs
from app.domain.logged import logged as _to

_HANDLING, _ASSESSING, _CONSENT = Purpose.HANDLING_CASE, Purpose.ASSESSING_NEED, Purpose.KEEPING_CONSENT
_PREPARING, _HOLDING, _PLANNING = Purpose.PREPARING_MEETING, Purpose.HOLDING_MEETING, Purpose.PLANNING
_FOLLOWING, _IMPROVING, _CHECKING = Purpose.FOLLOWING_UP, Purpose.IMPROVING, Purpose.SUPERVISING

LOGGED_AS: Mapping[Operation, LoggedAs] = MappingProxyType(
    {
        **PROTECTED_AS,
        Operation.LIST_TASKS: _to(
            _HANDLING, About.CASE, "såg i sin arbetslista vad som väntar", "saw in the work list what is due"
        ),
        Operation.REGISTER_INDIVIDUAL: _to(
            _HANDLING, About.PERSON, "registrerade personen", "registered the person"
        ),
        Operation.LOOK_UP_INDIVIDUAL: _to(
            _HANDLING, About.PERSON, "sökte fram personen med personnummer", "looked the person up by number"
        ),
        Operation.READ_INDIVIDUAL: _to(
            _HANDLING, About.PERSON, "läste uppgifterna om personen", "read the particulars of the person"
        ),
        Operation.CHANGE_INDIVIDUAL: _to(
            _HANDLING,
            About.PERSON,
            "ändrade uppgifterna om personen",
            "changed the particulars of the person",
        ),
        Operation.REGISTER_CASE: _to(_HANDLING, About.CASE, "registrerade ärendet", "registered the case"),
        Operation.LIST_CASES: _to(_HANDLING, About.CASE, "såg ärendet i en lista", "saw the case in a list"),
        Operation.READ_CASE: _to(_HANDLING, About.CASE, "läste ärendet", "read the case"),
        Operation.READ_CASE_READINESS: _to(
            _HANDLING, About.CASE, "såg vad ett steg i ärendet kräver", "saw what a step of the case needs"
        ),
        Operation.ASSESS_NEED: _to(_ASSESSING, About.CASE, "bedömde behovet", "assessed the need"),
        Operation.OFFER_MEETING: _to(_ASSESSING, About.CASE, "erbjöd ett möte", "offered a meeting"),
        Operation.ANSWER_OFFER: _to(
            _ASSESSING, About.CASE, "antecknade svaret på erbjudandet", "recorded the answer to the offer"
        ),
        Operation.RECORD_CONTACT: _to(_ASSESSING, About.CASE, "antecknade en kontakt", "recorded a contact"),
        Operation.CHANGE_CARRIER: _to(_HANDLING, About.CASE, "lämnade över ärendet", "handed the case over"),
        Operation.CLOSE_CASE: _to(_HANDLING, About.CASE, "avslutade ärendet", "closed the case"),
        Operation.RECORD_CONSENT: _to(
            _CONSENT, About.CONSENT, "antecknade ett samtycke", "recorded a consent"
        ),
        Operation.READ_CONSENT: _to(_CONSENT, About.CONSENT, "läste ett samtycke", "read a consent"),
        Operation.DOCUMENT_CONSENT: _to(
            _CONSENT, About.CONSENT, "dokumenterade ett samtycke", "documented a consent"
        ),
        Operation.EXTEND_CONSENT: _to(
            _CONSENT, About.CONSENT, "antecknade ett utökat samtycke", "recorded that a consent was extended"
        ),
        Operation.WITHDRAW_CONSENT: _to(
            _CONSENT,
            About.CONSENT,
            "antecknade att ett samtycke tagits tillbaka",
            "recorded that a consent was taken back",
        ),
        Operation.LIST_CONSENTS: _to(
            _CONSENT, About.CONSENT, "såg ärendets samtycken", "saw the consents of the case"
        ),
        Operation.PREVIEW_WITHDRAWAL: _to(
            _CONSENT,
            About.CONSENT,
            "såg vad som händer om ett samtycke tas tillbaka",
            "saw what happens if a consent is taken back",
        ),
        Operation.READ_WITHDRAWAL_RECEIPT: _to(
            _CONSENT,
            About.CONSENT,
            "läste kvittot på ett återtaget samtycke",
            "read the receipt of a consent taken back",
        ),
        Operation.CORRECT_CONSENT: _to(
            _CONSENT, About.CONSENT, "rättade ett felaktigt samtycke", "corrected a consent entered in error"
        ),
        Operation.READ_CONSENT_COVERAGE: _to(
            _CONSENT,
            About.CONSENT,
            "såg vilka inbjudna samtycket omfattar",
            "saw whom of those invited consent covers",
        ),
        Operation.START_MEETING: _to(
            _PREPARING, About.MEETING, "började förbereda ett möte", "began to prepare a meeting"
        ),
        Operation.LIST_MEETINGS: _to(
            _PREPARING, About.MEETING, "såg mötet i en lista", "saw the meeting in a list"
        ),
        Operation.READ_MEETING: _to(_PREPARING, About.MEETING, "läste om mötet", "read about the meeting"),
        Operation.CHANGE_MEETING: _to(
            _PREPARING, About.MEETING, "ändrade uppgifter om mötet", "changed particulars of the meeting"
        ),
        Operation.PREPARE_MEETING: _to(
            _PREPARING,
            About.MEETING,
            "antecknade hur mötet förberetts",
            "recorded how the meeting was prepared",
        ),
        Operation.CHANGE_INVITEES: _to(
            _PREPARING, About.MEETING, "ändrade vilka som bjuds in", "changed who is invited"
        ),
        Operation.OFFER_TIME: _to(
            _PREPARING, About.MEETING, "antecknade en möjlig tid", "noted a time that is possible"
        ),
        Operation.BOOK_MEETING: _to(_PREPARING, About.MEETING, "bokade mötet", "booked the meeting"),
        Operation.READ_READINESS: _to(
            _PREPARING,
            About.MEETING,
            "såg vad nästa steg med mötet kräver",
            "saw what the meeting's next step needs",
        ),
        Operation.PREVIEW_SUMMONS: _to(
            _PREPARING, About.LETTER, "läste utkast till kallelser", "read the summonses before they are sent"
        ),
        Operation.LIST_ISSUED_SUMMONSES: _to(
            _PREPARING, About.LETTER, "såg mötets kallelser", "saw the summonses to the meeting"
        ),
        Operation.ISSUE_SUMMONS: _to(
            _PREPARING,
            About.LETTER,
            "kallade organisationer till mötet",
            "called organisations to the meeting",
        ),
        Operation.PREVIEW_INVITATION: _to(
            _PREPARING, About.LETTER, "läste utkast till inbjudningar", "read the invitations before they go"
        ),
        Operation.LIST_INVITATIONS: _to(
            _PREPARING, About.LETTER, "läste mötets inbjudningar", "read the invitations to the meeting"
        ),
        Operation.ISSUE_INVITATION: _to(
            _PREPARING, About.LETTER, "bjöd in någon till mötet", "invited somebody to the meeting"
        ),
        Operation.LIST_SUMMONSES: _to(
            _PREPARING, About.LETTER, "såg kallelsen bland inkomna", "saw the summons among those received"
        ),
        Operation.READ_SUMMONS: _to(_PREPARING, About.LETTER, "läste kallelsen", "read the summons"),
        Operation.REPLY_TO_SUMMONS: _to(
            _PREPARING, About.LETTER, "svarade på kallelsen", "replied to the summons"
        ),
        Operation.ANSWER_QUERY: _to(
            _PREPARING,
            About.LETTER,
            "svarade på en fråga om kallelsen",
            "answered a question about the summons",
        ),
        Operation.ASSIGN_SUMMONS: _to(
            _PREPARING, About.LETTER, "gav kallelsen till en handläggare", "gave the summons to an officer"
        ),
        Operation.SAY_PREPARED: _to(
            _PREPARING,
            About.MEETING,
            "meddelade att de förberett sig inför mötet",
            "said that they had prepared for the meeting",
        ),
        Operation.RECALL_SUMMONS: _to(
            _PREPARING, About.LETTER, "återkallade en kallelse", "took a summons back"
        ),
        Operation.RESCHEDULE_MEETING: _to(_PREPARING, About.MEETING, "flyttade mötet", "moved the meeting"),
        Operation.CANCEL_MEETING: _to(_PREPARING, About.MEETING, "ställde in mötet", "cancelled the meeting"),
        Operation.OPEN_MEETING: _to(
            _HOLDING,
            About.MEETING,
            "öppnade mötet och visade det för dem som deltog",
            "opened the meeting and showed it to those present",
        ),
        Operation.RECORD_MEETING: _to(
            _HOLDING, About.MEETING, "antecknade ett möte som hållits", "recorded a meeting that was held"
        ),
        Operation.TRANSFER_CHAIR: _to(
            _HOLDING, About.MEETING, "lämnade över ordförandeskapet", "handed the chair over"
        ),
        Operation.APPOINT_RECORDER: _to(
            _HOLDING, About.MEETING, "utsåg vem som skriver planen", "appointed who writes the plan"
        ),
        Operation.RECORD_ATTENDANCE: _to(
            _HOLDING, About.MEETING, "antecknade vilka som kom", "recorded who came"
        ),
        Operation.CONCLUDE_MEETING: _to(_HOLDING, About.MEETING, "avslutade mötet", "concluded the meeting"),
        Operation.WRITE_DRAFT: _to(
            _PLANNING, About.PLAN, "skrev ett utkast till plan", "wrote a draft of the plan"
        ),
        Operation.CHANGE_DRAFT: _to(
            _PLANNING, About.PLAN, "ändrade utkastet till plan", "changed the draft of the plan"
        ),
        Operation.READ_DRAFT: _to(
            _PLANNING, About.PLAN, "läste utkastet till plan", "read the draft of the plan"
        ),
        Operation.HAND_OVER_DRAFT: _to(
            _PLANNING,
            About.PLAN,
            "lämnade utkastet till mötets ordförande",
            "handed the draft to the meeting's chair",
        ),
        Operation.PROPOSE_PLAN: _to(
            _PLANNING,
            About.PLAN,
            "föreslog planen för dem som den berör",
            "proposed the plan to those it concerns",
        ),
        Operation.READ_PLAN: _to(_PLANNING, About.PLAN, "läste planen", "read the plan"),
        Operation.READ_PLAN_DIFFERENCES: _to(
            _PLANNING, About.PLAN, "jämförde två versioner av planen", "compared two versions of the plan"
        ),
        Operation.READ_PLAN_DOCUMENT: _to(
            _PLANNING, About.PLAN, "läste planen som dokument", "read the plan as a document"
        ),
        Operation.APPROVE_PLAN: _to(
            _PLANNING, About.PLAN, "antecknade ett svar på planen", "recorded an answer to the plan"
        ),
        Operation.DISTRIBUTE_PLAN: _to(_PLANNING, About.PLAN, "lämnade ut planen", "handed the plan out"),
        Operation.READ_ACTION: _to(
            _PLANNING, About.PLAN, "läste om en åtgärd i planen", "read about an action of the plan"
        ),
        Operation.COMMIT_TO_ACTION: _to(
            _PLANNING, About.PLAN, "lämnade besked om en åtgärd", "gave word on an action"
        ),
        Operation.REPORT_AT_FOLLOW_UP: _to(
            _FOLLOWING, About.PLAN, "redovisade vid uppföljningen", "reported at the follow-up"
        ),
        Operation.DECIDE_FOLLOW_UP: _to(
            _FOLLOWING, About.PLAN, "beslutade hur planen går vidare", "decided how the plan goes on"
        ),
        Operation.REPORT_DEVIATION: _to(
            _IMPROVING, About.DEVIATION, "rapporterade en avvikelse", "reported a deviation"
        ),
        Operation.LIST_DEVIATIONS: _to(
            _IMPROVING, About.DEVIATION, "såg en avvikelse i en lista", "saw a deviation in a list"
        ),
        Operation.READ_DEVIATION: _to(_IMPROVING, About.DEVIATION, "läste en avvikelse", "read a deviation"),
        Operation.CONFIRM_DEVIATION: _to(
            _IMPROVING, About.DEVIATION, "bekräftade en avvikelse", "confirmed a deviation"
        ),
        Operation.DISMISS_DEVIATION: _to(
            _IMPROVING, About.DEVIATION, "avfärdade en avvikelse", "dismissed a deviation"
        ),
        Operation.HANDLE_DEVIATION: _to(
            _IMPROVING, About.DEVIATION, "hanterade en avvikelse", "handled a deviation"
        ),
        Operation.TICK: _to(
            _IMPROVING,
            About.DEVIATION,
            "föreslog en avvikelse av sig självt",
            "proposed a deviation by itself",
        ),
        Operation.LIST_LOG_ENTRIES: _to(
            Purpose.INFORMING_PERSON, About.LOG, "tog fram loggutdraget", "took out the log extract"
        ),
        Operation.READ_LOG_SELECTION: _to(
            _CHECKING, About.LOG, "granskade vem som läst", "reviewed who had read"
        ),
    }
)

DISCLOSED_AS: Mapping[str, LoggedAs] = MappingProxyType(
    {
        "summons": _to(_PREPARING, About.LETTER, "lämnade ut en kallelse till", "handed a summons to"),
        "notice": _to(
            _PREPARING, About.LETTER, "lämnade ut ett besked om mötet till", "handed word of the meeting to"
        ),
        "meeting": _to(_HOLDING, About.MEETING, "visade mötet för", "showed the meeting to"),
        "draft": _to(
            _PLANNING, About.PLAN, "visade utkastet till plan för", "showed the draft of the plan to"
        ),
        "plan": _to(_PLANNING, About.PLAN, "visade planen för", "showed the plan to"),
    }
)
"""The same for what an act shows another organisation, by the kind of thing; the organisation follows."""
