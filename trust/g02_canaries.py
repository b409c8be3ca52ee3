"""G2: nobody reads a word that no act has shown them.

The routine is played with a canary in every text: a word that tells who wrote it, and in which field. Then
every role at every place reads all that can be read about every thing there is, and sends words where it may
not. Whose words are for whom is written down in `tests/api/matrix/readable.py`, not taken from the
application. Looked through are every answer with its headers, what the API and PostgreSQL have logged, and
every row of every table as text, as whoever takes a backup sees it. The positive twin: each word is found by
whoever wrote it, so that it could have been found by others.
"""

import io
from pathlib import Path

import asyncpg

from tests.api.matrix.actors import company
from tests.api.matrix.canaries import heard
from tests.api.matrix.listening import READING, WRITING, listen, missed, refused_with_words
from tests.api.matrix.play import Plainly, Play
from tests.api.matrix.readable import overheard
from trust.gate import Gate, Shown
from trust.ground import Ground, Place
from trust.stage import stage

IN_THE_CLEAR = (
    "addUnit",
    "changeUnit",
    "addOfficer",
    "changeOfficer",
    "addAccount",
    "addDisposalRule",
    "addInvitee.function",
    "changeInvitee.function",
    "documentConsent.ownReference",
)
"""What lies readable in the database: what an organisation says of itself, in what function somebody is
called, and the organisation's own file number.
"""

_TABLES = """
select schemaname, tablename from pg_tables
 where schemaname not in ('pg_catalog', 'information_schema')
"""


async def trial(ground: Ground) -> Shown:
    """Write, read, refuse, and look through everything."""
    async with ground.place() as place:
        theatre = stage(place)
        it = await theatre.play("caseworker", Plainly())
        actors = await company(theatre.staff, it.players)
        await listen(it, actors)
        lost = missed(it)
        written = len(it.log.written)
        for operation in WRITING:
            for actor in actors:
                await refused_with_words(it, operation, actor)
        foreign, repeated = _foreign(it), _repeated(it)
        tables, clear = await _dumped(place)
        logs = _logged(ground, place)
    said = [("missed by its writer", lost), ("read by another", foreign), ("repeated in a refusal", repeated)]
    for what, words in (*said, ("readable in a dump", clear), ("in a log", logs)):
        for one in sorted(words)[:20]:
            print(f"     {what}: {one}")
    return Shown(
        written > 0 and not (lost or foreign or repeated or clear or logs),
        f"{written} words written, {len(lost)} not found by their writers; {len(it.log.answers):,} answers of"
        f" {len(READING)} reading and {len(WRITING)} writing operations to {len(actors)} identities:"
        f" {len(foreign)} foreign words, {len(repeated)} in refusals; {len(logs)} in the logs, {len(clear)}"
        f" readable in a dump of {tables} tables ({len(IN_THE_CLEAR)} fields are open by design)",
    )


def _foreign(it: Play) -> set[str]:
    """What somebody has heard, in a body or a header, that is not for them."""
    return {
        f"{word} by {one.role}@{one.place} in {one.operation}"
        for one in it.log.answers
        for word in overheard(one.place, one.role, one.text)
    }


def _repeated(it: Play) -> set[str]:
    """Words in problem bodies, whoever wrote them."""
    return {
        f"{where} in {one.operation}"
        for one in it.log.answers
        if one.is_problem
        for _, where in heard(one.text)
    }


async def _dumped(place: Place) -> tuple[int, set[str]]:
    """How many tables there are, and the words that can be read in them, also inside bytes."""
    connection = await asyncpg.connect(place.superuser)
    found: set[str] = set()
    try:
        tables = await connection.fetch(_TABLES)
        for schema, table in tables:
            written = io.BytesIO()
            await connection.copy_from_table(table, schema_name=schema, output=written)
            text = written.getvalue().decode()
            words = {where for _, where in heard(text)}
            found |= {f"{where} in {table}" for where in words if not _is_open(where)}
            if b"kanarie-".hex() in text:
                found.add(f"a word as bytes in {table}")
    finally:
        await connection.close()
    return len(tables), found


def _is_open(where: str) -> bool:
    return where in IN_THE_CLEAR or where.split(".")[0] in IN_THE_CLEAR


def _logged(ground: Ground, place: Place) -> set[str]:
    """The words in what the API and PostgreSQL have logged. Raises RuntimeError where there is no log."""
    logs = [*ground.server.home.glob("postgresql-*/server.log"), *([place.api.log] if place.api.log else [])]
    if len(logs) < 2 or not all(one.stat().st_size for one in logs):
        raise RuntimeError("there is no log to look through")
    return {f"{where} in {one.name}" for one in logs for _, where in heard(_text(one))}


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")


GATE = Gate("g2", "Nobody reads a word that no act has shown them.", 5, trial)
