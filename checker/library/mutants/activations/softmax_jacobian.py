"""Mutants of the Jacobian of softmax."""

import numpy as np

from reference.activations import softmax
from reference.activations.softmax_jacobian import forward


def diagonal_only(x):
    """Only the diagonal p (1 - p) is there, as lecture 002 prints it for softmax.

    If one logit rises, do the probabilities of the other classes stay as they are?
    """
    p = softmax.forward(x)
    return (p * (1 - p))[..., None] * np.eye(x.shape[-1])


def diagonal_as_a_row(x):
    """These are the numbers on the diagonal, in a row; a Jacobian is a matrix.

    How many derivatives are there, if each of c outputs depends on each of c inputs?
    """
    p = softmax.forward(x)
    return p * (1 - p)


def products_only(x):
    """The probabilities on the diagonal are missing: this is -p p^T alone.

    Does a probability fall when its own logit rises?
    """
    return -_outer(softmax.forward(x))


def sign_of_the_products(x):
    """The products are added, where they have to be subtracted.

    If one probability rises, what do the others do? What should each row add up to?
    """
    p = softmax.forward(x)
    return p[..., None] * np.eye(x.shape[-1]) + _outer(p)


def wrong_on_the_diagonal(x):
    """The diagonal is p instead of p (1 - p); beside it all is right.

    What should each row add up to?
    """
    c = np.arange(x.shape[-1])
    result = forward(x)
    result[..., c, c] = softmax.forward(x)
    return result


def ones_on_the_diagonal(x):
    """On the diagonal p is subtracted from 1, without the factor p.

    Differentiate exp(x_i) / sum by x_i itself. What is left in front?
    """
    return np.eye(x.shape[-1]) - _outer(softmax.forward(x))


def one_minus_beside_the_diagonal(x):
    """Every entry is p_i (1 - p_j): the 1 belongs to the diagonal alone.

    Differentiate exp(x_i) / sum by another x_j. Does the numerator move?
    """
    p = softmax.forward(x)
    return p[..., :, None] * (1 - p[..., None, :])


def sign_flipped(x):
    """Every sign is wrong.

    Does a probability rise or fall when its own logit rises?
    """
    return -forward(x)


def logits_for_probabilities(x):
    """It is made of the logits; softmax has not been applied.

    In diag(p) - p p^T, what is p?
    """
    return x[..., None] * np.eye(x.shape[-1]) - _outer(x)


def one_side_only(grad, x):
    """Only one of the two factors of p_i p_j is differentiated.

    (u v)' has two terms. How often does each probability appear in the matrix?
    """
    p = softmax.forward(x)
    c = np.arange(x.shape[-1])
    dp = grad[..., c, c] - (grad * p[..., None, :]).sum(axis=-1)
    return softmax.backward(dp, x)


def stopped_at_the_probabilities(grad, x):
    """This is the gradient of the probabilities; the one of the logits was asked for.

    What is between the logits and the probabilities, on the way back?
    """
    return (_of_the_probabilities(grad, x),)


def diagonal_alone(grad, x):
    """Only the upstream gradients on the diagonal are used.

    What do the entries beside the diagonal depend on?
    """
    c = np.arange(x.shape[-1])
    return softmax.backward(grad[..., c, c], x)


def _outer(p):
    return p[..., :, None] * p[..., None, :]


def _of_the_probabilities(grad, x):
    p = softmax.forward(x)
    c = np.arange(x.shape[-1])
    return grad[..., c, c] - ((grad + np.swapaxes(grad, -1, -2)) * p[..., None, :]).sum(axis=-1)
