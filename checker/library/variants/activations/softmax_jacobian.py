"""Right ways to write the Jacobian of softmax."""

import numpy as np

from reference.activations import softmax


def diagonal_less_products(x):
    p = softmax.forward(x)
    return p[..., None] * np.eye(x.shape[-1]) - p[..., :, None] * p[..., None, :]


def entry_by_entry(x):
    p = softmax.forward(x)
    c = x.shape[-1]
    result = np.empty((*x.shape, c))
    for i in range(c):
        for j in range(c):
            result[..., i, j] = p[..., i] * ((i == j) - p[..., j])
    return result


def column_by_column(x):
    return np.stack([softmax.backward(unit + 0 * x, x)[0] for unit in np.eye(x.shape[-1])], axis=-1)


def single_precision(x):
    p = softmax.forward(x).astype(np.float32)
    return p[..., None] * np.eye(x.shape[-1], dtype=np.float32) - p[..., None] * p[..., None, :]


def by_einsum(grad, x):
    p = softmax.forward(x)
    dp = np.einsum("...ii->...i", grad) - np.einsum("...ij,...j->...i", grad, p)
    dp = dp - np.einsum("...ij,...i->...j", grad, p)
    return softmax.backward(dp, x)


def through_the_jacobian(grad, x):
    p = softmax.forward(x)
    jacobian = p[..., None] * np.eye(x.shape[-1]) - p[..., :, None] * p[..., None, :]
    dp = np.diagonal(grad, axis1=-2, axis2=-1) - (grad @ p[..., None])[..., 0]
    dp = dp - (np.swapaxes(grad, -1, -2) @ p[..., None])[..., 0]
    return ((jacobian @ dp[..., None])[..., 0],)
