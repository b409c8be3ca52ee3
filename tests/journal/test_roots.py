from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.auth.journal_key import JournalKey, PublicKeys
from app.journal.roots import NotARoot, Root, hash_of_line, signed

KEY = JournalKey.generate()
ROOT = signed(
    Root(
        number=12,
        at=datetime(2026, 3, 2, 9, 0, 0, 250, tzinfo=UTC),
        chains=5000,
        entries=70470,
        root=bytes(range(32)),
        before=hash_of_line("the line before"),
        key_id=KEY.id,
        signature=b"",
    ),
    KEY.sign,
)


def test_a_root_is_a_line_that_says_it_all() -> None:
    """What is read back is what was written, in nine words."""
    assert Root.read(ROOT.line) == ROOT
    assert len(ROOT.line.split(" ")) == 9
    assert ROOT.line.startswith("flerpart-root-1 12 2026-03-02T09:00:00.000250Z 5000 70470 000102")


def test_whoever_has_the_public_key_can_verify_the_line() -> None:
    """The signature is over the first eight words, and over nothing else."""
    vouch = PublicKeys(KEY.public_pem()).vouch
    assert vouch(ROOT.key_id, ROOT.line.rpartition(" ")[0].encode(), ROOT.signature)
    assert not vouch(ROOT.key_id, ROOT.line.encode(), ROOT.signature)
    assert not vouch("0" * 16, ROOT.signed_text, ROOT.signature)
    assert not PublicKeys(JournalKey.generate().public_pem()).vouch(
        ROOT.key_id, ROOT.signed_text, ROOT.signature
    )


def test_keys_of_earlier_years_vouch_too() -> None:
    """A file may hold one public key after another."""
    older = JournalKey.generate()
    keys = PublicKeys(older.public_pem() + "\n" + KEY.public_pem())
    assert keys.vouch(older.id, b"text", older.sign(b"text"))
    assert keys.vouch(KEY.id, b"text", KEY.sign(b"text"))


@pytest.mark.parametrize("place", range(9))
def test_a_line_with_one_word_changed_is_no_root_or_not_signed(place: int) -> None:
    """Every word counts."""
    words = ROOT.line.split(" ")
    words[place] = words[place][:-1] + ("1" if words[place][-1] != "1" else "2")
    try:
        changed = Root.read(" ".join(words))
    except NotARoot:
        return
    vouch = PublicKeys(KEY.public_pem()).vouch
    assert not vouch(changed.key_id, changed.signed_text, changed.signature)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "flerpart-root-1",
        ROOT.line + " ",
        " " + ROOT.line,
        ROOT.line + "\n",
        ROOT.line.replace("-03-", "-13-"),
    ],
)
def test_what_is_no_root_is_said_to_be_none(line: str) -> None:
    """Anything but one whole line is refused, also a day that does not exist."""
    with pytest.raises(NotARoot):
        Root.read(line)


def test_only_ed25519_keys_are_taken() -> None:
    """A key of another kind in the file is refused, not skipped."""
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = other.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()
    with pytest.raises(ValueError, match="Ed25519"):
        PublicKeys(pem)
