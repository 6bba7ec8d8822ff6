"""The first message about a slip says what it is, in words that a student knows."""

import click
import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.grading import pipeline
from checker.grading.submission import Submission
from checker.handout.starter import starter
from checker.reports import terminal

ONE_HOT = """
def one_hot(labels, classes):
    y = np.zeros((len(labels), classes))
    y[:, labels] = 1
    return y
"""
LOG10 = """
def binary_cross_entropy(probability, target):
    p = np.clip(probability, 1e-12, 1 - 1e-12)
    return -(target * np.log10(p) + (1 - target) * np.log10(1 - p)).mean()
"""
ANOTHER_ORDER = """
def backward_pass(x, w1, b1, w2, b2, y):
    a1 = 1 / (1 + np.exp(-w1 * x - b1))
    a2 = 1 / (1 + np.exp(-w2 * a1 - b2))
    d2 = (a2 - y) * a2 * (1 - a2)
    d1 = d2 * w2 * a1 * (1 - a1)
    return d2 * a1, d2, d1 * x, d1
"""
INDEX = """
def epochs_until_rest(losses, tolerance):
    for i in range(1, len(losses)):
        if abs(losses[i] - losses[i - 1]) < tolerance:
            return i
    return len(losses)
"""
ROW_OF_WEIGHTS = """
def weighted_mse_gradient(prediction, target, weight):
    return 2 * weight * (prediction - target) / (prediction.shape[1] * weight.sum())
"""
EACH_EXAMPLE = """
def softmax_cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]
"""
THROWN_AWAY = """
def binary_cross_entropy(probability, target):
    np.clip(probability, 1e-12, 1 - 1e-12)
    return -np.mean(target * np.log(probability) + (1 - target) * np.log(1 - probability))
"""
EITHER_WAY = """
def epochs_until_rest(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t + 1
        else:
            return len(losses)
"""
ALONG_AN_AXIS = """
def sse(prediction, target):
    return np.sum((prediction - target) ** 2, axis=0)
"""
ONE_OF_TWO = """
def threshold_decision(probability, threshold):
    if probability > threshold:
        return 1
    return 0
"""
IN_PLACE = """
def label_encoding(labels):
    classes = list(set(labels)).sort()
    return [classes.index(label) for label in labels]
"""
TOO_FEW = """
def evaluate(inputs, tape):
    values = list(inputs)
    for name, *at in tape:
        if name != "cos":
            values.append(getattr(np, name)(*(values[k] for k in at)))
    return values
"""
NEVER_ASSIGNED = """
def matmul_by_loops(a, b):
    n, k = a.shape[0], b.shape[1]
    c = np.zeros((n, k))
    for i, j in np.ndindex(n, k):
        c[i, j] == a[i] @ b[:, j]
    return c
"""
TWO_LOGARITHM = """
def cross_entropy(probability, target):
    return -np.sum(target * np.log2(np.maximum(probability, 1e-12))) / len(target)
"""
LOWEST_OF_ALL = """
def min_max(train, x):
    low = train.min()
    width = train.max(axis=0) - low
    return (x - low) / np.where(width == 0, 1, width)
"""
RAISES_TOO_OFTEN = """
def matmul_shape(one, other):
    if one[-1] != other[0]:
        raise ValueError("no")
    return (*np.broadcast_shapes(one[:-2], other[:-2]), one[-2], other[-1])
"""
PRINTED = """
def broadcast_shape(one, other):
    try:
        return np.broadcast_shapes(one, other)
    except ValueError:
        print("no")
        return one[-1:]
"""
SIGNS_LEFT_OUT = "def l1_gradient(weight, strength):\n    return strength\n"
ONE_SLOPE = """
def prelu_backward(grad, x, slope):
    axes = tuple(axis for axis in range(x.ndim) if axis != 1)
    return np.where(x > 0, grad, slope * grad), np.where(x > 0, 0, grad * x).sum(axis=axes)
"""
TORCH_WORD = "def argmax_decision(scores):\n    return scores.argmax(dim=-1)\n"
AXIS_MEANT = "def weighted_mean(cost, weight):\n    return np.average(cost, weight)\n"
ALL_STRIDES = """
def max_pool_backward(grad, x, size, stride):
    dx = np.zeros(x.shape)
    for i, c, p, q in np.ndindex(grad.shape):
        window = x[i, c, p * size : p * size + size, q * size : q * size + size]
        r, s = np.unravel_index(window.argmax(), window.shape)
        dx[i, c, p * size + r, q * size + s] += grad[i, c, p, q]
    return dx
"""
WHOLE_FOLDS = """
def stratified_folds(labels, folds, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels, kind="stable")]
    result = np.zeros(len(labels), dtype=int)
    result[order] = np.arange(len(labels)) % folds
    return result
"""
OVER_THE_EXAMPLES = """
def classifier_loss(x, w1, b1, w2, b2, labels):
    z = 1 / (1 + np.exp(-x @ w1 - b1)) @ w2 + b2
    p = np.exp(z) / np.exp(z).sum(axis=0)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))
"""
A_ROW_FOR_EACH = """
def central_differences(inputs, h, tape):
    return np.array([(run(inputs, h * e, tape) - run(inputs, -h * e, tape)) for e in np.eye(3)])
def run(inputs, step, tape):
    values = list(inputs + step)
    return values[3 * len(inputs)]
"""
PARTS = "def batches(order, size):\n    return np.array_split(order, size)\n"
NO_COLON = "def swish(x)\n    return x / (1 + np.exp(-x))\n"
FOREVER = "def sigmoid(x):\n    return odd(x)\ndef odd(x):\n    return sigmoid(-x)\n"


