import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.keyring import KeyRing
from app.auth.sealing import OVERHEAD_BYTES, SealBroken, Sealer

ORGANISATION = UUID("01890000-0000-7000-8000-00000000000a")
OTHER_ORGANISATION = UUID("01890000-0000-7000-8000-00000000000b")
ROW = UUID("01890000-0000-7000-8000-000000000001")
OTHER_ROW = UUID("01890000-0000-7000-8000-000000000002")
PLACE = (ORGANISATION, "individual", ROW, "name_sealed")


@pytest.fixture
def sealer(keyring: KeyRing) -> Sealer:
    """A sealer with the development keys."""
    return Sealer(keyring)


def ring(keys_file: Path, current: int, **data_keys: int) -> KeyRing:
    """A key ring whose data keys are numbered and filled with one byte each."""
    document: dict[str, Any] = {
        "data_keys": {
            key_id.strip("k"): base64.b64encode(bytes([fill]) * 32).decode()
            for key_id, fill in data_keys.items()
        },
        "current_data_key": current,
        "blind_index_key": base64.b64encode(b"b" * 32).decode(),
        "context_key_id": 1,
        "context_key": base64.b64encode(b"c" * 32).decode(),
    }
    keys_file.write_text(json.dumps(document))
    keys_file.chmod(0o600)
    return KeyRing.load(keys_file)


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_in_its_place(keyring: KeyRing, text: str) -> None:
    """Any text, empty and foreign letters too, comes back as it was."""
    sealer = Sealer(keyring)
    assert sealer.open(sealer.seal(text, *PLACE), *PLACE) == text


def test_a_sealed_value_does_not_show_its_text(sealer: Sealer) -> None:
    """The text is not in the bytes, whose length is the text's and a fixed part."""
    text = "Ring efter klockan tre"
    sealed = sealer.seal(text, *PLACE)
    assert text.encode() not in sealed
    assert len(sealed) == len(text.encode()) + OVERHEAD_BYTES


def test_equal_texts_seal_differently(sealer: Sealer) -> None:
    """Each value has its own nonce, so equal values cannot be told in a dump."""
    assert len({sealer.seal("samma", *PLACE) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "elsewhere",
    [
        (OTHER_ORGANISATION, "individual", ROW, "name_sealed"),
        (ORGANISATION, "case_file", ROW, "name_sealed"),
        (ORGANISATION, "individual", OTHER_ROW, "name_sealed"),
        (ORGANISATION, "individual", ROW, "note_sealed"),
    ],
    ids=["organisation", "table", "row", "column"],
)
def test_a_value_moved_elsewhere_does_not_open(
    sealer: Sealer, elsewhere: tuple[UUID, str, UUID, str]
) -> None:
    """A value swapped between organisations, tables, rows or columns is refused, not read."""
    sealed = sealer.seal("hemligt", *PLACE)
    with pytest.raises(SealBroken):
        sealer.open(sealed, *elsewhere)


@pytest.mark.parametrize("position", [0, 1, 12, 13, -17, -16, -1])
def test_a_changed_byte_breaks_the_seal(sealer: Sealer, position: int) -> None:
    """A change in key id, nonce, ciphertext or tag is noticed."""
    sealed = bytearray(sealer.seal("hemligt", *PLACE))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        sealer.open(bytes(sealed), *PLACE)


@pytest.mark.parametrize("length", [0, 1, 13, 28])
def test_a_value_cut_short_breaks_the_seal(sealer: Sealer, length: int) -> None:
    """Fewer bytes than an empty text has are refused like any broken seal."""
    with pytest.raises(SealBroken):
        sealer.open(sealer.seal("hemligt", *PLACE)[:length], *PLACE)


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(keys_file: Path) -> None:
    """Old key ids go on opening; the current one seals."""
    before = Sealer(ring(keys_file, 1, k1=1))
    after = Sealer(ring(keys_file, 2, k1=1, k2=2))
    old = before.seal("gammalt", *PLACE)
    new = after.seal("nytt", *PLACE)
    assert after.open(old, *PLACE) == "gammalt"
    assert (after.key_id(old), after.key_id(new)) == (1, 2)
    with pytest.raises(SealBroken):
        before.open(new, *PLACE)


def test_another_key_under_the_same_id_does_not_open(keys_file: Path) -> None:
    """A key id is not proof: the key itself must be the one that sealed."""
    sealed = Sealer(ring(keys_file, 1, k1=1)).seal("hemligt", *PLACE)
    with pytest.raises(SealBroken):
        Sealer(ring(keys_file, 1, k1=9)).open(sealed, *PLACE)


def test_the_key_of_a_foreign_value_is_not_known(sealer: Sealer) -> None:
    """Asking for the key of something we did not seal is refused."""
    for foreign in (b"", b"\xff" + bytes(40)):
        with pytest.raises(SealBroken):
            sealer.key_id(foreign)


def test_the_error_does_not_say_what_broke(sealer: Sealer) -> None:
    """A broken seal gives nobody anything to learn from."""
    with pytest.raises(SealBroken) as broken:
        sealer.open(b"\x01" + bytes(40), *PLACE)
    assert broken.value.args == ()


def test_text_that_is_not_unicode_is_not_repeated(sealer: Sealer) -> None:
    """A lone surrogate is refused without the text in the error."""
    with pytest.raises(ValueError, match=r"^not Unicode text$"):
        sealer.seal("hemligt \ud800", *PLACE)


@pytest.mark.parametrize("name", ["", "a|b", "Namn", "1a", "a b", "a" * 64, "namn\n"])
def test_a_name_that_could_blur_the_place_is_refused(sealer: Sealer, name: str) -> None:
    """Table, column and kind are plain lower-case names, so two places never spell the same."""
    with pytest.raises(ValueError, match="name"):
        sealer.seal("x", ORGANISATION, name, ROW, "name_sealed")
    with pytest.raises(ValueError, match="name"):
        sealer.seal("x", ORGANISATION, "individual", ROW, name)
    with pytest.raises(ValueError, match="name"):
        sealer.blind_index(ORGANISATION, name, "x")


def test_a_blind_index_finds_the_same_value_again(sealer: Sealer, keyring: KeyRing) -> None:
    """Equal values of one kind in one organisation give equal indexes, in every process."""
    index = sealer.blind_index(ORGANISATION, "personnummer", "värde")
    assert index == Sealer(keyring).blind_index(ORGANISATION, "personnummer", "värde")
    assert len(index) == 32


def test_blind_indexes_differ_by_organisation_kind_value_and_key(sealer: Sealer, keys_file: Path) -> None:
    """Two authorities' rows about one person cannot be matched, nor two kinds of value."""
    indexes = {
        sealer.blind_index(ORGANISATION, "personnummer", "värde"),
        sealer.blind_index(OTHER_ORGANISATION, "personnummer", "värde"),
        sealer.blind_index(ORGANISATION, "telephone", "värde"),
        sealer.blind_index(ORGANISATION, "personnummer", "annat"),
        Sealer(ring(keys_file, 1, k1=1)).blind_index(ORGANISATION, "personnummer", "värde"),
    }
    assert len(indexes) == 5
