"""Who the server's programs run as, and where they can reach what they need."""

import os
import pwd
import shutil
import tempfile
from pathlib import Path

import pytest

from dev.binaries import find_binaries
from dev.cluster import Cluster
from dev.errors import DevelopmentError
from dev.rights import Runner, reachable_binaries, reachable_home, runner, socket_folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")


@as_root
def test_root_never_runs_the_server_as_root(home: Path) -> None:
    """PostgreSQL refuses root, so its programs run as a user who owns nothing here."""
    said = runner().run(["id", "-u"]).stdout.strip()
    assert said not in ("", "0")
    runner().make_folder(home / "data")
    assert str((home / "data").stat().st_uid) == said


@as_root
def test_data_goes_elsewhere_when_the_checkout_is_closed_to_the_servers_user(home: Path) -> None:
    """The same other place every time, reachable for the server's user and owned by root."""
    (home / "closed").mkdir(mode=0o700)
    wanted = home / "closed" / ".flerpart"
    elsewhere = reachable_home(wanted, runner())
    try:
        assert elsewhere.parent == Path("/var/tmp")  # noqa: S108 - it is the place that is tested
        assert runner().may_enter(elsewhere)
        assert elsewhere.stat().st_uid == 0
        assert reachable_home(wanted, runner()) == elsewhere
    finally:
        elsewhere.rmdir()


@as_root
def test_a_place_somebody_else_prepared_is_refused(home: Path) -> None:
    """Everybody may write in /var/tmp, so a folder of our name that is not ours is not trusted."""
    (home / "closed").mkdir(mode=0o700)
    elsewhere = reachable_home(home / "closed" / ".flerpart", runner())
    try:
        runner().give(elsewhere)
        with pytest.raises(DevelopmentError, match="belongs to somebody else"):
            reachable_home(home / "closed" / ".flerpart", runner())
    finally:
        elsewhere.rmdir()


@as_root
def test_programs_in_a_closed_folder_are_copied_once(home: Path) -> None:
    """Programs under root's own home become usable by the server's user, in a copy that is used again."""
    installed = home / "closed" / "pginstall" / "bin"
    installed.mkdir(parents=True)
    (installed / "postgres").touch(mode=0o755)
    (home / "closed").chmod(0o700)
    copy = reachable_binaries(installed, home, runner())
    assert copy != installed
    assert runner().may_enter(copy)
    assert (copy / "postgres").exists()
    assert reachable_binaries(installed, home, runner()) == copy


@as_root
def test_a_user_the_system_does_not_know_is_told_so(home: Path) -> None:
    """PostgreSQL wants to look up its user; where that fails, the message says what helps."""
    unknown = Runner(uid=next(uid for uid in range(40000, 60000) if not _known(uid)), dropped=True)
    sockets = socket_folder(unknown)
    try:
        cluster = Cluster(reachable_binaries(find_binaries(), home, unknown), home / "data", unknown)
        with pytest.raises(DevelopmentError, match="no entry in the system's list of users"):
            cluster.initialise("invented", private=sockets)
    finally:
        shutil.rmtree(sockets)


def test_the_sockets_folder_has_a_short_name_whatever_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket's path may be about a hundred bytes long, and some systems' temporary folders nearly are."""
    long = tmp_path / ("long" * 25)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    folder = socket_folder(runner())
    try:
        assert len(f"{folder}/.s.PGSQL.5432") < 104
        assert folder.stat().st_mode & 0o077 == 0
    finally:
        folder.rmdir()


def _known(uid: int) -> bool:
    return any(entry.pw_uid == uid for entry in pwd.getpwall())
