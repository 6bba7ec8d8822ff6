"""Right ways to write a neuron without bias."""

import numpy as np

from checker.library.variants.linear.neuron import BENT, SLOPES


def multiplied_and_summed(x, weight, *, activation="sigmoid"):
    return BENT[activation]((x * weight).sum(axis=1))


def example_by_example(x, weight, *, activation="sigmoid"):
    return BENT[activation](np.array([weight @ row for row in x]))


def a_row_of_weights(x, weight, *, activation="sigmoid"):
    return BENT[activation]((weight[None] @ x.T)[0])


def gradient_by_outer_product(grad, x, weight, *, activation="sigmoid"):
    d = grad * SLOPES[activation](x @ weight)
    return np.outer(d, weight), d @ x


def gradient_by_einsum(grad, x, weight, *, activation="sigmoid"):
    d = grad * SLOPES[activation](np.einsum("nd,d->n", x, weight))
    return np.einsum("n,d->nd", d, weight), np.einsum("n,nd->d", d, x)
