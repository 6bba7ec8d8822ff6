"""Every operation against every oracle it has.

An oracle of the first sort is a function of a case, and hypothesis draws the cases. One of the
second sort is a list of named cases, so that a deviation can name the one that differs.
"""

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from importlib import import_module

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from checker.equations import Equation
from checker.inputs import Case
from checker.proof import calling, deviations, edges
from checker.proof.strategy import cases
from reference.spec import Operation

Drawn = Callable[[Case], list[Equation]]
Thunk = Callable[[], list[Equation]]
Listed = Mapping[str, Thunk]
Oracle = Drawn | Listed

EXAMPLES = 50
FEWER = {"untouched": 15, "layouts": 15, "torch float16": 25, "torch bfloat16": 25}  # of them
LOOSE = 0.01  # a bound of which no more than this is ever used could be tighter


@dataclass(frozen=True)
class Row:
    """One operation against one oracle. `worst` is an error as a fraction of its bound.

    Where somebody else chose the cases, `left_out` counts those that were not compared, by reason.
    """

    operation: str
    oracle: str
    cases: int
    equations: int
    worst: float
    failure: str | None = None
    deviations: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return self.failure is None

    @property
    def loose(self) -> bool:
        """Agreement to the last bit is no looseness, and what others ask is too little to tell."""
        return 0 < self.worst < LOOSE and not self.oracle.startswith("opinion ")


def oracles(spec: Operation) -> dict[str, Oracle]:
    """How an operation is checked is the business of its kind: checker/proof/<kind>.py.

    What holds of every call, and the edges, which every kind has, come on top.
    """
    kind = import_module(f"checker.proof.{spec.kind}")
    found: dict[str, Oracle] = {**kind.oracles(spec)}
    if callable(spec.torch):
        found["edges"] = edges.oracle(spec, kind)
    return found | calling.oracles(spec, kind.results)


def verify(
    specs: dict[str, Operation], examples: int = EXAMPLES, only: tuple[str, ...] = ()
) -> Iterator[Row]:
    """One row for each oracle, or for those whose names match one of the patterns."""
    for name, spec in specs.items():
        try:
            found = oracles(spec)
        except Exception as crash:  # which some are told by what the operation does
            yield Row(name, "oracles", 0, 0, 0.0, f"{type(crash).__name__}: {crash}")
            continue
        for title, oracle in found.items():
            if not only or any(fnmatchcase(title, pattern) for pattern in only):
                yield check(name, spec, title, oracle, examples)


def check(name: str, spec: Operation, title: str, oracle: Oracle, examples: int) -> Row:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # at the edges everything overflows, as it should
        if callable(oracle):
            return draw(name, spec, title, oracle, min(examples, FEWER.get(title, examples)))
        with quiet():
            return go_through(name, title, oracle)


@contextmanager
def quiet() -> Iterator[None]:
    """Without what libraries write past Python: MKL tells standard output when it meets a nan."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def go_through(name: str, title: str, cases: Listed) -> Row:
    """Every named case agrees, or is a deviation that is written down."""
    compared, worst, failures, excused = 0, 0.0, [], []
    for case, compare in cases.items():
        known = [d for d in deviations.listed() if d.covers(name, title, case)]
        try:
            equations = compare()
            if not equations:  # torch has no such setting
                continue
            compared += len(equations)
            loudest = max(equations, key=lambda equation: equation.ratio, default=None)
            trouble = str(loudest) if loudest is not None and loudest.ratio > 1 else ""
            worst = max(worst, loudest.ratio if loudest is not None and not known else 0.0)
        except edges.DifferentError as difference:
            trouble = str(difference)
        except Exception as crash:
            trouble = f"{type(crash).__name__}: {crash}"
        if trouble and not known:
            failures.append(f"{case}: {trouble}")
        if known and not trouble:
            failures.append(f"{case}: the deviation ({known[0]}) no longer occurs")
        excused += [str(deviation) for deviation in known if trouble]
    more = f" (and {len(failures) - 1} more cases)" if len(failures) > 1 else ""
    failure = failures[0] + more if failures else None
    return Row(name, title, len(cases), compared, worst, failure, tuple(dict.fromkeys(excused)))


def draw(name: str, spec: Operation, title: str, oracle: Drawn, examples: int) -> Row:
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
        if not equations:
            return
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
    nothing = None if tried else "no case was compared"
    return Row(name, title, tried, compared, worst, nothing)


def _shown(case: Case) -> str:
    return ", ".join(f"{name} = {np.asarray(value).tolist()}" for name, value in case.items())
