"""Mutants of running a tape."""

import numpy as np

from checker.library.mutants.autodiff._walks import recorded


def inputs_left_out(inputs, *, tape):
    """Only the values of the steps are returned: the three inputs are missing in front.

    Which number does a step mean by 0?
    """
    return np.array(recorded(inputs, tape)[3:])


def last_value_only(inputs, *, tape):
    """Only the last value is returned.

    The walk back needs the value of every step. Where are they kept?
    """
    return np.array(recorded(inputs, tape)[-1:])


def operands_the_other_way(inputs, *, tape):
    """The two operands of a step are swapped: b - a for a - b, b / a for a / b.

    In ("subtract", 1, 0), which number is taken away from which?
    """
    return np.array(
        recorded(
            inputs,
            tape,
            subtract=lambda a, b: b - a,
            divide=lambda a, b: b / a,
            power=lambda a, b: b**a,
        )
    )


def subtracted_the_other_way(inputs, *, tape):
    """The operands of a difference are swapped: b - a for a - b.

    In ("subtract", 1, 0), which number is taken away from which?
    """
    return np.array(recorded(inputs, tape, subtract=lambda a, b: b - a))


def divided_the_other_way(inputs, *, tape):
    """The operands of a quotient are swapped: b / a for a / b.

    In ("divide", 1, 0), which number is divided by which?
    """
    return np.array(recorded(inputs, tape, divide=lambda a, b: b / a))


def power_is_product(inputs, *, tape):
    """A power is computed as a product, a b for a^b.

    What is 2 to the power 3?
    """
    return np.array(recorded(inputs, tape, power=lambda a, b: a * b))


def whole_division(inputs, *, tape):
    """Division drops what comes behind the point.

    Python has two division signs. Which one keeps the fraction?
    """
    return np.array(recorded(inputs, tape, divide=lambda a, b: a // b))


def logarithm_to_base_ten(inputs, *, tape):
    """The logarithm is taken to base 10; the natural one is meant.

    What should log give for e?
    """
    return np.array(recorded(inputs, tape, log=np.log10))


def logarithm_to_base_two(inputs, *, tape):
    """The logarithm is taken to base 2; the natural one is meant.

    What should log give for e?
    """
    return np.array(recorded(inputs, tape, log=np.log2))


def angles_in_degrees(inputs, *, tape):
    """Sine and cosine take their operand for degrees.

    What unit does np.sin work in?
    """
    sin, cos = (lambda f: lambda a: f(np.deg2rad(a)))(np.sin), lambda a: np.cos(np.deg2rad(a))
    return np.array(recorded(inputs, tape, sin=sin, cos=cos))


def sine_for_cosine(inputs, *, tape):
    """A cosine is computed as a sine.

    What is the cosine of 0?
    """
    return np.array(recorded(inputs, tape, cos=np.sin))


def smaller_of_the_two(inputs, *, tape):
    """The maximum of two numbers is computed as their minimum.

    Which of the two should come out?
    """
    return np.array(recorded(inputs, tape, maximum=np.minimum))
