"""A backward held against the student's own forward: is it the derivative of what they wrote?

Where a forward is wrong and its backward fits it, there is one mistake and not two, and it is in
the forward. The derivative is taken by central differences of the student's function.
"""

from typing import Any

import numpy as np

from checker.diagnosis.evidence import Evidence, Finding
from checker.equations import parts
from checker.kinds import form

STEP = 1e-5
CLOSE = 1e-4  # relative, far above what a step of this size leaves over
CASES = 3
LARGEST = 24  # entries whose derivative is taken in one case


def look(evidence: Evidence) -> Finding | None:
    """Only for a backward beside a forward of the same operation."""
    spec = evidence.spec
    if spec.kind != "function" or not evidence.form.backward:
        return None
    forward = next(
        (
            function
            for function, task in evidence.siblings.items()
            if task.operation == evidence.task.operation and task.asks == "forward"
        ),
        None,
    )
    if forward is None:
        return None
    fitting = [_fits(evidence, spec, forward, i) for i in _chosen(evidence)]
    if len(fitting) < CASES or not all(fit for fit, _ in fitting):
        return None
    if all(right for _, right in fitting):
        return None  # the forward is right there: nothing is learned
    return Finding(
        "derivative_of_another_forward",
        "observed",
        f"{evidence.task.function} is the right derivative of your {forward}: it is {forward} "
        "that differs.",
        f"Make {forward} right first, and then look again.",
    )


def _chosen(evidence: Evidence) -> list[int]:
    """The smallest cases in which something is wrong."""
    failing = [i for i in evidence.ordinary if evidence.judged[i].verdict == "wrong"]
    small = [i for i in failing if sum(map(np.size, evidence.bank.cases[i].arguments)) <= LARGEST]
    return small[:CASES]


def _fits(evidence: Evidence, spec: Any, forward: str, i: int) -> tuple[bool, bool]:
    """Whether the backward is the derivative in this case, and whether the forward is right."""
    case = evidence.bank.cases[i]
    count = len(case.arguments) - len(spec.arguments)
    data = case.arguments[count:]
    results = form(spec, "forward").results
    slots = [k for k, argument in enumerate(spec.arguments) if argument.differentiable]
    calls = [data]
    for slot in slots:
        for entry in range(np.size(data[slot])):
            calls += [_moved(data, slot, entry, STEP), _moved(data, slot, entry, -STEP)]
    replies = evidence.ask(forward, len(results), calls)
    answers = [r[1] for r in replies if r[0] == "returned" and _numbers(r[1])]
    if len(answers) != len(calls):
        return False, False
    exact = [np.asarray(p) for p in parts(spec.forward(*data))] if count >= 0 else []
    grads = case.arguments[:count] or [upstream_of_one(a) for a in answers[0]]
    if any(np.shape(g) != np.shape(a) for g, a in zip(grads, answers[0], strict=True)):
        return False, False
    moves = iter(zip(answers[1::2], answers[2::2], strict=True))
    for k, slot in enumerate(slots):
        got = evidence.got(i, k)
        if got is None or got.shape != np.shape(data[slot]):
            return False, False
        for entry in range(got.size):
            up, down = next(moves)
            slope = sum(
                float(np.sum(g * (a - b))) / (2 * STEP)
                for g, a, b in zip(grads, up, down, strict=True)
            )
            if abs(slope - got.flat[entry]) > CLOSE * max(1.0, abs(slope)):
                return False, False
    right = all(
        a.shape == e.shape and np.allclose(a, e, rtol=1e-5)
        for a, e in zip(answers[0], exact, strict=True)
    )
    return True, right


def upstream_of_one(answer: Any) -> Any:
    return np.ones_like(answer, dtype=float)


def _numbers(results: list[Any]) -> bool:
    return all(isinstance(r, np.ndarray) for r in results)


def _moved(data: list[Any], slot: int, entry: int, step: float) -> list[Any]:
    moved = np.array(data[slot], dtype=float)
    moved.flat[entry] += step
    return [moved if k == slot else value for k, value in enumerate(data)]
