"""Losses by Keras's names. Targets come first in Keras's functions, outputs first in the catalogue.

Keras clips probabilities to [1e-7, 1 - 1e-7] before their logarithm, and it rescales each row of
probabilities to the sum one. Where it clips, the gradient is zero.

    sum_over_batch_size    sum_i w_i cost_i / n          whatever the weights add up to

Source: Vanschoren (001), "Choosing loss, optimizer, metrics"; the losses of Keras 3.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference.activations import log_softmax
from reference.keras._names import absent, made, snake, unavailable
from reference.losses import cross_entropy, label_smoothing
from reference.models import With
from reference.models._losses import Loss as ModelLoss
from reference.models._settings import Checked
from reference.spec import Real

LEAST = 1e-7  # keras.config.epsilon()
REDUCTIONS = ("sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "none", None)


class Loss(Checked, ModelLoss):
    """Called with targets and outputs, it returns the loss."""

    operation: str

    def __init__(
        self, reduction: str | None = "sum_over_batch_size", name: str = "", dtype: Any = None
    ) -> None:
        unavailable(type(self).__name__, dtype=dtype)
        if reduction not in REDUCTIONS:
            words = ", ".join(map(repr, REDUCTIONS))
            raise ValueError(f"reduction is one of {words}, not {reduction!r}")
        if hasattr(self, "call"):
            raise NotImplementedError(
                "a loss of your own is a function here: def loss(y_true, y_pred)"
            )
        super().__init__(self.operation)
        self.reduction = reduction
        self.name = name or snake(type(self).__name__)

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        outputs, weights = np.asarray(y_pred, dtype=float), None
        if sample_weight is not None:
            weights = np.asarray(sample_weight)
        target = self.fitted(outputs, np.asarray(y_true))
        if self.reduction in ("none", None):
            costs = self.costs(outputs, target)
            return costs if weights is None else costs * weights
        return self.value(outputs, target, weights)

    def value(self, outputs: Real, target: Real, weights: Real | None = None) -> Real:
        costs = self.costs(outputs, target)
        return (costs * self._share(costs, weights)).sum()

    def slope(self, outputs: Real, target: Real, weights: Real | None = None) -> Real:
        return self.slopes(self._share(self.costs(outputs, target), weights), outputs, target)

    def costs(self, outputs: Real, target: Real) -> Real:
        """One cost for each example: the mean of its costs."""
        costs = self.each(outputs, target)
        return costs.reshape(len(costs), -1).mean(axis=1)

    def slopes(self, grad: Real, outputs: Real, target: Real) -> Real:
        """The gradient of the costs, given dL/d(cost) for each example."""
        costs = self.each(outputs, target)
        share = np.broadcast_to(_beside(grad, costs), costs.shape) * len(costs) / costs.size
        return self.each_slope(share.astype(outputs.dtype), outputs, target)

    def each(self, outputs: Real, target: Real) -> Real:
        """The cost of each entry, or of each row."""
        return self.cost.forward(outputs, target, reduction="none")

    def each_slope(self, grad: Real, outputs: Real, target: Real) -> Real:
        """The gradient of `each`, given dL/d(cost) for each of its entries."""
        return self.cost.backward(grad, outputs, target, reduction="none")[0]

    def _share(self, costs: Real, weights: Real | None) -> Real:
        """How much each cost counts in the loss."""
        share = np.ones(len(costs), costs.dtype)
        if weights is not None:
            share = share * weights.astype(costs.dtype)
        if self.reduction == "sum":
            return share
        if self.reduction == "mean_with_sample_weight":
            return share / share.sum()
        if self.reduction in ("none", None):
            raise ValueError("a model needs one number to minimise; reduction is 'none'")
        return share / len(costs)


class MeanSquaredError(Loss):
    operation = "mse"


class Probabilities(Loss):
    """A loss of probabilities, or of logits if from_logits."""

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: str | None = "sum_over_batch_size",
        name: str = "",
        dtype: Any = None,
    ) -> None:
        if not 0 <= label_smoothing <= 1:
            raise ValueError(f"label_smoothing is a share, from 0 to 1, not {label_smoothing!r}")
        if axis != -1:
            unavailable(type(self).__name__, axis=axis)
        super().__init__(reduction, name, dtype)
        self.from_logits = self.takes_logits = from_logits
        self.label_smoothing = label_smoothing


class CategoricalCrossentropy(Probabilities):
    operation = "cross_entropy"

    def fitted(self, outputs: Real, target: Real) -> Real:
        target = super().fitted(outputs, target)
        if not self.label_smoothing:
            return target
        rows = target.astype(outputs.dtype)
        return label_smoothing.forward(rows, smoothing=self.label_smoothing)

    def each(self, outputs: Real, target: Real) -> Real:
        if self.from_logits:
            return -(target * log_softmax.forward(outputs)).sum(axis=-1)
        clipped, _ = _clipped(_rescaled(outputs))
        costs = cross_entropy.forward(_rows(clipped), _rows(target), reduction="none")
        return costs.reshape(outputs.shape[:-1])

    def each_slope(self, grad: Real, outputs: Real, target: Real) -> Real:
        if self.from_logits:
            return log_softmax.backward(-grad[..., None] * target, outputs)[0]
        shares = _rescaled(outputs)
        clipped, free = _clipped(shares)
        (inner,) = cross_entropy.backward(
            grad.ravel(), _rows(clipped), _rows(target), reduction="none"
        )
        inner = np.where(free, inner.reshape(outputs.shape), 0)
        inner = inner - (inner * shares).sum(axis=-1, keepdims=True)
        return inner / outputs.sum(axis=-1, keepdims=True)


class SparseCategoricalCrossentropy(CategoricalCrossentropy):
    """The same, of labels instead of one-hot rows."""

    operation = "sparse_cross_entropy"

    def __init__(
        self,
        from_logits: bool = False,
        ignore_class: int | None = None,
        reduction: str | None = "sum_over_batch_size",
        axis: int = -1,
        **settings: Any,
    ) -> None:
        unavailable("SparseCategoricalCrossentropy", ignore_class=ignore_class)
        super().__init__(from_logits, axis=axis, reduction=reduction, **settings)

    def fitted(self, outputs: Real, target: Real) -> Real:
        labels = super().fitted(outputs, target)
        return np.eye(outputs.shape[-1], dtype=outputs.dtype)[labels].reshape(outputs.shape)


class BinaryCrossentropy(Probabilities):
    operation = "binary_cross_entropy"

    def fitted(self, outputs: Real, target: Real) -> Real:
        target = super().fitted(outputs, target)
        if not self.label_smoothing:
            return target
        return target * (1 - self.label_smoothing) + self.label_smoothing / 2

    def each(self, outputs: Real, target: Real) -> Real:
        if not self.from_logits:
            outputs, _ = _clipped(outputs)
        return self._cost.forward(outputs, target, reduction="none")

    def each_slope(self, grad: Real, outputs: Real, target: Real) -> Real:
        if self.from_logits:
            return self._cost.backward(grad, outputs, target, reduction="none")[0]
        clipped, free = _clipped(outputs)
        return np.where(free, self._cost.backward(grad, clipped, target, reduction="none")[0], 0)

    @property
    def _cost(self) -> With:
        return With("binary_cross_entropy_with_logits") if self.from_logits else self.cost


class Function(Loss):
    """A function of targets and outputs, written with numpy, with one cost for each example."""

    operation = "mse"  # replaced

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(name=getattr(function, "__name__", "function"))
        self.function = function
        self.cost = With(lambda outputs, target: function(target, outputs))

    def fitted(self, outputs: Real, target: Real) -> Real:
        return target[:, None] if target.ndim == 1 and outputs.ndim == 2 else target

    def each(self, outputs: Real, target: Real) -> Real:
        costs = self.function(target, outputs)
        if not isinstance(costs, float | int | np.ndarray | np.generic):
            raise TypeError(
                f"the loss {self.name} returns a number, or one for each example, not {costs!r:.40}"
            )
        return np.broadcast_to(costs, len(outputs)) if np.ndim(costs) == 0 else np.asarray(costs)

    def each_slope(self, grad: Real, outputs: Real, target: Real) -> Real:
        if np.ndim(self.function(target, outputs)) == 0:
            grad = grad.sum()
        return self.cost.backward(grad, outputs, target)[0]


NAMES: dict[str, type[Loss]] = {
    name: loss
    for loss, names in (
        (BinaryCrossentropy, ("BinaryCrossentropy", "binary_crossentropy", "bce", "BCE")),
        (CategoricalCrossentropy, ("CategoricalCrossentropy", "categorical_crossentropy")),
        (MeanSquaredError, ("MeanSquaredError", "mean_squared_error", "mse", "MSE")),
        (
            SparseCategoricalCrossentropy,
            ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
        ),
    )
    for name in names
}


def get(identifier: Any) -> Loss:
    """A name, a class, an object, or a function of targets and outputs."""
    return made("loss", FUNCTIONS.get(identifier, identifier), NAMES, Loss, Function)


def binary_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0
) -> Real:
    """One cost for each example."""
    return BinaryCrossentropy(from_logits, label_smoothing, reduction=None)(y_true, y_pred)


def categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0
) -> Real:
    """One cost for each example."""
    return CategoricalCrossentropy(from_logits, label_smoothing, reduction=None)(y_true, y_pred)


def sparse_categorical_crossentropy(y_true: Any, y_pred: Any, from_logits: bool = False) -> Real:
    """One cost for each example."""
    return SparseCategoricalCrossentropy(from_logits, reduction=None)(y_true, y_pred)


def mean_squared_error(y_true: Any, y_pred: Any) -> Real:
    """One cost for each example."""
    return MeanSquaredError(reduction=None)(y_true, y_pred)


FUNCTIONS: dict[Any, type[Loss]] = {
    function: NAMES[function.__name__]
    for function in (
        binary_crossentropy,
        categorical_crossentropy,
        mean_squared_error,
        sparse_categorical_crossentropy,
    )
}


def _rescaled(probability: Real) -> Real:
    return probability / probability.sum(axis=-1, keepdims=True)


def _clipped(probability: Real) -> tuple[Real, Real]:
    """The clipped probabilities, and where they were left free."""
    least = np.asarray(LEAST, probability.dtype)
    most = np.asarray(1.0 - LEAST, probability.dtype)
    return np.clip(probability, least, most), (probability >= least) & (probability <= most)


def _beside(share: Real, rows: Real) -> Real:
    return np.reshape(share, (-1, *[1] * (rows.ndim - 1)))


def _rows(values: Real) -> Real:
    return values.reshape(-1, values.shape[-1])


__getattr__ = absent(__name__, "loss")
