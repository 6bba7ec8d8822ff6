"""Metrics by Keras's names. "accuracy" means the one that fits the shapes, as in Keras.

`Accuracy()` is another one: the share of outputs that equal their targets to the last digit. With
probabilities it is zero. Lecture 001 writes metrics=[Accuracy()] where it means "accuracy".

Source: Vanschoren (001), "Choosing loss, optimizer, metrics"; the metrics of Keras 3.
"""

from typing import Any

import numpy as np

from reference.keras import losses
from reference.keras._names import absent, found, made, snake, table, unavailable
from reference.metrics import categorical_accuracy as of_rows
from reference.metrics import sparse_accuracy as of_labels
from reference.models import _training, accuracy
from reference.models._metrics import chosen
from reference.models._settings import Checked
from reference.models._targets import warn
from reference.models._training import PerBatch
from reference.spec import Real


class Metric(Checked):
    """A model calls it with outputs and targets; alone, it gathers a mean as in Keras."""

    def __init__(self, name: str = "", dtype: Any = None) -> None:
        unavailable(type(self).__name__, dtype=dtype)
        self.name = name or snake(type(self).__name__)
        self.reset_state()

    def __call__(self, outputs: Real, target: Real) -> float:
        raise NotImplementedError(
            "a metric of your own is a function here: def metric(y_true, y_pred)"
        )

    def update_state(self, y_true: Any, y_pred: Any) -> None:
        """Add a batch to the mean."""
        self._mean.add({"": self(np.asarray(y_pred), np.asarray(y_true))}, len(y_true))

    def result(self) -> float:
        """The mean over all examples since the last reset."""
        return self._mean.values.get("", 0.0)

    def reset_state(self) -> None:
        self._mean = _training.Mean()


class Accuracy(Metric):
    """The share of outputs that equal their targets."""

    _told = False

    def __call__(self, outputs: Real, target: Real) -> float:
        if not self._told and outputs.dtype.kind == "f" and (outputs != outputs.round()).any():
            self._told = True
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
        return chosen(of_rows.SPEC)[1](outputs, target)


class SparseCategoricalAccuracy(Metric):
    def __call__(self, outputs: Real, target: Real) -> float:
        return chosen(of_labels.SPEC)[1](outputs, target)


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
        name = getattr(function, "name", None) or function.__name__
        super().__init__("lambda" if name == "<lambda>" else name)
        self.function = function

    def __call__(self, outputs: Real, target: Real) -> float:
        if target.ndim == 1 and outputs.ndim == 2:
            target = target[:, None]
        measured = self.function(target, outputs)
        return PerBatch(measured) if np.ndim(measured) == 0 else float(np.mean(measured))


class ByShape(Metric):
    """What "accuracy" means."""

    shown = "accuracy"  # in a list of what there is

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
NAMES |= {"accuracy": ByShape, "acc": ByShape, "Accuracy": ByShape}

mean_squared_error = losses.mean_squared_error
binary_crossentropy = losses.binary_crossentropy
categorical_crossentropy = losses.categorical_crossentropy
sparse_categorical_crossentropy = losses.sparse_categorical_crossentropy


def binary_accuracy(y_true: Any, y_pred: Any, threshold: float = 0.5) -> Real:
    """1 or 0 for each example: the share of its outputs on the right side."""
    outputs, target = np.asarray(y_pred), np.asarray(y_true)
    return ((outputs > threshold) == target).reshape(len(outputs), -1).mean(axis=1)


def categorical_accuracy(y_true: Any, y_pred: Any) -> Real:
    """1 or 0 for each example."""
    return (np.argmax(y_true, axis=-1) == np.argmax(y_pred, axis=-1)).astype(float)


def sparse_categorical_accuracy(y_true: Any, y_pred: Any) -> Real:
    """1 or 0 for each example."""
    return (np.reshape(y_true, -1) == np.argmax(y_pred, axis=-1)).astype(float)


def get(identifier: Any) -> Metric:
    """A name, which the metric keeps, a class, an object, or a function of targets and outputs."""
    if isinstance(identifier, str):
        named: Metric = found("metric", identifier, NAMES)(name=identifier)
        return named
    return made("metric", identifier, NAMES, Metric, Function)


__getattr__ = absent(__name__, "metric")
