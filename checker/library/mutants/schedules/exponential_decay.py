"""Mutants of Keras's exponential decay."""

import math


def stairs_ignored(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The rate always falls gradually, also where stairs are asked for.

    What does the argument `staircase` decide?
    """
    return learning_rate * decay_rate ** (step / decay_steps)


def always_stairs(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The rate always falls in stairs, also where it should fall gradually.

    What is the difference between `//` and `/`?
    """
    return learning_rate * decay_rate ** (step // decay_steps)


def stairs_exchanged(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """Stairs and gradual decay are exchanged.

    What is the difference between `//` and `/`?
    """
    times = step / decay_steps if staircase else step // decay_steps
    return learning_rate * decay_rate**times


def stairs_rounded(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The stairs are rounded to the nearest period, so that they come half a period early.

    At which step of a period does the rate fall?
    """
    times = math.floor(step / decay_steps + 0.5) if staircase else step / decay_steps
    return learning_rate * decay_rate**times


def stairs_a_period_early(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The stairs are rounded up, so that the first one has fallen after one step.

    How many whole periods are over after one step?
    """
    times = math.ceil(step / decay_steps) if staircase else step / decay_steps
    return learning_rate * decay_rate**times


def one_step_ahead(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The rate is that of the next step: the first update is decayed already.

    Which rate does step 0 get?
    """
    return _right(step + 1, learning_rate, decay_rate, decay_steps, staircase)


def period_ignored(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The rate falls by the whole factor in every step: the period is not used.

    After how many steps has the rate lost one factor?
    """
    return learning_rate * decay_rate**step


def upside_down(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The exponent is upside down: the period divided by the step.

    Which exponent belongs to step 0?
    """
    times = decay_steps / max(step, 1)
    return learning_rate * decay_rate ** (math.floor(times) if staircase else times)


def multiplied_by_the_number(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The factor is multiplied by the number of periods, not raised to its power.

    Is it `*` or `**`?
    """
    times = step // decay_steps if staircase else step / decay_steps
    return learning_rate * decay_rate * times


def rate_in_the_exponent(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The decay rate stands in the exponent of e.

    Of what is the power taken: of e, or of the decay rate?
    """
    times = step // decay_steps if staircase else step / decay_steps
    return learning_rate * math.e ** (-decay_rate * times)


def grows(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The rate is divided by the power, so that it grows.

    Is the decay rate larger or smaller than 1?
    """
    times = step // decay_steps if staircase else step / decay_steps
    return learning_rate / decay_rate**times


def rate_forgotten(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    """The learning rate to start from is not used.

    Which rate does step 0 get?
    """
    return _right(step, 1.0, decay_rate, decay_steps, staircase)


def _right(step, learning_rate, decay_rate, decay_steps, staircase):
    times = step // decay_steps if staircase else step / decay_steps
    return learning_rate * decay_rate**times
