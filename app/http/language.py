"""Which of the two languages the reader prefers."""

import re

from app.errors import Language

_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)


def preferred_language(accept_language: str | None) -> Language:
    """Swedish unless English is weighed higher (RFC 9110 §12.5.4); what cannot be read counts for nothing."""
    weights = {"sv": 0.0, "en": 0.0}
    any_other: float | None = None
    named: set[str] = set()
    for part in (accept_language or "").split(",")[:20]:
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        weight = float(match[2]) if match[2] else 1.0
        language = match[1].split("-")[0].lower()
        if language == "*":
            any_other = weight
        elif language in weights:
            named.add(language)
            weights[language] = max(weights[language], weight)
    if any_other is not None:
        weights.update(dict.fromkeys(weights.keys() - named, any_other))
    return "en" if weights["en"] > weights["sv"] else "sv"
