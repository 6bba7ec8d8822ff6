"""Right ways to write the Gaussian error linear unit."""

import math

import numpy as np

from reference.special import erf, erfc

ROOT = math.sqrt(2)
erf_of_numbers = np.vectorize(math.erf, otypes=[float])


def by_the_error_function(x):
    """It loses its digits for large negative inputs, where little is left of them anyway."""
    return x / 2 * (1 + erf(x / ROOT))


def by_the_complement(x):
    return 0.5 * x * erfc(-x / ROOT)


def number_by_number(x):
    return np.vectorize(lambda v: v * (1 + math.erf(v / ROOT)) / 2, otypes=[float])(x)


def single_precision(x):
    x = np.asarray(x, dtype=np.float32)
    return x * erfc(-x / np.float32(ROOT)) / 2


def product_rule(grad, x):
    distribution = (1 + erf(x / ROOT)) / 2
    return (grad * (distribution + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)),)


def by_differentiating_erf(grad, x):
    inner = 2 / math.sqrt(math.pi) * np.exp(-((x / ROOT) ** 2)) / ROOT
    return (grad * (0.5 * (1 + erf_of_numbers(x / ROOT)) + 0.5 * x * inner),)
