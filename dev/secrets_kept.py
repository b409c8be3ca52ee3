"""Secrets of a developer's machine: made once, kept in files only their owner may read."""

import json
import os
import secrets
from pathlib import Path


def write_secret(path: Path, text: str) -> None:
    """Write a file only its owner may read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}-unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.rename(path)


def kept_passwords(path: Path, logins: tuple[str, ...]) -> dict[str, str]:
    """The logins' passwords, made at the first call."""
    if not path.exists():
        write_secret(path, json.dumps({login: secrets.token_hex(24) for login in logins}))
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return kept
