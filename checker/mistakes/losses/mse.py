"""Known-wrong versions of the mean squared error."""

from reference.losses.mse import backward


def sign_flipped(grad, prediction, target):
    """The sign is wrong: this is target minus prediction.

    If a prediction is too high, should its gradient be positive or negative?
    """
    return (-backward(grad, prediction, target)[0],)


def not_divided(grad, prediction, target):
    """Not divided by the number of entries, although the loss is a mean.

    Is the 1/N of the loss also in its derivative?
    """
    return (grad * 2 * (prediction - target),)


def divided_by_examples_only(grad, prediction, target):
    """Divided by the number of examples, but the mean runs over every entry.

    How many squares are added up before the mean is taken?
    """
    return (grad * 2 * (prediction - target) / len(prediction),)


def two_forgotten(grad, prediction, target):
    """The factor 2 from the square is missing.

    What is the derivative of a square?
    """
    return (grad * (prediction - target) / prediction.size,)


def loss_instead(grad, prediction, target):
    """These are the squared errors themselves, not their derivative.

    The gradient has to change its sign with the error.
    """
    return (grad * (prediction - target) ** 2 / prediction.size,)


MISTAKES = (sign_flipped, not_divided, divided_by_examples_only, two_forgotten, loss_instead)
