"""The loss of a model: targets are checked against the outputs before anything is computed.

    loss = (1/n) sum_i w_i cost_i                      w_i the weight of example i, 1 by default

Without a check, numpy would broadcast a vector of labels against a row of outputs for each example,
and the training would minimise nonsense without a word.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from reference.models._named import With, part
from reference.models._targets import fitted, warn_of_range
from reference.spec import Argument, Operation, Real


class Loss:
    """A loss of the catalogue, or a function of outputs and targets written with numpy."""

    def __init__(self, what: "str | Operation | With | Callable[..., Any]") -> None:
        self.cost = part("loss", what)
        self.name: str = self.cost.operation.name
        arguments: Sequence[Argument] = getattr(self.cost.operation, "arguments", ())
        self.arguments = arguments
        self.takes_logits = bool(arguments) and arguments[0].name == "logits"
        self._outputs_are_checked = False

    def fitted(self, outputs: Real, target: Real) -> Real:
        """Return the target in the shape of the loss. Raises ValueError where it does not fit."""
        if len(self.arguments) < 2:
            return target
        if not self._outputs_are_checked and not self.takes_logits:
            self._outputs_are_checked = True
            warn_of_range(self.name, outputs, self.arguments[0])
        return fitted(self.name, outputs, target, self.arguments[1])

    def value(self, outputs: Real, target: Real, weights: Real | None = None) -> Real:
        if weights is None:
            return self.cost.forward(outputs, target)
        costs = self._each(outputs, target)
        return (costs * _beside(weights, costs)).mean()

    def slope(self, outputs: Real, target: Real, weights: Real | None = None) -> Real:
        """Return dL/d(outputs)."""
        if weights is None:
            return self.cost.backward(np.ones((), outputs.dtype), outputs, target)[0]
        costs = self._each(outputs, target)
        grad = np.broadcast_to(_beside(weights, costs), costs.shape) / costs.size
        return self.cost.backward(grad, outputs, target, reduction="none")[0]

    def _each(self, outputs: Real, target: Real) -> Real:
        if "reduction" not in {each.name for each in self.arguments}:
            raise ValueError(
                f"{self.name} is one sum, so its examples cannot have weights; use mse"
            )
        costs: Real = self.cost.forward(outputs, target, reduction="none")
        return costs


def _beside(weights: Real, costs: Real) -> Real:
    """The weights of the examples in the shape of their costs."""
    return np.reshape(weights, (-1, *[1] * (costs.ndim - 1)))