@pytest.mark.parametrize(
    ("name", "slip", "words", "never"),
    [
        ("tensors", ONE_HOT, "classes 11", "an array of shape"),
        ("losses", LOG10, "np.log is the natural one", "over what does the mean run"),
        (
            "backprop",
            ANOTHER_ORDER,
            "another order: (dw2, db2, dw1, db1), where (dw1, db1, dw2, db2) is asked. In which",
            " line ",
        ),
        ("descent", INDEX, "the term '1' is missing", "in place of"),
        (
            "losses",
            ROW_OF_WEIGHTS,
            "an array is taken without a new axis, such as",
            "'w'",
        ),
        (
            "losses",
            THROWN_AWAY,
            "In line 5: this computes a value and keeps",
            "In line 6",
        ),
        ("descent", EITHER_WAY, "In line 5: this loop ends in its first round", "In line 6"),
        ("losses", ALONG_AN_AXIS, "runs along one axis only", "return it alone"),
        ("losses", ONE_OF_TWO, "`if`, `and`, `or` and `not` need one True", "not started"),
        ("tensors", IN_PLACE, "In line 5: append, sort, reverse, shuffle", "Perhaps:"),
        ("autodiff", TOO_FEW, "where tape has a step 'cos'", "what happens on the way"),
        ("losses", EACH_EXAMPLE, "should be (), that of a single number", "A gradient has"),
        ("descent", PARTS, "a list of 3 rows, which have the lengths 1, 0, 0", "different"),
        ("tensors", NEVER_ASSIGNED, "line 8: c[i, j] == a[i] @ b[:, j] In line 8", "line 5"),
        ("losses", TWO_LOGARITHM, "1 / log(2) times the right value", "0 log 0"),
        ("tensors", LOWEST_OF_ALL, "the minimum of 'train' runs over all axes", "-train"),
        ("tensors", RAISES_TOO_OFTEN, "no; this input is valid, and has an answer", "Perhaps"),
        ("tensors", PRINTED, "a ValueError and is [3]", "a list of"),
        ("regularisation", SIGNS_LEFT_OUT, "is missing in 'strength * where(", "grad *"),
        ("neuron", ONE_SLOPE, "dx is wrong in cases where x has more than 2 axes", "comes out"),
        ("losses", TORCH_WORD, "in numpy it is axis", "round brackets"),
        ("losses", AXIS_MEANT, "take their second argument for an axis", "whole numbers"),
        ("selection", WHOLE_FOLDS, "The result is wrong in", "loses its fraction"),
        ("training", OVER_THE_EXAMPLES, "The softmax runs over the examples", "Perhaps"),
        ("convolution", ALL_STRIDES, "in the place of 'stride' in all places", "stands in all"),
        ("autodiff", A_ROW_FOR_EACH, "inputs [2 2 2]", "inputs [2] "),
        ("neuron", NO_COLON, "line 3: def swish(x)", "not started"),
        (
            "neuron",
            FOREVER,
            "odd (line 6), which calls the same again and again",
            "sigmoid (line 6",
        ),
    ],
)
def test_a_slip_is_told_in_the_words_of_the_student(name, slip, words, never):
    course = assignment.find(name)
    function = slip.partition("(")[0].split()[-1]
    submission = Submission("mine.py", "mine.py", f"import numpy as np\n\n{slip}".encode())
    cases = case_cache.load(course)
    report = pipeline.grade(course, cases, submission, only=(function,), shrink=True)
    page = " ".join(click.unstyle(terminal.one(report)).split())
    assert words in page
    assert never not in page


def test_a_starter_describes_what_the_text_hands_over():
    assert "of steps, such as ['" in starter(assignment.find("autodiff"))
    assert "0 or 1" in starter(assignment.find("neuron"))
