"""What follows the normalisation of channels: gamma and beta, one number for each of them."""

import numpy as np


def scaled(normal, gamma, beta):
    """Gamma times what was normalised, plus beta; either may be None."""
    shape = (-1, *[1] * (normal.ndim - 2))
    y = normal if gamma is None else normal * np.reshape(gamma, shape)
    return y if beta is None else y + np.reshape(beta, shape)


def gradients(grad, normal, gamma, beta):
    """The gradients of gamma and beta."""
    axes = (0, *range(2, grad.ndim))
    dgamma = None if gamma is None else (grad * normal).sum(axis=axes)
    return dgamma, None if beta is None else grad.sum(axis=axes)
