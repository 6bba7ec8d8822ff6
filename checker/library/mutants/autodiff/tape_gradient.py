"""Mutants of reverse mode."""

import numpy as np

from checker.library.mutants.autodiff._walks import slopes_of, tie, walked_back
from reference.autodiff._tape import INPUTS, record


def assigned_instead_of_added(inputs, *, tape):
    """What arrives at a number is stored over what arrived before: one path alone is left.

    If a number is used twice, how do its two contributions combine?
    """
    grads = [0.0] * (INPUTS + len(tape) - 1) + [1.0]
    rows = slopes_of(inputs, tape)
    for k in reversed(range(len(tape))):
        for operand, slope in zip(tape[k][1:], rows[k], strict=True):
            grads[operand] = grads[INPUTS + k] * slope
    return np.array(grads[:INPUTS])


def same_operand_twice(inputs, *, tape):
    """Where a step uses one number twice, only one of its two contributions is kept.

    With a list of indices, g[i] += d adds once, even if an index is there twice. What of x * x?
    """
    grads = np.array([0.0] * (INPUTS + len(tape) - 1) + [1.0])
    rows = slopes_of(inputs, tape)
    for k in reversed(range(len(tape))):
        grads[list(tape[k][1:])] += grads[INPUTS + k] * np.array(rows[k])
    return grads[:INPUTS]


def walked_forwards(inputs, *, tape):
    """The steps are visited in the order of the tape; the walk back begins at the end.

    When the first step is visited, what has arrived at its result by then?
    """
    grads = [0.0] * (INPUTS + len(tape) - 1) + [1.0]
    for k, row in enumerate(slopes_of(inputs, tape)):
        for operand, slope in zip(tape[k][1:], row, strict=True):
            grads[operand] += grads[INPUTS + k] * slope
    return np.array(grads[:INPUTS])


def not_started_with_one(inputs, *, tape):
    """The walk back starts from 0, and so everything stays 0.

    What is the derivative of the result by itself?
    """
    return np.zeros(INPUTS)


def started_with_the_value(inputs, *, tape):
    """The walk back starts from the value of the result; it starts from 1.

    What is the derivative of the result by itself?
    """
    return walked_back(inputs, tape, seed=record(tape, inputs)[-1])


def arriving_gradient_forgotten(inputs, *, tape):
    """Each step passes on its own slopes, without multiplying by what arrived at its result.

    The chain rule has a product in it. Of which two things?
    """
    grads = np.zeros(INPUTS + len(tape))
    for step, row in zip(tape, slopes_of(inputs, tape), strict=True):
        for operand, slope in zip(step[1:], row, strict=True):
            grads[operand] += slope
    return grads[:INPUTS]


def second_operand_forgotten(inputs, *, tape):
    """Only the first operand of a step gets its share.

    How many numbers did the step read?
    """
    grads = [0.0] * (INPUTS + len(tape) - 1) + [1.0]
    rows = slopes_of(inputs, tape)
    for k in reversed(range(len(tape))):
        grads[tape[k][1]] += grads[INPUTS + k] * rows[k][0]
    return np.array(grads[:INPUTS])


def every_number_instead_of_inputs(inputs, *, tape):
    """The derivatives by all numbers on the tape are returned; those by the inputs were asked for.

    How many inputs are there?
    """
    grads = [0.0] * (INPUTS + len(tape) - 1) + [1.0]
    rows = slopes_of(inputs, tape)
    for k in reversed(range(len(tape))):
        for operand, slope in zip(tape[k][1:], rows[k], strict=True):
            grads[operand] += grads[INPUTS + k] * slope
    return np.array(grads)


def product_by_itself(inputs, *, tape):
    """The slope of a product by a factor is taken to be that factor; it is the other one.

    How much does a b grow when a grows by a little?
    """
    return walked_back(inputs, tape, multiply=lambda y, a, b: (a, b))


def quotient_without_sign(inputs, *, tape):
    """The slope of a quotient by its denominator lacks the minus sign.

    Does a / b grow or shrink when b grows?
    """
    return walked_back(inputs, tape, divide=lambda y, a, b: (1 / b, y / b))


def quotient_without_square(inputs, *, tape):
    """The slope of a quotient by its denominator is -a / b; the denominator is squared there.

    Write a / b as a times b to the power -1. What is the derivative of that power?
    """
    return walked_back(inputs, tape, divide=lambda y, a, b: (1 / b, -a / b))


def power_not_lowered(inputs, *, tape):
    """The power rule keeps the exponent: b a^b for b a^(b-1).

    What is the derivative of x squared? Is it as steep as a parabola, or a line?
    """
    return walked_back(inputs, tape, power=lambda y, a, b: (b * y, y * np.log(a)))


def exponent_is_a_constant(inputs, *, tape):
    """The slope of a power by its exponent is left at 0, as if the exponent never changed.

    2^x grows with x. How fast?
    """
    return walked_back(inputs, tape, power=lambda y, a, b: (b * a ** (b - 1), 0.0))


def maximum_to_both(inputs, *, tape):
    """A maximum passes its gradient to both operands, also to the smaller one.

    If the smaller of the two grows by a little, what happens to the maximum?
    """
    return walked_back(inputs, tape, maximum=lambda y, a, b: (1.0, 1.0))


def cosine_without_sign(inputs, *, tape):
    """The slope of a cosine lacks the minus sign.

    Just right of 0, does the cosine rise or fall?
    """
    return walked_back(inputs, tape, cos=lambda y, a: (np.sin(a),))


def tie_to_neither(inputs, *, tape):
    """Where the operands of a maximum are equal, neither gets any gradient.

    If both grow together, does the maximum stay where it is?
    """
    return walked_back(inputs, tape, maximum=tie(0.0, 0.0))


def tie_to_both(inputs, *, tape):
    """Where the operands of a maximum are equal, each gets the whole gradient.

    If both grow by 1, does the maximum grow by 2?
    """
    return walked_back(inputs, tape, maximum=tie(1.0, 1.0))
