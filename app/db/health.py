"""Whether the database is the one this program was made for, and lets it do its work; asked as the API."""

from typing import Final

from app.db.catalogue import PROTECTION
from app.db.database import Database

SKEW_SECONDS: Final = 5
"""How far the database's clock may be from ours: contexts are signed by one and judged by the other."""

_FACTS = """
select
  (select max(version_num)::int from flerpart.alembic_version) >= $1 as revision,
  abs(extract(epoch from clock_timestamp()) - $2::float8) <= $3 as clock,
  not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off' as writable,
  not exists (
    select from pg_roles r
    where r.rolname = current_user and (r.rolsuper or r.rolbypassrls or r.rolcreaterole)
  ) and not exists (
    select from pg_class c
    where c.relnamespace = 'flerpart'::regnamespace and pg_has_role(c.relowner, 'member')
  ) as login,
  (select bool_and(has_table_privilege(a.log, 'insert') and exists (
      select from pg_policy p where p.polrelid = a.log::regclass and p.polcmd = 'a'))
    from unnest(array['flerpart.read_entry', 'flerpart.journal_entry']) as a (log)) as audit
"""

_TELLING = """
select s.name from pg_settings s
join (values ('log_error_verbosity', 'terse'), ('log_parameter_max_length', '0'),
    ('log_parameter_max_length_on_error', '0')) as wanted (name, value) on wanted.name = s.name
where s.setting <> wanted.value
union all
select s.name from pg_settings s
where s.name in ('log_min_messages', 'log_min_error_statement') and s.setting not in ('log', 'fatal', 'panic')
order by 1
"""


async def faults(database: Database, revision: int, now: float) -> list[str]:
    """What forbids answering requests: the names of the facts above that do not hold, or `protection` if a
    table may show its rows to whom they are not for.

    A later revision is as good: the next release migrates before it takes over. Raises Unavailable when the
    database does not answer.
    """
    row = (await database.identify(_FACTS, revision, now, SKEW_SECONDS))[0]
    wrong = [name for name, holds in row.items() if not holds]
    return [*wrong, "protection"] if await database.identify(PROTECTION) else wrong


async def telling_settings(database: Database) -> list[str]:
    """The server's settings by which its own log could come to hold what was submitted."""
    return [row["name"] for row in await database.identify(_TELLING)]
