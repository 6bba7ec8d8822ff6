"""Right ways to write softmax."""

import numpy as np

from reference.activations.softmax import forward


def by_logsumexp(x):
    largest = x.max(axis=-1, keepdims=True)
    return np.exp(x - (largest + np.log(np.exp(x - largest).sum(axis=-1, keepdims=True))))


def row_by_row(x):
    result = np.empty(x.shape)
    for at in np.ndindex(x.shape[:-1]):
        weights = np.exp(x[at] - x[at].max())
        result[at] = weights / weights.sum()
    return result


def transposed_and_back(x):
    weights = np.exp(x.T - x.T.max(axis=0))
    return (weights / weights.sum(axis=0)).T


def single_precision(x):
    return forward(x).astype(np.float32)


def by_differences(x):
    return 1 / np.exp(np.minimum(x[..., None, :] - x[..., :, None], 700)).sum(axis=-1)


def by_jacobian(grad, x):
    p = forward(x)
    jacobian = p[..., :, None] * np.eye(p.shape[-1]) - p[..., :, None] * p[..., None, :]
    return ((jacobian @ grad[..., None])[..., 0],)


def product_first(grad, x):
    p = forward(x)
    product = p * grad
    return (product - p * product.sum(axis=-1)[..., None],)
