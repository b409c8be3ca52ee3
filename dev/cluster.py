"""One data folder of PostgreSQL and the programs that make it, start it and stop it."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.errors import DevelopmentError
from dev.rights import Runner, remove_socket_folder
from dev.secrets_kept import write_secret

SUPERUSER = "postgres"
SOCKET_FOLDER_LINE = 4  # of postmaster.pid, counted from nought

# Never fsync=off: a server that was killed must come up again with everything it has promised.
# Statements and values stay out of the server's log, because they are about people.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

REMEDIES = {
    "could not look up effective user ID": (
        "The user id this runs as has no entry in the system's list of users, and PostgreSQL insists on one."
        " Run as a user who has, or set DATABASE_URL and MIGRATION_DATABASE_URL."
    ),
    "could not access directory": "PostgreSQL's user may not reach the data folder: move the checkout.",
    "Permission denied": "PostgreSQL's user may not reach a file it needs: move the checkout.",
    "No space left on device": "The disk is full.",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data folder, the programs of its version, and the user they run as."""

    binaries: Path
    data: Path
    who: Runner

    def initialise(self, superuser_password: str, private: Path) -> None:
        """Make the data folder if it is absent. `private` is a folder closed to everybody but the server.

        It is made under another name first, so that a run cut short leaves nothing half-made behind.
        """
        if self.data.exists():
            return
        unfinished = self.data.with_name(f"{self.data.name}-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.who.make_folder(unfinished)
        # A pipe would not survive the change of user, so: a closed file in a closed folder, for a moment.
        password_file = private / "password"
        write_secret(password_file, superuser_password)
        self.who.give(password_file)
        options = ["-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={password_file}"]
        options += ["-E", "UTF8", "--no-locale", "--no-sync"]
        try:
            answer = self.who.run([str(self.binaries / "initdb"), "-D", str(unfinished), *options])
        finally:
            password_file.unlink()
        _must(answer, unfinished)
        unfinished.rename(self.data)

    def start(self, sockets: Path) -> None:
        """Start the server and wait until it answers on its socket."""
        settings = SETTINGS | {"unix_socket_directories": str(sockets)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.data / "server.log"
        _must(self._control("start", "-l", str(log), "-o", options), log)

    def stop(self) -> None:
        """Stop a server that may never have started: gently, and if it will not, at once."""
        for mode in ("fast", "immediate"):
            if not self._pid_file.exists() or self._control("stop", "-m", mode).returncode == 0:
                return

    def stop_left_over(self) -> None:
        """Stop what a killed run left behind. The caller makes sure that nobody is using it.

        The pid file may also be stale and its number somebody else's now: PostgreSQL would not start.
        """
        if not self._pid_file.exists():
            return
        lines = self._pid_file.read_text(encoding="utf-8").splitlines()
        if str(self.data) in _command_line(int(lines[0])):
            print("Stopping the PostgreSQL that an earlier run left behind.")
            self.stop()
        else:
            self._pid_file.unlink()
        if len(lines) > SOCKET_FOLDER_LINE:
            remove_socket_folder(Path(lines[SOCKET_FOLDER_LINE]))

    @property
    def _pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def _control(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self.who.run(
            [str(self.binaries / "pg_ctl"), "-D", str(self.data), "-w", "-s", "-t", "60", *command]
        )


def _command_line(pid: int) -> str:
    """What the process was started with; empty where there is none."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except FileNotFoundError:
            return ""
    command = ["/usr/bin/env", "ps", "-ww", "-p", str(pid), "-o", "command="]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _must(answer: subprocess.CompletedProcess[str], about: Path) -> None:
    """Go on only if the program succeeded; otherwise say what helps."""
    if answer.returncode == 0:
        return
    said = answer.stdout + answer.stderr
    if about.is_file():
        said += "\n".join(about.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
    for sign, remedy in REMEDIES.items():
        if sign in said:
            raise DevelopmentError(f"{remedy} ({about})")
    raise DevelopmentError(f"PostgreSQL did not start. What it said ({about}):\n{said.strip()}")
