"""Metrics by Keras's names. "accuracy" means the one that fits the shapes, as in Keras.

`Accuracy()` is another one: the share of outputs that equal their targets to the last digit. With
probabilities it is zero. Lecture 001 writes metrics=[Accuracy()] where it means "accuracy".

Source: Vanschoren (001), "Choosing loss, optimizer, metrics"; the metrics of Keras 3.
"""

from typing import Any

import numpy as np

from reference.keras import losses
from reference.keras._names import found, snake, table, unavailable
from reference.metrics import categorical_accuracy, sparse_accuracy
from reference.models import accuracy
from reference.models._metrics import chosen
from reference.models._settings import Checked
from reference.models._targets import warn
from reference.spec import Real


class Metric(Checked):
    """Called with outputs and targets by a model; `of` is called as in Keras."""

    def __init__(self, name: str = "", dtype: Any = None) -> None:
        unavailable(type(self).__name__, dtype=dtype)
        self.name = name or snake(type(self).__name__)

    def __call__(self, outputs: Real, target: Real) -> float:
        raise NotImplementedError

    def of(self, y_true: Any, y_pred: Any) -> float:
        return self(np.asarray(y_pred), np.asarray(y_true))


class Accuracy(Metric):
    """The share of outputs that equal their targets."""

    def __call__(self, outputs: Real, target: Real) -> float:
        if outputs.dtype.kind == "f" and (outputs != outputs.round()).any():
            warn(
                "Accuracy() counts outputs that equal their targets, and probabilities hardly "
                "ever do. Write metrics=['accuracy'] for the share of right decisions."
            )
        shaped = target.reshape(outputs.shape) if target.size == outputs.size else target[:, None]
        return float((outputs == shaped).mean())


class BinaryAccuracy(Metric):
    """The share of outputs on the side of the threshold that the target says."""

    def __init__(
        self, name: str = "binary_accuracy", dtype: Any = None, threshold: float = 0.5
    ) -> None:
        super().__init__(name, dtype)
        self.threshold = threshold

    def __call__(self, outputs: Real, target: Real) -> float:
        if target.size != outputs.size:
            return chosen("binary_accuracy")[1](outputs, target)  # raises what does not fit
        return float(((outputs > self.threshold) == target.reshape(outputs.shape)).mean())


class CategoricalAccuracy(Metric):
    def __call__(self, outputs: Real, target: Real) -> float:
        return chosen(categorical_accuracy.SPEC)[1](outputs, target)


class SparseCategoricalAccuracy(Metric):
    def __call__(self, outputs: Real, target: Real) -> float:
        return chosen(sparse_accuracy.SPEC)[1](outputs, target)


class LossMetric(Metric):
    """A loss that is only reported."""

    def __init__(self, inner: losses.Loss, name: str = "", dtype: Any = None) -> None:
        super().__init__(name, dtype)
        self.inner = inner

    def __call__(self, outputs: Real, target: Real) -> float:
        return float(self.inner.value(outputs, self.inner.fitted(outputs, target)))


class MeanSquaredError(LossMetric):
    def __init__(self, name: str = "mean_squared_error", dtype: Any = None) -> None:
        super().__init__(losses.MeanSquaredError(), name, dtype)


class BinaryCrossentropy(LossMetric):
    def __init__(
        self,
        name: str = "binary_crossentropy",
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0,
    ) -> None:
        super().__init__(losses.BinaryCrossentropy(from_logits, label_smoothing), name, dtype)


class CategoricalCrossentropy(LossMetric):
    def __init__(
        self,
        name: str = "categorical_crossentropy",
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0,
        axis: int = -1,
    ) -> None:
        inner = losses.CategoricalCrossentropy(from_logits, label_smoothing, axis)
        super().__init__(inner, name, dtype)


class SparseCategoricalCrossentropy(LossMetric):
    def __init__(
        self,
        name: str = "sparse_categorical_crossentropy",
        dtype: Any = None,
        from_logits: bool = False,
        ignore_class: int | None = None,
        axis: int = -1,
    ) -> None:
        inner = losses.SparseCategoricalCrossentropy(from_logits, ignore_class, axis=axis)
        super().__init__(inner, name, dtype)


class Function(Metric):
    """A function of targets and outputs; its mean over the examples is reported."""

    def __init__(self, function: Any) -> None:
        super().__init__(getattr(function, "name", None) or function.__name__)
        self.function = function

    def __call__(self, outputs: Real, target: Real) -> float:
        if target.ndim == 1 and outputs.ndim == 2:
            target = target[:, None]
        return float(np.mean(self.function(target, outputs)))


class ByShape(Metric):
    """What "accuracy" means."""

    def __call__(self, outputs: Real, target: Real) -> float:
        return accuracy(outputs, target)


NAMES: dict[str, type[Metric]] = table(
    Accuracy,
    BinaryAccuracy,
    BinaryCrossentropy,
    CategoricalAccuracy,
    CategoricalCrossentropy,
    MeanSquaredError,
    SparseCategoricalAccuracy,
    SparseCategoricalCrossentropy,
    mse=MeanSquaredError,
    MSE=MeanSquaredError,
    bce=BinaryCrossentropy,
    BCE=BinaryCrossentropy,
)
NAMES |= {"accuracy": ByShape, "acc": ByShape}


def get(identifier: Any) -> Metric:
    """A name, a class, an object, or a function of targets and outputs."""
    if isinstance(identifier, str):
        named: Metric = found("metric", identifier, NAMES)(name=identifier)
        return named
    if isinstance(identifier, type) and issubclass(identifier, Metric):
        return identifier()
    if isinstance(identifier, Metric):
        return identifier
    if callable(identifier):
        return Function(identifier)
    raise TypeError(f"a metric is a name, an object or a function, not {identifier!r}")
