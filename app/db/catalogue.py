"""What may never stand in the database, whoever put it there: one question, which finds nothing.

The tests ask it of the newest revision, `make trust` after planting what it must find; /readyz asks its first
part. It reads the server's own catalogue, which every login may read.
"""

from collections.abc import Iterable
from typing import Any, Final

from app.db.bootstrap import API, GATES
from app.db.tables.base import SCHEMA

VERSION_TABLE: Final = "alembic_version"
DIRECTORY: Final = ("organisation", "token_issuer", "context_key", "journal_root", "installation")
"""What is everybody's: organisations have no organisation above them, issuers serve several. A root is over
the chains of all organisations, and belongs to none.
"""


def _array(names: Iterable[str]) -> str:
    """An array of names, as SQL."""
    return "array['" + "','".join(names) + "']"


_OURS = f"""
with home as (select oid, nspname from pg_namespace where nspname = any ({_array([SCHEMA, *GATES])})),
kept as (
  select c.*, h.nspname from pg_class c join home h on h.oid = c.relnamespace
  where c.relkind in ('r', 'p') and (h.nspname, c.relname) <> ('{SCHEMA}', '{VERSION_TABLE}')),
called as (
  select p.*, h.nspname,
    format('%s.%s(%s)', h.nspname, proname, pg_get_function_identity_arguments(p.oid)) as name
  from pg_proc p join home h on h.oid = p.pronamespace),
login as (select oid from pg_roles where rolname = '{API}')
"""  # noqa: S608 - constants of this file
_PROTECTION = f"""
select 'table without row level security' as defect, relname::text as place from kept where not relrowsecurity
union all select 'row level security not forced on the owner', relname from kept where not relforcerowsecurity
union all select 'table without a policy', relname from kept
  where not exists (select from pg_policy p where p.polrelid = kept.oid)
union all select 'policy for everybody', tablename || '.' || policyname from pg_policies
  where schemaname = '{SCHEMA}' and 'public' = any (roles)
union all select 'policy that is always true', tablename || '.' || policyname from pg_policies
  where schemaname = '{SCHEMA}' and 'true' in (qual, with_check) and '{API}' = any (roles)
"""  # noqa: S608 - constants of this file
_REST = f"""
union all select 'no table', c.relname from pg_class c join home h on h.oid = c.relnamespace
  where c.relkind not in ('r', 'p', 'i', 'I', 'c')
union all select 'rule on a table', r.rulename from pg_rewrite r join kept on kept.oid = r.ev_class
union all select 'trigger that does not fire', t.tgname from pg_trigger t join kept on kept.oid = t.tgrelid
  where t.tgenabled <> 'O'

union all select 'right beyond reading and writing rows', c.relname || ' ' || a.privilege_type
  from kept c, aclexplode(c.relacl) a
  where a.grantee <> c.relowner
    and (a.grantee = 0 or a.is_grantable or a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE'))
    -- What has been sealed waits no longer: the one row that ever goes.
    and not (c.relname = 'unsealed_read' and a.grantee = to_regrole('gate_journal')
      and a.privilege_type = 'DELETE' and not a.is_grantable)
    and not (a.grantee = to_regrole('gate_disposal') and a.privilege_type = 'DELETE' and not a.is_grantable)
union all select 'right beyond reading and writing columns', kept.relname || '.' || t.attname
  from kept join pg_attribute t on t.attrelid = kept.oid, aclexplode(t.attacl) a
  where a.grantee = 0 or a.is_grantable or a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE')
union all select 'schema that others may make things in', h.nspname || ' ' || a.grantee::regrole
  from pg_namespace n join home h on h.oid = n.oid, aclexplode(n.nspacl) a
  where a.privilege_type = 'CREATE' and a.grantee <> n.nspowner
    and (a.grantee = 0 or a.grantee in (table login))
union all select 'right given to what is yet to be made', d.defaclobjtype::text || ' ' || a.privilege_type
  from pg_default_acl d, aclexplode(d.defaclacl) a where a.grantee = 0 or a.grantee in (table login)

union all select 'function that is not its gate''s own', name from called
  where not (prosecdef and proowner::regrole::text = nspname and nspname = any ({_array(GATES)}))
union all select 'function with an open search path', name from called
  where not 'search_path=pg_catalog, pg_temp' = any (coalesce(proconfig, '{{}}'))
union all select 'function that everybody may call', name from called
  where exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee = 0)
union all select 'function that looks past the policies', name from called where proleakproof
union all select 'function whose plan is never kept', name from called
  join pg_language l on l.oid = prolang where l.lanname <> 'plpgsql'

union all select 'foreign key that cascades', conname
  from pg_constraint k join home h on h.oid = k.connamespace
  where contype = 'f' and (confdeltype, confupdtype) <> ('a', 'a')
union all select 'foreign key across organisations', k.conname
  from pg_constraint k join kept r on r.oid = k.confrelid
  where k.contype = 'f' and r.relname <> all ({_array(DIRECTORY)}) and not exists (
    select from unnest(k.conkey, k.confkey) as pair (here, there)
    join pg_attribute a on (a.attrelid, a.attnum) = (k.conrelid, here) and a.attname ~ 'org'
    join pg_attribute t on (t.attrelid, t.attnum) = (k.confrelid, there) and t.attname = 'org_id')
union all select 'unique across organisations', c.relname
  from pg_index i join pg_class c on c.oid = i.indexrelid join kept t on t.oid = i.indrelid
  where i.indisunique and t.relname <> all ({_array(DIRECTORY)}) and not exists (
    select from pg_attribute a
    where a.attrelid = t.oid and a.attnum = any (i.indkey::int2[]) and a.attname = 'org_id')

union all select 'owned by the application''s login', pg_describe_object(d.classid, d.objid, d.objsubid)
  from pg_shdepend d join login on login.oid = d.refobjid
  where d.deptype = 'o' and d.dbid = (select oid from pg_database where datname = current_database())
union all select 'role above the policies', rolname from pg_roles
  where rolname = any ({_array([API, *GATES])}) and (
    rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)
union all select 'login that is another too', m.roleid::regrole::text
  from pg_auth_members m where m.member in (table login)
union all select 'gate that is another too', m.member::regrole::text
  from pg_auth_members m where m.member::regrole::text = any ({_array(GATES)})
order by 1, 2
"""  # noqa: S608 - constants of this file

PROTECTION: Final = f"{_OURS}{_PROTECTION}"
"""Whether every table keeps its rows from whom they are not for. Holds of later revisions too, whose lists of
what is everybody's may be longer than ours.
"""
LINT: Final = f"{_OURS}{_PROTECTION}{_REST}"


async def defects(connection: Any) -> list[tuple[str, str]]:
    """What is wrong, and where; nothing in a database as its revisions make it."""
    return [(row["defect"], row["place"]) for row in await connection.fetch(LINT)]
