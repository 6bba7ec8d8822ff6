"""A line is shown only where the wrong value cannot come from another one."""

import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.diagnosis import blame, slips
from checker.diagnosis.finding import Finding
from checker.grading import pipeline
from checker.grading.submission import Submission
from checker.sandbox import slips as kinds

LAYERS = """import numpy as np
def s(z):
    return 1 / (1 + np.exp(-z))
def dense_backward(grad, x, weight, bias):
    return grad @ weight.T, x.T @ grad, grad.sum(axis=0)
def sigmoid_backward(grad, x):
    y = s(x)
    return grad * y * (1 - y)
def network_gradient(x, w1, b1, w2, b2, labels):
    h = s(x @ w1 + b1)
    z = h @ w2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b2))[labels]) / len(x)
    dh, dw2, db2 = dense_backward(p, h, w2, b2)
    dz1 = sigmoid_backward(dh, h)
    _, dw1, db1 = dense_backward(dz1, x, w1, b1)
    return dw1, db1, dw2, db2
"""
STOP = """import numpy as np
def early_stopping(losses, patience, min_delta, window):
    best, at, waiting = np.inf, 0, 0
    for t in range(1, len(losses) + 1):
        smooth = np.mean(losses[max(0, t - window) : t])
        if smooth < best - min_delta:
            best, at, waiting = smooth, t, 0
        else:
            waiting += 1
            if waiting > patience:
                break
    return t, at
"""
EXCHANGED = """import numpy as np
def fans(kernel):
    positions = int(np.prod(kernel.shape[:-2]))
    return positions * kernel.shape[-1], positions * kernel.shape[-2]
"""
PARAMETERS = """
def sgd_step(grad, param, learning_rate):
    return param - learning_rate * grad
"""
SHARED = """import numpy as np
def axes(x):
    return tuple(i for i in range(x.ndim) if i != 1)
def update_statistics(x, mean, variance, momentum):
    m, v = x.mean(axis=axes(x)), x.var(axis=axes(x))
    return (1 - momentum) * mean + momentum * m, (1 - momentum) * variance + momentum * v
"""
ONE_CAUSE = """import numpy as np
def forward_pass(x, w1, b1, w2, b2):
    z1 = w1 * (x + b1)
    a1 = 1 / (1 + np.exp(-z1))
    z2 = w2 * a1 + b2
    return z1, a1, z2, 1 / (1 + np.exp(-z2))
"""
HELPED = LAYERS.replace("sigmoid_backward(dh, h)", "helper(dh, h)")
HELPED += "def helper(grad, x):\n    return grad * x * x\n"


def reported(name, function, source, more=()):
    course = assignment.find(name)
    cases = case_cache.load(course)
    submission = Submission("mine.py", "mine.py", source.encode())
    report = pipeline.grade(course, cases, submission, only=(function, *more))
    return next(task for task in report.tasks if task.name == function)


@pytest.mark.parametrize(
    ("name", "function", "source"),
    [
        ("backprop", "network_gradient", LAYERS),
        ("regularisation", "early_stopping", STOP),
        ("regularisation", "update_statistics", SHARED),
        ("schedules", "fans", EXCHANGED),
        ("backprop", "sgd_step", PARAMETERS),
    ],
)
def test_no_innocent_line_is_shown(name, function, source):
    task = reported(name, function, source)
    assert task.verdict in ("wrong", "other convention")
    assert task.diagnosis
    assert task.line is None


@pytest.mark.parametrize(
    ("name", "function", "source", "number"),
    [
        ("backprop", "forward_pass", ONE_CAUSE, 3),
        ("backprop", "network_gradient", HELPED, 19),
    ],
)
def test_the_only_place_of_a_wrong_result_is_shown(name, function, source, number):
    assert reported(name, function, source, ("dense_backward",)).line["number"] == number


def test_places_behind_a_right_function_are_trusted():
    shared = LAYERS.replace("return grad * y * (1 - y)", "return half(grad) * y * (1 - y) * 2")
    shared = shared.replace("sigmoid_backward(dh, h)", "half(dh) * h * (1 - h)")
    shared += "def half(x):\n    return x / 2\n"
    alone = reported("backprop", "network_gradient", shared)
    beside = reported("backprop", "network_gradient", shared, ("sigmoid_backward",))
    assert (alone.verdict, alone.line) == ("wrong", None)  # the call, or the helper
    assert (beside.verdict, beside.line["number"]) == ("wrong", 15)


def test_a_slip_that_loses_a_value_leaves_no_other_line():
    found = [(7, kinds.COMPARED), (9, kinds.WHOLE_NUMBERS)]
    name = slips.WORDS[kinds.COMPARED][0]
    first, beside = Finding(name, "observed", ""), Finding("sign", "certain", "")
    assert blame.line(first, 3, found) == 7
    assert blame.line(beside, 3, found) == 0
    assert blame.line(beside, 7, found) == 7
    assert blame.line(beside, 3, found[1:]) == 3
    assert blame.line(None, 3, found) == 3
