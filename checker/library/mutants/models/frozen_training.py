"""Mutants of training the second layer alone."""

from checker.library.mutants.models._two_layers import gradients, sigmoid, stepped

STEPS = 2


def _trained(x, y, weights, rate, *, steps=STEPS, frozen=2, count=None, sign=1):
    for _ in range(steps):
        grads = gradients(x, y, weights, count)
        kept = weights[:frozen]
        weights = (*kept, *stepped(weights, grads, sign * rate)[frozen:])
    return weights


def nothing_frozen(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The first layer is trained as well.

    What should its weights be when the training is over?
    """
    return _trained(x, y, (w1, b1, w2, b2), learning_rate, frozen=0)


def bias_not_frozen(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The weights of the first layer stay, and its bias is trained.

    What belongs to a layer?
    """
    return _trained(x, y, (w1, b1, w2, b2), learning_rate, frozen=1)


def wrong_layer_frozen(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The second layer stays and the first one is trained.

    Which layer knows the old task, and which is to learn the new one?
    """
    weights = (w1, b1, w2, b2)
    for _ in range(STEPS):
        moved = stepped(weights, gradients(x, y, weights), learning_rate)
        weights = (*moved[:2], w2, b2)
    return weights


def bias_of_the_head_frozen(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The bias of the second layer stays; it is trained too.

    What belongs to a layer?
    """
    return (*_trained(x, y, (w1, b1, w2, b2), learning_rate, frozen=2)[:3], b2)


def one_step_only(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """There is one step; the text asks for two.

    How often is the gradient taken?
    """
    return _trained(x, y, (w1, b1, w2, b2), learning_rate, steps=1)


def old_gradient_twice(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """Both steps use the gradient from before the first one.

    Is the error the same after the first step?
    """
    return _trained(x, y, (w1, b1, w2, b2), 2 * learning_rate, steps=1)


def summed_over_the_examples(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The gradient is that of a sum; the loss is a mean over all entries.

    By what is the sum of squares divided?
    """
    return _trained(x, y, (w1, b1, w2, b2), learning_rate, count=1)


def averaged_over_examples_only(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The loss is divided by the number of examples; it is the mean over all entries.

    How many entries has y?
    """
    return _trained(x, y, (w1, b1, w2, b2), learning_rate, count=len(y))


def factor_two_forgotten(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The gradient of the square lacks its 2.

    What is the derivative of a square?
    """
    return _trained(x, y, (w1, b1, w2, b2), learning_rate / 2)


def uphill(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The steps go up the gradient.

    In which direction does the loss fall?
    """
    return _trained(x, y, (w1, b1, w2, b2), learning_rate, sign=-1)


def activation_forgotten(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The first layer has no sigmoid here.

    What was the first layer trained with?
    """
    hidden = x @ w1 + b1
    for _ in range(STEPS):
        error = 2 * (hidden @ w2 + b2 - y) / y.size
        w2, b2 = stepped((w2, b2), (hidden.T @ error, error.sum(axis=0)), learning_rate)
    return w1, b1, w2, b2


def activation_after_the_head(x, y, w1, b1, w2, b2, *, learning_rate=0.01):
    """The output goes through a sigmoid as well.

    Is the second layer linear in the text?
    """
    hidden = sigmoid(x @ w1 + b1)
    for _ in range(STEPS):
        answer = sigmoid(hidden @ w2 + b2)
        error = 2 * (answer - y) / y.size * answer * (1 - answer)
        w2, b2 = stepped((w2, b2), (hidden.T @ error, error.sum(axis=0)), learning_rate)
    return w1, b1, w2, b2
