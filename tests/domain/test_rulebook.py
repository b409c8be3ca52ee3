"""The rulebook keeps its own rules, and has nothing to say against a good case."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import app.domain
from app.agreements.registry import registry
from app.domain.agreement import Agreement
from app.domain.facts.at_hand import AT_HAND
from app.domain.facts.picture import Picture
from app.domain.rule import Rule
from app.domain.rulebook import RULEBOOK, judge, rule_by_id
from app.domain.step import Step
from tests.domain import at_hand, cases, meetings

MODULES = [
    importlib.import_module(found.name) for found in pkgutil.walk_packages(app.domain.__path__, "app.domain.")
]
DATACLASSES = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__
]


@pytest.fixture(scope="module")
def uppsala() -> Agreement:
    """The agreement as it runs."""
    file = registry().get("uppsala@2020-01-01")
    assert file is not None
    return file.agreement


def good_pictures() -> Iterator[tuple[Step, Picture]]:
    """A good picture for every step but the end of a meeting, which needs a meeting that ends."""
    pictures: dict[type[Picture], Picture] = {
        type(picture): picture
        for picture in (
            Picture(cases.a_case()),
            at_hand.assessing(),
            at_hand.contacting(),
            at_hand.consenting(),
            at_hand.doing(meetings.a_held_meeting(decision=meetings.a_decision())),
            at_hand.issuing(),
            at_hand.inviting(),
            at_hand.replying(),
            at_hand.holding(),
            at_hand.proposing(),
            at_hand.distributing(),
            at_hand.committing(),
            at_hand.deviating(),
        )
    }
    for step in Step:
        if step is not Step.CONCLUDE_MEETING:
            yield step, pictures[AT_HAND[step]]


def test_a_good_case_breaks_nothing_at_any_step(uppsala: Agreement) -> None:
    """Asked at every step of the routine, the whole agreement has nothing to say against a good case."""
    said = {
        (step.value, finding.rule_id)
        for step, picture in good_pictures()
        for finding in judge(step, picture, uppsala)
    }
    assert said == set()


def test_a_meeting_with_a_plan_concludes_without_a_word(uppsala: Agreement) -> None:
    """A meeting that ends with a plan, a day for its follow-up and a caller has nothing said against it."""
    concluded = meetings.a_concluded_meeting()
    assert (
        judge(Step.CONCLUDE_MEETING, at_hand.doing(concluded, cases.a_case_after_the_meeting()), uppsala)
        == ()
    )


def test_nothing_is_owed_the_day_after_a_good_meeting(uppsala: Agreement) -> None:
    """The day after a meeting with an accepted, distributed plan, time brings nothing up."""
    assert judge(Step.TICK, Picture(cases.a_case_after_the_meeting()), uppsala) == ()


def test_every_rule_that_is_written_is_in_the_book() -> None:
    """A rule written in any chapter is in the book, once, under an id of its own."""
    written = {
        rule.id: rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)
    }
    assert {rule.id for rule in RULEBOOK} == set(written)
    assert len({rule.id for rule in RULEBOOK}) == len(RULEBOOK)
    assert all(rule_by_id(rule_id) is rule for rule_id, rule in written.items())


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
def test_every_rule_says_when_it_is_kept_and_broken(rule: Rule) -> None:
    """A rule's words name its clauses, and say how it is kept and how broken."""
    assert re.search(r"UPP-\d{3}", rule.doc)
    assert "Kept: " in rule.doc
    assert "Broken: " in rule.doc
    assert re.fullmatch(r"[A-Z]{3}-\d+", rule.id)


TESTS = {
    node.name: ast.get_docstring(node) or ""
    for path in Path(__file__).parent.glob("test_*.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
}
"""The tests of this folder by name, each with its sentence."""


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
def test_every_rule_is_tested_kept_and_broken(rule: Rule) -> None:
    """Each rule has a test named after it for how it is kept and one for how it is broken, naming its id."""
    names = {name: doc for name, doc in TESTS.items() if name.startswith(f"test_{rule.name}__")}
    assert any("__kept" in name for name in names), rule.name
    assert any("__broken" in name for name in names), rule.name
    assert all(doc.startswith(f"{rule.id} (UPP-") for doc in names.values())


def test_every_clause_of_a_rule_is_one_that_the_agreement_calls_it_for(uppsala: Agreement) -> None:
    """The clauses named in a rule's words are the ones that call it, and every rule is called."""
    for rule in RULEBOOK:
        calling = {clause.id for call in uppsala.callings(rule.id) for clause in call.clauses}
        named = {f"UPP-{number}" for number in re.findall(r"\d{3}", rule.doc.partition("Kept:")[0])}
        assert calling == named, rule.id


@pytest.mark.parametrize("kind", DATACLASSES, ids=lambda kind: kind.__qualname__)
def test_what_the_domain_is_told_is_complete_and_never_changes(kind: type) -> None:
    """No dataclass of the domain has a default on any field, and all are frozen."""
    for field in dataclasses.fields(kind):
        assert field.default is dataclasses.MISSING, field.name
        assert field.default_factory is dataclasses.MISSING, field.name
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_domain_needs_only_the_standard_library_without_clock_and_files(module: ModuleType) -> None:
    """The domain imports nothing but the standard library, less what knows of files, tasks and the clock."""
    tree = ast.parse(inspect.getsource(module))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - {"app"} <= sys.stdlib_module_names - {"os", "asyncio", "pathlib", "time", "io"}
    assert not re.search(r"\b(now|today|utcnow)\(", inspect.getsource(module))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_file_of_the_domain_is_short(module: ModuleType) -> None:
    """No file of the domain passes three hundred lines: beyond that a chapter is hiding in it."""
    assert len(inspect.getsource(module).splitlines()) <= 300
