"""Find out whether a backward is the derivative of the student's own forward.

If a forward is wrong and the backward fits it, there is one mistake, in the forward, and not two.
The derivative is computed by finite differences with two step sizes, which needs only calls of the
forward:

    D(h) = (L(x + h) - L(x - h)) / 2h,   L = sum of upstream times result
    D = D(h/2) + (D(h/2) - D(h)) / 3,    error: |D(h/2) - D(h)| and rounding

At a kink the slopes on both sides differ, and any value between them counts as the derivative.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.cases.forms import form
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.numerics.gradients import differentiable
from checker.sandbox.messages import Returned

STEP = 2.0**-12  # relative to the number that is changed, but at least to SMALLEST_SCALE
SMALLEST_SCALE = 2.0**-4
DERIVATIVE_TOLERANCE = 1e-6  # relative, in addition to the error of the differences
LARGEST_ERROR = 1e-3  # relative: differences with a larger error, as in float32, decide nothing
KINK = 1e-2  # relative: slopes that differ by more than this have a kink between them
ROUNDING_ERROR = 2.0**-50  # relative error of one result of the forward
FEWEST_CASES, MOST_CASES = 3, 16
LARGEST_CASE = 24  # entries of all arguments together: a larger one is asked if it has to be

Slopes = tuple[float, float, float]  # the smallest and largest right derivative, and the error


def look(evidence: Evidence) -> Finding | None:
    """Only for a backward, if the submission has the forward of the same operation and settings."""
    task, forward = evidence.task, own(evidence)
    if forward is None:
        return None
    fitting = 0
    for i in _chosen(evidence):
        fits = _fits(evidence, forward, i)
        if fits is False:
            return None
        fitting += fits is True
    if fitting < FEWEST_CASES or is_right(evidence, forward):
        return None
    return Finding(
        "derivative_of_another_forward",
        "observed",
        f"{task.function} is the right derivative of your {forward}: the mistake is in {forward}.",
        f"Correct {forward} first, then check again.",
    )


def own(evidence: Evidence) -> str | None:
    """The function of the submission that is the forward of this backward, if there is one."""
    if not evidence.form.backward:
        return None
    task = evidence.task
    return next(
        (
            function
            for function, other in evidence.siblings.items()
            if (other.operation, other.asks) == (task.operation, "forward")
            and (other.arguments, other.fixed) == (task.arguments, task.fixed)
        ),
        None,
    )


def _chosen(evidence: Evidence) -> list[int]:
    """The smallest wrong cases.

    Large cases take many calls, so there are no more of them than have to be.
    """
    failing = [i for i in evidence.ordinary if evidence.judged[i].verdict == "wrong"]
    sizes = {i: sum(map(np.size, evidence.case_set.cases[i].arguments)) for i in failing}
    by_size = sorted(failing, key=lambda i: sizes[i])
    small = sum(sizes[i] <= LARGEST_CASE for i in failing)
    return by_size[: min(max(small, FEWEST_CASES), MOST_CASES)]


def _data(evidence: Evidence, i: int) -> tuple[list[Any], list[Any]]:
    """The upstream gradients of a case, if there are any, and the arguments of the forward."""
    arguments = evidence.case_set.cases[i].arguments
    count = evidence.form.upstream
    return arguments[:count], arguments[count:]


def is_right(evidence: Evidence, forward: str) -> bool:
    """Whether the student's forward is right, so that it cannot be the mistake."""
    cases = [_data(evidence, i)[1] for i in evidence.ordinary]
    answers = _answers(evidence, forward, cases)
    if answers is None:
        return False
    spec, call = evidence.spec, form(evidence.spec, "forward").call
    rights = evidence.case_set.remembered(
        "forward", lambda: [differentiable(spec, call(spec.forward, data)) for data in cases]
    )
    return all(
        got.size == np.size(want) and np.allclose(np.ravel(got), np.ravel(want), rtol=1e-5)
        for results, wants in zip(answers, rights, strict=True)
        for got, want in zip(results, wants, strict=True)
    )


