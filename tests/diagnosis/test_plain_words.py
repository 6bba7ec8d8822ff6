"""The words of a finding are true of the function, and a student can read them."""

import ast
import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from every_task import case_set_of, task_of

from checker.audit import trial
from checker.cases.judge import SURPLUS
from checker.diagnosis import kinds_of_case, nearest_formula
from checker.diagnosis.evidence import same
from checker.diagnosis.formula_words import Words
from checker.diagnosis.source_changes import changes
from checker.diagnosis.stages import diagnose
from checker.numerics.equations import parts


def evidence(operation, asks, function, **settings):
    """Of a function with a student's signature, where no mutants are known."""
    task = dataclasses.replace(task_of(operation, asks), **settings)
    return trial.evidence(task, case_set_of(task), (), lambda values: parts(function(*values)))


def told(operation, asks, function):
    finding = diagnose(evidence(operation, asks, function))
    return finding.certainty, finding.misconception


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# nan and inf


def test_nan_is_said_with_the_inputs_that_give_it():
    certainty, words = told("l1", "gradient", lambda w, strength: strength * w / np.abs(w))
    assert words == "dweight is nan where weight is zero, and right everywhere else."
    assert certainty == "likely"


def test_nan_in_some_cases_is_said_with_their_kind():
    def roots(prediction, target):
        error = prediction - target
        return (error**2).sum() if len(error) == 1 else np.sqrt(-1 - np.abs(error).sum())

    _, words = told("sse", "forward", roots)
    assert (
        words == "The result is nan in cases where n is greater than 1, and right everywhere else."
    )


def test_inf_is_not_called_nan():
    _, words = told("relu", "forward", lambda x: np.where(x < 0, -np.inf, x))
    assert words == "The result is inf where x is negative, and right everywhere else."


def test_no_cause_is_named_where_other_values_are_wrong_too():
    _, words = told("relu", "forward", lambda x: np.where(x < 0, np.nan, 2 * x + np.cos(x)))
    assert "nan" not in words


def test_nan_at_a_kink_is_none_of_several_right_values():
    expected, exact = np.array([1.0, 0.5]), np.array([True, False])
    assert same(np.array([1.0, 0.2]), expected, exact)
    assert not same(np.array([1.0, np.nan]), expected, exact)


# nearly right


@pytest.mark.parametrize(
    ("operation", "asks", "function", "words"),
    [
        ("mse", "forward", lambda p, t: np.round(((p - t) ** 2).mean(), 3), "three decimals"),
        ("tanh", "forward", lambda x: np.trunc(np.tanh(x) * 100) / 100, "to two decimals"),
        ("tanh", "forward", lambda x: 1.0002 * np.tanh(x), "is off by about 0.02 % in every case"),
        (
            "tanh",
            "backward",
            lambda g, x: g * (np.tanh(x + 1e-3) - np.tanh(x)) / 1e-3,
            "is a difference taken for a derivative",
        ),
        ("exponential", "run", lambda *given: _decayed(*given, e=2.718), "e is rounded to 2.718"),
        ("tanh", "forward", lambda x: np.clip(np.tanh(x), 1e-3, 1 - 1e-3), "cut off at 1e-3"),
        ("sigmoid", "forward", lambda x: 1 / (1e-4 + 1 + np.exp(-x)), "1e-4 is added to "),
    ],
)
def test_what_is_nearly_right_is_said_to_be(operation, asks, function, words):
    certainty, text = told(operation, asks, function)
    assert words in text
    assert certainty == "likely"


def _decayed(*given, e):
    step, rate, decay = given
    return rate * e ** (-decay * step)


def test_what_is_right_but_for_a_few_large_errors_is_not_nearly_right():
    _, words = told("tanh", "forward", lambda x: np.tanh(x) * np.where(x > 0, 1.0001, 1.1))
    assert "off by" not in words


def test_nan_everywhere_is_said_without_a_place_and_without_another_cause():
    finding = diagnose(evidence("mse", "forward", lambda prediction, target: np.nan))
    assert finding.misconception == "The result is nan in all entries of all cases."
    assert not [words for words in finding.also if "does not explain" in words]


def test_a_factor_that_prints_as_one_is_no_factor():
    for factor in (1.0002, 0.9997, 1.004):
        _, words = told("tanh", "forward", lambda x, factor=factor: factor * np.tanh(x))
        assert "times the right value" not in words


# words


