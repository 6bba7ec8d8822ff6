"""Right ways to write Keras's exponential decay."""

import math


def through_the_exponential(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    periods = step / decay_steps
    if staircase:
        periods = math.floor(periods)
    return learning_rate * math.exp(periods * math.log(decay_rate))


def factor_after_factor(step, learning_rate, decay_rate, *, decay_steps=100, staircase=False):
    rate = learning_rate
    for done in range(1, step + 1):
        if not staircase:
            rate *= decay_rate ** (1 / decay_steps)
        elif done % decay_steps == 0:
            rate *= decay_rate
    return rate
