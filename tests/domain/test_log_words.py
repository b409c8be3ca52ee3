import pytest

from app.domain.access import Operation
from app.domain.log_words import DISCLOSED_AS, LOGGED_AS, LoggedAs

OF_NOBODY = {
    Operation.READ_ME,
    Operation.LIST_AGREEMENTS,
    Operation.READ_AGREEMENT,
    Operation.LIST_RULES,
    Operation.READ_RULE,
    Operation.LIST_ORGANISATIONS,
    Operation.READ_ORGANISATION,
    Operation.LIST_UNITS,
    Operation.LIST_UNITS_OF_ORGANISATION,
    Operation.READ_UNIT,
    Operation.ADD_UNIT,
    Operation.CHANGE_UNIT,
    Operation.LIST_OFFICERS,
    Operation.READ_OFFICER,
    Operation.ADD_OFFICER,
    Operation.CHANGE_OFFICER,
    Operation.LIST_ACCOUNTS,
    Operation.READ_ACCOUNT,
    Operation.ADD_ACCOUNT,
    Operation.CHANGE_ROLES,
    Operation.END_ACCOUNT,
    Operation.LIST_DISPOSAL_RULES,
    Operation.READ_DISPOSAL_RULE,
    Operation.ADD_DISPOSAL_RULE,
    Operation.PREVIEW_DISPOSAL,
    Operation.PROPOSE_DISPOSAL,
    Operation.LIST_DISPOSALS,
    Operation.READ_DISPOSAL,
    Operation.READ_DISPOSAL_CERTIFICATE,
    Operation.READ_DEVIATION_STATISTICS,
    Operation.READ_STATISTICS,
    Operation.RECORD_LOG_REVIEW,
    Operation.LIST_LOG_REVIEWS,
    Operation.READ_LOG_REVIEW,
}


def test_every_operation_about_a_person_has_words_for_the_log() -> None:
    """Whatever can stand in a person's log explains itself; what cannot has no words there."""
    assert LOGGED_AS.keys() == set(Operation) - OF_NOBODY


@pytest.mark.parametrize("said", [*LOGGED_AS.values(), *DISCLOSED_AS.values()], ids=lambda one: one.words.en)
def test_words_continue_a_sentence_in_both_languages(said: LoggedAs) -> None:
    """`Somebody …`: begins small, ends without a full stop, and the two languages differ."""
    words = said.words
    for text in (words.sv, words.en):
        assert text[0].islower()
        assert text[-1].isalpha()
    assert words.sv != words.en
