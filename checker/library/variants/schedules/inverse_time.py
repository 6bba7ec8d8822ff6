"""Right ways to write decay by inverse time."""


def reciprocal(step, learning_rate, decay):
    return 1 / (1 / learning_rate + decay * step / learning_rate)


def as_a_power(step, learning_rate, decay):
    return learning_rate * (1 + decay * step) ** -1.0
