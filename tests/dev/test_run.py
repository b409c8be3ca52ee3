"""`make run`, as far as it goes before anything is started."""

import socket

import pytest

from dev import run


def test_a_busy_port_is_said_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever already listens is left alone, and the message names a way out."""
    with socket.socket() as other:
        other.bind((run.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert run.main() == 1
    assert f"Port {port} is taken" in capsys.readouterr().err


@pytest.mark.parametrize("named", ["web", "-1", "0", "65536", "٣"])
def test_what_is_no_port_is_refused(
    named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """PORT is a number a server can listen on, or the run ends with a sentence instead of a traceback."""
    monkeypatch.setenv("PORT", named)
    assert run.main() == 1
    assert "no port" in capsys.readouterr().err


def test_a_database_of_ones_own_needs_both_addresses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """DATABASE_URL without MIGRATION_DATABASE_URL starts nothing: the API's login could not migrate."""
    with socket.socket() as probe:
        probe.bind((run.HOST, 0))
        monkeypatch.setenv("PORT", str(probe.getsockname()[1]))
    monkeypatch.setenv("DATABASE_URL", "postgresql://flerpart_api@/flerpart")
    monkeypatch.delenv("MIGRATION_DATABASE_URL", raising=False)
    assert run.main() == 1
    assert "MIGRATION_DATABASE_URL" in capsys.readouterr().err
