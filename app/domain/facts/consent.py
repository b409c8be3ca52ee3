"""What the individual has said about consent, and what became of it (UPP-015 to UPP-020, UPP-088)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.codes import ConsentAnswer, ConsentGiver, ConsentKind
from app.domain.facts.basics import NoEnd, NotYet


@dataclass(frozen=True)
class ConsentTaker:
    """Who took the consent, as the summons says it; texts are not shown here, only whether they are given."""

    organisation_id: UUID
    name_given: bool
    function_given: bool


@dataclass(frozen=True)
class EndUnchanged:
    """An extension that adds organisations or persons only."""


@dataclass(frozen=True)
class Extension:
    """More organisations, more persons or a later end, on the same consent, said anew by the individual."""

    id: UUID
    said_at: datetime
    organisation_ids: tuple[UUID, ...]
    outsider_ids: tuple[UUID, ...]
    ends_at: datetime | NoEnd | EndUnchanged


@dataclass(frozen=True)
class WholeConsent:
    """The withdrawal takes back everything."""


@dataclass(frozen=True)
class OneOrganisation:
    """The withdrawal takes back what covered one organisation."""

    id: UUID


@dataclass(frozen=True)
class Withdrawal:
    """The individual takes consent back. It works from when it was recorded: nobody could know before."""

    id: UUID
    scope: WholeConsent | OneOrganisation
    said_at: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class Documentation:
    """One organisation has documented the consent by its own routine (UPP-020); only it can say so."""

    id: UUID
    organisation_id: UUID
    documented_on: date


@dataclass(frozen=True)
class Consent:
    """One consent, given or refused. It covers organisations, not officers, and names outsiders."""

    id: UUID
    kind: ConsentKind
    answer: ConsentAnswer
    given_by: ConsentGiver
    informed_at: datetime | NotYet
    information_adapted: bool
    said_at: datetime
    taken_by: ConsentTaker
    organisation_ids: tuple[UUID, ...]
    outsider_ids: tuple[UUID, ...]
    ends_at: datetime | NoEnd
    extensions: tuple[Extension, ...]
    withdrawals: tuple[Withdrawal, ...]
    documentations: tuple[Documentation, ...]
    entered_in_error: bool

    @property
    def is_informed(self) -> bool:
        """Whether information was given before the word was (UPP-015)."""
        return not isinstance(self.informed_at, NotYet) and self.informed_at <= self.said_at

    @property
    def final_end(self) -> datetime | NoEnd:
        """When it ends, by the latest extension that says so."""
        end = self.ends_at
        for extension in sorted(self.extensions, key=lambda extension: extension.said_at):
            if not isinstance(extension.ends_at, EndUnchanged):
                end = extension.ends_at
        return end

    def is_withdrawn(self, at: datetime) -> bool:
        """Whether all of it had been taken back at an instant."""
        return any(isinstance(w.scope, WholeConsent) and w.recorded_at <= at for w in self.withdrawals)

    def is_withdrawn_for(self, organisation_id: UUID, at: datetime) -> bool:
        """Whether it had been taken back for this organisation at an instant, alone or with everything."""
        alone = OneOrganisation(organisation_id)
        return self.is_withdrawn(at) or any(
            w.scope == alone and w.recorded_at <= at for w in self.withdrawals
        )

    def has_expired(self, at: datetime) -> bool:
        """Whether its end had come at an instant."""
        end = self.final_end
        return not isinstance(end, NoEnd) and end <= at

    def is_live(self, at: datetime) -> bool:
        """Whether it could be relied on at an instant: informed, given, not ended, not taken back."""
        return (
            self.answer is ConsentAnswer.GIVEN
            and not self.entered_in_error
            and self.is_informed
            and self.said_at <= at
            and not self.has_expired(at)
            and not self.is_withdrawn(at)
        )

    def ever_covered(self, at: datetime) -> tuple[UUID, ...]:
        """The organisations it had been said to cover by an instant, whether or not it still does.

        Whoever asked for consent to exchange information is one side of that exchange.
        """
        asking = (self.taken_by.organisation_id,) if self.kind is ConsentKind.INFORMATION_EXCHANGE else ()
        added = (extension for extension in self.extensions if extension.said_at <= at)
        later = (one for extension in added for one in extension.organisation_ids)
        return tuple(dict.fromkeys((*self.organisation_ids, *asking, *later)))

    def covers(self, organisation_id: UUID, at: datetime) -> bool:
        """Whether it was live for this organisation at an instant; once withdrawn for it, it stays so."""
        return (
            self.is_live(at)
            and organisation_id in self.ever_covered(at)
            and not self.is_withdrawn_for(organisation_id, at)
        )

    def names(self, outsider_id: UUID, at: datetime) -> bool:
        """Whether it was live and named this person outside the organisations at an instant."""
        added = (extension for extension in self.extensions if extension.said_at <= at)
        named = self.outsider_ids + tuple(one for extension in added for one in extension.outsider_ids)
        return self.is_live(at) and outsider_id in named

    def is_documented_by(self, organisation_id: UUID) -> bool:
        """Whether this organisation has documented it (UPP-020)."""
        return any(said.organisation_id == organisation_id for said in self.documentations)