def test_a_small_number_inside_a_logarithm_is_found():
    def loss(probability, target):
        return -(target * np.log(probability + 1e-5)).sum(axis=1).mean()

    assert told("cross_entropy", "forward", loss) == (
        "likely",
        "Your answers are what comes out if 1e-5 is added to probability.",
    )


def test_a_changed_formula_is_said_with_the_meaning_of_its_names():
    def swish(grad, x, beta):
        s = sigmoid(beta * x)
        return grad * s * (1 + beta * x)

    _, words = told("swish", "backward", swish)
    assert words.endswith(", where s is '1 / (1 + exp(-beta * x))'.")
    assert words.startswith("Your answers are what comes out if the factor '1 - s' is missing")


@pytest.mark.parametrize("operation", ["batch_norm_train", "softmax", "mlp"])
def test_a_change_without_plain_words_is_not_said(operation):
    found = evidence(operation, "forward", lambda *given: given[0])
    words = [mutant.misconception for mutant in nearest_formula.mutants(found)]
    assert words
    assert not [text for text in words if "the function" in text or "intermediate" in text]


def test_an_argument_that_is_a_flag_is_not_exchanged_with_an_array():
    finding = diagnose(evidence("parameter_counts", "run", lambda widths, bias: _counts(widths)))
    assert "in place of bias" not in " ".join([finding.misconception, *finding.also])


def _counts(widths):
    return np.array([(a + 1) * b for a, b in pairwise(widths)])


# where


def place(operation, asks, function):
    finding = diagnose(evidence(operation, asks, function))
    assert finding.mistake == "place"
    return finding.misconception


def test_equal_axes_are_said_and_not_a_number_of_entries():
    def columns(grad, x, weight, bias):
        total = grad.sum(axis=1)
        other = total if total.shape == bias.shape and len(bias) > 1 else grad.sum(axis=0)
        return grad @ weight.T, x.T @ grad, other

    assert "where n and k are equal and not 1" in place("dense", "backward", columns)


def test_more_axes_are_said_and_not_a_number_of_entries():
    def second(scores):
        chosen = np.argmax(scores, axis=-1)
        return chosen if scores.ndim < 3 else (chosen + np.arange(chosen.shape[-1])) % 7

    assert "cases where scores has more than 2 axes" in place("argmax_decision", "run", second)


def test_ties_are_said():
    def last(scores):
        return scores.shape[-1] - 1 - np.argmax(scores[..., ::-1], axis=-1)

    assert "the largest number of a row more than once" in place("argmax_decision", "run", last)


def test_what_is_added_once_for_each_input_is_said():
    finding = diagnose(evidence("dense", "forward", lambda x, w, b: x @ w + x.shape[1] * b))
    assert "d times bias takes the place of bias" in finding.misconception


def test_a_value_that_is_never_smaller_is_said_without_another_end():
    def at_least_one(durations, most, seconds):
        begun = np.searchsorted(np.cumsum(durations), seconds) + 1
        return int(min(begun, most, len(durations)))

    finding = diagnose(evidence("time_limit", "run", at_least_one))
    assert "but never less than 1, in every case" in finding.misconception


@pytest.mark.parametrize("words", ["rounded", "opposite sign", "multiplied by", "sign is wrong"])
def test_ties_alone_are_no_reason_for_a_factor(words):
    def all_of_each(grad, x, size, stride):
        dx = np.zeros_like(x)
        for i, j in np.ndindex(grad.shape[2:]):
            top, left = i * stride, j * stride
            at = np.s_[:, :, top : top + size, left : left + size]
            largest = x[at] == x[at].max(axis=(2, 3), keepdims=True)
            dx[at] += grad[:, :, i : i + 1, j : j + 1] * largest
        return dx

    finding = diagnose(evidence("image_max_pooling", "backward", all_of_each))
    assert finding is None or words not in finding.misconception.lower()


def test_two_kinds_together_are_said_where_just_the_cases_of_both_fail():
    def cancelled(weight, strength):
        return strength * np.abs(weight.sum())

    words = place("l1", "forward", cancelled)
    assert "in cases where weight has numbers of both signs and strength is not 0" in words


def test_a_kind_that_does_not_always_fail_is_not_said_to():
    """It is wrong for numbers below -1/2, and in no case where the strength is 0."""

    def far_below(weight, strength):
        return strength * (np.abs(weight).sum() + np.sin(weight[weight < -0.5].sum()))

    found = evidence("l1", "forward", far_below)
    words = place("l1", "forward", far_below)
    kind = words.partition(" is wrong in most ")[2].partition(", and right")[0]
    (cases,) = (cases for words, cases in kinds_of_case.kinds(found) if words == f"in {kind}")
    assert {found.judged[i].verdict for i in cases} == {"wrong", "right"}


