"""The receipt that the individual is handed after taking consent back: plain words, no name, no reason."""

from datetime import datetime
from uuid import UUID

from app.documents.swedish import day
from app.domain.calendar import stockholm_day
from app.domain.codes import ConsentKind
from app.domain.rule import Words

_TO_WHAT = {
    ConsentKind.CALL: Words(
        "att myndigheter kallas till flerpartsmöte om dig",
        "authorities being called to a meeting about you",
    ),
    ConsentKind.INFORMATION_EXCHANGE: Words(
        "att myndigheter utbyter uppgifter om dig", "authorities exchanging information about you"
    ),
}
_EVERYBODY = Words("alla som samtycket gällde", "everybody the consent covered")


def withdrawal_receipt(
    receipt_id: UUID,
    kind: ConsentKind,
    of_organisation: str | None,
    recorded_by: str,
    said_at: datetime,
    recorded_at: datetime,
) -> Words:
    """The receipt in Swedish and English; `of_organisation` is None where everything was taken back.

    It names no other organisation: whoever records a withdrawal need not know whom else the consent covered.
    """
    what = _TO_WHAT[kind]
    whom = Words(of_organisation, of_organisation) if of_organisation else _EVERYBODY
    return Words(
        f"""Kvitto: du har tagit tillbaka ditt samtycke

Den {day(said_at)} tog du tillbaka ditt samtycke till {what.sv}.
Det gäller {whom.sv}.
{recorded_by} antecknade det den {day(recorded_at)}.

Det här händer nu:
- Det som har visats med stöd av samtycket kan inte längre läsas av {whom.sv}. Inget nytt skickas dit.
- Om ett möte var bokat med {whom.sv} vilar det tills du har samtyckt på nytt eller mötet har ändrats.
- Brev och planer som redan har lämnats ut finns kvar hos den som fick dem. Det gör också det var och en \
själv har skrivit.

Du behövde inte säga varför. Du kan samtycka på nytt när du vill.

Kvittots nummer: {receipt_id}
""",
        f"""Receipt: you have taken back your consent

On {stockholm_day(said_at).isoformat()} you took back your consent to {what.en}.
It applies to {whom.en}.
{recorded_by} recorded it on {stockholm_day(recorded_at).isoformat()}.

What happens now:
- What was shown because of the consent can no longer be read by {whom.en}. Nothing new is sent there.
- If a meeting was booked with {whom.en}, it rests until you consent anew or the meeting is changed.
- Letters and plans already handed over stay with whoever received them. So does what each has written.

You did not have to say why. You may consent anew whenever you wish.

Number of this receipt: {receipt_id}
""",
    )
