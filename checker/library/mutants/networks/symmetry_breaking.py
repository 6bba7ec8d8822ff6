"""Mutants of measuring how far apart hidden units are while they learn."""

import numpy as np


def start_left_out(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The distance before the first step is missing.

    How many numbers do three steps give?
    """
    return _run(x, target, w1, w2, learning_rate, steps)[1:]


def last_step_left_out(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The distance after the last step is missing.

    How many numbers do three steps give?
    """
    return _run(x, target, w1, w2, learning_rate, steps)[:-1]


def inputs_compared(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The weights of one unit are compared with each other, not those of different units.

    Which axis of W1 counts the hidden units?
    """
    return _run(x, target, w1, w2, learning_rate, steps, lambda w: np.ptp(w, axis=0).max())


def all_weights_compared(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """All weights are compared with each other, from whatever input they come.

    Which weights of two units that are alike are equal?
    """
    return _run(x, target, w1, w2, learning_rate, steps, np.ptp)


def averaged_over_the_inputs(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The distances are averaged over the inputs; the largest is asked for.

    When are two units alike: if one of their weights agrees, or all of them?
    """
    return _run(x, target, w1, w2, learning_rate, steps, lambda w: np.ptp(w, axis=1).mean())


def spread_instead(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """These are standard deviations; largest minus smallest is asked for.

    How far is the largest weight from the smallest?
    """
    return _run(x, target, w1, w2, learning_rate, steps, lambda w: w.std(axis=1).max())


def outgoing_weights_first(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """W1 moves by a gradient that already sees the new w2.

    With which weights are all the gradients of one step taken?
    """
    return _run(x, target, w1, w2, learning_rate, steps, fresh=True)


def outgoing_weights_fixed(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """Only the incoming weights learn; w2 stays as it was.

    Which weights does one step of gradient descent move?
    """
    return _run(x, target, w1, w2, learning_rate, steps, outgoing=0.0)


def summed_over_the_batch(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The gradients are summed over the examples; the loss is a mean.

    What does the 1/n of the loss do to its gradient?
    """
    return _run(x, target, w1, w2, learning_rate * len(x), steps)


def gradient_doubled(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The gradients are twice as large as those of this loss, which has a 1/2 in front.

    What is the derivative of u^2 / 2?
    """
    return _run(x, target, w1, w2, 2 * learning_rate, steps)


def slope_forgotten(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The slope of tanh is missing in the gradient of W1.

    What does tanh do to a gradient that passes it?
    """
    return _run(x, target, w1, w2, learning_rate, steps, slope=lambda h: 1.0)


def slope_of_the_sigmoid(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The slope is h (1 - h), that of the sigmoid; that of tanh is another.

    What is the derivative of tanh, written with its value?
    """
    return _run(x, target, w1, w2, learning_rate, steps, slope=lambda h: h * (1 - h))


def climbs(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """The weights go uphill: the gradients are added.

    In which direction does the gradient point?
    """
    return _run(x, target, w1, w2, -learning_rate, steps)


def only_the_end(x, target, w1, w2, *, learning_rate=0.1, steps=100):
    """Only the distance after the last step is returned.

    What has to be remembered after each step?
    """
    return _run(x, target, w1, w2, learning_rate, steps)[-1]


def _run(
    x,
    target,
    w1,
    w2,
    learning_rate,
    steps,
    apart=lambda w: np.ptp(w, axis=1).max(),
    *,
    slope=lambda h: 1 - h**2,
    outgoing=1.0,
    fresh=False,
):
    path = [apart(w1)]
    for _ in range(steps):
        h = np.tanh(x @ w1)
        gap = (h @ w2 - target) / len(x)
        new = w2 - learning_rate * outgoing * (h.T @ gap)
        w1 = w1 - learning_rate * x.T @ (np.outer(gap, new if fresh else w2) * slope(h))
        w2 = new
        path.append(apart(w1))
    return np.array(path)
