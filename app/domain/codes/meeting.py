"""Codes of the meeting and of the summons to it."""

from app.domain.codes.base import Code


class MeetingForm(Code):
    """The form of a meeting."""

    FLERPARTSMOTE = "flerpartsmote", "Flerpartsmöte", "Multi-party meeting"
    SAMPLANERINGSMOTE = "samplaneringsmote", "Samplaneringsmöte", "Joint planning meeting"
    AVSTAMNINGSMOTE = "avstamningsmote", "Avstämningsmöte", "Reconciliation meeting"
    TREPARTSSAMTAL = "trepartssamtal", "Trepartssamtal", "Three-party talk"
    FLERPARTSSAMTAL = "flerpartssamtal", "Flerpartssamtal", "Multi-party talk"
    OVERLAMNINGSMOTE = "overlamningsmote", "Överlämningsmöte", "Handover meeting"
    STORMOTE = "stormote", "Stormöte", "General meeting"

    @property
    def is_statutory(self) -> bool:
        """Whether the law knows the form: a flerpartsmöte completes such forms only (UPP-003, 004)."""
        return self is MeetingForm.AVSTAMNINGSMOTE


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


class RelativesOffered(Code):
    """Whether the individual was offered to bring close persons, and the answer (UPP-028)."""

    YES = "yes", "Ja", "Yes"
    NO = "no", "Nej", "No"
    NOT_SUITABLE = "not_suitable", "Inte lämpligt", "Not suitable"
    NOT_ASKED = "not_asked", "Inte frågat", "Not asked"


class OutsiderKind(Code):
    """Who somebody outside the agreement is to the individual."""

    CLOSE_PERSON = "close_person", "Närstående", "Close person"
    EMPLOYER = "employer", "Arbetsgivare", "Employer"
    REPRESENTATIVE = "representative", "Ställföreträdare", "Representative"
    INTERPRETER = "interpreter", "Tolk", "Interpreter"
    OTHER = "other", "Annan aktör", "Other"


class CalledFunction(Code):
    """A function that a rule or a letter asks for; any other is told in the caller's own words."""

    REHABILITATION_COORDINATOR = (
        "rehabilitation_coordinator",
        "Rehabiliteringskoordinator",
        "Rehabilitation coordinator",
    )

    @classmethod
    def read(cls, written: str) -> str:
        """The code of a function written as its code or as people write it; other words as they are."""
        same = written.strip().casefold()
        return next((one for one in cls if same in (one, one.sv.casefold(), one.en.casefold())), written)


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
