"""Samtycke över tid: what a consent asks of the parties after it was given (UPP-016, UPP-019, UPP-020)."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.calendar import stockholm_day
from app.domain.codes import SubjectKind
from app.domain.facts.basics import NoEnd, TheOrganisation
from app.domain.facts.case import Subject
from app.domain.facts.consent import Consent
from app.domain.facts.picture import Picture
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.states import is_suspended
from app.domain.step import Step

CONSENT_NOT_DOCUMENTED = Fault(
    "CONSENT_NOT_DOCUMENTED",
    Words(
        "Organisationen har inte dokumenterat samtycket.", "The organisation has not documented the consent."
    ),
    Words("Dokumentera samtycket enligt er rutin.", "Document the consent by your own routine."),
)


@rule("SAM-6", at={Step.OPEN_MEETING, Step.ADMIT_TO_MEETING, Step.TICK})
def every_party_has_documented_the_consent(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """Each party, not only the initiator, documents the consent (UPP-020).

    Kept: every organisation that a live consent covers, and that knows of the case, has documented it.
    Broken: one has not. An organisation that nothing has
    been shown to yet owes nothing, and must not be told.
    """
    now = picture.case.now
    for consent in (one for one in picture.case.consents if one.is_live(now)):
        for organisation in consent.ever_covered(now):
            owes = consent.covers(organisation, now) and not consent.is_documented_by(organisation)
            if owes and picture.concerns(organisation):
                yield CONSENT_NOT_DOCUMENTED.owed(
                    Subject(SubjectKind.CONSENT, consent.id),
                    TheOrganisation(organisation),
                    Deadline.on(stockholm_day(consent.said_at)),
                )


CONSENT_ENDS_SOON = Fault(
    "CONSENT_ENDS_SOON",
    Words("Samtycket upphör att gälla {due}.", "The consent ends on {due}."),
    Words(
        "Fråga individen om samtycket ska förlängas eller ges på nytt.",
        "Ask the individual whether to extend the consent or to give it anew.",
    ),
)


@rule("SAM-11", at={Step.TICK})
def a_consent_is_renewed_before_it_ends(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """What is to be done together later needs a consent that is live then (UPP-016).

    Kept: the consent has no end, or another of its kind lasts longer. Broken: it ends soon, and none does.
    """
    live = [one for one in picture.case.consents if one.is_live(picture.case.now)]
    for consent in live:
        end = consent.final_end
        if not isinstance(end, NoEnd) and not any(_lasts_beyond(end, consent, other) for other in live):
            yield CONSENT_ENDS_SOON.owed(
                Subject(SubjectKind.CONSENT, consent.id),
                TheOrganisation(consent.taken_by.organisation_id),
                Deadline.before(stockholm_day(end), agreed.days),
            )


def _lasts_beyond(end: datetime, consent: Consent, other: Consent) -> bool:
    """Whether another consent of the same kind lasts longer."""
    other_end = other.final_end
    return other.kind is consent.kind and (isinstance(other_end, NoEnd) or other_end > end)


MEETING_SUSPENDED = Fault(
    "MEETING_SUSPENDED",
    Words(
        "Mötet vilar: samtycket för en kallad organisation har upphört.",
        "The meeting rests: consent no longer covers an organisation that is called.",
    ),
    Words(
        "Återkalla kallelsen, ställ in mötet, eller fråga individen om nytt samtycke.",
        "Recall the summons, cancel the meeting, or ask the individual for new consent.",
    ),
)


@rule("SAM-12", at={Step.TICK})
def a_meeting_without_consent_is_taken_in_hand(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """The individual may take consent back at any time; a booked meeting then rests (UPP-019).

    Kept: every organisation still called is covered, as before. Broken: one has lost it.
    """
    for meeting in picture.meetings:
        if is_suspended(picture.case, meeting):
            yield MEETING_SUSPENDED.owed(
                Subject(SubjectKind.MEETING, meeting.id),
                TheOrganisation(meeting.holder),
                Deadline.on(picture.case.as_of),
            )
