"""The forty hostile inputs: what is sent, what is wanted, and the tests that hold it.

A number may be held by several tests, each of a part of it. What does not exist here cannot be attacked: the
entry says so, and names the test that notices when it comes to exist.
"""

from dataclasses import dataclass

GATE = "tests/http/test_gate.py::"
HEADERS = "tests/http/test_gate_headers.py::"
CONNECTION = "tests/http/test_connection.py::"
WITHDRAWAL = "tests/api/test_consents_withdrawal.py::"
ROUTES = "tests/api/test_hostile_inputs.py::"
BROKEN_JSON = f"{GATE}test_json_read_in_more_than_one_way_is_400"
SHAPES = f"{GATE}test_a_wrong_shape_is_422_by_pointer_and_code"
QUERIES = f"{GATE}test_a_query_is_known_and_given_once"


@dataclass(frozen=True)
class Hostile:
    """What holds one of the forty."""

    wanted: str
    tests: tuple[str, ...]


def _held(wanted: str, *tests: str) -> Hostile:
    return Hostile(wanted, tests)


HOSTILE: dict[str, Hostile] = {
    "H01": _held("A NUL in a text or in a query is 400.", BROKEN_JSON, QUERIES),
    "H02": _held("A lone surrogate is 400, in a field of any type.", BROKEN_JSON, QUERIES),
    "H03": _held("NaN, Infinity and 1e400 are 400, and nothing is stored.", BROKEN_JSON),
    "H04": _held("NaN in a text is 400.", BROKEN_JSON),
    "H05": _held("Numbers beyond 32 and 64 bits, or of 5,000 digits, are refused.", BROKEN_JSON, SHAPES),
    "H06": _held(
        "A number beyond all measure in an address names nothing.", f"{GATE}test_an_id_has_one_spelling"
    ),
    "H07": _held("An id in another spelling names nothing.", f"{GATE}test_an_id_has_one_spelling"),
    "H08": _held(
        "Nesting beyond twenty levels is 400, in a short answer.",
        BROKEN_JSON,
        f"{GATE}test_twenty_levels_are_read",
    ),
    "H09": _held("A field given twice is 400, however it is spelt.", BROKEN_JSON),
    "H10": _held(
        "A field that is nobody's to set is 422, at every operation.",
        SHAPES,
        "tests/http/test_document.py::test_requests_know_their_fields_and_answers_may_grow",
    ),
    "H11": _held("A number where a text belongs is 422.", SHAPES),
    "H12": _held("What is not UTF-8, or begins with a mark of order, is 400.", BROKEN_JSON),
    "H13": _held("A value of another type is 422, however like the right one it looks.", SHAPES),
    "H14": _held("Times without a zone, or beyond the years there are, are 422.", SHAPES),
    "H15": _held(
        "More than 256 kB is 413, announced or not.",
        f"{GATE}test_a_large_body_is_413",
        f"{GATE}test_a_large_body_of_unknown_length_is_413",
    ),
    "H16": _held("Anything but plain JSON is 415.", f"{GATE}test_only_plain_json_is_taken"),
    "H17": _held(
        "SQL in a text or an id is a text or nothing.",
        f"{ROUTES}test_sql_in_a_text_is_a_text",
        f"{ROUTES}test_sql_in_an_address_or_a_query_names_nothing",
    ),
    "H18": _held("Nobody sorts or chooses fields by an expression: 400.", QUERIES),
    "H19": _held(
        "Whoever gets hold of the application's login sees no other organisation's rows.",
        "tests/db/test_context.py::test_without_a_context_nothing_is_seen",
        "tests/db/test_context.py::test_a_broken_context_sees_nothing_and_raises_nothing",
        "tests/db/test_context.py::test_another_key_signs_nobody",
        "tests/db/test_context.py::test_the_login_cannot_step_out",
        "tests/db/test_context.py::test_switching_row_security_off_fails_closed",
        "tests/db/test_context.py::test_nothing_is_deleted",
        "tests/db/test_catalogue.py::test_the_applications_login_is_nobody",
    ),
    "H20": _held(
        "A page, a limit or a cursor that nobody gave is 400.",
        QUERIES,
        "tests/api/test_log_entries.py::test_a_cursor_nobody_gave_is_refused",
    ),
    "H21": _held(
        "Every named attack on tokens is the same 401.",
        "tests/api/test_token_attacks.py::test_every_named_attack_gets_the_same_401",
        "tests/auth/test_tokens.py::test_every_named_attack_is_refused_for_its_own_reason",
    ),
    "H22": _held(
        "Whoever claims another organisation stays in the own one.",
        QUERIES,
        f"{ROUTES}test_whoever_claims_another_organisation_stays_in_the_own",
        "tests/api/test_me.py::test_nobody_chooses_anothers_assignment",
    ),
    "H23": _held(
        "Two Authorization headers, another scheme or a token in the query are no token.",
        f"{HEADERS}test_one_bearer_token_is_needed",
        QUERIES,
    ),
    "H24": _held(
        "Requests that two readers would cut differently are 400.",
        f"{CONNECTION}test_what_http_forbids_is_one_400",
    ),
    "H25": _held(
        "Headers beyond measure are 431.",
        f"{CONNECTION}test_a_large_head_is_431",
        f"{HEADERS}test_headers_beyond_measure_are_431",
    ),
    "H26": _held(
        "A method that is not there is 405, and no header makes another of it.",
        f"{HEADERS}test_a_method_that_is_not_there_is_405",
        f"{HEADERS}test_headers_that_claim_are_ignored",
    ),
    "H27": _held(
        "Headers that claim an address or a user are ignored.",
        f"{HEADERS}test_headers_that_claim_are_ignored",
        "tests/http/test_doorkeeper.py::test_a_forwarded_address_is_a_trusted_proxys_word_alone",
        "tests/http/test_doorkeeper.py::test_forwarded_addresses_win_nothing",
    ),
    "H28": _held(
        "A sender that is too slow is given up.",
        f"{CONNECTION}test_half_a_head_is_408",
        f"{CONNECTION}test_dripping_bytes_win_no_time",
        f"{CONNECTION}test_a_body_that_does_not_come_is_408",
        f"{GATE}test_a_slow_body_is_408",
    ),
    "H29": _held(
        "Whoever hangs up half way leaves nothing half written and no connection held.",
        "tests/db/test_database.py::test_a_cancelled_request_stores_nothing_and_gives_its_connection_back",
    ),
    "H30": _held(
        "A key has one effect, for one caller and one content.",
        "tests/api/test_idempotency.py::test_of_many_with_one_key_at_once_one_has_an_effect",
        "tests/api/test_idempotency.py::test_a_key_is_its_callers_own",
        "tests/api/test_idempotency.py::test_a_request_whose_twin_is_at_work_is_told_so_and_does_nothing",
    ),
    "H31": _held(
        "A key replayed by whoever may no longer be answered gets nothing.",
        "tests/api/test_idempotency.py::test_a_receipt_is_given_again_only_to_whoever_may_still_be_answered",
    ),
    "H32": _held(
        "Another's version of a hidden thing opens nothing: 404.",
        f"{ROUTES}test_a_version_of_something_hidden_opens_nothing",
    ),
    "H33": _held(
        "After a withdrawal every way that was open before leads nowhere.",
        f"{WITHDRAWAL}test_a_hundred_reads_after_an_acknowledged_withdrawal_see_nothing",
        f"{WITHDRAWAL}test_what_was_not_sent_is_cancelled",
        "tests/db/test_lists.py::test_dead_disclosures_take_no_place",
    ),
    "H34": _held(
        "Consent given anew revives nothing.",
        f"{WITHDRAWAL}test_new_consent_revives_nothing",
        "tests/db/test_withdrawal.py::test_new_consent_revives_nothing_and_permits_new_acts",
    ),
    "H35": _held(
        "Something under another's hidden thing is refused like something under nothing.",
        "tests/db/test_database.py::test_hidden_and_invented_parents_of_ones_own_are_refused_alike",
        "tests/db/test_disclosure.py::test_hidden_and_invented_items_are_refused_alike",
        "tests/db/test_statements.py::test_hidden_and_invented_items_are_refused_alike",
    ),
    "H36": _held(
        "An identity number tells nothing of other organisations, and has one form.",
        "tests/api/test_individual_lookups.py::test_a_person_is_found_in_the_own_organisation_alone",
        "tests/api/test_individuals.py::test_a_wrong_check_digit_is_refused_without_echo",
        "tests/api/test_individuals.py::test_other_numbers_are_kept_as_what_they_are",
        f"{ROUTES}test_a_person_whom_others_know_is_registered_like_any_other",
    ),
    "H37": _held(
        "Nothing is deleted that others refer to, and no key cascades.",
        "tests/db/test_context.py::test_nothing_is_deleted",
        "tests/db/test_catalogue.py::test_nothing_stands_there_that_may_not",
        "tests/db/test_disposal.py::test_nothing_is_left_that_refers_to_what_is_removed",
    ),
    "H38": _held(
        "What is not in the document is not there.",
        f"{HEADERS}test_nothing_lies_outside_the_contract",
        f"{HEADERS}test_no_second_address",
        f"{CONNECTION}test_an_address_that_looks_like_a_host_is_404",
    ),
    "H39": _held(
        "Line breaks, escapes and turned writing get into no field and no log.",
        SHAPES,
        "tests/api/test_canaries_in_logs.py::test_no_log_holds_what_was_submitted",
        "tests/test_logs.py::test_what_is_not_listed_is_dropped",
    ),
    "H40": _held(
        "No table, archive or file to download, so that no cell in one can be a formula: JSON alone.",
        f"{ROUTES}test_every_answer_is_json",
    ),
}
