"""Every operation against every oracle it has, on cases that hypothesis draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from checker.inputs import Case
from checker.proof.function import Oracle
from checker.proof.strategy import cases
from reference.spec import Operation

EXAMPLES = 50


@dataclass(frozen=True)
class Row:
    """One operation against one oracle. `worst` is an error as a fraction of its bound."""

    operation: str
    oracle: str
    cases: int
    equations: int
    worst: float
    failure: str | None = None

    @property
    def passed(self) -> bool:
        return self.failure is None


def oracles(spec: Operation) -> dict[str, Oracle]:
    """How an operation is checked is the business of its kind: checker/proof/<kind>.py."""
    found: dict[str, Oracle] = import_module(f"checker.proof.{spec.kind}").oracles(spec)
    return found


def verify(specs: dict[str, Operation], examples: int = EXAMPLES) -> Iterator[Row]:
    for name, spec in specs.items():
        for title, oracle in oracles(spec).items():
            yield check(name, spec, title, oracle, examples)


def check(name: str, spec: Operation, title: str, oracle: Oracle, examples: int) -> Row:
    """Try an oracle on many cases; where one fails, hypothesis shrinks it to the smallest."""
    tried, compared, worst, smallest = 0, 0, 0.0, ""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(spec.arguments, getattr(spec, "possible", None)))
    def run(case: Case) -> None:
        nonlocal tried, compared, worst, smallest
        equations = oracle(case)
        tried, compared = tried + 1, compared + len(equations)
        loudest = max(equations, key=lambda equation: equation.ratio)
        worst = max(worst, loudest.ratio)
        if loudest.ratio > 1:
            smallest = f"{loudest}, for {_shown(case)}"
            raise AssertionError(smallest)

    try:
        run()
    except AssertionError as failure:
        return Row(name, title, tried, compared, worst, smallest or repr(failure))
    except Unsatisfiable:
        return Row(name, title, tried, compared, worst, "no inputs are possible")
    except Exception as crash:
        return Row(name, title, tried, compared, worst, f"{type(crash).__name__}: {crash}")
    return Row(name, title, tried, compared, worst)


def _shown(case: Case) -> str:
    return ", ".join(f"{name} = {np.asarray(value).tolist()}" for name, value in case.items())
