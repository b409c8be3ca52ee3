"""A small agreement of invented parties and the rules it calls for: what the loader's tests take apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.agreements.contents import AgreementFile
from app.agreements.loader import load_agreement
from app.agreements.source import AgreementFileError
from app.domain.codes import Channel
from app.domain.facts.at_hand import AT_HAND
from app.domain.rule import Breach, NoParameters, Rule
from app.domain.step import Step

AGREEMENT = """\
key = "sample"
name = "Överenskommelse mellan två påhittade parter"
valid_from = 2021-01-01
municipality = "0000"
copies = 2
liability = "excluded"
improvement_areas = ["other"]

[term]
first_term_ends = 2021-12-31
renewal_years = 1
notice_months = 6
notice_form = "written"

[routine]
name = "Rutin"
diary_number = "2020:1"
adopted_by = "GROUP"
adopted_on = 2020-09-01
updated_on = 2020-10-01
received_on = 2020-10-02
tested_from = 2021-01-15

[[document]]
key = "Rutin"
name = "Rutin för möten"

[[party]]
code = "ONE"
name = "Första parten"
approved_on = 2020-12-01
mission = "Att vara först."

[[party.organisation]]
id = "00000000-0000-7000-8000-000000000001"
name = "Första myndigheten"
type = "public_employment_service"

[[party.organisation.unit]]
id = "00000000-0000-7000-8000-000000000011"
name = "Första enheten"
address = ["Första enheten", "Box 1", "111 11 Staden"]

[[party]]
code = "TWO"
name = "Andra parten"
approved_on = 2020-12-02
mission = "Att vara tvåa."
reservation = "I mån av tid."

[[party.organisation]]
id = "00000000-0000-7000-8000-000000000002"
name = "Andra nämnden"
type = "municipal_board"
assigned_by_us = true

[[party.organisation.unit]]
id = "00000000-0000-7000-8000-000000000021"
name = "Andra enheten"
address = []
address_hint = "Slå upp den."
attention = "Samordnaren"

[[body]]
code = "GROUP"
name = "Gruppen"

[[meeting_form]]
key = "pair"
name = "Parmöte"
statutory = false
parties = ["ONE", "TWO"]

[[template]]
key = "kallelse"
name = "Kallelse"

[template.texts]
introduction = "Välkommen."

[[statute]]
name = "Påhittad lag"
number = "2000:1"

[[clause]]
id = "SMP-001"
section = "Rutin: Bokning"
quote = "Framförhållningen bör vara fem veckor."
modality = "bor"
held_by = [
    { rule = "BOK-3", effect = "explain", parameters = { party = "TWO", weeks = 5, channels = ["letter"] } },
]

[[clause]]
id = "SMP-002"
section = "Rutin"
quote = ["Kallelsen ska innehålla:", "Datum"]
modality = "ska"
interpreted = true
held_by = [
    { rule = "KAL-3", effect = "refuse" },
    { document = "kallelse: the date" },
    { none = "not yet: the rest" },
]
"""


@dataclass(frozen=True)
class LeadTime:
    """What the sample's rule on lead time must be told."""

    party: str
    weeks: int
    channels: tuple[Channel, ...]


def _keeps(_: Any, __: Any) -> Iterator[Breach]:
    """A rule that nothing breaks: the loader reads what rules ask for, it does not ask them."""
    yield from ()


def _rule(rule_id: str, name: str, parameters: type[Any]) -> Rule:
    step = Step.ISSUE_SUMMONS
    return Rule(
        rule_id, name, f"Kept: {name}.", "sample", frozenset({step}), AT_HAND[step], parameters, _keeps
    )


RULES = (
    _rule("BOK-3", "the_others_get_their_lead_time", LeadTime),
    _rule("KAL-3", "the_letter_says_when_and_where", NoParameters),
)


def write(folder: Path, text: str = AGREEMENT, name: str = "2021-01-01.toml") -> Path:
    """The text as an agreement file in a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str = AGREEMENT, name: str = "2021-01-01.toml") -> AgreementFile:
    """The text as the loader reads it, with the sample's own rules."""
    return load_agreement(write(folder, text, name), RULES)


def refusal(folder: Path, old: str, new: str) -> AgreementFileError:
    """How the loader refuses the sample with the first `old` in it replaced by `new`."""
    assert old in AGREEMENT
    with pytest.raises(AgreementFileError) as caught:
        load(folder, AGREEMENT.replace(old, new, 1))
    return caught.value


def line_with(words: str, text: str = AGREEMENT) -> int:
    """The line on which the words first stand."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)
