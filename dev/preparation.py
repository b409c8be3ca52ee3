"""What turns an empty database into Flerpart's, and the keys it is used with."""

from pathlib import Path

from app.auth.keyring import KeyRing
from app.installation import prepare_database
from dev.postgres import Urls


def prepare(urls: Urls, keys: Path) -> None:
    """Bring a database, empty or older, to today's revision; changes nothing the second time."""
    prepare_database(urls.migration, urls.api_password, KeyRing.load(keys))


def make_keys(path: Path) -> Path:
    """The installation's keys, made once: what they sealed can never be read without them."""
    if not path.exists():
        KeyRing.create(path)
    KeyRing.add_journal_key(path)
    return path
