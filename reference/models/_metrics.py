"""Metrics: numbers to watch, which nothing is trained by.

Accuracy is a share of right decisions, and what a decision is follows from the shapes: one column
of outputs decides at 1/2, several by the largest, against labels or one-hot rows.

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
    """A metric and its name: "accuracy", an operation of the catalogue, or any function."""
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
    """A vector as one column, or one column as a vector, where an operation wants it so.

    A vector and a column would otherwise be broadcast to a square, and nobody be told.
    """
    if len(argument.axes) == 2 and values.ndim == 1:
        return values[:, None]
    if len(argument.axes) == 1 and values.ndim == 2 and values.shape[1] == 1:
        return values[:, 0]
    return values
