"""A backward held against the student's own forward: is it the derivative of what they wrote?

Where a forward is wrong and its backward fits it, there is one mistake and not two, and it is in
the forward. The derivative is taken by differences, which work for whatever a forward is made of,
with two steps:

    D(h) = (L(x + h) - L(x - h)) / 2h,   L = sum of upstream times result
    D = D(h/2) + (D(h/2) - D(h)) / 3,    error: |D(h/2) - D(h)| and rounding

At a kink the slopes on both sides differ, and whatever lies between them is a derivative.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, Finding
from checker.kinds import form

STEP = 2.0**-12  # relative to the number that is moved, or to the smallest that counts
SMALLEST = 2.0**-4
CLOSE = 1e-6  # relative: beside the error of the differences
TELLING = 1e-3  # relative: an error above that tells nothing, as where a forward rounds to float32
SIDES = 1e-2  # relative: slopes that differ by more than this have a kink between them
ROUNDING = 2.0**-50
FEWEST, MOST = 3, 16  # cases
LARGEST = 24  # entries whose derivative is taken in one case

Slopes = tuple[float, float, float]  # the least and the greatest that are right, and their error


def look(evidence: Evidence) -> Finding | None:
    """Only for a backward beside a forward of the same operation, with the same settings."""
    task, spec = evidence.task, evidence.spec
    if spec.kind != "function" or not evidence.form.backward:
        return None
    forward = next(
        (
            function
            for function, other in evidence.siblings.items()
            if (other.operation, other.asks) == (task.operation, "forward")
            and (other.arguments, other.fixed) == (task.arguments, task.fixed)
        ),
        None,
    )
    if forward is None:
        return None
    fitting = [_fits(evidence, forward, i) for i in _chosen(evidence)]
    if fitting.count(True) < FEWEST or False in fitting or _right(evidence, forward):
        return None
    return Finding(
        "derivative_of_another_forward",
        "observed",
        f"{task.function} is the right derivative of your {forward}: it is {forward} that differs.",
        f"Make {forward} right first, and then look again.",
    )


def _chosen(evidence: Evidence) -> list[int]:
    """The smallest cases in which something is wrong; single precision tells too little."""
    failing = [i for i in evidence.ordinary if evidence.judged[i].verdict == "wrong"]
    given = {i: evidence.bank.cases[i].arguments for i in failing}
    small = [i for i in failing if sum(map(np.size, given[i])) <= LARGEST]
    return [i for i in small if not any(map(_single, given[i]))][:MOST]


def _single(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.float32


def _data(evidence: Evidence, i: int) -> tuple[list[Any], list[Any]]:
    """The upstream gradients, if any are given, and what the forward gets."""
    arguments = evidence.bank.cases[i].arguments
    count = len(arguments) - len(evidence.spec.arguments)
    return arguments[:count], arguments[count:]


def _right(evidence: Evidence, forward: str) -> bool:
    """Whether the student's forward is, so that nothing is to be said of it."""
    cases = [_data(evidence, i)[1] for i in evidence.ordinary]
    answers = _answers(evidence, forward, cases)
    if answers is None:
        return False
    asked = form(evidence.spec, "forward")
    return all(
        got.size == np.size(want) and np.allclose(np.ravel(got), np.ravel(want), rtol=1e-5)
        for data, results in zip(cases, answers, strict=True)
        for got, want in zip(results, asked.call(evidence.spec.forward, data), strict=True)
    )


def _fits(evidence: Evidence, forward: str, i: int) -> bool | None:
    """Whether every gradient of this case is that of the student's forward; None: hard to say."""
    upstream, data = _data(evidence, i)
    slots = [k for k, argument in enumerate(evidence.spec.arguments) if argument.differentiable]
    moves = [(slot, at) for slot in slots for at in range(np.size(data[slot]))]
    answers = _answers(evidence, forward, [data, *_moved(data, moves)])
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
        for k, (slot, at) in enumerate(moves)
    ]
    gots = [evidence.got(i, k) for k in range(len(slots))]
    if any(g is None or g.size != np.size(data[s]) for g, s in zip(gots, slots, strict=True)):
        return False
    return _agree(np.concatenate([np.ravel(got) for got in gots]).astype(float), slopes)


def _answers(evidence: Evidence, forward: str, calls: list[list[Any]]) -> list[list[Any]] | None:
    """What the forward gives for every one of these; None where it does not."""
    count = len(form(evidence.spec, "forward").results)
    replies = evidence.ask(forward, count, calls)
    answers = [reply[1] for reply in replies if reply[0] == "returned"]
    numbers = all(isinstance(part, np.ndarray) for answer in answers for part in answer)
    return answers if numbers and len(answers) == len(calls) else None


def _moved(data: list[Any], moves: list[tuple[int, int]]) -> Iterator[list[Any]]:
    for slot, at in moves:
        step = _step(data[slot], at)
        for by in (step, -step, step / 2, -step / 2):
            moved = np.array(data[slot], dtype=float)
            moved.flat[at] += by
            value = moved if np.ndim(data[slot]) else float(moved)
            yield [value if k == slot else other for k, other in enumerate(data)]


def _step(value: Any, at: int) -> float:
    return STEP * max(abs(float(np.ravel(value)[at])), SMALLEST)


def _slopes(here: float, moved: list[float], step: float) -> Slopes:
    up, down, near_up, near_down = moved
    wide, narrow = (up - down) / (2 * step), (near_up - near_down) / step
    error = abs(narrow - wide) + ROUNDING * max(map(abs, (here, *moved))) / step
    sides = sorted([(near_up - here) * 2 / step, (here - near_down) * 2 / step])
    if sides[1] - sides[0] > SIDES * max(map(abs, sides)) + 4 * error:
        return sides[0], sides[1], error
    best = narrow + (narrow - wide) / 3
    return best, best, error


def _agree(got: Any, slopes: list[Slopes]) -> bool | None:
    low, high, error = np.array(slopes).T
    size = float(np.max(np.abs([low, high]), initial=0))
    room = 2 * error + CLOSE * size
    if not np.isfinite(room).all():
        return None
    if not np.all((got >= low - room) & (got <= high + room)):
        return False
    return True if error.max(initial=0) <= TELLING * size else None
