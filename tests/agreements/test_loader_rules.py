from pathlib import Path

import pytest

from tests.agreements.sample import line_with, refusal


def test_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    """A rule that is not in the rulebook cannot hold anything."""
    error = refusal(tmp_path, '"BOK-3"', '"BOK-33"')
    assert (error.reason, error.line) == ("BOK-33: there is no such rule", line_with('"BOK-3"'))


def test_an_unknown_effect_is_refused(tmp_path: Path) -> None:
    """Only refuse, explain, remark and remind are effects."""
    error = refusal(tmp_path, 'effect = "explain"', 'effect = "warn"')
    assert (error.reason, error.line) == (
        "BOK-3: unknown effect warn (there are: refuse, explain, remark, remind)",
        line_with('"BOK-3"'),
    )


def test_a_rule_without_an_effect_is_refused(tmp_path: Path) -> None:
    """The effect is never guessed from the modality."""
    assert "unknown effect None" in refusal(tmp_path, ', effect = "refuse"', "").reason


def test_a_missing_parameter_is_refused(tmp_path: Path) -> None:
    """A parameter the rule asks for must be given: there is no default."""
    error = refusal(tmp_path, "weeks = 5, ", "")
    assert (error.reason, error.line) == ("BOK-3: the parameter weeks is missing", line_with('"BOK-3"'))


def test_a_misspelt_parameter_is_refused(tmp_path: Path) -> None:
    """A parameter the rule does not have is refused, with those it has."""
    error = refusal(tmp_path, "weeks = 5", "week = 5")
    assert error.reason == "BOK-3: unknown parameter week (the rule has: party, weeks, channels)"
    assert error.line == line_with('"BOK-3"')


def test_a_parameter_for_a_rule_that_has_none_is_refused(tmp_path: Path) -> None:
    """A rule without parameters is told nothing."""
    error = refusal(tmp_path, 'effect = "refuse" }', 'effect = "refuse", parameters = { days = 7 } }')
    assert error.reason == "KAL-3: unknown parameter days (the rule has: none)"
    assert error.line == line_with('"KAL-3"')


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("weeks = 5", 'weeks = "5"', "the parameter weeks must be a whole number above zero"),
        ("weeks = 5", "weeks = 5.0", "the parameter weeks must be a whole number above zero"),
        ("weeks = 5", "weeks = true", "the parameter weeks must be a whole number above zero"),
        ("weeks = 5", "weeks = 0", "the parameter weeks must be a whole number above zero"),
        ('party = "TWO"', "party = 2", "the parameter party must be a text"),
        ('["letter"]', '"letter"', "the parameter channels must be a list of at least one"),
        ('["letter"]', "[]", "the parameter channels must be a list of at least one"),
        ('["letter"]', "[1]", "the parameter channels must be a text"),
    ],
)  # fmt: skip
def test_a_parameter_of_the_wrong_type_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    """A parameter has the type its rule gives it; the number of weeks is a number, not its digits."""
    error = refusal(tmp_path, old, new)
    assert (error.reason, error.line) == (f"BOK-3: {reason}", line_with('"BOK-3"'))


def test_a_parameter_outside_its_code_list_is_refused(tmp_path: Path) -> None:
    """Where a rule asks for a code, only a code of that list will do."""
    assert "unknown channels post" in refusal(tmp_path, '["letter"]', '["post"]').reason


def test_a_parameter_naming_a_stranger_is_refused(tmp_path: Path) -> None:
    """A party in a parameter has signed the agreement."""
    error = refusal(tmp_path, 'party = "TWO"', 'party = "THREE"')
    assert error.reason == "BOK-3: the party THREE has not signed the agreement"
    assert error.line == line_with('"BOK-3"')


def test_an_unknown_key_beside_a_rule_is_refused(tmp_path: Path) -> None:
    """A holder has a rule, an effect and parameters, and nothing else."""
    error = refusal(tmp_path, 'effect = "refuse" }', 'effect = "refuse", reason = "x" }')
    assert error.reason == "KAL-3: unknown key reason"


def test_parameters_that_are_no_table_are_refused(tmp_path: Path) -> None:
    """What a rule is told is told by name."""
    error = refusal(tmp_path, 'effect = "refuse" }', 'effect = "refuse", parameters = 7 }')
    assert (error.reason, error.line) == ("KAL-3: parameters must be a table", line_with('"KAL-3"'))
