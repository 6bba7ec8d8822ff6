"""Mutants of the delta rule."""

from reference.activations import sigmoid
from reference.linear.delta_rule import run


def sign_flipped(x, w1, b1, w2, b2, target, *, rate=0.1):
    """The sign is wrong: these changes lead uphill.

    Is it target less output, or output less target, if the changes are added?
    """
    return tuple(-each for each in run(x, w1, b1, w2, b2, target, rate=rate))


def output_slope_missing(x, w1, b1, w2, b2, target, *, rate=0.1):
    """In the delta of the output neurons the slope of the sigmoid is missing.

    What lies between the weighted sum of an output neuron and its error?
    """
    s, o = _forward(x, w1, b1, w2, b2)
    return _changes(x, s, target - o, _hidden(target - o, w2, s), rate)


def hidden_slope_missing(x, w1, b1, w2, b2, target, *, rate=0.1):
    """In the delta of the hidden neurons the slope of the sigmoid is missing.

    A hidden neuron has an activation too. Where is its slope?
    """
    s, o = _forward(x, w1, b1, w2, b2)
    output = _output(o, target)
    return _changes(x, s, output, output @ w2.T, rate)


def error_for_delta(x, w1, b1, w2, b2, target, *, rate=0.1):
    """The hidden neurons receive the errors of the outputs instead of their deltas.

    What of the slope of the output neurons, on the way further back?
    """
    s, o = _forward(x, w1, b1, w2, b2)
    return _changes(x, s, _output(o, target), _hidden(target - o, w2, s), rate)


def outgoing_weights_ignored(x, w1, b1, w2, b2, target, *, rate=0.1):
    """The deltas of the outputs are added up without the weights that lead to them.

    How much does an output move if a hidden neuron rises by one?
    """
    s, o = _forward(x, w1, b1, w2, b2)
    output = _output(o, target)
    return _changes(x, s, output, output.sum(axis=1, keepdims=True) * s * (1 - s), rate)


def slope_of_the_sums(x, w1, b1, w2, b2, target, *, rate=0.1):
    """z (1 - z) is made with the weighted sums; in s (1 - s) stands the value after the sigmoid.

    Of which of the two is the slope of the sigmoid written so simply?
    """
    s, o = _forward(x, w1, b1, w2, b2)
    z1, z2 = x @ w1 + b1, s @ w2 + b2
    output = (target - o) * z2 * (1 - z2)
    return _changes(x, s, output, output @ w2.T * z1 * (1 - z1), rate)


def averaged_over_examples(x, w1, b1, w2, b2, target, *, rate=0.1):
    """The changes are averaged over the examples; here they are summed.

    Of which loss is this the gradient: a sum over the examples, or a mean?
    """
    return tuple(each / len(x) for each in run(x, w1, b1, w2, b2, target, rate=rate))


def through_the_new_weights(x, w1, b1, w2, b2, target, *, rate=0.1):
    """The second layer is changed first, and the hidden deltas go through its new weights.

    At which weights was the network when it made its errors?
    """
    s, o = _forward(x, w1, b1, w2, b2)
    output = _output(o, target)
    return _changes(x, s, output, _hidden(output, w2 + rate * s.T @ output, s), rate)


def rate_forgotten(x, w1, b1, w2, b2, target, *, rate=0.1):
    """The learning rate is missing.

    How long is the step?
    """
    return run(x, w1, b1, w2, b2, target, rate=1.0)


def new_weights(x, w1, b1, w2, b2, target, *, rate=0.1):
    """These are the new weights; asked are their changes.

    What is the change where the network is right already?
    """
    changes = run(x, w1, b1, w2, b2, target, rate=rate)
    return tuple(old + each for old, each in zip((w1, b1, w2, b2), changes, strict=True))


def biases_averaged(x, w1, b1, w2, b2, target, *, rate=0.1):
    """The changes of the biases are averaged over the examples, those of the weights summed.

    If a bias is the weight of an input that is always 1, how does it change?
    """
    dw1, db1, dw2, db2 = run(x, w1, b1, w2, b2, target, rate=rate)
    return dw1, db1 / len(x), dw2, db2 / len(x)


def factor_of_two(x, w1, b1, w2, b2, target, *, rate=0.1):
    """Everything is twice too large, as for a squared error without the half.

    Which constant stands before the squares, and what does their derivative bring?
    """
    return run(x, w1, b1, w2, b2, target, rate=2 * rate)


def _forward(x, w1, b1, w2, b2):
    s = sigmoid.forward(x @ w1 + b1)
    return s, sigmoid.forward(s @ w2 + b2)


def _output(o, target):
    return (target - o) * o * (1 - o)


def _hidden(above, w2, s):
    return (above @ w2.T) * s * (1 - s)


def _changes(x, s, output, hidden, rate):
    return (
        rate * x.T @ hidden,
        rate * hidden.sum(axis=0),
        rate * s.T @ output,
        rate * output.sum(axis=0),
    )
