"""PostgreSQL refuses to run as root, so root starts it as `nobody`, in places `nobody` may reach."""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dev.errors import DevelopmentError

NOBODY = 65534
SOCKET_PREFIX = "flerpart-socket-"
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path must stay below 104 bytes on every system


@dataclass(frozen=True, slots=True)
class Runner:
    """Who the server's programs run as: this user, or `nobody` where this user is root."""

    uid: int
    dropped: bool

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, in English and untouched by the caller's PG… settings."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(
            command,
            env=clean | {"LC_ALL": "C"},
            cwd="/",
            text=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            start_new_session=True,  # Ctrl-C in the terminal is for us, not for the server
            user=self.uid if self.dropped else None,
            group=self.uid if self.dropped else None,
            extra_groups=[] if self.dropped else None,
        )

    def may_enter(self, folder: Path) -> bool:
        """Whether the server's user can reach what lies in the folder."""
        return not self.dropped or self.run(["/usr/bin/env", "test", "-x", str(folder)]).returncode == 0

    def make_folder(self, folder: Path) -> None:
        """Make the folder if it is absent, the server's own and closed to everybody else."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.give(folder)

    def give(self, path: Path) -> None:
        """Hand a file or folder to the server's user."""
        if self.dropped:
            os.chown(path, self.uid, self.uid)


def runner() -> Runner:
    """This user, or `nobody` for root. No user is ever created."""
    if os.geteuid() != 0:
        return Runner(uid=os.geteuid(), dropped=False)
    try:
        uid = pwd.getpwnam("nobody").pw_uid
    except KeyError:
        uid = NOBODY
    return Runner(uid=uid, dropped=True)


def reachable_home(wanted: Path, who: Runner) -> Path:
    """The wanted folder, or a named one under /var/tmp where the server's user may not enter the wanted one.

    Raises DevelopmentError when somebody else already made a folder of that name.
    """
    wanted.mkdir(mode=0o755, parents=True, exist_ok=True)
    if who.may_enter(wanted):
        return wanted
    name = hashlib.sha256(str(wanted.resolve()).encode()).hexdigest()[:12]
    elsewhere = Path("/var/tmp") / f"flerpart-{name}"  # noqa: S108 - made by us, checked below
    elsewhere.mkdir(mode=0o711, exist_ok=True)
    if elsewhere.is_symlink() or elsewhere.stat().st_uid != os.geteuid():
        raise DevelopmentError(f"{elsewhere} belongs to somebody else. Remove it, or move the checkout.")
    elsewhere.chmod(0o711)
    return elsewhere


def reachable_binaries(folder: Path, home: Path, who: Runner) -> Path:
    """The folder, or a copy of its installation under `home` where the server's user may not enter it."""
    if who.may_enter(folder):
        return folder
    stamp = hashlib.sha256(f"{folder}{(folder / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = home / f"postgresql-{stamp}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(dir=home))
        shutil.copytree(folder.parent, unfinished, symlinks=True, dirs_exist_ok=True)
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return copy / folder.name


def socket_folder(who: Runner) -> Path:
    """A new folder for the server's socket: private, and with a short name."""
    for parent in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108 - mkdtemp is private
        if len(parent) <= LONGEST_SOCKET_FOLDER and who.may_enter(Path(parent)):
            folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=parent))
            who.give(folder)
            return folder
    raise DevelopmentError("No folder for temporary files has a short name and is open to the server's user.")


def remove_socket_folder(folder: Path) -> None:
    """Remove a folder that `socket_folder` made; any other is left alone."""
    if folder.name.startswith(SOCKET_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)
