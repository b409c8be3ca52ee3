"""What this API is called, which version it is and what may be expected of it; told once, here."""

from datetime import date
from typing import Any, Final

API_NAME = "flerpart"
API_VERSION = "0.1.0"
API_RELEASED = date(2026, 11, 21)
API_STATUS: Final = "beta"

BASE_PATH = f"/{API_NAME}/v0"
PUBLIC_URL = f"https://api.flerpart.example{BASE_PATH}"
DOCUMENTATION_URL = "https://flerpart.example/docs"
TOKEN_URL = "https://login.flerpart.example/token"
RESOURCE = "https://api.flerpart.example/flerpart"
SCOPES = {f"{RESOURCE}/read": "Läsa. Read.", f"{RESOURCE}/write": "Läsa och ändra. Read and change."}

DESCRIPTION = """\
Flerpart är det gemensamma stödet för flerpartssamverkan: flera myndigheter möter en person kring en plan.
Överenskommelsen själv körs: varje handling prövas mot den, och varje avslag pekar på sin klausul.

Syfte: att enskildas väg genom flera myndigheter hålls samman, med samtycke och utan dubbla register.

Begränsningar: innehåll högst 256 kB, högst 50 sidor om 100 poster i en lista, högst 20 nivåer i JSON.
Person söks bara med POST och innehåll, aldrig i adressen, eftersom adresser hamnar i loggar.

---

Flerpart is the shared back end for multi-party coordination: several authorities meet one person
around one plan.
The agreement itself runs: every act is tried against it, and every refusal points at its clause.

Purpose: to hold one person's way through several authorities together, on consent and without
double registers.

Limits: bodies of at most 256 kB, at most 50 pages of 100 items in a list, at most 20 levels of JSON.
A person is looked up by POST with a body only, never in the address, because addresses end up in logs.

Acts and statements are POSTs with an `Idempotency-Key`; the answer is a receipt. Errors are
`application/problem+json` (RFC 9457) with a stable `code`; a broken rule gives 409 with `findings`.
Answers may gain fields: clients must ignore what they do not know. Times are RFC 3339 in UTC.
"""

CONTACT = {
    "name": "Flerpart",
    "url": "https://flerpart.example/contact",
    "email": "api@flerpart.example",
}
LICENSE = {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"}
TERMS_OF_SERVICE = "https://flerpart.example/terms"
EXTERNAL_DOCS = {
    "description": "Handbok och servicenivå (SLA). Guide and service level (SLA).",
    "url": DOCUMENTATION_URL,
}
SERVICE_LEVEL: dict[str, Any] = {
    "x-sla": {
        "availability": "99.5 %",
        "responseTime": "95 % < 500 ms",
        "support": "helgfria vardagar 8-17 / working days 8-17 CET",
    },
    "x-limitations": [
        "Innehåll högst 256 kB. Bodies of at most 256 kB.",
        "Listor högst 50 sidor om 100 poster. Lists of at most 50 pages of 100 items.",
        "Högst 20 begäranden i sekunden och 300 olika personer i timmen för ett konto. "
        "At most 20 requests a second and 300 different persons an hour for one account.",
        "Status beta: kontraktet kan ändras. Status beta: the contract may change.",
    ],
}

TAGS = {
    "api": "Om detta API. About this API.",
    "me": "Anroparen och dess uppgifter att göra. The caller and its tasks.",
    "agreements": "Överenskommelser och regler. Agreements and rules.",
    "organisations": "Organisationer, enheter och handläggare. Organisations, units and officers.",
    "disposals": "Gallring. Disposal under the organisation's own rules.",
    "individuals": "De enskilda. The individuals.",
    "cases": "Samverkansärenden. Coordination cases.",
    "consents": "Samtycken. Consents.",
    "meetings": "Flerpartsmöten. Multi-party meetings.",
    "summonses": "Kallelser och inbjudningar. Summonses and invitations.",
    "plans": "Planer och åtgärder. Plans and actions.",
    "follow-ups": "Uppföljningar. Follow-ups.",
    "deviations": "Avvikelser. Deviations.",
    "statistics": "Antal utan personer. Counts without persons.",
}
