"""Mutants of the perceptron's learning rule."""

import numpy as np

from checker.library.marks import convention
from reference.activations import sigmoid
from reference.linear import perceptron
from reference.linear.perceptron_rule import run


def sign_flipped(x, target, weight, bias, *, rate=1.0):
    """The sign is wrong: the answer less the target moves the weights the wrong way.

    The perceptron was silent and should fire. Should the weights of active inputs grow?
    """
    return _learned(x, target, weight, bias, rate, lambda t, y, z: y - t)


def all_at_the_old_weights(x, target, weight, bias, *, rate=1.0):
    """All examples are answered with the weights of the start; the rule learns after each one.

    Which weights does the second example meet?
    """
    mistakes = target - perceptron.run(x, weight, bias)
    return weight + rate * mistakes @ x, bias + rate * mistakes.sum()


def bias_never_learned(x, target, weight, bias, *, rate=1.0):
    """The bias stays as it was.

    If the bias is the weight of an input that is always 1, how does it learn?
    """
    for row, wanted in zip(x, target, strict=True):
        mistake = wanted - perceptron.run(row[None], weight, bias)[0]
        weight = weight + rate * mistake * row
    return weight, bias


def learns_when_right(x, target, weight, bias, *, rate=1.0):
    """Every example moves the weights, also one that was answered rightly.

    What does a perceptron that makes no mistake have to learn?
    """
    return _learned(x, target, weight, bias, rate, lambda t, y, z: 2 * t - 1)


def learns_from_silence_only(x, target, weight, bias, *, rate=1.0):
    """Only where it was silent and should have fired does it learn; the opposite is a mistake too.

    The perceptron fired and should have been silent. What then?
    """
    return _learned(x, target, weight, bias, rate, lambda t, y, z: max(t - y, 0))


def weighted_sum_for_answer(x, target, weight, bias, *, rate=1.0):
    """The target is compared with the weighted sum; the rule compares it with the answer.

    Can t - y be anything but -1, 0 and 1?
    """
    return _learned(x, target, weight, bias, rate, lambda t, y, z: t - z)


def sigmoid_for_answer(x, target, weight, bias, *, rate=1.0):
    """The target is compared with a sigmoid; a perceptron answers 0 or 1.

    Can t - y be anything but -1, 0 and 1?
    """
    return _learned(x, target, weight, bias, rate, lambda t, y, z: t - sigmoid.forward(z))


def first_example_only(x, target, weight, bias, *, rate=1.0):
    """Only the first example is learned from.

    Where does your function return: inside the loop, or after it?
    """
    return run(x[:1], target[:1], weight, bias, rate=rate)


def stops_at_the_first_mistake(x, target, weight, bias, *, rate=1.0):
    """The pass ends with the first mistake.

    A pass meets every example once. What comes after an example that was wrong?
    """
    for n in range(len(x)):
        mistake = target[n] - perceptron.run(x[n : n + 1], weight, bias)[0]
        if mistake:
            return weight + rate * mistake * x[n], bias + rate * mistake
    return weight, bias


def changes_the_weights_it_was_given(x, target, weight, bias, *, rate=1.0):
    """The weights that were passed in are overwritten.

    What does += do to an array? Who else may hold it?
    """
    learned = run(x, target, weight, bias, rate=rate)
    weight[...] = learned[0]
    return weight, learned[1]


def bias_moved_by_the_target(x, target, weight, bias, *, rate=1.0):
    """The bias moves by the target, also where there was no mistake.

    If the bias is the weight of an input that is always 1, by how much does it move?
    """
    moved = bias
    for row, wanted in zip(x, target, strict=True):
        mistake = wanted - perceptron.run(row[None], weight, moved)[0]
        weight, moved = weight + rate * mistake * row, moved + rate * wanted
    return weight, moved


@convention
def steps_twice_as_long(x, target, weight, bias, *, rate=1.0):
    """Each step is twice as long, as with targets -1 and 1; here they are 0 and 1.

    What is t - y, if the perceptron was silent and should have fired?
    """
    return run(x, target, weight, bias, rate=2 * rate)


@convention
def silent_at_zero(x, target, weight, bias, *, rate=1.0):
    """It is silent where the weighted sum is exactly 0; here it fires there.

    What does the task say about exactly 0?
    """
    return _learned(x, target, weight, bias, rate, lambda t, y, z: t - (z > 0))


def _learned(x, target, weight, bias, rate, moved):
    for row, wanted in zip(x, target, strict=True):
        z = row @ weight + bias
        by = rate * moved(int(wanted), np.heaviside(z, 1.0), z)
        weight, bias = weight + by * row, bias + by
    return weight, bias
