import base64
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.auth.journal_key import JournalKey
from app.auth.keyring import DevelopmentKey, KeyRing, KeyRingError


def key(fill: int, length: int = 32) -> str:
    """A key of one byte repeated, as the file writes it."""
    return base64.b64encode(bytes([fill]) * length).decode()


def good() -> dict[str, Any]:
    """A keys file without fault."""
    return {
        "data_keys": {"1": key(1), "2": key(2)},
        "current_data_key": 2,
        "blind_index_key": key(3),
        "context_key_id": 1,
        "context_key": key(4),
    }


def load(path: Path, document: Any) -> KeyRing:
    """Write the document (or raw text) as an operator would, and read it."""
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    path.chmod(0o600)
    return KeyRing.load(path)


def test_the_keys_are_read(keys_file: Path) -> None:
    """Every key comes out as its bytes, under its id."""
    ring = load(keys_file, good())
    assert {key_id: secret.get_secret_value() for key_id, secret in ring.data_keys.items()} == {
        1: b"\x01" * 32,
        2: b"\x02" * 32,
    }
    assert (ring.current_data_key, ring.context_key_id) == (2, 1)
    assert ring.blind_index_key.get_secret_value() == b"\x03" * 32
    assert ring.context_key.get_secret_value() == b"\x04" * 32
    assert ring.development_issuer_key is None


def test_a_created_file_is_its_owners_alone(keys_file: Path) -> None:
    """The file is made with mode 0600 and holds what was returned."""
    ring = KeyRing.create(keys_file)
    assert stat.S_IMODE(keys_file.stat().st_mode) == 0o600
    assert KeyRing.load(keys_file) == ring
    assert [entry.name for entry in keys_file.parent.iterdir()] == [keys_file.name]


def test_a_file_is_never_overwritten(keys_file: Path) -> None:
    """Creating a second time is refused and leaves the first keys: a lost key is lost data."""
    KeyRing.create(keys_file)
    before = keys_file.read_bytes()
    with pytest.raises(KeyRingError, match="exists already"):
        KeyRing.create(keys_file)
    assert keys_file.read_bytes() == before


def test_each_creation_makes_other_keys(tmp_path: Path) -> None:
    """No two rings share a key."""
    first, second = KeyRing.create(tmp_path / "a" / "keys.json"), KeyRing.create(tmp_path / "b" / "keys.json")
    assert first.data_keys[1] != second.data_keys[1]
    assert first.blind_index_key != second.blind_index_key
    assert first.context_key != second.context_key
    assert first.development_issuer_key != second.development_issuer_key


def test_a_ring_for_production_has_no_development_key(keys_file: Path) -> None:
    """Asked for production keys, none that signs tokens is made."""
    assert KeyRing.create(keys_file, development=False).development_issuer_key is None


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A path under a file says so, with the path."""
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyRingError, match=r"keys\.json cannot be written"):
        KeyRing.create(tmp_path / "file" / "keys.json")


def test_nothing_is_printed(keys_file: Path) -> None:
    """Neither repr nor str of a ring shows a key."""
    ring = KeyRing.create(keys_file)
    shown = f"{ring!r} {ring} {ring.model_dump_json()}"
    for part in secrets_of(json.loads(keys_file.read_text())):
        assert part not in shown


def secrets_of(document: dict[str, Any]) -> list[str]:
    """Every text of the file that must never be shown."""
    secrets = [*document["data_keys"].values(), document["blind_index_key"], document["context_key"]]
    if "journal_key" in document:
        secrets.append(document["journal_key"]["d"])
    if "development_issuer_key" in document:
        secrets.append(document["development_issuer_key"]["d"])
    return secrets


def test_every_new_ring_signs_roots(keys_file: Path) -> None:
    """Production's too; the key it made is the key it reads, under the same name."""
    made = KeyRing.create(keys_file, development=False).journal_key
    read = KeyRing.load(keys_file).journal_key
    assert made is not None
    assert read is not None
    assert (read.id, read.public_pem()) == (made.id, made.public_pem())
    assert read.sign(b"text") == made.sign(b"text")


@pytest.mark.parametrize("mode", [0o600, 0o640])
def test_an_older_file_is_given_the_key_that_signs_roots(keys_file: Path, mode: int) -> None:
    """Once: every other key, the rights of the file and, the second time, the key itself stay as they are."""
    before = load(keys_file, good())
    keys_file.chmod(mode)
    after = KeyRing.add_journal_key(keys_file)
    assert before.journal_key is None
    assert after.journal_key is not None
    assert after.model_copy(update={"journal_key": None}) == before
    assert stat.S_IMODE(keys_file.stat().st_mode) == mode
    assert KeyRing.add_journal_key(keys_file) == KeyRing.load(keys_file) == after
    assert [entry.name for entry in keys_file.parent.iterdir()] == [keys_file.name]


def changed(**changes: Any) -> Callable[[], dict[str, Any]]:
    """A good document with changes; a value of `...` removes the field."""
    return lambda: {name: value for name, value in (good() | changes).items() if value is not ...}


def with_development_key(**changes: Any) -> Callable[[], dict[str, Any]]:
    """A good document with a development key that has one fault."""

    def document() -> dict[str, Any]:
        fresh = DevelopmentKey.generate()
        return good() | {"development_issuer_key": fresh.private_jwk() | {"kid": fresh.kid} | changes}

    return document


