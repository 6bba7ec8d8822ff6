"""Mutants of the perceptron."""

import numpy as np

from checker.library.marks import convention
from reference.activations import sigmoid
from reference.linear.perceptron import run

NOT_APPLICABLE = ("another_axis",)


def bias_left_out(x, weight, bias, *, at_zero=1.0):
    """The bias is left out.

    What does your perceptron answer to an input of zeros, whatever the bias?
    """
    return run(x, weight, 0 * bias, at_zero=at_zero)


def bias_subtracted(x, weight, bias, *, at_zero=1.0):
    """The bias is subtracted, as if it were a threshold.

    Should a larger bias make the perceptron fire sooner or later?
    """
    return run(x, weight, -bias, at_zero=at_zero)


def bias_after_the_step(x, weight, bias, *, at_zero=1.0):
    """The bias is added after the step.

    Which two answers can a perceptron give?
    """
    return run(x, weight, 0 * bias, at_zero=at_zero) + bias


def weighted_sum(x, weight, bias, *, at_zero=1.0):
    """This is the weighted sum: no decision is made.

    Which two answers can a perceptron give?
    """
    return x @ weight + bias


def sigmoid_for_step(x, weight, bias, *, at_zero=1.0):
    """A sigmoid stands in the place of the step.

    Which two answers can a perceptron give?
    """
    return sigmoid.forward(x @ weight + bias)


def sign_for_step(x, weight, bias, *, at_zero=1.0):
    """The answers are -1 and 1; here the silent perceptron says 0.

    What are the two classes called in this task?
    """
    return np.where(run(x, weight, bias, at_zero=at_zero) == 1, 1.0, -1.0)


def answers_exchanged(x, weight, bias, *, at_zero=1.0):
    """0 and 1 are exchanged.

    Does a perceptron fire above its threshold or below it?
    """
    return 1 - run(x, weight, bias, at_zero=at_zero)


def fires_at_one_half(x, weight, bias, *, at_zero=1.0):
    """It fires when the weighted sum is above 1/2; the sum is no probability.

    Where does the step function step?
    """
    return (x @ weight + bias > 0.5).astype(float)


def step_before_the_sum(x, weight, bias, *, at_zero=1.0):
    """The step is applied to each product, before they are added up.

    How many decisions does one perceptron make for one example?
    """
    return np.where(x * weight > 0, 1.0, 0.0).sum(axis=1) + bias


def one_answer_for_all(x, weight, bias, *, at_zero=1.0):
    """The first example decides for all.

    An `if` asks once. How many questions are there?
    """
    return np.full(len(x), run(x, weight, bias, at_zero=at_zero)[0])


@convention
def silent_at_zero(x, weight, bias, *, at_zero=1.0):
    """It is silent where the weighted sum is exactly 0; here it fires there.

    What does the task say about exactly 0?
    """
    return run(x, weight, bias, at_zero=0.0)
