"""Metrics: numbers that are reported but not used for training.

Accuracy is the share of right decisions. The shapes say how to decide: a single column of outputs
is compared with 1/2, and of several columns the largest wins. Targets are labels or one-hot rows.

    accuracy = (number of examples decided as the target says) / n

Source: Vanschoren (001), "Choosing loss, optimizer, metrics".
"""

import difflib
from collections.abc import Callable
from typing import Any

from reference import catalogue
from reference.models._named import KERAS
from reference.models._targets import fitted
from reference.spec import Real

Metric = Callable[[Real, Real], float]
BY_SHAPE = "binary_accuracy", "sparse_accuracy", "categorical_accuracy"


def accuracy(outputs: Real, target: Real) -> float:
    """Raises ValueError where the target holds no classes, or other classes than the outputs."""
    binary = outputs.ndim == 1 or outputs.shape[1] == 1
    labels = target.ndim < outputs.ndim or (target.shape[-1] == 1 < outputs.shape[-1])
    name = BY_SHAPE[0 if binary else 1 if labels else 2]
    try:
        return chosen(name)[1](outputs, target)
    except ValueError as error:
        raise ValueError(
            f"accuracy counts right classes, and here it is {name}: {error} For numbers, "
            "metrics=['mse'] measures the error."
        ) from error


def chosen(metric: Any) -> tuple[str, Metric]:
    """Return name and function of a metric: "accuracy", an operation, or any function."""
    if metric in ("accuracy", "acc"):
        return metric, accuracy
    if callable(metric) and not hasattr(metric, "arguments"):
        return getattr(metric, "name", None) or metric.__name__, metric
    if isinstance(metric, str):
        name, operation = metric, _found(metric)
    elif hasattr(metric, "arguments"):
        name, operation = metric.name, metric
    else:
        raise TypeError(f"a metric is a name, an operation or a function, not {metric!r:.60}")
    results = [each.axes for each in getattr(operation, "outputs", ())]
    if results != [()] or len(operation.arguments) < 2:
        raise ValueError(f"{name} is no metric: it does not compare outputs with targets")
    run = operation.run if operation.kind == "procedure" else operation.forward
    first, second = operation.arguments[:2]

    def measured(outputs: Real, target: Real) -> float:
        target = fitted(name, outputs, target, second)
        if outputs.ndim > 2 and len(first.axes) == 2:
            outputs = outputs.reshape(-1, outputs.shape[-1])
            target = target if target.ndim == 1 else target.reshape(outputs.shape)
        column = len(first.axes) == 1 and outputs.ndim == 2
        if column and outputs.shape[1] != 1:
            raise ValueError(
                f"{name} takes one output for each example, but the outputs have shape "
                f"{outputs.shape}. For classes: categorical_accuracy, sparse_accuracy."
            )
        rows = len(first.axes) == 2 and outputs.ndim == 1
        return float(
            run(outputs[:, 0] if column else outputs[:, None] if rows else outputs, target)
        )

    return name, measured


def _found(name: str) -> Any:
    """Raises LookupError with the nearest metric or loss."""
    name = KERAS.get(name, name)
    if name in catalogue.names():
        return catalogue.operation(name)
    families = ("metrics", "losses")
    known = ["accuracy"] + [n for n, m in catalogue.names().items() if m.split(".")[1] in families]
    near = difflib.get_close_matches(name.lower(), known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise LookupError(f"there is no metric {name!r}.{hint}")