def with_journal_key(**changes: Any) -> Callable[[], dict[str, Any]]:
    """A good document with a journal key that has one fault."""
    return lambda: good() | {"journal_key": JournalKey.generate().private_jwk() | changes}


FAULTS: dict[str, tuple[Callable[[], Any], str]] = {
    "no data keys": (changed(data_keys=...), "data_keys: Field required"),
    "an empty set of data keys": (changed(data_keys={}), "data_keys: "),
    "no current key": (changed(current_data_key=...), "current_data_key: Field required"),
    "a current key that is not there": (
        changed(current_data_key=3),
        "current_data_key is 3, which data_keys does not",
    ),
    "no blind index key": (changed(blind_index_key=...), "blind_index_key: Field required"),
    "no context key": (changed(context_key=...), "context_key: Field required"),
    "a short data key": (
        changed(data_keys={"2": key(1, 16)}),
        "data_keys.2: must be 32 bytes in base64, is 16 bytes",
    ),
    "a long context key": (
        changed(context_key=key(4, 64)),
        "context_key: must be 32 bytes in base64, is 64 bytes",
    ),
    "a key that is no base64": (
        changed(blind_index_key="hemligt!" * 5),
        "blind_index_key: must be 32 bytes in base64",
    ),
    "a key that is a number": (
        changed(blind_index_key=123456789),
        "blind_index_key: must be 32 bytes in base64",
    ),
    "a key id over a byte": (changed(data_keys={"256": key(1)}), "data_keys.256: "),
    "a key id of zero": (changed(data_keys={"0": key(1)}), "data_keys.0: "),
    "a key id that is a word": (changed(data_keys={"first": key(1)}), "data_keys.first: "),
    "a key in place of a key id": (changed(data_keys={key(9): "1"}), "data_keys.(unknown field): "),
    "a key in place of a field": (lambda: good() | {key(9): 1}, "(unknown field): Extra inputs"),
    "one key for two uses": (changed(context_key=key(3)), "blind_index_key and context_key are the same key"),
    "one key under two ids": (
        changed(data_keys={"1": key(1), "2": key(1)}),
        "data_keys.1 and data_keys.2 are the same",
    ),
    "a journal key of another curve": (with_journal_key(crv="Ed448"), "journal_key.crv: "),
    "a journal key of two halves": (
        with_journal_key(x=JournalKey.generate().x),
        "journal_key: x does not belong to d",
    ),
    "a journal key that is no key": (with_journal_key(d="?"), "journal_key: x does not belong to d"),
    "a development key of another curve": (with_development_key(crv="P-384"), "development_issuer_key.crv: "),
    "a development key without its id": (with_development_key(kid=""), "development_issuer_key.kid: "),
    "a development key of two halves": (
        with_development_key(x=DevelopmentKey.generate().x),
        "development_issuer_key: x and y do not belong to d",
    ),
    "a development key that is no number": (
        with_development_key(d="?"),
        "development_issuer_key: x and y do not",
    ),
}


@pytest.mark.parametrize(("document", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_and_no_key_is(keys_file: Path, document: Callable[[], Any], said: str) -> None:
    """The error tells file, place and fault, and repeats nothing that may be a key."""
    written = document()
    with pytest.raises(KeyRingError) as fault:
        load(keys_file, written)
    message = str(fault.value)
    assert said in message
    assert str(keys_file) in message
    for secret in (key(1), key(2), key(3), key(4), key(9), key(1, 16), key(4, 64), "hemligt!", "123456789"):
        assert secret not in message
    for kind in ("development_issuer_key", "journal_key"):
        assert written.get(kind, {}).get("d", "no key") not in message


@pytest.mark.parametrize(
    "text", ["", "nyckel", "[]", "null", '{"data_keys": {"1": "a"}, "data_keys": {"1": "b"}}', "[" * 99]
)
def test_what_is_no_json_object_is_refused(keys_file: Path, text: str) -> None:
    """A broken file is called broken, without a word of its content."""
    with pytest.raises(KeyRingError, match="is not a JSON object"):
        load(keys_file, text)


def test_a_huge_file_is_refused(keys_file: Path) -> None:
    """A file of a size no keys file has is not parsed."""
    with pytest.raises(KeyRingError, match="larger"):
        load(keys_file, " " * 70_000)


def test_a_missing_file_is_named(keys_file: Path) -> None:
    """A missing file is told with its path."""
    with pytest.raises(KeyRingError, match=r"keys\.json cannot be read: No such file"):
        KeyRing.load(keys_file)


@pytest.mark.parametrize("mode", [0o644, 0o602, 0o601, 0o660, 0o777])
def test_a_file_open_to_others_is_refused(keys_file: Path, mode: int) -> None:
    """Keys that others can read or exchange are refused with the remedy."""
    load(keys_file, good())
    keys_file.chmod(mode)
    with pytest.raises(KeyRingError, match=f"mode {mode:04o}.*0600"):
        KeyRing.load(keys_file)


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o640])
def test_a_file_for_owner_and_group_is_read(keys_file: Path, mode: int) -> None:
    """Reading by the owner's group is allowed, as mounted secrets need it."""
    load(keys_file, good())
    keys_file.chmod(mode)
    assert KeyRing.load(keys_file).current_data_key == 2
