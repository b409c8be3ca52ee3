"""Short letters about a summons already sent: moved, cancelled, taken back.

They name the person no further than that.
"""

from datetime import datetime

from app.documents.document import HIDDEN, Document, Section
from app.documents.swedish import day_and_time


def moved(
    to: tuple[str, ...], before: datetime | None, now: datetime, ends_at: datetime | None, place: str | None
) -> Document:
    """The meeting has another time or place; a reply to the earlier one no longer counts."""
    lines = [f"Ny tid: {day_and_time(now, ends_at)}"]
    if before:
        lines.append(f"Tidigare tid: {day_and_time(before)}")
    where = (Section("", (f"Plats: {place}",), (f"Plats: {HIDDEN}",)),) if place else ()
    return Document(
        title="Flerpartsmötet har flyttats",
        to=to,
        sections=(
            Section("", tuple(lines)),
            *where,
            Section("", ("Bekräfta gärna den nya tiden. Svar på den tidigare tiden räknas inte längre.",)),
        ),
    )


def cancelled(to: tuple[str, ...], at: datetime | None) -> Document:
    """The meeting will not be held."""
    when = (f"Det gällde {day_and_time(at)}.",) if at else ()
    return Document(
        title="Flerpartsmötet är inställt",
        to=to,
        sections=(Section("", ("Mötet hålls inte, och kallelsen gäller inte längre.", *when)),),
    )


def recalled(to: tuple[str, ...], *, sent_wrong: bool) -> Document:
    """The summons is taken back; one that was sent wrong says so."""
    what = "Kallelsen skickades fel och gäller inte." if sent_wrong else "Kallelsen gäller inte längre."
    return Document(
        title="Kallelsen är återkallad",
        to=to,
        sections=(Section("", (f"{what} Kontakta avsändaren vid frågor.",)),),
    )
