"""Check operations against all their oracles.

The cases of an operation are made once (`construction`), and what several oracles ask of a case is
computed once (`trial`). Hypothesis draws cases of its own only to shrink one that fails.
"""

import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase

import numpy as np

from checker.numerics.inputs import NamedInputs
from checker.proof import construction, criteria, kinds
from checker.proof.construction import Cases
from checker.proof.oracle import MOST, CaseOracle, NamedCases, NotComparedError, Oracle
from checker.proof.oracles import call_contract, deviations, edges
from checker.proof.row import ProofRow
from checker.proof.trial import Sort, Trial
from reference.spec import Operation

SHRINKING_EXAMPLES = 60
LONGEST_SHOWN = 24  # entries of an array in a message


def oracles(spec: Operation) -> dict[str, Oracle]:
    """All oracles of an operation by name.

    They are those of its kind (checker/proof/kinds/<kind>.py), the edge cases and the call
    contract.
    """
    kind = kinds.of(spec)
    by_name: dict[str, Oracle] = {**kind.oracles(spec)}
    if callable(spec.torch):
        by_name["edges"] = edges.oracle(spec)
    return by_name | call_contract.oracles(getattr(kind, "CASES", MOST))


def verify(
    specs: dict[str, Operation], only: tuple[str, ...] = (), first: int = 0
) -> Iterator[ProofRow]:
    """Yield one row for each oracle, or for those whose names match a pattern in `only`.

    Another `first` seed gives other cases.
    """
    for name, spec in specs.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                by_name = oracles(spec)
                made = construction.cases(spec, first)
        except Exception as crash:  # some oracles call the operation to find out which apply
            yield ProofRow(name, "oracles", 0, 0, 0.0, f"{type(crash).__name__}: {crash}")
            continue
        if not only:
            yield of_cases(name, spec, made)
        for title, oracle in by_name.items():
            if not only or any(fnmatchcase(title, pattern) for pattern in only):
                yield check(name, spec, title, oracle, made.trials)


def of_cases(name: str, spec: Operation, made: Cases) -> ProofRow:
    """What the cases cover: a failure if too many were impossible, or none is left."""
    counts = criteria.counted(spec, made)
    failure = None
    refuses = getattr(spec, "rejects_invalid", False)  # what is impossible is compared as well
    if not made.trials or (not refuses and made.too_many_rejected):
        failure = (
            f"{made.rejected} of {made.rejected + len(made.trials)} cases are not possible: "
            "declare the axes and settings so that they are not made"
        )
    return ProofRow(name, "cases", len(made.trials), 0, 0.0, failure, counts=counts)


def check(
    name: str, spec: Operation, title: str, oracle: Oracle, trials: Sequence[Trial]
) -> ProofRow:
    """Check an operation against one oracle. Hypothesis shrinks a case that fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow is expected at the edges of the domain
        if not isinstance(oracle, CaseOracle):
            with quiet():
                return go_through(name, title, oracle)
        row = go_over(name, title, oracle, trials)
        if row.passed:
            return row
        smaller = shrunk(name, spec, title, oracle)
        return row if smaller.passed else smaller


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
        if fatal := [d for d in known if d.fatal]:  # torch must not be asked on this device
            excused += list(map(str, fatal))
            continue
        try:
            equations = compare()
            if not equations:  # torch has no such setting
                continue
            compared += len(equations)
            largest = max(equations, key=lambda equation: equation.ratio, default=None)
            problem = str(largest) if largest is not None and largest.ratio > 1 else ""
            worst = max(worst, largest.ratio if largest is not None and not known else 0.0)
        except NotComparedError:
            continue
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


def go_over(name: str, title: str, oracle: CaseOracle, trials: Sequence[Trial]) -> ProofRow:
    """Check an oracle on the cases that it suits, up to the first failure."""
    suited = _spread([trial for trial in trials if oracle.suits(trial)], oracle.most)
    tried, compared, worst, theirs = 0, 0, 0.0, 0.0
    left_out: Counter[str] = Counter()
    for trial in suited:
        try:
            equations = oracle.ask(trial)
            if any(equation.ratio > 1 for equation in equations):
                equations = oracle.ask(trial.surer)
        except NotComparedError as reason:
            left_out[str(reason)] += 1
            continue
        except Exception as crash:
            failure = f"{type(crash).__name__}: {crash}, for {shown(trial.case)}"
            return ProofRow(name, title, tried, compared, worst, failure)
        if not equations:
            continue
        tried, compared = tried + 1, compared + len(equations)
        loudest = max(equations, key=lambda equation: equation.ratio)
        worst = max(worst, loudest.ratio)
        theirs = max([theirs, *(equation.their_ratio for equation in equations)])
        if loudest.ratio > 1:
            failure = f"{loudest}, for {shown(trial.case)}"
            return ProofRow(name, title, tried, compared, worst, failure)
    nothing = None if tried else "no case was compared"
    return ProofRow(
        name, title, tried, compared, worst, nothing, left_out=dict(left_out), theirs=theirs
    )


def _spread(trials: list[Trial], most: int) -> list[Trial]:
    """At most so many of the cases, half of them random ones, the others of each sort.

    The random case with the longest axis is one of them: an optimiser's longest path. Ones only
    show what an operation returns as it is: few cases do without them.
    """
    if len(trials) > most:
        trials = [trial for trial in trials if trial.sort is not Sort.ONES]
    order = np.random.default_rng(0).permutation(len(trials))
    mixed = [trials[k] for k in order if trials[k].sort is Sort.RANDOM]
    sorts = [trials[k] for k in order if trials[k].sort is not Sort.RANDOM]
    longest = max(mixed, key=_longest_axis, default=None)
    mixed.sort(key=lambda trial: trial is not longest)
    kept = mixed[: max(most - len(sorts), most // 2)]
    return [*kept, *sorts[: most - len(kept)]]


def _longest_axis(trial: Trial) -> int:
    arrays = [value for value in trial.inputs.values() if isinstance(value, np.ndarray)]
    return max((length for array in arrays for length in array.shape), default=0)


def shrunk(name: str, spec: Operation, title: str, oracle: CaseOracle) -> ProofRow:
    """The row of the smallest failing case that hypothesis finds, if it finds one."""
    found: list[ProofRow] = []
    try:
        from hypothesis import HealthCheck, Phase, given, settings

        from checker.proof.strategy import cases
    except ModuleNotFoundError:  # the case is shown as it is
        return ProofRow(name, title, 0, 0, 0.0)

    @settings(  # the same cases in each run, and no limit of time
        max_examples=SHRINKING_EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(spec.arguments, getattr(spec, "possible", None)))
    def run(case: NamedInputs) -> None:
        trial = Trial(spec, case)
        if not oracle.suits(trial):
            return
        row = go_over(name, title, oracle, [trial])
        if not row.passed and row.cases:
            found.append(row)
            raise AssertionError(row.failure)

    with suppress(Exception):  # of an operation that is random too
        run()
    return found[-1] if found else ProofRow(name, title, 0, 0, 0.0)


def shown(case: NamedInputs) -> str:
    """A case in words: small arrays in full, others by their shape."""
    return ", ".join(f"{name} = {_value(value)}" for name, value in case.items())


def _value(value: object) -> str:
    if isinstance(value, np.ndarray) and value.size > LONGEST_SHOWN:
        return f"an array of shape {value.shape}"
    return str(value.tolist() if isinstance(value, np.ndarray) else value)
