"""Mutants of decay by inverse time."""

import math


def exponential_instead(step, learning_rate, decay):
    """This is exponential decay.

    If you plot 1 / rate over the steps, is it a straight line?
    """
    return learning_rate * math.e ** (-decay * step)


def brackets_missing(step, learning_rate, decay):
    """Only the 1 is divided by; the rest is added.

    Where are the brackets in rate / (1 + k s)?
    """
    return learning_rate / 1 + decay * step


def one_step_ahead(step, learning_rate, decay):
    """The rate is that of the next step: the first update is decayed already.

    Which rate does step 0 get?
    """
    return learning_rate / (1 + decay * (step + 1))


def root_taken(step, learning_rate, decay):
    """The root of the denominator is taken.

    Is there a root in the formula?
    """
    return learning_rate / math.sqrt(1 + decay * step)


def one_forgotten(step, learning_rate, decay):
    """The 1 in the denominator is missing, so that step 0 divides by 0.

    Which rate does step 0 get?
    """
    return learning_rate / (decay * step) if step else math.inf


def decay_forgotten(step, learning_rate, decay):
    """The decay is not used: the rate is divided by 1 + step.

    What should happen when the decay is 0?
    """
    return learning_rate / (1 + step)


def to_the_power_of_the_step(step, learning_rate, decay):
    """The denominator is raised to the power of the step: this falls like an exponential.

    Is the step a factor or an exponent?
    """
    return learning_rate / (1 + decay) ** step


def grows(step, learning_rate, decay):
    """The rate is multiplied, so that it grows.

    Should the rate be larger or smaller in the end?
    """
    return learning_rate * (1 + decay * step)


def rate_forgotten(step, learning_rate, decay):
    """The learning rate to start from is not used.

    Which rate does step 0 get?
    """
    return 1 / (1 + decay * step)


def decays_once(step, learning_rate, decay):
    """The step is not used, so that the rate decays once and for all.

    What is the decay multiplied with?
    """
    return learning_rate / (1 + decay)
