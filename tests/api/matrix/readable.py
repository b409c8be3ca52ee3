"""Whose words reach whom, written down from the design's §4 and §5 and not from the application.

What an organisation writes is its own. An act carries some of it to others: a letter to whoever is called,
with that recipient's reason alone; the proceedings to those present, while consent lives; a plan to all who
have a part in it, for good. A statement goes to the holder of what it is about, and its reasons no further.
Within an organisation words stay in the unit, but for those who answer for all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.api.matrix.actors import PLACES
from tests.api.matrix.canaries import heard
from tests.api.matrix.expected import (
    ADMINISTRATION,
    ARCHIVE,
    HOUSE,
    STAFF,
    SUPERVISION,
    WHOLE_ORGANISATION,
)

HOME = {party: place for place, party in PLACES.items() if "other" not in place}


@dataclass(frozen=True)
class Readers:
    """Who may read what somebody writes in a field: the writer's organisation, and these places."""

    beside: frozenset[str] = frozenset()
    while_covered: frozenset[str] = frozenset()
    """Places that may as long as consent lives."""
    roles: frozenset[str] = STAFF
    any_unit: bool = False

    def include(self, place: str, role: str, writer: str, *, covered: bool) -> bool:
        """Whether somebody in this role at this place is one of them."""
        home = place.removesuffix("_other_unit")
        places = {HOME[writer]} | self.beside | (self.while_covered if covered else frozenset())
        in_unit = home == place or self.any_unit or role in WHOLE_ORGANISATION
        return home in places and role in self.roles and in_unit


def _places(*names: str) -> frozenset[str]:
    return frozenset(names)


CALLED = _places("disclosed", "withdrawn")
OWN = Readers()
OF_THE_HOUSE = Readers(roles=HOUSE, any_unit=True)
IN_THE_DIRECTORY = Readers(frozenset(HOME.values()), roles=HOUSE, any_unit=True)
OF_THE_ARCHIVE = Readers(roles=ARCHIVE, any_unit=True)
OF_THE_PERSON = Readers(any_unit=True)
"""Whoever has the person's number looks them up, in whatever unit of the organisation."""
ON_EVERY_LETTER = Readers(CALLED)
PROCEEDINGS = Readers(while_covered=_places("disclosed"))
PLAN = Readers(_places("own", "disclosed", "withdrawn"))
TO_THE_HOLDER = Readers(_places("own"))

READABLE: Mapping[str, Readers] = {
    "addUnit": IN_THE_DIRECTORY,
    "changeUnit": IN_THE_DIRECTORY,
    "addOfficer": OF_THE_HOUSE,
    "changeOfficer": OF_THE_HOUSE,
    "addAccount": Readers(roles=ADMINISTRATION, any_unit=True),
    "addDisposalRule": OF_THE_ARCHIVE,
    "recordLogReview": Readers(roles=SUPERVISION, any_unit=True),
    "registerIndividual": OF_THE_PERSON,
    "registerIndividual.name": Readers(CALLED, any_unit=True),
    "changeIndividual": OF_THE_PERSON,
    "changeIndividual.name": Readers(CALLED, any_unit=True),
    "lookUpIndividual.reason": OWN,
    "assessNeed": OWN,
    "offerMeeting": OWN,
    "answerOffer": OWN,
    "recordContact": OWN,
    "changeCarrier": OWN,
    "recordConsent": OWN,
    "documentConsent": OWN,
    "startMeeting.purpose": ON_EVERY_LETTER,
    "startMeeting.currentSituation": ON_EVERY_LETTER,
    "changeMeeting.purpose": ON_EVERY_LETTER,
    "changeMeeting.currentSituation": ON_EVERY_LETTER,
    "changeMeeting.place": ON_EVERY_LETTER,
    "offerTime.place": ON_EVERY_LETTER,
    "prepareMeeting": OWN,
    "addInvitee.name": ON_EVERY_LETTER,
    "addInvitee.function": ON_EVERY_LETTER,
    "changeInvitee.function": ON_EVERY_LETTER,
    "addInvitee.address": OWN,
    "addInvitee.reason": Readers(_places("withdrawn")),
    "changeInvitee.reason": Readers(_places("disclosed")),
    "bookMeeting": OWN,
    "issueSummons": OWN,
    "rescheduleMeeting.place": ON_EVERY_LETTER,
    "rescheduleMeeting.reason": OWN,
    "cancelMeeting": OWN,
    "openMeeting": PROCEEDINGS,
    "recordMeeting": PROCEEDINGS,
    "appointRecorder": PROCEEDINGS,
    "concludeMeeting": PROCEEDINGS,
    "recordAttendance.reason": OWN,
    "transferChair": OWN,
    "replyToSummons": TO_THE_HOLDER,
    "sayPrepared": TO_THE_HOLDER,
    "answerQuery": Readers(_places("disclosed")),
    "recallSummons": OWN,
    "writeDraft": PLAN,
    "changeDraft": PLAN,
    "approvePlan": TO_THE_HOLDER,
    "commitToAction": TO_THE_HOLDER,
    "reportAtFollowUp": TO_THE_HOLDER,
    "decideFollowUp": OWN,
    "reportDeviation": OWN,
    "handleDeviation": OWN,
    "confirmDeviation": OWN,
    "dismissDeviation": OWN,
}
"""For a field, or else for all that an operation takes. In the scene `changeInvitee` gives the reason of the
one who stays covered, `addInvitee` that of the one who is withdrawn.
"""

NOT_SHOWN_AGAIN = {
    "addOfficer.function": "replaced by changeOfficer",
    "addOfficer.name": "replaced by changeOfficer",
    "addOfficer.title": "replaced by changeOfficer",
    "addUnit.attention": "replaced by changeUnit",
    "addUnit.name": "replaced by changeUnit",
    "startMeeting.currentSituation": "replaced by changeMeeting",
    "startMeeting.purpose": "replaced by changeMeeting",
    "writeDraft.performedBy": "replaced by changeDraft",
    "writeDraft.text": "replaced by changeDraft",
    "bookMeeting.reason": "in the journal alone",
    "issueSummons.reason": "in the journal alone",
    "transferChair.reason": "shown by no operation",
}
"""Words that their own writer does not find any more, and why."""


def readers(where: str) -> Readers:
    """Who may read what is written there. Raises KeyError where nobody has thought about it."""
    return READABLE[where] if where in READABLE else READABLE[where.split(".")[0]]


def overheard(place: str, role: str, text: str, *, covered: bool = True) -> set[str]:
    """The words in a text that are not for somebody in this role at this place."""
    return {
        f"{writer}:{where}"
        for writer, where in heard(text)
        if not readers(where).include(place, role, writer, covered=covered)
    }
