"""Mutants of training in batches."""

from checker.library.mutants.models._two_layers import gradients, sigmoid, stepped

NOT_APPLICABLE = ("another_axis",)

EPOCHS = 2


def _trained(x, y, weights, batch_size, rate, *, epochs=EPOCHS, count=None, last=True, sign=1):
    end = len(x) if last else len(x) - len(x) % batch_size
    for _ in range(epochs):
        for start in range(0, end, batch_size):
            part = slice(start, start + batch_size)
            size = None if count is None else count(y[part], y)
            weights = stepped(weights, gradients(x[part], y[part], weights, size), sign * rate)
    return weights


def one_epoch_only(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """There is one epoch; the text asks for two.

    How often is each example seen?
    """
    return _trained(x, y, (w1, b1, w2, b2), batch_size, learning_rate, epochs=1)


def one_epoch_too_many(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """There are three epochs; the text asks for two.

    How often does your loop run?
    """
    return _trained(x, y, (w1, b1, w2, b2), batch_size, learning_rate, epochs=3)


def short_batch_dropped(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """The last batch is left out where it is short.

    Are all examples seen in every epoch?
    """
    return _trained(x, y, (w1, b1, w2, b2), batch_size, learning_rate, last=False)


def all_examples_at_once(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """Each epoch is one step with all examples.

    How many steps are there in an epoch of 5 examples with batches of 2?
    """
    return _trained(x, y, (w1, b1, w2, b2), len(x), learning_rate)


def one_by_one(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """Each step uses one example, whatever the batch size is.

    How many examples share a step?
    """
    return _trained(x, y, (w1, b1, w2, b2), 1, learning_rate)


def always_divided_by_the_batch_size(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """A short batch is divided by the full batch size; it is a mean over its own entries.

    How many examples are in the last batch?
    """
    return _trained(
        x,
        y,
        (w1, b1, w2, b2),
        batch_size,
        learning_rate,
        count=lambda part, whole: batch_size * whole.shape[1],
    )


def divided_by_all_examples(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """Each batch is divided by the number of all examples; its loss is its own mean.

    Over which entries is the mean of a batch taken?
    """
    return _trained(
        x, y, (w1, b1, w2, b2), batch_size, learning_rate, count=lambda part, whole: whole.size
    )


def summed_over_the_batch(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """The gradient is that of a sum; the loss is a mean over the entries of the batch.

    Should larger batches take larger steps?
    """
    return _trained(x, y, (w1, b1, w2, b2), batch_size, learning_rate, count=lambda part, whole: 1)


def averaged_over_examples_only(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """The loss is divided by the number of examples; it is the mean over all entries.

    How many entries has y for one example?
    """
    return _trained(
        x, y, (w1, b1, w2, b2), batch_size, learning_rate, count=lambda part, whole: len(part)
    )


def factor_two_forgotten(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """The gradient of the square lacks its 2.

    What is the derivative of a square?
    """
    return _trained(x, y, (w1, b1, w2, b2), batch_size, learning_rate / 2)


def uphill(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """The steps go up the gradient.

    In which direction does the loss fall?
    """
    return _trained(x, y, (w1, b1, w2, b2), batch_size, learning_rate, sign=-1)


def second_layer_first(x, y, w1, b1, w2, b2, *, batch_size=2, learning_rate=0.01):
    """The second layer is changed before its old weights have passed the gradient on.

    With which weights did the batch go forwards?
    """
    weights = (w1, b1, w2, b2)
    for _ in range(EPOCHS):
        for start in range(0, len(x), batch_size):
            part = slice(start, start + batch_size)
            _, _, g2, h2 = gradients(x[part], y[part], weights)
            early = (*weights[:2], *stepped(weights[2:], (g2, h2), learning_rate))
            hidden_error = _back(x[part], y[part], weights, early[2])
            weights = (*stepped(weights[:2], hidden_error, learning_rate), *early[2:])
    return weights


def _back(x, y, weights, w2):
    """The gradients of the first layer, passed back through the given second one."""
    hidden = sigmoid(x @ weights[0] + weights[1])
    error = 2 * (hidden @ weights[2] + weights[3] - y) / y.size
    back = error @ w2.T * hidden * (1 - hidden)
    return x.T @ back, back.sum(axis=0)
