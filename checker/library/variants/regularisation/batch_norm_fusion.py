"""Right ways to fuse a batch normalisation with the layer before it."""

import numpy as np


def _channels(gamma, beta, mean, variance, epsilon):
    """The factor and the shift of each channel."""
    factor = (variance + epsilon) ** -0.5 * (np.ones_like(mean) if gamma is None else gamma)
    return factor, (0 if beta is None else beta) - mean * factor


def factor_and_shift(weight, bias, gamma, beta, mean, variance, *, epsilon=1e-5, transpose=False):
    factor, shift = _channels(gamma, beta, mean, variance, epsilon)
    scaled = np.moveaxis(np.moveaxis(weight, int(transpose), -1) * factor, -1, int(transpose))
    return scaled, shift + factor * (0 if bias is None else bias)


def output_by_output(weight, bias, gamma, beta, mean, variance, *, epsilon=1e-5, transpose=False):
    new_weight = np.array(weight, dtype=float)
    rows = new_weight.swapaxes(0, 1) if transpose else new_weight
    new_bias = np.zeros(len(mean))
    for k, level in enumerate(mean):
        factor = 1.0 if gamma is None else gamma[k]
        factor = factor / np.sqrt(variance[k] + epsilon)
        rows[k] *= factor
        old = 0.0 if bias is None else bias[k]
        new_bias[k] = factor * (old - level) + (0.0 if beta is None else beta[k])
    return new_weight, new_bias


def by_a_diagonal_matrix(
    weight, bias, gamma, beta, mean, variance, *, epsilon=1e-5, transpose=False
):
    factor, shift = _channels(gamma, beta, mean, variance, epsilon)
    diagonal, axis = np.diag(factor), int(transpose)
    turned = np.moveaxis(np.tensordot(diagonal, weight, axes=(1, axis)), 0, axis)
    return turned, shift if bias is None else diagonal @ bias + shift


def with_none(weight, bias, gamma, beta, mean, variance, *, epsilon=1e-5, transpose=False):
    factor = 1 / np.sqrt(variance + epsilon)
    if gamma is not None:
        factor = gamma * factor
    shift = -mean if bias is None else bias - mean
    shape = (1, -1) if transpose else (-1, 1)
    shape += (1,) * (weight.ndim - 2)
    shifted = shift * factor
    return weight * factor.reshape(shape), shifted if beta is None else shifted + beta
