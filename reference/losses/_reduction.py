"""From the cost of each example or entry to a loss: their mean, their sum, or each by itself."""

from typing import Annotated as Shaped

from reference.spec import Real, Try

Reduction = Shaped[str, Try(("mean", "sum", "none"))]


def reduced(costs: Real, reduction: str) -> Real:
    if reduction == "none":
        return costs
    return costs.mean() if reduction == "mean" else costs.sum()


def upstream_of_each(grad: Real, count: int, reduction: str) -> Real:
    """What of the upstream gradient reaches each of so many costs."""
    return grad / count if reduction == "mean" else grad


def agree(f, *arguments, **settings):
    """The sum adds up the single costs, and the mean divides it by their number."""
    each = f(*arguments, **settings, reduction="none")
    total = f(*arguments, **settings, reduction="sum")
    mean = f(*arguments, **settings, reduction="mean")
    return (total, mean * each.size), (each.sum(), total)
