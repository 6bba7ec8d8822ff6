"""Reductions of the costs of single examples or entries: their mean, their sum, or none."""

from typing import Annotated as Shaped

from reference.spec import Convention, Real

Reduction = Shaped[str, Convention(("mean", "sum", "none"))]


def reduced(costs: Real, reduction: str) -> Real:
    if reduction == "none":
        return costs
    return costs.mean() if reduction == "mean" else costs.sum()


def upstream_of_each(grad: Real, count: int, reduction: str) -> Real:
    """The part of the upstream gradient that reaches each of `count` costs."""
    return grad / count if reduction == "mean" else grad


def agree(f, *arguments, **settings):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    each = f(*arguments, **settings, reduction="none")
    total = f(*arguments, **settings, reduction="sum")
    mean = f(*arguments, **settings, reduction="mean")
    return (total, mean * each.size), (each.sum(), total)
