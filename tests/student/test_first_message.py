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
            "dw1 is what dw2 should be, in every case. In which order does the text ask",
            "does not explain",
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
