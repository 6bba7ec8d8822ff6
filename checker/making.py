"""Making a bank: candidates from the domains, the choice among them, and what is right for each.

The cases that catch every known mistake and tell them apart are chosen (checker/choice.py); as many
more as make the bank full are there because nobody chose them: the smallest ones, which read best,
and some large ones. Nothing here depends on the machine, or on what else is installed.

Arrays of integers are never given where real numbers are meant. A right answer may well reuse its
input's dtype, and would fail on them.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from checker import inputs, kinds
from checker.assignment import Task
from checker.bank import Case, Result, TaskBank
from checker.choice import choose, clearly_off, fingerprint, outcome
from checker.inputs import HUGE, WHOLE
from checker.kinds import Answer, Form
from checker.mistakes import Entry, library
from checker.rounding import Traced
from checker.steadiness import steady, tied
from checker.worker import wire
from reference.spec import Between, Simplex

DRAWN = 80
EXTREMES = 12  # drawn beside those
SIZE = 40  # cases in a bank
SINGLE = 2  # of them in single precision
ALWAYS = 2  # of each sort that finds what nobody thought of: near 0 and 1, large, long, on an edge
REFUSED = 6  # that have no answer, where an operation says so
FRESH = 12  # cases that are in no bank
FRESH_SEED = 1000  # of the first of them
EXTREME = 1000.0  # exp of it overflows
# What nobody calls extreme: softmax of such logits stays above 1e-7, where some people clip.
SPREADS = (WHOLE, 1.0, 0.01, 3.0)

# Any algorithm in single precision is right: a student may use float32, or round differently.
PRECISION = 2.0**-24
HEADROOM = 64.0
FLOOR = 1e-30


def make(task: Task, folder: Path | None = None) -> TaskBank:
    """The bank of one task; `folder` is that of an assignment that may bring its own mistakes."""
    return made_for(task, library(task.operation, task.asks, folder))


def made_for(task: Task, known: Sequence[Entry]) -> TaskBank:
    """The bank that catches these versions and tells them apart."""
    spec = kinds.asked(task)
    form = kinds.form(spec, task.asks)
    ordinary = _candidates(spec, form, DRAWN, SPREADS)
    if spec.kind == "procedure":  # decisions turn where numbers are equal, as whole ones often are
        ordinary += _candidates(spec, form, DRAWN // 2, (WHOLE,))
    near: list[Case] = []
    if all(map(_bounded, spec.arguments)):  # probabilities near 0 and 1, but not where people clip
        near = _candidates(spec, form, DRAWN // 4, (HUGE,))
    ordinary += near
    extreme = _extremes(spec, form) if spec.kind == "function" else []
    kept = _needed([*ordinary, *extreme], form, known)
    examples = _worked_examples(spec, task, form)
    by_size = sorted(ordinary, key=lambda case: size(case.arguments))
    edges = [case for case in by_size if spec.kind == "procedure" and tied(form, case)]
    always = [
        *near[-ALWAYS:],
        *sorted(ordinary, key=_reach)[-ALWAYS:],
        *by_size[-ALWAYS:],
        *edges[:ALWAYS],
        *edges[-ALWAYS:],
        *extreme[:: EXTREMES // ALWAYS],
    ]
    kept = list({id(case): case for case in (*kept, *always)}.values())
    taken = {id(case) for case in kept}
    rest = [case for case in ordinary if id(case) not in taken]
    refused = _refused(spec, form)
    more = _unchosen(rest, SIZE - len(examples) - len(kept) - len(refused), form)
    cases = sorted([*kept, *more, *refused], key=lambda case: (case.extreme, size(case.arguments)))
    if spec.kind == "draw":  # the same seed draws the same
        cases.append(cases[0])
    return TaskBank(
        [part.name for part in form.arguments],
        [part.name for part in form.results],
        [*examples, *cases],
    )


def answered(form: Form, values: list[Any]) -> Case:
    """The case with these arguments; what is right is what the reference says in float64.

    The arguments carry an error themselves: whoever computes in float32 rounds them first.
    """
    rounded = [Traced(v, abs(v)) if _is_real(v) or isinstance(v, float) else v for v in values]
    return Case(values, [_result(answer) for answer in form.answers(rounded)])


def _result(answer: Answer) -> Result:
    error = np.maximum(answer.low.error, answer.high.error)
    return Result(answer.low.value, answer.high.value, HEADROOM * PRECISION * error + FLOOR)


def fresh(spec: Any, form: Form) -> list[Case]:
    """Cases that no bank has, though a few of the smallest may be the same by chance."""
    return _candidates(spec, form, FRESH, SPREADS, first=FRESH_SEED)


def hidden(task: Task, seed: int) -> TaskBank:
    """A bank of further cases, other ones for each seed: ordinary inputs, as in any bank."""
    spec = kinds.asked(task)
    form = kinds.form(spec, task.asks)
    first = FRESH_SEED + SIZE * (seed + 1)
    refused = _refused(spec, form, first)
    cases = _candidates(spec, form, SIZE - len(refused), SPREADS, first) + refused
    arguments = [part.name for part in form.arguments]
    return TaskBank(arguments, [part.name for part in form.results], cases)


def _candidates(
    spec: Any, form: Form, count: int, spreads: tuple[float, ...], first: int = 0
) -> list[Case]:
    """Different cases, the smallest first."""
    drawn = inputs.series(spec.arguments, spec.possible, count, spreads, first)
    cases = [answered(form, values) for values in _different(form, drawn)]
    decides = spec.kind not in ("function", "draw")
    return [case for case in cases if steady(form, case)] if decides else cases


def _refused(spec: Any, form: Form, first: int = 0) -> list[Case]:
    """Cases that are to be refused, small and large."""
    if spec.kind != "procedure" or not spec.refuses:
        return []
    drawn = inputs.series(
        spec.arguments, lambda **case: not spec.possible(**case), DRAWN, SPREADS, first
    )
    none = [Result(None, None, None)] * len(form.results)
    cases = [Case(values, none) for values in _different(form, drawn)]
    return cases[:: max(1, len(cases) // REFUSED)][:REFUSED]


def _different(form: Form, drawn: Iterable[inputs.Case]) -> list[list[Any]]:
    """The arguments of each case, the smallest first."""
    found: dict[bytes, list[Any]] = {}
    for case in drawn:
        values = form.values(case)
        found.setdefault(wire.encode(values), values)
    return sorted(found.values(), key=size)


def _extremes(spec: Any, form: Form) -> list[Case]:
    """Numbers around a thousand, and probabilities of exactly 0 and 1.

    What a logarithm of 0 counts is a matter of convention: there, only nan and inf are wrong. And
    what is lost below single precision in one right formula leaves a tiny number in another.

    Where all arguments are single numbers there are none: math.exp raises where numpy has inf.
    """
    cases: list[Case] = []
    if not any(argument.axes for argument in spec.arguments):
        return cases
    for case in inputs.series(spec.arguments, spec.possible, EXTREMES, (EXTREME,)):
        edges = {a.name: _corners(a, case[a.name]) for a in spec.arguments if _bounded(a)}
        with np.errstate(all="ignore"):
            found = answered(form, form.values({**case, **edges}))
        if all(np.isfinite(r.low).all() and np.isfinite(r.bound).all() for r in found.results):
            room = np.inf if edges else PRECISION
            results = [Result(r.low, r.high, r.bound + room) for r in found.results]
            cases.append(Case(found.arguments, results, extreme=True))
    return cases


def _bounded(argument: Any) -> bool:
    return any(isinstance(mark, Between | Simplex) for mark in argument.marks)


def _corners(argument: Any, value: Any) -> Any:
    if any(isinstance(mark, Simplex) for mark in argument.marks):
        return np.eye(value.shape[-1])[value.argmax(axis=-1)]
    (mark,) = (mark for mark in argument.marks if isinstance(mark, Between))
    return np.where(value > (mark.low + mark.high) / 2, float(mark.high), float(mark.low))


def _needed(candidates: list[Case], form: Form, entries: Sequence[Entry]) -> list[Case]:
    """The candidates that the known mistakes need."""
    if not entries:
        return []
    caught, prints = [], []
    for case in candidates:
        outcomes = [outcome(form, entry, case.arguments) for entry in entries]
        caught.append([changed or clearly_off(case.results, got) for got, changed in outcomes])
        prints.append([fingerprint(got) for got, _ in outcomes])
    rows = choose(np.array(caught), prints, [entry.misconception for entry in entries])
    return [candidates[row] for row in rows]


def _reach(case: Case) -> float:
    """The largest number in it, beside the settings."""
    return max(
        (float(np.max(np.abs(v), initial=0)) for v in case.arguments if _is_real(v)), default=0
    )


def _unchosen(cases: list[Case], room: int, form: Form) -> list[Case]:
    """A quarter of them the smallest, the others from all over; a few in single precision."""
    small = cases[: max(0, (room + 3) // 4)]
    others = cases[len(small) :]
    wanted = min(max(0, room - len(small)), len(others))
    picked = [others[(2 * k + 1) * len(others) // (2 * wanted)] for k in range(wanted)]
    single = [answered(form, [_single(v) for v in case.arguments]) for case in picked[:SINGLE]]
    return [*small, *single, *picked[SINGLE:]]


def _single(value: Any) -> Any:
    return value.astype(np.float32) if _is_real(value) else value


def _is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _worked_examples(spec: Any, task: Task, form: Form) -> list[Case]:
    """A lecture's own numbers, to the digits it prints: whoever rounds as it does is right."""
    cases = []
    settings = {a.name: a.default for a in spec.arguments if a.tried}
    for example in getattr(spec, "examples", ()):
        if task.asks not in example.prints:
            continue
        data = {n: v if n in settings else np.array(v) for n, v in example.inputs.items()}
        values = form.values({**settings, **data})
        results = [
            _result(answer) if printed is None else _printed(printed)
            for answer, printed in zip(form.answers(values), example.prints[task.asks], strict=True)
        ]
        cases.append(Case(values, results, f"the worked example of {example.source}"))
    return cases


def _printed(digits: str) -> Result:
    decimals = len(digits.partition(".")[2])
    return Result(np.array(float(digits)), np.array(float(digits)), np.array(0.5 * 10.0**-decimals))


def size(values: list[Any]) -> int:
    """Few entries first; one that is no whole number counts twice, being harder to follow."""
    arrays = list(map(numbers, values))
    return sum(array.size + int(np.sum(array != np.round(array))) for array in arrays)


def numbers(value: Any) -> Any:
    """An argument as an array; what is not made of numbers counts as often as it has parts."""
    try:
        return np.asarray(value, dtype=float)
    except (ValueError, TypeError):
        return np.ones(len(value))
