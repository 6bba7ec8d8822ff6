"""Right ways to write the mean of weighted costs."""

import numpy as np


def dot_product(cost, weight, *, over="weights"):
    return weight @ cost / (weight.sum() if over == "weights" else weight.size)


def numpy_average(cost, weight, *, over="weights"):
    if over == "examples":
        return float(np.mean(weight * cost))
    return np.average(cost, weights=weight)


def shares_first(cost, weight, *, over="weights"):
    shares = weight / (weight.sum() if over == "weights" else len(weight))
    return sum(share * each for share, each in zip(shares, cost, strict=True))


def shares(grad, cost, weight, *, over="weights"):
    return (grad * (weight / (weight.sum() if over == "weights" else len(weight))),)


def example_by_example(grad, cost, weight, *, over="weights"):
    total = sum(weight) if over == "weights" else len(cost)
    return (np.array([grad * w / total for w in weight]),)
