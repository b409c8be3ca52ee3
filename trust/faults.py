"""Faults that somebody could make one day: a guard left out, a bound moved, a log forgotten.

Each is a change of one place in one file, and the tests that must notice it. The place must occur exactly
once: a fault that does not fit any more is reported, never passed over.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What would be wrong, where, and whose work it is to notice."""

    what: str
    file: str
    sound: str
    faulty: str
    tests: str


FAULTS: tuple[Fault, ...] = (
    # Who sees what, in the database
    Fault(
        "own rows are everybody's",
        "alembic/versions/0011_policies.py",
        'OWN = f"org_id = {ME}"',
        'OWN = "org_id is not null"',
        "tests/db/test_disclosure.py",
    ),
    Fault(
        "row level security is not forced",
        "alembic/versions/0011_policies.py",
        'op.execute(f"alter table flerpart.{table} force row level security")',
        "pass",
        "tests/db/test_catalogue.py",
    ),
    Fault(
        "a withdrawal is not looked at",
        "alembic/versions/0010_visibility.py",
        "and w.consent_id = g and (w.covered_org is null or w.covered_org = whom))));",
        "and false)));",
        "tests/db/test_withdrawal.py",
    ),
    Fault(
        "a consent that has ended lives on",
        "alembic/versions/0010_visibility.py",
        "c.ends_at, 'infinity') > moment",
        "c.ends_at, 'infinity') is not null",
        "tests/db/test_disclosure.py tests/db/test_withdrawal.py",
    ),
    Fault(
        "the context's signature is not compared",
        "alembic/versions/0009_context.py",
        "<> p[7] then",
        "= 'x' then",
        "tests/db/test_context.py",
    ),
    Fault(
        "the context never expires",
        "alembic/versions/0009_context.py",
        "if p[6]::bigint < extract(epoch from clock_timestamp()) then return null; end if;",
        "",
        "tests/db/test_context.py",
    ),
    Fault(
        "facts are told to whom the case does not concern",
        "alembic/versions/0012_facts.py",
        "if not gate_facts.concerned(o, c) then return null; end if;\n  if to_change then",
        "if to_change then",
        "tests/db/test_facts.py",
    ),
    Fault(
        "a table of the picture does not note its changes",
        "alembic/versions/0016_revisions.py",
        '    "summons_recall",\n',
        "",
        "tests/db/test_revisions.py",
    ),
    Fault(
        "counts of one are told",
        "alembic/versions/0015_statistics.py",
        "least constant int := 5;",
        "least constant int := 1;",
        "tests/db/test_statistics.py",
    ),
    # The journal
    Fault(
        "everybody is in one chain",
        "alembic/versions/0020_journal_chains.py",
        "coalesce(new.individual_id, new.org_id)",
        "new.org_id",
        "tests/db/test_journal_tampering.py",
    ),
    Fault(
        "a link does not cover the one before",
        "alembic/versions/0020_journal_chains.py",
        "hash = sha256(h.hash || hash_of_entry)",
        "hash = sha256(hash_of_entry)",
        "tests/db/test_journal_tampering.py",
    ),
    Fault(
        "entries may be changed by their owner",
        "alembic/versions/0020_journal_chains.py",
        "before update or delete or truncate on",
        "before truncate on",
        "tests/db/test_journal.py",
    ),
    Fault(
        "entries may be written in a colleague's name",
        "alembic/versions/0020_journal_chains.py",
        "and actor_id = (select gate_context.actor())",
        "",
        "tests/db/test_journal.py",
    ),
    Fault(
        "what a root has fixed is not compared",
        "app/journal/chains.py",
        "if fixed.hash == link.hash:",
        "if True:",
        "tests/db/test_journal_tampering.py",
    ),
    Fault(
        "where the journal is shut, nothing is said to be there",
        "app/db/failures.py",
        'if refusal.server_source_function == "aclcheck_error":',
        "if False:",
        "tests/api/test_journal.py",
    ),
    # Who may do what
    Fault(
        "no role is ever refused",
        "app/services/desk.py",
        "if not may_ever({Role(role) for role in self.assignment.roles}, operation):",
        "if False:",
        "tests/api/test_tasks.py",
    ),
    Fault(
        "what is seen may be changed",
        "app/services/reading.py",
        "if not may({Role(role) for role in self.assignment.roles}, self.operation, set(relations)):",
        "if False:",
        "tests/api/test_cases.py tests/api/test_conduct_opening.py",
    ),
    Fault(
        "managers handle cases",
        "app/domain/access.py",
        "HANDLERS = frozenset({Role.CASEWORKER, Role.REHABILITATION_COORDINATOR, Role.SERVICE})",
        "HANDLERS = frozenset(Role)",
        "tests/domain/test_access.py",
    ),
    # The agreement
    Fault(
        "a rule is not asked",
        "app/domain/rulebook.py",
        "    undertakings.every_party_can_be_reached,\n",
        "",
        "tests/domain/test_rulebook.py tests/agreements",
    ),
    Fault(
        "a refusal is only a remark",
        "app/domain/judgement.py",
        "Effect.REFUSE",
        "Effect.REMARK",
        "tests/domain/test_judgement.py",
    ),
    # Stored, once, and logged
    Fault(
        "nothing is committed",
        "app/db/database.py",
        "        with translated(self._connection):\n            await self._transaction.commit()",
        "        await self._transaction.rollback()",
        "tests/api/test_cases.py",
    ),
    Fault(
        "who is shown is not logged",
        "app/services/reading.py",
        "        if things:\n            await log(self.tx",
        "        if not things:\n            await log(self.tx",
        "tests/api/test_tasks.py tests/api/matrix/test_read_log.py",
    ),
    Fault(
        "a request sent again is done again",
        "app/services/desk.py",
        "answered = Receipt.from_json(kept) if kept else None",
        "answered = None",
        "tests/api/test_cases.py tests/api/test_individuals.py",
    ),
    Fault(
        "another body under the same key is answered as the first",
        "app/db/answered_keys.py",
        "raise IdempotencyKeyReused",
        "pass",
        "tests/api/test_cases.py tests/api/test_individuals.py",
    ),
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
        "app/auth/tokens.py",
        'or header["typ"] not in TOKEN_TYPES',
        "",
        "tests/auth/test_tokens.py",
    ),
    Fault(
        "an expired token is taken",
        "app/auth/tokens.py",
        "if now >= expiry + LEEWAY:",
        "if False:",
        "tests/auth/test_tokens.py",
    ),
    Fault(
        "a header may say more",
        "app/auth/tokens.py",
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
    # What takes two people, and who is protected
    Fault(
        "whoever proposed approves",
        "app/domain/joint_decisions.py",
        "if approver.is_of_the_same_person_as(proposal.proposer):",
        "if False:",
        "tests/domain/test_joint_decisions.py",
    ),
    Fault(
        "an account gets roles that nobody has approved",
        "alembic/versions/0023_joint_decisions.py",
        "with check ({OWN} and {JOINTLY})",
        "with check ({OWN})",
        "tests/api/test_joint_decisions.py",
    ),
    Fault(
        "a person nothing is known of is taken for unprotected",
        "alembic/versions/0024_protection.py",
        "coalesce(bool_or(p.protected_identity is distinct from 'none'), true)",
        "coalesce(bool_or(p.protected_identity is distinct from 'none'), false)",
        "tests/db/test_protection.py",
    ),
    Fault(
        "a mark stays where it was set",
        "alembic/versions/0024_protection.py",
        "  perform gate_protection.even_out(me, i);\n",
        "",
        "tests/api/test_protection.py",
    ),
    Fault(
        "a meeting's place is told to everybody",
        "app/services/meetings_reading.py",
        'sight.of(reading.open("meeting", row, "place_sealed"))',
        'reading.open("meeting", row, "place_sealed")',
        "tests/api/test_protection.py",
    ),
    Fault(
        "a letter that does not say whether it tells is open",
        "app/documents/document.py",
        'kept.get("otherwise", [HIDDEN])',
        'kept.get("otherwise")',
        "tests/documents/test_protected.py",
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
