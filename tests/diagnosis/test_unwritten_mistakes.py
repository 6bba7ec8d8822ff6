"""What is said about mistakes that no mutant has: what the answers are equal to."""

import dataclasses
import re

import numpy as np
import pytest
from every_task import case_set_of, task_of

from checker.audit import trial
from checker.cases.mutants import Mutant
from checker.diagnosis import factors, limited
from checker.diagnosis.stages import diagnose
from checker.numerics.equations import parts


def evidence(operation, asks, function, known=()):
    """Of a function with a student's signature, where only these mutants are known."""
    task = task_of(operation, asks)

    def call(values):
        return parts(function(*values))

    return trial.evidence(task, case_set_of(task), tuple(known), call)


def told(*about):
    finding = diagnose(evidence(*about))
    return finding.certainty, " ".join([finding.misconception, *finding.also])


def adam(square):
    def path(start, grads, learning_rate, beta1, beta2, epsilon):
        mean, second, way = 0 * start, 0 * start, [start]
        for t, g in enumerate(grads, 1):
            mean = beta1 * mean + (1 - beta1) * g
            second = beta2 * second + (1 - beta2) * square(g)
            root = np.sqrt(second / (1 - beta2**t)) + epsilon
            way.append(way[-1] - learning_rate * mean / (1 - beta1**t) / root)
        return np.array(way[1:])

    return path


