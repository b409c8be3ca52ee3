"""The file outside the database: it says all that was appended, or it is found not to."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.recovery.kept import Kept, KeptFileBroken, Line, appending, read

OURS = UUID("0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52")


def line() -> Line:
    """Something that was taken away."""
    return Line(uuid4(), uuid4(), "officer", {"left_on": "2026-03-02"}, "2026-03-02T09:00:00+00:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two lines of ours."""
    kept = tmp_path / "kept"
    with appending(kept, OURS) as file:
        file.append([line(), line()])
    return kept


def test_what_is_appended_is_read(path: Path) -> None:
    """In the order in which it came, over several openings, and the head is the last line's."""
    more = line()
    with appending(path, OURS) as file:
        file.append([more])
        head = file.head
    found = read(path)
    assert (found.installation, len(found.lines), found.lines[-1], found.head) == (OURS, 3, more, head)


def test_an_empty_one_says_that_nothing_was_taken_away(tmp_path: Path) -> None:
    """A file that was begun, and to which nothing came, is whole."""
    with appending(tmp_path / "kept", OURS) as file:
        head = file.head
    assert read(tmp_path / "kept") == Kept(OURS, (), head)


def test_a_line_torn_by_a_power_cut_was_never_kept(path: Path) -> None:
    """What has no end is left out, and the next line comes in its place."""
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines()[-1][:40])
    assert len(read(path).lines) == 2
    with appending(path, OURS) as file:
        file.append([line()])
    assert len(read(path).lines) == 3


@pytest.mark.parametrize("fault", ["changed", "missing", "swapped", "first", "empty", "noise"])
def test_a_file_that_was_tampered_with_is_found_out(path: Path, fault: str) -> None:
    """A line changed, taken out or moved, and a file without its beginning: none is read or added to."""
    first, second, third = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(
        {
            "changed": first + second.replace(b"03-02", b"03-03") + third,
            "missing": first + third,
            "swapped": first + third + second,
            "first": second + third,
            "empty": b"",
            "noise": first + second + b"{\n",
        }[fault]
    )
    with pytest.raises(KeptFileBroken):
        read(path)
    if fault != "empty":
        with pytest.raises(KeptFileBroken), appending(path, OURS):
            pass


def test_one_installation_one_file(path: Path) -> None:
    """Another installation's events never come into it."""
    with pytest.raises(KeptFileBroken), appending(path, uuid4()):
        pass


def test_one_appends_at_a_time(path: Path) -> None:
    """Whoever comes second is told, and writes nothing."""
    with appending(path, OURS), pytest.raises(KeptFileBroken), appending(path, OURS):
        pass
