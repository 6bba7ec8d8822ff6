"""Mutants of the exponential schedule."""

import math

from checker.library.marks import convention


def grows(step, learning_rate, decay):
    """The rate grows: the exponent lacks its minus.

    Which sign has an exponent that makes things smaller?
    """
    return learning_rate * math.e ** (decay * step)


def one_step_ahead(step, learning_rate, decay):
    """The rate is that of the next step: the first update is decayed already.

    Which rate does step 0 get?
    """
    return learning_rate * math.e ** (-decay * (step + 1))


def decays_once(step, learning_rate, decay):
    """The step is not used, so that the rate decays once and for all.

    What stands in the exponent beside the decay?
    """
    return learning_rate * math.e**-decay


def decays_what_has_decayed(step, learning_rate, decay):
    """Each rate is made from the one before, and with all the steps so far in the exponent again.

    Which rate stands in front of the exponential: the first, or the last?
    """
    return learning_rate * math.e ** (-decay * step * (step + 1) / 2)


def inverse_time_instead(step, learning_rate, decay):
    """This is decay by inverse time.

    Is the rate divided by a number that grows evenly?
    """
    return learning_rate / (1 + decay * step)


def straight_down(step, learning_rate, decay):
    """The rate falls in a straight line, and below zero.

    By what is the rate multiplied from one step to the next?
    """
    return learning_rate * (1 - decay * step)


def compound(step, learning_rate, decay):
    """The rate loses the share `decay` in every step: that is (1 - decay)^step.

    Is e^-k the same as 1 - k?
    """
    return learning_rate * (1 - decay) ** step


def powers_of_two(step, learning_rate, decay):
    """The base is 2 instead of e.

    Which number is e?
    """
    return learning_rate * 2.0 ** (-decay * step)


def rate_forgotten(step, learning_rate, decay):
    """The learning rate to start from is not used.

    Which rate does step 0 get?
    """
    return math.e ** (-decay * step)


def rate_in_the_exponent(step, learning_rate, decay):
    """The learning rate is in the exponent as well.

    What does the exponent hold beside the decay and the step?
    """
    return learning_rate * math.e ** (-decay * step * learning_rate)


@convention
def decay_is_a_factor(step, learning_rate, decay):
    """The decay is taken for the factor itself, as torch's gamma; here it is in the exponent.

    With decay 0, should the rate stay or be 0?
    """
    return learning_rate * decay**step
