"""Requests that Schemathesis makes of a document, sent to a running API, and what it says of the answers."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

CHECKS: Final[list[CheckFunction]] = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.ignored_auth,
]
REFUSALS: Final = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428", "431"]
"""How what the document forbids may be answered: also by what the caller or the thing would not allow."""


Operation = APIOperation[Any, Any, Any, Any]


def operations(document: dict[str, Any]) -> list[Operation]:
    """The operations of a document, as Schemathesis reads them."""
    config = SchemathesisConfig.from_dict(
        {"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
    )
    schema = schemathesis.openapi.from_dict(document, config=config)
    return [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]


@dataclass
class Found:
    """How many were sent of each kind, how they were answered, and what was wrong with that."""

    cases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    told: dict[str, str] = field(default_factory=dict)
    """The first of each kind of fault at each operation, with the request that shows it."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def granted(self) -> int:
        """How many succeeded."""
        return sum(times for status, times in self.statuses.items() if status < 300)

    @property
    def broken(self) -> int:
        """How many were answered by a failure of ours."""
        return sum(times for status, times in self.statuses.items() if status >= 500)

    @property
    def misshapen(self) -> int:
        """How many faults there were but for those that have names of their own in the figures."""
        named = ("ServerError", "UndefinedStatusCode", "IgnoredAuth")
        return sum(times for name, times in self.faults.items() if name not in named)

    def keep(self, kind: str, status: int) -> None:
        """A case that was sent, and its answer."""
        with self.lock:
            self.cases[kind] += 1
            self.statuses[status] += 1

    def fault(self, operation: str, group: FailureGroup, message: str) -> None:
        """What the checks say against an answer."""
        with self.lock:
            for one in group.exceptions:
                name = type(one).__name__
                self.faults[name] += 1
                self.told.setdefault(f"{operation}: {name}", message)


@dataclass(frozen=True)
class Turn:
    """So many requests of an operation, of one kind, at the things of some ids or at ids that are made up."""

    operation: Operation
    mode: GenerationMode
    ids: dict[str, str] | None
    times: int
    seed: int


@dataclass(frozen=True)
class Sender:
    """Sends with the tokens of several, one after the other, and keeps what is found."""

    base_url: str
    tokens: Sequence[Callable[[], str]]
    found: Found
    session: requests.Session = field(default_factory=requests.Session)

    def send(self, turn: Turn) -> None:
        """As many requests as the turn has for each token."""
        next_token = itertools.cycle(self.tokens)

        @seed(turn.seed)
        @settings(
            max_examples=turn.times * len(self.tokens),
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(case=turn.operation.as_strategy(generation_mode=turn.mode, path_parameters=turn.ids))
        def each(case: Case[Any]) -> None:
            self._one(case, turn.mode, next(next_token)())

        try:
            each()
        except Unsatisfiable:
            return  # an operation that takes nothing cannot be sent anything wrong

    def _one(self, case: Case[Any], mode: GenerationMode, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        answer = case.call(base_url=self.base_url, session=self.session, headers=headers)
        self.found.keep(mode.value, answer.status_code)
        try:
            case.validate_response(
                answer,
                checks=CHECKS,
                headers=headers,
                transport_kwargs={"session": self.session, "headers": headers, "base_url": self.base_url},
            )
        except FailureGroup as group:
            self.found.fault(case.operation.label, group, str(group))
