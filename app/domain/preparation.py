"""Förberedelser: the meeting is prepared with the individual, and by all called (UPP-021, UPP-025 to 029)."""

from collections.abc import Iterator

from app.domain.calendar import stockholm_day
from app.domain.codes import RelativesOffered, SubjectKind, SummonsStatus
from app.domain.facts.basics import NotYet, TheOrganisation, Unknown
from app.domain.facts.case import Subject
from app.domain.facts.picture import MeetingAtHand, Picture
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.states import is_ahead, summons_status
from app.domain.step import Step

NOT_PREPARED_WITH_INDIVIDUAL = Fault(
    "NOT_PREPARED_WITH_INDIVIDUAL",
    Words(
        "Mötet är inte förberett tillsammans med individen.",
        "The meeting is not prepared with the individual.",
    ),
    Words(
        "Förbered mötet tillsammans med individen och anteckna det.",
        "Prepare the meeting together with the individual and record it.",
    ),
)


@rule("FOR-1", at={Step.ISSUE_SUMMONS})
def the_meeting_is_prepared_with_the_individual(called: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """The meeting is prepared together with the individual before anybody is called (UPP-025).

    Kept: a preparation with the individual is recorded. Broken: none is, or it was made without.
    """
    preparation = called.meeting.preparation
    if isinstance(preparation, NotYet) or not preparation.with_individual:
        yield NOT_PREPARED_WITH_INDIVIDUAL.at("/preparation", called.initiator)


PARTICIPANT_NOT_AGREED = Fault(
    "PARTICIPANT_NOT_AGREED",
    Words(
        "Individen har inte varit med och bestämt att denna deltagare ska kallas.",
        "It has not been decided with the individual that this participant should come.",
    ),
    Words(
        "Gå igenom deltagarna med individen och anteckna vilka ni är överens om.",
        "Go through the participants with the individual and record whom you agree on.",
    ),
)


NOBODY_INVITED = Fault(
    "NOBODY_INVITED",
    Words("Ingen är inbjuden till mötet.", "Nobody is invited to the meeting."),
    Words(
        "Bestäm tillsammans med individen vilka som behöver komma, och anteckna dem som inbjudna.",
        "Decide with the individual who needs to come, and note them as invited.",
    ),
)
NOBODY_LEFT = Fault(
    "NOBODY_LEFT",
    Words("Ingen av de inbjudna är kvar att skriva till.", "None of those invited is left to write to."),
    Words(
        "Anteckna först vem mer mötet är till för, om någon behöver komma.",
        "Note first who else the meeting is for, if anybody needs to come.",
    ),
)


@rule("FOR-2", at={Step.ISSUE_SUMMONS, Step.ISSUE_INVITATION})
def every_invitee_is_agreed_with_the_individual(called: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """Together with the individual it is decided who needs to come (UPP-027).

    Kept: each of those turned to is noted as agreed.
    Broken: one is not, or is not noted at all; or nobody is turned to.
    """
    if not called.addressees:
        fault = NOBODY_LEFT if called.meeting.invitees else NOBODY_INVITED
        yield fault.at("/invitees", called.initiator)
    for pointer, invitee in called.addressees:
        if isinstance(invitee, Unknown) or not invitee.agreed_with_individual:
            yield PARTICIPANT_NOT_AGREED.at(pointer, called.initiator)


INDIVIDUAL_GOALS_EMPTY = Fault(
    "INDIVIDUAL_GOALS_EMPTY",
    Words("Individens egna mål är inte antecknade.", "The individual's own goals are not noted."),
    Words("Fråga individen om målen och anteckna dem.", "Ask the individual about the goals and note them."),
)


@rule("FOR-3", at={Step.PREPARE_MEETING})
def the_individuals_goals_are_noted(prepared: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """Preparation is to help the individual reach the own goals (UPP-026).

    Kept: the goals are noted. Broken: they are not.
    """
    preparation = prepared.meeting.preparation
    if isinstance(preparation, NotYet) or not preparation.goals_given:
        yield INDIVIDUAL_GOALS_EMPTY.at("/goals", prepared.initiator)


PARTICIPATION_SUPPORT_EMPTY = Fault(
    "PARTICIPATION_SUPPORT_EMPTY",
    Words(
        "Det är inte antecknat vad individen behöver för att kunna delta.",
        "What the individual needs to take part is not noted.",
    ),
    Words(
        "Gå igenom tolk, tid, plats, digitalt deltagande och stödperson.",
        "Consider interpreter, time, place, remote participation and a support person.",
    ),
)


@rule("FOR-4", at={Step.PREPARE_MEETING})
def support_to_take_part_is_considered(prepared: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """Each party creates good conditions for the individual to take part in the planning (UPP-021).

    Kept: it is noted what support is needed. Broken: it is not.
    """
    preparation = prepared.meeting.preparation
    if isinstance(preparation, NotYet) or not preparation.participation_support_given:
        yield PARTICIPATION_SUPPORT_EMPTY.at("/participationSupport", prepared.initiator)


RELATIVES_NOT_CONSIDERED = Fault(
    "RELATIVES_NOT_CONSIDERED",
    Words(
        "Frågan om närstående ska få delta är inte ställd.",
        "It has not been asked whether close persons should come.",
    ),
    Words(
        "Erbjud individen att ta med närstående, och anteckna svaret eller att det inte är lämpligt.",
        "Offer the individual to bring close persons, and record the answer, or that it is not suitable.",
    ),
)


@rule("FOR-5", at={Step.PREPARE_MEETING, Step.ISSUE_SUMMONS})
def the_relatives_question_is_asked(prepared: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """Close persons are given the chance to come; the duty is to offer it (UPP-028).

    Kept: answered yes, no, or not suitable. Broken: not asked.
    """
    preparation = prepared.meeting.preparation
    if isinstance(preparation, NotYet) or preparation.relatives_offered is RelativesOffered.NOT_ASKED:
        yield RELATIVES_NOT_CONSIDERED.at("/relativesOffered", prepared.initiator)


PREPARE_FOR_MEETING = Fault(
    "PREPARE_FOR_MEETING",
    Words("Förbered er inför mötet den {due}.", "Prepare for the meeting on {due}."),
    Words("Meddela att ni är förberedda.", "Say that you are prepared."),
)


@rule("FOR-6", at={Step.TICK})
def everyone_called_prepares(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """Everyone who is to attend has a duty to prepare (UPP-029).

    Kept: the called organisation says it is prepared, or will not come.
    Broken: neither, and the meeting is near.
    """
    for meeting in filter(is_ahead, picture.meetings):
        for summons in meeting.summonses_in_force:
            coming = summons_status(meeting, summons) is not SummonsStatus.DECLINED
            if coming and isinstance(summons.prepared_at, NotYet):
                yield PREPARE_FOR_MEETING.owed(
                    Subject(SubjectKind.SUMMONS, summons.id),
                    TheOrganisation(summons.organisation_id),
                    Deadline.before(stockholm_day(summons.meeting_starts_at), agreed.days),
                )