def exchanged(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = 1 / (1 + np.exp(-z1))
    z2 = w2 * a1 + b2
    return z1, z2, a1, 1 / (1 + np.exp(-z2))


def slope(x):
    return 1 / (2 + np.exp(x) + np.exp(-x))


def tanh_of_tanh(grad, x):
    return grad * (1 - np.tanh(np.tanh(x)) ** 2)


def never_begun_again(a, b):
    product = np.zeros((len(a), b.shape[1]))
    total = 0.0
    for i, j in np.ndindex(product.shape):
        total += a[i] @ b[:, j]
        product[i, j] = total
    return product


def first_alone(a, b):
    right = np.zeros(a.shape)
    for place in np.ndindex(a.shape):
        right[place] = a[place] + b[0, place[-1]]
        return right
    return right


def in_whole_numbers(a, b):
    return (a + b).astype(int)


def without_brackets(train, x):
    low, high = train.min(axis=0), train.max(axis=0)
    return x - low / np.where(high == low, 1, high - low)


def of_another_row(logits, labels):
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    share = weights / weights.sum(axis=1)
    share[np.arange(len(labels)), labels] -= 1
    return share / len(labels)


def late_changes(x, w1, b1, w2, b2, target, rate):
    s = 1 / (1 + np.exp(-(x @ w1 + b1)))
    o = 1 / (1 + np.exp(-(s @ w2 + b2)))
    late = (target - o) * o * (1 - o)
    early = late @ w2.T * s * (1 - s)
    return rate * x.T @ early, rate * s.T @ late, rate * early.sum(0), rate * late.sum(0)


def mean_of_one(*about):
    w1, w2, b1, b2 = late_changes(*about)
    return w1, b1, w2, b2 / len(about[0])


@pytest.mark.parametrize(
    ("operation", "asks", "function", "words"),
    [
        ("matmul", "forward", never_begun_again, "but added up number after number"),
        ("add", "forward", first_alone, "in its first entry, with 0 in place of the others"),
        ("add", "forward", in_whole_numbers, "without its fraction"),
        ("sse", "gradient", lambda p, t: np.sum(2 * (p - t)), "one number, the sum of the right"),
        ("add", "forward", lambda a, b: 0 * a, "is 0 in each entry, in every case"),
        (
            "min_max",
            "run",
            without_brackets,
            "the brackets around 'x - low' are missing in '(x",
        ),
        ("softmax_cross_entropy", "gradient", of_another_row, "is taken without keepdims=True"),
        ("delta_rule", "run", late_changes, "change of w2, change of b1, change of b2), where ("),
        ("delta_rule", "run", mean_of_one, "change of b2 is 1 / n times the right value"),
        ("tanh", "backward", tanh_of_tanh, "what comes out if tanh(x) takes the place of x"),
        ("tanh", "backward", lambda g, x: np.tanh(x), "the value of the function, and not its"),
        ("sgd", "step", lambda p, g, rate: p - rate**2 * g, "the square of learning_rate"),
        ("matmul", "backward", lambda g, a, b: (g @ b.T, g.T @ a), "db are right, but transposed"),
        ("two_neurons", "forward", exchanged, "(z1, z2, a1, a2), where (z1, a1, z2, a2) is asked"),
        ("sigmoid", "backward", lambda g, x: g * x * slope(x), "the right value times x"),
        ("l1", "gradient", lambda w, s: -s * np.sign(w), "-1 times the right value"),
        ("adam", "path", adam(np.abs), "the absolute value takes the place of the power"),
    ],
)
def test_what_the_answers_are_equal_to_is_said(operation, asks, function, words):
    certainty, text = told(operation, asks, function)
    assert words in text
    assert certainty in ("likely", "certain")


def test_two_causes_are_told_apart():
    certainty, text = told(
        "dense",
        "backward",
        lambda grad, x, weight, bias: (-grad @ weight.T, x.T @ grad / len(x), grad.sum(0) + bias),
    )
    assert certainty == "likely"
    assert "dx is -1 times the right value" in text
    assert "dweight is 1 / n times the right value" in text
    assert "Dbias" not in text
    assert "dbias is the right value plus bias" in text


def test_what_has_no_cause_beside_one_that_has_is_said():
    def partly(grad, x, weight, bias):
        return -grad @ weight.T, x.T @ np.sin(grad + x.sum()), grad.sum(0)

    _, text = told("dense", "backward", partly)
    assert "dx is -1 times the right value" in text
    assert "in every case. This does not explain the error in dweight." in text


def test_a_path_that_parts_later_is_said_to():
    def forgets(start, grads, learning_rate):
        path = start - learning_rate * np.cumsum(grads, axis=0)
        path[1:] = np.cumsum(np.cos(path[1:]), axis=0)
        return path

    _, text = told("sgd", "path", forgets)
    assert "in every step except the first" in text


def test_only_the_kind_of_case_that_fails_is_blamed():
    def not_for_many(x, weight, bias):
        return x @ weight + bias + (x.shape[1] > 2) * np.sin(x).sum()

    _, text = told("dense", "forward", not_for_many)
    assert "in cases where d is greater than 2" in text


def test_what_is_right_while_it_is_short_is_said_to_be():
    def late(x):
        return np.tanh(x) + (x.size > 3) * (x.sum() > 0) * np.cos(x).sum()

    _, text = told("tanh", "forward", late)
    said = re.search(r"in every case where x has at most (\d+) numbers, and wrong in some", text)
    assert int(said[1]) >= 3


# What may not be said.


def test_a_factor_holds_where_the_right_value_is_zero_too():
    """The right values are kept, and one that should be 0 is not: that is no factor of 1."""

    def never_zero(x):
        return np.where(x <= 0, 0.25, x)

    def doubled_unless_zero(x):
        return 2 * np.maximum(x, 0) if (x > 0).any() else np.ones_like(x)

    def doubled(x):
        return 2 * np.maximum(x, 0)

    assert factors.look(evidence("relu", "forward", doubled))
    for function in (never_zero, doubled_unless_zero):
        assert factors.look(evidence("relu", "forward", function)) is None
    assert factors._in_words(1.0 + 1e-7) is None


@pytest.mark.parametrize(
    ("factor", "words"),
    [(0.75, "3/4"), (2**0.5, "the square root of 2"), (1.2345, "about 1.234"), (-2.0, "-2")],
)
def test_only_a_recognisable_factor_is_named(factor, words):
    found = evidence("tanh", "forward", lambda x: factor * np.tanh(x))
    assert f"The result is {words} times" in factors.look(found).misconception


def copying(param, grad, learning_rate):
    return param - learning_rate * np.abs(grad)


def spoiling(values):
    values[0] -= values[2] * np.abs(values[1])
    return (values[0],)


def honest(values):
    return (copying(*values[:3]),)


def known(name, call, words):
    return Mutant(name, "mistake", words, "", call)


def test_a_mutant_that_changes_its_input_is_not_one_that_copies():
    in_place = known("in_place", spoiling, "The step is taken in the array.")
    absolute = known("absolute", honest, "The absolute value is taken.")
    assert "in the array" not in told("sgd", "step", copying, [in_place])[1]
    assert told("sgd", "step", copying, [in_place, absolute]) == (
        "certain",
        "The absolute value is taken.",
    )


def test_what_two_mistakes_explain_is_not_certain():
    pair = [known("one", honest, "This."), known("other", honest, "That.")]
    certainty, text = told("sgd", "step", copying, pair)
    assert certainty == "likely"
    assert text == "This. It may also be this: That."


def test_few_wrong_answers_are_not_certain():
    task = task_of("sgd", "step")
    found = evidence("sgd", "step", copying, [known("one", honest, "This.")])
    rights = [i for i, judged in enumerate(found.judged) if judged.verdict == "right"]
    wrong = [i for i, judged in enumerate(found.judged) if judged.verdict == "wrong"][:2]
    cases = [found.case_set.cases[i] for i in (*rights, *wrong)]
    few = dataclasses.replace(case_set_of(task), cases=cases)
    judged = [found.judged[i] for i in (*rights, *wrong)]
    thin = dataclasses.replace(found, case_set=few, judged=judged, memo={})
    assert diagnose(found).certainty == "certain"
    nowhere_else = dataclasses.replace(thin, ask=lambda *_: [])
    assert diagnose(nowhere_else).certainty == "likely"


def test_a_call_that_does_not_end_is_ended():
    def endless(values):
        while values:
            pass
        return ()

    lines = limited.Lines()
    with pytest.raises(limited.EndlessError):
        lines.limited(endless)([1])
    assert limited.MOST_LINES < lines.run < 2 * limited.MOST_LINES
    assert lines.limited(tuple)([1]) == (1,)


def test_a_step_that_is_wrong_wherever_it_stands_on_a_tape_is_named():
    def in_degrees(inputs, tape):
        values = list(inputs)
        for name, *at in tape:
            given = [values[k] for k in at]
            values.append(getattr(np, name)(*(np.radians(given) if name == "sin" else given)))
        return np.array(values)

    finding = diagnose(evidence("tape_values", "run", in_degrees))
    assert "in cases where tape has a step 'sin', and right" in finding.misconception


def test_nothing_is_said_of_the_shape_where_a_crash_is_the_cause():
    def larger(x, weight, bias, activation):
        z = x @ weight + bias
        return {"relu": lambda: max(z, 0), "tanh": lambda: np.tanh(z)}.get(
            activation, lambda: 1 / (1 + np.exp(-z)) if activation == "sigmoid" else z
        )()

    finding = diagnose(evidence("neuron", "forward", larger))
    assert "where activation is 'relu'" in finding.misconception
