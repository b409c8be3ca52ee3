"""The command line where an installation has not been set up whole."""

from pathlib import Path

import pytest

from app import cli
from app.settings import Settings

SECRET = "postgresql://flerpart_api:a-secret@/flerpart"


@pytest.fixture(autouse=True)
def _asked_for_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["flerpart", "token", "somebody"])
    monkeypatch.setenv("DATABASE_URL", SECRET)


def test_what_is_not_set_is_named_and_what_is_set_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence for each setting instead of a traceback, which would have shown the database's password."""
    monkeypatch.delenv("FLERPART_KEYS_FILE", raising=False)
    monkeypatch.setenv("FLERPART_POOL_SIZE", "a-secret")
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    assert ended.value.code == 2
    assert "FLERPART_KEYS_FILE is not set." in told.err
    assert "FLERPART_POOL_SIZE is wrong: " in told.err
    assert "a-secret" not in told.out + told.err


def test_a_keys_file_that_is_not_there_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """In a sentence, with its path."""
    monkeypatch.setenv("FLERPART_KEYS_FILE", str(tmp_path / "none.json"))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"The keys file {tmp_path / 'none.json'} cannot be read")


def test_no_settings_error_can_show_what_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nobody catches it: the text of the error itself holds no value."""
    monkeypatch.delenv("FLERPART_KEYS_FILE", raising=False)
    with pytest.raises(ValueError, match="FLERPART_KEYS_FILE") as wrong:
        Settings()
    assert "a-secret" not in str(wrong.value)
