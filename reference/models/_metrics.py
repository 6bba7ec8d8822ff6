"""Metrics: numbers that are reported but not used for training.

Accuracy is the share of right decisions. The shapes say how to decide: a single column of outputs
is compared with 1/2, and of several columns the largest wins. Targets are labels or one-hot rows.

    accuracy = (number of examples decided as the target says) / n

Source: Vanschoren (001), "Choosing loss, optimizer, metrics".
"""

from collections.abc import Callable

from reference.models._named import With
from reference.spec import Argument, Real

Metric = Callable[[Real, Real], float]


def accuracy(outputs: Real, target: Real) -> float:
    if outputs.ndim == 1 or outputs.shape[1] == 1:
        decided, truth = outputs.ravel() > 0.5, target.ravel() > 0.5
    else:
        decided = outputs.argmax(axis=1)
        truth = target if target.ndim == 1 else target.argmax(axis=1)
    return float((decided == truth).mean())


def chosen(metric: str | Metric) -> tuple[str, Metric]:
    """Return name and function of a metric: "accuracy", an operation, or any function."""
    if not isinstance(metric, str):
        return metric.__name__, metric
    if metric == "accuracy":
        return metric, accuracy
    operation = With(metric).operation
    run = operation.run if operation.kind == "procedure" else operation.forward
    first, second = operation.arguments[:2]
    return metric, lambda outputs, target: float(
        run(aligned(outputs, first), aligned(target, second))
    )


def aligned(values: Real, argument: Argument) -> Real:
    """Turn a vector into one column, or one column into a vector, as the operation needs.

    Otherwise, a vector and a column would be broadcast to a square without any error.
    """
    if len(argument.axes) == 2 and values.ndim == 1:
        return values[:, None]
    if len(argument.axes) == 1 and values.ndim == 2 and values.shape[1] == 1:
        return values[:, 0]
    return values
