"""Mutants of the slopes of single steps."""

import numpy as np

from checker.library.marks import convention
from checker.library.mutants.autodiff._walks import slopes_of, table, tie


def product_by_itself(inputs, *, tape):
    """The slope of a product by a factor is taken to be that factor; it is the other one.

    How much does a b grow when a grows by a little?
    """
    return table(slopes_of(inputs, tape, multiply=lambda y, a, b: (a, b)))


def difference_like_sum(inputs, *, tape):
    """The slope of a difference by what is taken away has the wrong sign.

    What happens to a - b when b grows?
    """
    return table(slopes_of(inputs, tape, subtract=lambda y, a, b: (1.0, 1.0)))


def quotient_without_sign(inputs, *, tape):
    """The slope of a quotient by its denominator lacks the minus sign.

    Does a / b grow or shrink when b grows?
    """
    return table(slopes_of(inputs, tape, divide=lambda y, a, b: (1 / b, y / b)))


def quotient_without_square(inputs, *, tape):
    """The slope of a quotient by its denominator is -a / b; the denominator is squared there.

    Write a / b as a times b to the power -1. What is the derivative of that power?
    """
    return table(slopes_of(inputs, tape, divide=lambda y, a, b: (1 / b, -a / b)))


def quotient_by_top_is_one(inputs, *, tape):
    """The slope of a quotient by its numerator is taken to be 1.

    How much does a / 10 grow when a grows by 1?
    """
    return table(slopes_of(inputs, tape, divide=lambda y, a, b: (1.0, -y / b)))


def power_not_lowered(inputs, *, tape):
    """The power rule keeps the exponent: b a^b for b a^(b-1).

    What is the derivative of x squared? Is it as steep as a parabola, or a line?
    """
    return table(slopes_of(inputs, tape, power=lambda y, a, b: (b * y, y * np.log(a))))


def power_factor_forgotten(inputs, *, tape):
    """The power rule lacks the factor b in front.

    What is the derivative of x squared at 1?
    """
    return table(slopes_of(inputs, tape, power=lambda y, a, b: (y / a, y * np.log(a))))


def exponent_is_a_constant(inputs, *, tape):
    """The slope of a power by its exponent is left at 0, as if the exponent never changed.

    2^x grows with x. How fast?
    """
    return table(slopes_of(inputs, tape, power=lambda y, a, b: (b * a ** (b - 1), 0.0)))


def exponent_without_logarithm(inputs, *, tape):
    """The slope of a power by its exponent is the power itself; a logarithm is missing.

    Only e^x is its own derivative. What is that of a^x?
    """
    return table(slopes_of(inputs, tape, power=lambda y, a, b: (b * a ** (b - 1), y)))


def maximum_to_both(inputs, *, tape):
    """A maximum passes its slope to both operands, also to the smaller one.

    If the smaller of the two grows by a little, what happens to the maximum?
    """
    return table(slopes_of(inputs, tape, maximum=lambda y, a, b: (1.0, 1.0)))


def maximum_to_the_smaller(inputs, *, tape):
    """A maximum passes its slope to the smaller operand.

    If the larger of the two grows by a little, what happens to the maximum?
    """
    slopes = slopes_of(inputs, tape, maximum=lambda y, a, b: (1.0 * (a < b), 1.0 * (b < a)))
    return table(slopes)


def cosine_without_sign(inputs, *, tape):
    """The slope of a cosine lacks the minus sign.

    Just right of 0, does the cosine rise or fall?
    """
    return table(slopes_of(inputs, tape, cos=lambda y, a: (np.sin(a),)))


def sine_with_sign(inputs, *, tape):
    """The slope of a sine has a minus sign too many.

    At 0, does the sine rise or fall?
    """
    return table(slopes_of(inputs, tape, sin=lambda y, a: (-np.cos(a),)))


def exponential_as_a_power(inputs, *, tape):
    """The exponential is differentiated by the power rule, a e^(a-1).

    In e^a the variable is the exponent. Which rule is for that?
    """
    return table(slopes_of(inputs, tape, exp=lambda y, a: (a * np.exp(a - 1),)))


def logarithm_by_its_value(inputs, *, tape):
    """The slope of a logarithm is 1 divided by its value instead of by its operand.

    Is it 1 / log a or 1 / a?
    """
    return table(slopes_of(inputs, tape, log=lambda y, a: (1 / y if y else np.inf,)))


def one_operand_in_both_places(inputs, *, tape):
    """A step with one operand has its slope in both places; the second belongs to nobody.

    How many operands does a sine have?
    """
    return np.array([(row * 2)[:2] for row in slopes_of(inputs, tape)])


@convention
def tie_to_the_first(inputs, *, tape):
    """Where the operands of a maximum are equal, the first gets the whole slope, not half.

    What does the text say of equal operands?
    """
    return table(slopes_of(inputs, tape, maximum=tie(1.0, 0.0)))


@convention
def tie_to_the_second(inputs, *, tape):
    """Where the operands of a maximum are equal, the second gets the whole slope, not half.

    What does the text say of equal operands?
    """
    return table(slopes_of(inputs, tape, maximum=tie(0.0, 1.0)))


def tie_to_neither(inputs, *, tape):
    """Where the operands of a maximum are equal, neither gets any slope.

    If both grow together, does the maximum stay where it is?
    """
    return table(slopes_of(inputs, tape, maximum=tie(0.0, 0.0)))


def tie_to_both(inputs, *, tape):
    """Where the operands of a maximum are equal, each gets the whole slope.

    If both grow by 1, does the maximum grow by 2?
    """
    return table(slopes_of(inputs, tape, maximum=tie(1.0, 1.0)))
