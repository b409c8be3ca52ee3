"""W3C trace context: accept the caller's trace, or start one; a bad value is ignored, never refused."""

import re
import secrets
from collections.abc import Sequence

_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?"
)


def continued_trace(received: Sequence[str]) -> str:
    """The traceparent of our own step: the caller's trace with our span id, or a new trace.

    `received` holds every traceparent header of the request; exactly one sound value counts.
    """
    match = _TRACEPARENT.fullmatch(received[0]) if len(received) == 1 else None
    # Version 00 has exactly four fields; a later version may have more.
    if match is None or (received[0].startswith("00") and match[3]):
        return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00"
    return f"00-{match[1]}-{secrets.token_hex(8)}-{match[2]}"
