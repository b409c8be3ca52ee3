"""What the database enforces, as text: policies, protection, rights, triggers, functions of the gates.

`python -m tests.db.catalogue` writes it anew to catalogue.txt, so that a change of it is read in a review.
"""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import asyncpg

from dev.postgres import temporary_server
from dev.preparation import make_keys, prepare

COMMITTED = Path(__file__).with_name("catalogue.txt")
SCHEMAS = "n.nspname = 'flerpart' or n.nspname like 'gate%'"

SECTIONS = {
    "Roles": """
        select rolname, 'login' || rolcanlogin, 'super' || rolsuper, 'inherit' || rolinherit,
            'createrole' || rolcreaterole, 'createdb' || rolcreatedb, 'bypassrls' || rolbypassrls,
            (select 'member of ' || string_agg(distinct g.rolname, ', ') from pg_auth_members m
             join pg_roles g on g.oid = m.roleid where m.member = r.oid and g.rolname <> 'flerpart_api')
        from pg_roles r where rolname like 'flerpart%' or rolname like 'gate%'""",
    "Schemas": f"""
        select n.nspname, 'owner ' || n.nspowner::regrole, a.grantee::regrole || ': ' || a.privilege_type
        from pg_namespace n left join lateral aclexplode(n.nspacl) a on a.grantee <> n.nspowner
        where {SCHEMAS}""",
    "Tables": f"""
        select c.relname, 'owner ' || c.relowner::regrole,
            case when c.relrowsecurity and c.relforcerowsecurity then 'forced' else 'NOT PROTECTED' end
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where ({SCHEMAS}) and c.relkind not in ('i', 'I', 't', 'c')""",
    "Rights on tables": f"""
        select c.relname, a.grantee::regrole,
            string_agg(a.privilege_type || case when a.is_grantable then ' GRANTABLE' else '' end, ', '
                order by a.privilege_type)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
        where ({SCHEMAS}) and a.grantee <> c.relowner group by 1, 2""",
    "Rights on columns": f"""
        select c.relname, a.grantee::regrole, a.privilege_type, string_agg(t.attname, ', ' order by t.attnum)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute t
            on t.attrelid = c.oid and not t.attisdropped, aclexplode(t.attacl) a
        where ({SCHEMAS}) group by 1, 2, 3""",
    "Policies": """
        select tablename, policyname, permissive, array_to_string(roles, ', '), cmd,
            'using ' || regexp_replace(qual, '\\s+', ' ', 'g'),
            'check ' || regexp_replace(with_check, '\\s+', ' ', 'g')
        from pg_policies where schemaname = 'flerpart'""",
    "Triggers": """
        select t.tgrelid::regclass, t.tgname, 'enabled ' || t.tgenabled::text,
            regexp_replace(pg_get_triggerdef(t.oid), '^.* (BEFORE|AFTER) ', '\\1 ')
        from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not t.tgisinternal and c.relnamespace = 'flerpart'::regnamespace""",
    "Functions": f"""
        select p.oid::regprocedure, 'owner ' || p.proowner::regrole,
            case when p.prosecdef then 'definer' else 'INVOKER' end,
            case p.provolatile when 'v' then 'volatile' when 's' then 'stable' else 'immutable' end,
            array_to_string(p.proconfig, '; '),
            (select 'execute ' || string_agg(
                case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end, ', '
                order by a.grantee::regrole::text)
             from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
             where a.grantee <> p.proowner),
            'text ' || left(encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'), 16)
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {SCHEMAS}""",
}


async def dump(connection: Any) -> str:
    """The whole catalogue of one migrated database, the same on every version of PostgreSQL we run on."""
    text = []
    for title, question in SECTIONS.items():
        rows = await connection.fetch(question)
        lines = (" | ".join(str(value) for value in row if value is not None) for row in rows)
        text += [f"== {title}", *sorted(lines), ""]
    return "\n".join(text)


async def _dump(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return await dump(connection)
    finally:
        await connection.close()


def rewrite() -> None:
    """Migrate an empty database and write down what it enforces."""
    with temporary_server() as server, tempfile.TemporaryDirectory() as folder:
        urls = server.create_database("flerpart_catalogue")
        prepare(urls, make_keys(Path(folder) / "keys.json"))
        COMMITTED.write_text(asyncio.run(_dump(urls.migration)), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
