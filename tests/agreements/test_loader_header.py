from pathlib import Path

import pytest

from app.agreements.source import AgreementFileError
from tests.agreements.sample import AGREEMENT, line_with, load, refusal


def test_text_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    """A slip of the pen is refused with the line TOML stumbles on."""
    error = refusal(tmp_path, 'code = "ONE"', "code = ONE")
    assert error.line == line_with('code = "ONE"')
    assert "not TOML" in error.reason


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("interpreted = true", "interpretted = true", "interpretted"),
        ("assigned_by_us = true", "assigned = true", "assigned"),
        ("notice_months = 6", 'notice_months = 6\nnote = "x"', "note"),
        ("copies = 2", "copies = 2\ncopy = 1", "copy"),
        ('attention = "Samordnaren"', 'att = "Samordnaren"', "att"),
    ],
)
def test_an_unknown_key_is_refused(tmp_path: Path, old: str, new: str, key: str) -> None:
    """A key nobody asks for is a misspelling, in every kind of table."""
    error = refusal(tmp_path, old, new)
    assert error.reason.endswith(f"has an unknown key {key}")
    assert error.line == line_with(f"{key} =", AGREEMENT.replace(old, new))


def test_an_organisation_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """An organisation belongs to one party: its id is given once."""
    error = refusal(tmp_path, "-000000000002", "-000000000001")
    assert (error.reason, error.line) == (
        "the organisation 00000000-0000-7000-8000-000000000001 is there twice",
        line_with("-000000000002"),
    )


def test_a_unit_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """A unit belongs to one organisation: its id is given once."""
    error = refusal(tmp_path, "-000000000021", "-000000000011")
    assert (error.reason, error.line) == (
        "the unit 00000000-0000-7000-8000-000000000011 is there twice",
        line_with("-000000000021"),
    )


def test_a_party_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    """A code names one party, or one body."""
    error = refusal(tmp_path, 'code = "TWO"', 'code = "ONE"')
    assert (error.reason, error.line) == ("the party ONE is there twice", line_with('code = "TWO"'))


def test_a_party_without_organisations_is_refused(tmp_path: Path) -> None:
    """Somebody must be able to act for a party."""
    start, end = AGREEMENT.index("[[party.organisation]]"), AGREEMENT.index('[[party]]\ncode = "TWO"')
    error = refusal(tmp_path, AGREEMENT[start:end], "")
    assert error.reason == "the party ONE has no organisation that could act for it"


def test_an_id_that_is_no_uuid_is_refused(tmp_path: Path) -> None:
    """Organisations and units have UUIDs."""
    error = refusal(tmp_path, "00000000-0000-7000-8000-000000000002", "board")
    assert (error.reason, error.line) == ("board is not a UUID", line_with("-000000000002"))


def test_an_unknown_type_of_organisation_is_refused(tmp_path: Path) -> None:
    """An organisation's type is from its code list."""
    error = refusal(tmp_path, '"municipal_board"', '"board"')
    assert error.reason.startswith("unknown type board (there are: public_employment_service")


def test_a_form_of_meeting_for_a_stranger_is_refused(tmp_path: Path) -> None:
    """The parties of a form of meeting have signed the agreement."""
    error = refusal(tmp_path, 'parties = ["ONE", "TWO"]', 'parties = ["ONE", "THREE"]')
    assert (error.reason, error.line) == (
        "the party THREE has not signed the agreement",
        line_with("parties ="),
    )


def test_a_routine_adopted_by_nobody_known_is_refused(tmp_path: Path) -> None:
    """The routine is adopted by a body of the agreement."""
    error = refusal(tmp_path, 'adopted_by = "GROUP"', 'adopted_by = "ONE"')
    assert (error.reason, error.line) == ("the agreement has no body ONE", line_with("adopted_by"))


def test_a_routine_updated_before_it_was_adopted_is_refused(tmp_path: Path) -> None:
    """The dates of the routine are in order (UPP-001)."""
    error = refusal(tmp_path, "updated_on = 2020-10-01", "updated_on = 2020-08-01")
    assert error.line == line_with("updated_on")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("valid_from = 2021-01-01", 'valid_from = "2021-01-01"', "valid_from must be a date"),
        ("valid_from = 2021-01-01", "valid_from = 2021-01-01T00:00:00Z", "valid_from must be a date"),
        ("copies = 2", 'copies = "two"', "copies must be a whole number"),
        ("statutory = false", 'statutory = "no"', "statutory must be true or false"),
        ('parties = ["ONE", "TWO"]', 'parties = "ONE"', "parties must be a list of texts"),
        ('diary_number = "2020:1"', "diary_number = 2020", "diary_number must be a text"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    """Every key has one type, and a value of another is refused at its line."""
    error = refusal(tmp_path, old, new)
    assert (error.reason, error.line) == (reason, line_with(old))


def test_tables_written_in_one_line_are_refused(tmp_path: Path) -> None:
    """Parties, bodies, clauses and the like are tables of their own, so that each has its line."""
    in_one_line = 'body = [{ code = "GROUP", name = "Gruppen" }]\n'
    text = AGREEMENT.replace('[[body]]\ncode = "GROUP"\nname = "Gruppen"\n', "")
    with pytest.raises(AgreementFileError) as caught:
        load(tmp_path, in_one_line + text)
    assert (caught.value.reason, caught.value.line) == ("write [[body]] as a table of its own", 1)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ('[[body]]\ncode = "GROUP"\nname = "Gruppen"\n', "body must be tables"),
        (
            "[term]\nfirst_term_ends = 2021-12-31\nrenewal_years = 1\nnotice_months = 6\n"
            'notice_form = "written"\n',
            "term must be a table",
        ),
    ],
)
def test_a_word_in_place_of_a_table_is_refused(tmp_path: Path, table: str, reason: str) -> None:
    """What has parts of its own cannot be said in a word."""
    assert table in AGREEMENT
    key = reason.split()[0]
    with pytest.raises(AgreementFileError) as caught:
        load(tmp_path, f'{key} = "a word"\n' + AGREEMENT.replace(table, ""))
    assert (caught.value.reason, caught.value.line) == (reason, 1)


def test_a_refusal_names_the_file_and_the_line(tmp_path: Path) -> None:
    """Whoever starts the application reads where to put it right."""
    error = refusal(tmp_path, 'modality = "bor"', 'modality = "borde"')
    line = line_with('modality = "bor"')
    assert str(error).startswith(f"{tmp_path / '2021-01-01.toml'}:{line}: unknown modality borde")
