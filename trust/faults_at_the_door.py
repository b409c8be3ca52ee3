"""Faults in tokens, sealing, what comes in, how much of it, and what is told of it."""

from trust.fault import Fault

AT_THE_DOOR: tuple[Fault, ...] = (
    # Tokens
    Fault(
        "a token for another audience is taken",
        "app/auth/tokens.py",
        'if claims.get("aud") not in (issuer.audience, [issuer.audience]):',
        "if False:",
        "tests/auth/test_tokens.py",
    ),
    Fault(
        "a token of another type is taken",
        "app/auth/token_form.py",
        'or header["typ"] not in TOKEN_TYPES',
        "",
        "tests/auth/test_tokens.py",
    ),
    Fault(
        "an expired token is taken",
        "app/auth/token_form.py",
        "if now >= expiry + LEEWAY:",
        "if False:",
        "tests/auth/test_tokens.py",
    ),
    Fault(
        "a header may say more",
        "app/auth/token_form.py",
        "if header.keys() != HEADER_PARAMETERS:",
        "if not header.keys() >= HEADER_PARAMETERS:",
        "tests/auth/test_tokens.py",
    ),
    Fault(
        "the library's reading need not agree with ours",
        "app/auth/tokens.py",
        "if _signed_claims(token, key, issuer) != claims:",
        "if not _signed_claims(token, key, issuer):",
        "tests/auth",
    ),
    # Sealed
    Fault(
        "a sealed value opens in another column",
        "app/auth/sealing.py",
        'return f"{organisation_id}|{_name(table)}|{row_id}|{_name(column)}".encode("ascii")',
        'return f"{organisation_id}|{_name(table)}|{row_id}".encode("ascii")',
        "tests/auth/test_sealing.py",
    ),
    Fault(
        "blind indexes are the same for every organisation",
        "app/auth/sealing.py",
        'label = b"blind-index|" + str(organisation_id).encode("ascii")',
        'label = b"blind-index|"',
        "tests/auth/test_sealing.py",
    ),
    # What comes in
    Fault(
        "a body may be of any length",
        "app/http/gate.py",
        "                    if size > most:\n                        raise TooLarge\n",
        "",
        "tests/http/test_gate.py",
    ),
    Fault(
        "a body may be of any media type",
        "app/http/gate.py",
        'if len(types) != 1 or types[0].replace(" ", "").lower() not in _JSON_TYPES:',
        "if False:",
        "tests/http",
    ),
    Fault(
        "an unknown query parameter is passed over",
        "app/http/gate.py",
        "if name not in operation.query:",
        "if False:",
        "tests/http/test_gate.py tests/http/test_problems.py",
    ),
    Fault(
        "a request may take for ever to come",
        "app/http/connection.py",
        "if self._deadline is None and not self.transport.is_closing():",
        "if False:",
        "tests/http/test_connection.py",
    ),
    Fault(
        "anybody's word for an address is taken",
        "app/http/doorkeeper.py",
        "if not _is_one_of(nearest, trusted_proxies):",
        "if False:",
        "tests/http/test_doorkeeper.py",
    ),
    # How much, and what is told of it
    Fault(
        "persons are not counted",
        "alembic/versions/0022_volume.py",
        "if n > most then",
        "if false then",
        "tests/api/test_limits.py",
    ),
    Fault(
        "scopes are not looked at",
        "app/deps.py",
        "if claims.rights is not None and claims.rights.isdisjoint(needed):",
        "if False:",
        "tests/api/test_token_attacks.py",
    ),
    Fault(
        "a silent issuer's new keys are called false",
        "app/auth/tokens.py",
        "if unknown.keys.silent:",
        "if False:",
        "tests/auth/test_key_sets.py",
    ),
    Fault(
        "the log tells a library's words",
        "app/logs.py",
        'if record.name.partition(".")[0] != OURS:\n        return record.name\n',
        "if False:\n        return record.name\n",
        "tests/test_logs.py",
    ),
)
