"""How each operation is asked about the things of the scene: its path for whoever asks, and its body."""

import itertools
import re
from datetime import timedelta
from typing import Any

from tests.api.matrix.canaries import ANOTHER
from tests.api.matrix.document import UNKNOWN, Operation, parts, with_part
from tests.api.matrix.play import Play

LEFT_IN_PEACE = {
    "correctConsent": {"consentId": "side_consentId"},
    "recallSummons": {"summonsId": "leftSummonsId"},
}
"""Where success would end the scene, its holder names a thing of its own, which has ended already."""

ALSO = {
    "meetingId": ("followUpId", "cancelledId"),
    "deviationId": ("confirmedId", "dismissedId"),
    "individualId": ("hiddenId",),
    "jointDecisionId": ("hiddenDecisionId",),
}
"""What the play keeps under names that do not end with those of the paths."""

STALE = 999_999


class Asked:
    """The path of an operation as somebody at a place asks for it."""

    def __init__(self, it: Play, operation: Operation, place: str) -> None:
        ids = dict(it.ids)
        if place == "withdrawn":
            ids["summonsId"] = ids["leftSummonsId"]
            ids["actionId"] = ids["leftActionId"] if operation.id == "readAction" else ids["actionId"]
        if place.startswith("own"):
            ids |= {name: ids[other] for name, other in LEFT_IN_PEACE.get(operation.id, {}).items()}
        ids |= {"agreementId": "uppsala@2020-01-01", "ruleId": "SAM-2"}
        ids["organisationId"] = str(it.holder.caller.organisation_id)
        self.path = it.path(operation, **ids)
        self.never = operation.path.format_map(_Never())


def every_path(it: Play, operation: Operation) -> list[str]:
    """The operation's path for everything of its kind that the play has made, whoever asks."""
    names = re.findall(r"{(\w+)}", operation.path)
    made = [sorted({one for kept, one in it.ids.items() if _is_a(kept, name)}) for name in names]
    return [it.path(operation, **dict(zip(names, ids, strict=True))) for ids in itertools.product(*made)]


def _is_a(kept: str, name: str) -> bool:
    return kept in ALSO.get(name, ()) or kept.lower().endswith(name.lower())


class _Never(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return {"agreementId": "never@1900-01-01", "ruleId": "SAM-999"}.get(name, UNKNOWN)


def filled(it: Play, operation: Operation, *, never: bool = False) -> Any:
    """The operation's example, its ids those of the scene, its version one that nothing has.

    `never` names in their stead the case, the person or the meeting that never was.
    """
    body = operation.example
    if not isinstance(body, dict):
        return body
    ids: dict[str, Any] = it.ids | {
        "organisationId": str(it.left.caller.organisation_id),
        "organisationIds": str(it.called.caller.organisation_id),
        "withOrganisationId": str(it.called.caller.organisation_id),
        "aboutOrganisationId": str(it.called.caller.organisation_id),
        "offeredBy": str(it.called.caller.organisation_id),
        "inviteeIds": it.ids["inviteeId"],
        "individualId": it.ids["side_individualId"],
    }
    if never:
        ids |= dict.fromkeys(("individualId", "caseId", "meetingId"), UNKNOWN)
    for part in list(parts(operation.schema or {}, body)):
        if part.is_id and part.name in ids:
            body = with_part(body, part.pointer, ids[part.name])
        elif part.name == "identity":
            number = it.number if operation.id == "lookUpIndividual" else ANOTHER
            body = with_part(body, part.pointer, {"kind": "personnummer", "value": number})
    if "spokenBy" in body:  # everybody speaks for the own organisation
        body = {name: value for name, value in body.items() if name != "spokenBy"} | {"channel": "api"}
    newly: dict[str, Any] = {"version": STALE, "occurredAt": f"{it.clock.now:%Y-%m-%dT%H:%M:%SZ}"}
    newly["validUntil"] = f"{it.clock.now + timedelta(days=30):%Y-%m-%d}"
    return body | {name: value for name, value in newly.items() if name in body}
