"""Check operations against all their oracles.

There are two sorts of oracle. A `CaseOracle` is a function of a case, and hypothesis draws the
cases. `NamedCases` is a collection of cases with names, so that a deviation can name the case that
differs.
"""

import contextlib
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from importlib import import_module

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable, UnsatisfiedAssumption

from checker.numerics.equations import Equation
from checker.numerics.inputs import NamedInputs
from checker.proof.oracles import call_contract, deviations, edges
from checker.proof.strategy import cases
from reference.spec import Operation

CaseOracle = Callable[[NamedInputs], list[Equation]]
Thunk = Callable[[], list[Equation]]
NamedCases = Mapping[str, Thunk]
Oracle = CaseOracle | NamedCases

EXAMPLES = 50
FEWER_EXAMPLES = {
    "untouched": 15,
    "layouts": 15,
    "torch float16": 25,
    "torch bfloat16": 25,
    "exact arithmetic": 10,
}
LEAST_COMPARED = 0.5  # of the shared cases; with fewer, an oracle draws cases of its own
LOOSE_RATIO = 0.01  # a bound is loose if the worst error is below this fraction of it


@dataclass(frozen=True)
class ProofRow:
    """The result of one operation and one oracle.

    `worst` is the worst error as a fraction of its bound. In the total of an external test suite,
    `left_out` counts the cases that were not compared, by reason.
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
        """Whether the bound may be too large.

        Exact agreement does not count, and external test suites have too few cases to tell.
        """
        return 0 < self.worst < LOOSE_RATIO and not self.oracle.startswith("external ")


def oracles(spec: Operation) -> dict[str, Oracle]:
    """All oracles of an operation by name.

    They are those of its kind (checker/proof/kinds/<kind>.py), the edge cases and the call
    contract.
    """
    kind = import_module(f"checker.proof.kinds.{spec.kind}")
    by_name: dict[str, Oracle] = {**kind.oracles(spec)}
    if callable(spec.torch):
        by_name["edges"] = edges.oracle(spec, kind)
    return by_name | call_contract.oracles(spec, kind.results)


def verify(
    specs: dict[str, Operation], examples: int = EXAMPLES, only: tuple[str, ...] = ()
) -> Iterator[ProofRow]:
    """Yield one row for each oracle, or for those whose names match a pattern in `only`."""
    for name, spec in specs.items():
        try:
            by_name = oracles(spec)
        except Exception as crash:  # some oracles call the operation to find out which apply
            yield ProofRow(name, "oracles", 0, 0, 0.0, f"{type(crash).__name__}: {crash}")
            continue
        shared = drawn(spec, examples)
        for title, oracle in by_name.items():
            if not only or any(fnmatchcase(title, pattern) for pattern in only):
                yield check(name, spec, title, oracle, examples, shared=shared)


def drawn(spec: Operation, examples: int) -> list[NamedInputs]:
    """Cases for all oracles of an operation: drawing them takes longer than most oracles do."""
    found: list[NamedInputs] = []

    @_settings(examples)
    @given(cases(spec.arguments, getattr(spec, "possible", None)))
    def keep(case: NamedInputs) -> None:
        found.append(case)

    with contextlib.suppress(Unsatisfiable):
        keep()
    return found


def check(
    name: str,
    spec: Operation,
    title: str,
    oracle: Oracle,
    examples: int,
    *,
    shared: Sequence[NamedInputs] = (),
) -> ProofRow:
    """Check an operation against one oracle, a case oracle on the shared cases.

    Hypothesis draws for this oracle alone if it compares hardly any of them, and to shrink a
    failure.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow is expected at the edges of the domain
        if callable(oracle):
            examples = min(examples, FEWER_EXAMPLES.get(title, examples))
            row = go_over(name, title, oracle, shared[:examples])
            if row.passed and row.cases >= max(1, examples * LEAST_COMPARED):
                return row
            own = draw(name, spec, title, oracle, examples)
            return row if own.passed and not row.passed else own
        with quiet():
            return go_through(name, title, oracle)


@contextmanager
def quiet() -> Iterator[None]:
    """Suppress what libraries write to standard output: MKL writes a message if it meets a nan."""
    sys.stdout.flush()
    original, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    try:
        yield
    finally:
        os.dup2(original, 1)
        os.close(original)
        os.close(null)


def go_through(name: str, title: str, cases: NamedCases) -> ProofRow:
    """Check named cases. Each must agree, or be listed as a deviation and differ."""
    compared, worst, failures, excused = 0, 0.0, [], []
    for case, compare in cases.items():
        known = [d for d in deviations.listed() if d.covers(name, title, case)]
        try:
            equations = compare()
            if not equations:  # torch has no such setting
                continue
            compared += len(equations)
            largest = max(equations, key=lambda equation: equation.ratio, default=None)
            problem = str(largest) if largest is not None and largest.ratio > 1 else ""
            worst = max(worst, largest.ratio if largest is not None and not known else 0.0)
        except edges.DifferentError as difference:
            problem = str(difference)
        except Exception as crash:
            problem = f"{type(crash).__name__}: {crash}"
        if problem and not known:
            failures.append(f"{case}: {problem}")
        if known and not problem:
            failures.append(f"{case}: the deviation ({known[0]}) no longer occurs")
        excused += [str(deviation) for deviation in known if problem]
    more = f" (and {len(failures) - 1} more cases)" if len(failures) > 1 else ""
    failure = failures[0] + more if failures else None
    return ProofRow(
        name, title, len(cases), compared, worst, failure, tuple(dict.fromkeys(excused))
    )


def go_over(name: str, title: str, oracle: CaseOracle, shared: Sequence[NamedInputs]) -> ProofRow:
    """Check an oracle on given cases, up to the first failure."""
    tried, compared, worst = 0, 0, 0.0
    for case in shared:
        own = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in case.items()}
        try:
            equations = oracle(own)
        except UnsatisfiedAssumption:
            continue
        except Exception as crash:
            return ProofRow(name, title, tried, compared, worst, f"{type(crash).__name__}: {crash}")
        if not equations:
            continue
        tried, compared = tried + 1, compared + len(equations)
        loudest = max(equations, key=lambda equation: equation.ratio)
        worst = max(worst, loudest.ratio)
        if loudest.ratio > 1:
            return ProofRow(name, title, tried, compared, worst, f"{loudest}, for {_shown(case)}")
    return ProofRow(name, title, tried, compared, worst)


def draw(name: str, spec: Operation, title: str, oracle: CaseOracle, examples: int) -> ProofRow:
    """Check an oracle on cases that hypothesis draws, and shrinks if one fails.

    Hypothesis derives its seed from the source code of `run`: a change to `run` changes the cases.
    """
    tried, compared, worst, smallest = 0, 0, 0.0, ""

    @_settings(examples)
    @given(cases(spec.arguments, getattr(spec, "possible", None)))
    def run(case: NamedInputs) -> None:
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
        return ProofRow(name, title, tried, compared, worst, smallest or repr(failure))
    except Unsatisfiable:
        return ProofRow(name, title, tried, compared, worst, "no inputs are possible")
    except Exception as crash:
        return ProofRow(name, title, tried, compared, worst, f"{type(crash).__name__}: {crash}")
    nothing = None if tried else "no case was compared"
    return ProofRow(name, title, tried, compared, worst, nothing)


def _settings(examples: int) -> settings:
    """The same cases in each run, and no limit of time."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


def _shown(case: NamedInputs) -> str:
    return ", ".join(f"{name} = {np.asarray(value).tolist()}" for name, value in case.items())