def _fits(evidence: Evidence, forward: str, i: int) -> bool | None:
    """Whether all gradients of a case are those of the student's forward; None if undecided."""
    upstream, data = _data(evidence, i)
    slots = [k for k, argument in enumerate(evidence.spec.arguments) if argument.differentiable]
    entries = [(slot, at) for slot in slots for at in range(np.size(data[slot]))]
    answers = _answers(evidence, forward, [data, *_shifted(data, entries)])
    if answers is None:
        return False
    grads = upstream or [np.ones_like(part, dtype=float) for part in answers[0]]
    if any(np.shape(g) != a.shape for g, a in zip(grads, answers[0], strict=True)):
        return False
    losses = [
        sum(float(np.sum(g * a)) for g, a in zip(grads, answer, strict=True)) for answer in answers
    ]
    slopes = [
        _slopes(losses[0], losses[1 + 4 * k : 5 + 4 * k], _step(data[slot], at))
        for k, (slot, at) in enumerate(entries)
    ]
    gots = [evidence.got(i, k) for k in range(len(slots))]
    if any(g is None or g.size != np.size(data[s]) for g, s in zip(gots, slots, strict=True)):
        return False
    got = np.concatenate([np.ravel(got) for got in gots]).astype(float)
    return _agree(got, slopes, evidence.spec.gradients_are_conserved)


def _answers(evidence: Evidence, forward: str, calls: list[list[Any]]) -> list[list[Any]] | None:
    """The results of the forward for these arguments; None if a call fails."""
    count = len(form(evidence.spec, "forward").results)
    replies = evidence.ask(forward, count, calls)
    answers = [reply.results for reply in replies if isinstance(reply, Returned)]
    numbers = all(isinstance(part, np.ndarray) for answer in answers for part in answer)
    if not numbers or len(answers) != len(calls):
        return None
    return [list(differentiable(evidence.spec, tuple(answer))) for answer in answers]


def _shifted(data: list[Any], entries: list[tuple[int, int]]) -> Iterator[list[Any]]:
    """For each entry, the arguments with this entry shifted by one step and by half a step."""
    for slot, at in entries:
        step = _step(data[slot], at)
        for by in (step, -step, step / 2, -step / 2):
            shifted = np.array(data[slot], dtype=float)
            shifted.flat[at] += by
            value = shifted if np.ndim(data[slot]) else float(shifted)
            yield [value if k == slot else other for k, other in enumerate(data)]


def _step(value: Any, at: int) -> float:
    return STEP * max(abs(float(np.ravel(value)[at])), SMALLEST_SCALE)


def _slopes(here: float, shifted: list[float], step: float) -> Slopes:
    """The derivative from the loss at a point and at the four shifted points."""
    up, down, near_up, near_down = shifted
    wide, narrow = (up - down) / (2 * step), (near_up - near_down) / step
    error = abs(narrow - wide) + ROUNDING_ERROR * max(map(abs, (here, *shifted))) / step
    sides = sorted([(near_up - here) * 2 / step, (here - near_down) * 2 / step])
    if sides[1] - sides[0] > KINK * max(map(abs, sides)) + 4 * error:
        return sides[0], sides[1], error
    best = narrow + (narrow - wide) / 3
    return best, best, error


def _agree(got: Any, slopes: list[Slopes], conserved: bool) -> bool | None:
    """Whether gradients are these derivatives; None if the differences do not tell.

    An entry with ties in several windows has more right derivatives than lie between its slopes.
    """
    low, high, error = np.array(slopes).T
    size = float(np.max(np.abs([low, high]), initial=0))
    tolerance = 2 * error + DERIVATIVE_TOLERANCE * size
    if not np.isfinite(tolerance).all():
        return None
    outside = (got < low - tolerance) | (got > high + tolerance)
    if outside.any():
        return None if conserved and not np.any(outside & (low == high)) else False
    return True if error.max(initial=0) <= LARGEST_ERROR * size else None