def test_some_is_said_of_a_kind_that_is_right_in_most_cases():
    def mostly(x, weight, bias):
        return x @ weight + bias + (x.shape[1] > 2) * (x.sum() > 0) * np.sin(x).sum()

    assert "in some cases where d is greater than 2" in place("dense", "forward", mostly)


# formulas that a student can read


def test_rows_that_are_there_again_and_again_have_not_to_be_averaged():
    def adagrad(start, grads, learning_rate, epsilon):
        w, total, path = start, np.zeros_like(grads), []
        for g in grads:
            total = total + g**2
            w = w - learning_rate * g / (np.sqrt(total) + epsilon)
            path.append(w)
        return np.array(path)

    certainty, words = told("adagrad", "path", adagrad)
    assert words.startswith("The result has the right numbers, but again and again along axis 1")
    assert certainty == "certain"


def test_an_argument_is_used_where_nan_hides_it():
    def adam(start, grads, learning_rate, beta1, beta2, epsilon):
        mean, second, way = 0 * start, 0 * start, [start]
        for t, g in enumerate(grads, 1):
            mean = beta1 * mean + (1 - beta1) * g
            second = beta2 * second + (1 - beta2) * g**2
            root = np.sqrt(second / (1 - beta2 * t)) + epsilon
            way.append(way[-1] - learning_rate * mean / (1 - beta1 * t) / root)
        return np.array(way[1:])

    with np.errstate(all="ignore"):
        finding = diagnose(evidence("adam", "path", adam))
    assert not any(
        "makes no difference" in words for words in (finding.misconception, *finding.also)
    )


def test_a_loop_that_is_an_if_is_said_to_end_after_one_round():
    def warm(step, low, high, period, growth):
        if step >= period:
            step, period = step - period, period * growth
        return low + (high - low) * (1 + np.cos(np.pi * step / period)) / 2

    certainty, words = told("warm_restarts", "run", warm)
    assert "the loop ends after one round, while 'since >= period' may hold" in words
    assert certainty == "likely"


def test_what_is_counted_from_behind_is_quoted_with_its_minus():
    def fans(kernel):
        places = int(np.prod(kernel.shape[:2]))
        return places * kernel.shape[-2], places * kernel.shape[-1]

    _, words = told("fans", "run", fans)
    assert words.endswith("if the minus is missing in 'kernel.shape[:-2]'.")


KNOWN = frozenset({"x", "losses", "sizes"})


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("(x * mean).sum(**keep)", "'(x * mean).sum()'"),
        ("losses * sizes.astype(losses.dtype)", "'losses * sizes'"),
        ("new * steps[0]", ""),
        ("x[0] * mean", "'x[0] * mean'"),
        ("k * x", ""),
        ("x == 'outside'", "'x == \"outside\"'"),
        ("{'axis': mean}", ""),
    ],
)
def test_a_formula_is_quoted_where_it_tells_something(formula, said):
    assert Words(KNOWN).quoted(ast.parse(formula, mode="eval").body) == said


def test_a_formula_without_a_known_name_is_not_changed_in_words():
    words = Words(KNOWN)
    dark = ast.parse("new * steps[0]", mode="eval").body
    assert words.is_dark(dark)
    assert not words.is_dark(ast.parse("x * steps[0]", mode="eval").body)
    assert not list(changes(dark, (), words))


def test_what_is_not_false_is_said_to_be_true():
    def dropout(x, mask, rate, training):
        return x * mask / (1 - rate) + np.sin(rate) if training else x

    words = place("dropout_inverted", "forward", dropout)
    assert "in cases where rate is not 0 and training is True" in words


def test_nothing_is_said_beside_results_that_are_too_many():
    def exchanged(grad, x, weight, bias):
        return grad @ weight.T, grad.sum(axis=0), x.T @ grad

    found = evidence("dense", "backward", exchanged)
    words = f"three results are asked; yours returns four; the last three are right: {SURPLUS}"
    surplus = [dataclasses.replace(each, words=words) for each in found.judged]
    assert diagnose(found) is not None
    assert diagnose(dataclasses.replace(found, judged=surplus)) is None
