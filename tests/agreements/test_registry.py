from datetime import date
from pathlib import Path

import pytest

from app.agreements.registry import Registry, load_folder
from app.agreements.source import AgreementFileError
from tests.agreements.sample import AGREEMENT, RULES, write

SECOND_VERSION = AGREEMENT.replace("valid_from = 2021-01-01", "valid_from = 2023-07-01")
NEVER_APPROVED = AGREEMENT.replace('key = "sample"', 'key = "draft"').replace(
    "approved_on = 2020-12-02\n", ""
)


@pytest.fixture
def agreements(tmp_path: Path) -> Registry:
    """Two versions of the sample, and an agreement that one party has not approved."""
    write(tmp_path / "sample")
    write(tmp_path / "sample", SECOND_VERSION, "2023-07-01.toml")
    write(tmp_path / "draft", NEVER_APPROVED)
    return load_folder(tmp_path, RULES)


@pytest.mark.parametrize(
    ("day", "agreement_id"),
    [
        (date(2021, 1, 1), "sample@2021-01-01"),
        (date(2023, 6, 30), "sample@2021-01-01"),
        (date(2023, 7, 1), "sample@2023-07-01"),
        (date(2040, 1, 1), "sample@2023-07-01"),
    ],
)
def test_the_version_in_force_goes_by_the_day(agreements: Registry, day: date, agreement_id: str) -> None:
    """A version is in force from its own day until the next one's."""
    file = agreements.in_force("sample", day)
    assert file is not None
    assert file.agreement.id == agreement_id


def test_no_version_is_in_force_before_the_first_day(agreements: Registry) -> None:
    """The day before the first version there is no agreement in force (UPP-134)."""
    assert agreements.in_force("sample", date(2020, 12, 31)) is None


def test_an_agreement_not_approved_by_all_is_never_in_force(agreements: Registry) -> None:
    """An agreement that one party has not approved can be looked up, but is not in force (UPP-136)."""
    assert agreements.in_force("draft", date(2022, 1, 1)) is None
    assert agreements.get("draft@2021-01-01") is not None


def test_before_the_first_day_the_first_version_is_asked(agreements: Registry) -> None:
    """A day without an agreement in force is judged by the first version, which then says so."""
    file = agreements.applying("sample", date(2020, 12, 31))
    assert file is not None
    assert file.agreement.id == "sample@2021-01-01"
    assert agreements.applying("sample", date(2024, 1, 1)) == agreements.get("sample@2023-07-01")


def test_an_old_version_stays(agreements: Registry) -> None:
    """A judgement stored under an old version can still be looked up by its id."""
    file = agreements.get("sample@2021-01-01")
    assert file is not None
    assert file.agreement.valid_from == date(2021, 1, 1)


def test_an_unknown_agreement_is_none(agreements: Registry) -> None:
    """A key or an id nobody has is not an error here: the caller decides what it means."""
    assert agreements.in_force("other", date(2022, 1, 1)) is None
    assert agreements.applying("other", date(2022, 1, 1)) is None
    assert agreements.get("sample@2021-01-02") is None


def test_all_versions_come_by_key_and_day(agreements: Registry) -> None:
    """Going through the registry meets every version once, in a fixed order."""
    assert [file.agreement.id for file in agreements] == [
        "draft@2021-01-01",
        "sample@2021-01-01",
        "sample@2023-07-01",
    ]


def test_two_files_of_an_agreement_from_the_same_day_are_refused(tmp_path: Path) -> None:
    """Which of them would be the agreement? The second one is named, at its day."""
    write(tmp_path / "sample")
    second = write(tmp_path / "sample", AGREEMENT, "again.toml")
    with pytest.raises(AgreementFileError) as caught:
        load_folder(tmp_path, RULES)
    assert (caught.value.path, caught.value.line) == (second, 3)
    assert caught.value.reason == "there is already a file for sample@2021-01-01"
