"""Optimisers by Keras's names, with Keras's defaults and Keras's place of epsilon.

By the same name, Keras and the catalogue often mean different optimisers:

    adagrad    learning rate 0.001 and a sum of squares that starts at 0.1; catalogue: 0.01 and 0
    adadelta   learning rate 0.001; catalogue: 1
    adamax     learning rate 0.001, epsilon added outside the maximum; catalogue: 0.002, inside
    rmsprop    epsilon inside the root; catalogue: outside
    adam       epsilon divided by the root of the second bias correction; catalogue: not

Source: Vanschoren (001), "Optimizers"; the optimisers of Keras 3.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from reference.keras import schedules
from reference.keras._names import absent, made, table, unavailable
from reference.models import With
from reference.models._named import Steps, refuse_negative
from reference.models._settings import Checked
from reference.spec import Real


class Optimizer(Checked, With):
    """An operation of the catalogue; gradients may be clipped and weights may decay before it."""

    def __init__(
        self,
        operation: str,
        learning_rate: Any,
        *,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        name: str | None = None,
        **settings: Any,
    ) -> None:
        unavailable(
            type(self).__name__,
            use_ema=use_ema,
            loss_scale_factor=loss_scale_factor,
            gradient_accumulation_steps=gradient_accumulation_steps,
        )
        clips = {"clipnorm": clipnorm, "clipvalue": clipvalue, "global_clipnorm": global_clipnorm}
        if sum(clip is not None for clip in clips.values()) > 1:
            raise ValueError("give one of clipnorm, clipvalue and global_clipnorm, not several")
        for clip, limit in clips.items():
            if limit is not None:
                refuse_negative(clip, limit)
        for share in ("rho", "beta1", "beta2"):
            if not 0 <= settings.get(share, 0) < 1:
                raise ValueError(f"{share} is a number from 0 up to 1, not {settings[share]!r}")
        super().__init__(operation, learning_rate=_rate(learning_rate), **settings)
        self.name = name or type(self).__name__.lower()
        self.weight_decay, self.clips = weight_decay, clips
        self.iterations = 0
        self._states: dict[Any, Any] = {}

    @property
    def learning_rate(self) -> Any:
        """The rate of the next update; a schedule is asked."""
        return self.at(self.iterations)["learning_rate"]

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        if callable(self.settings["learning_rate"]) and not callable(value):
            raise TypeError("the learning rate is a schedule, so no callback can set it")
        self.settings["learning_rate"] = _rate(value)

    @property
    def lr(self) -> Any:
        """The name of the learning rate in old programs for Keras."""
        return self.learning_rate

    @lr.setter
    def lr(self, value: Any) -> None:
        self.learning_rate = value

    def moved(
        self, step: int, slopes: Mapping[Any, Real], weights: Mapping[Any, Real], states: Any
    ) -> Steps:
        self.iterations = step
        slopes = self._clipped(slopes)
        if self.weight_decay is not None:
            shrink = 1 - self.weight_decay * self.learning_rate
            weights = {key: shrink * weight for key, weight in weights.items()}
        result = super().moved(step, slopes, weights, states)
        self.iterations = step + 1
        return result

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]]) -> None:
        """Move variables, such as those of `reference.keras.tensorflow`, by their gradients."""
        pairs = [(np.asarray(grad), variable) for grad, variable in grads_and_vars]
        slopes = {id(variable): grad for grad, variable in pairs}
        weights = {id(variable): variable.value for _, variable in pairs}
        new, self._states = self.moved(self.iterations, slopes, weights, self._states)
        for _, variable in pairs:
            variable.assign(new[id(variable)])

    def _clipped(self, slopes: Mapping[Any, Real]) -> Mapping[Any, Real]:
        if limit := self.clips["clipvalue"]:
            return {key: np.clip(grad, -limit, limit) for key, grad in slopes.items()}
        if limit := self.clips["clipnorm"]:
            return {key: _shortened(grad, _norm([grad]), limit) for key, grad in slopes.items()}
        if limit := self.clips["global_clipnorm"]:
            norm = _norm(list(slopes.values()))
            return {key: _shortened(grad, norm, limit) for key, grad in slopes.items()}
        return slopes


class SGD(Optimizer):
    """Gradient descent; with momentum, the rate multiplies the gradient inside the velocity."""

    def __init__(
        self,
        learning_rate: Any = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        *,
        lr: float | None = None,
        **common: Any,
    ) -> None:
        rate = learning_rate if lr is None else lr  # what Keras called it until version 2.10
        _refuse_outside("momentum", momentum)
        if not momentum:
            super().__init__("sgd", rate, **common)
        elif nesterov:
            super().__init__("nesterov", rate, momentum=momentum, form="shifted", **common)
        else:
            super().__init__("momentum", rate, momentum=momentum, lr_inside=True, **common)


class RMSprop(Optimizer):
    """Epsilon is inside the root."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-7,
        centered: bool = False,
        **common: Any,
    ) -> None:
        _refuse_outside("momentum", momentum)
        settings: dict[str, Any] = {
            "rho": rho,
            "momentum": momentum,
            "epsilon": epsilon,
            "centred": centered,
        }
        super().__init__(
            "rmsprop", learning_rate, epsilon_mode="inside", lr_inside=True, **settings, **common
        )


class Adam(Optimizer):
    """Epsilon is added to the root of the mean square before the bias correction."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        amsgrad: bool = False,
        **common: Any,
    ) -> None:
        unavailable("Adam", amsgrad=amsgrad)
        betas: dict[str, Any] = {"beta1": beta_1, "beta2": beta_2}
        super().__init__(
            "adam", learning_rate, epsilon=epsilon, epsilon_mode="hat", **betas, **common
        )


class AdamW(Adam):
    """Adam, whose weights decay by weight_decay times the learning rate before each update."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        weight_decay: float = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        **common: Any,
    ) -> None:
        super().__init__(
            learning_rate, beta_1, beta_2, epsilon, weight_decay=weight_decay, **common
        )


class Adagrad(Optimizer):
    """The sum of squares starts at 0.1, and epsilon is inside the root."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float = 1e-7,
        **common: Any,
    ) -> None:
        super().__init__(
            "adagrad",
            learning_rate,
            initial_accumulator=initial_accumulator_value,
            epsilon=epsilon,
            epsilon_mode="inside",
            **common,
        )


class Adadelta(Optimizer):
    """The learning rate is 0.001, which is slow: the paper has none, which is a rate of 1."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.95,
        epsilon: float = 1e-7,
        **common: Any,
    ) -> None:
        super().__init__("adadelta", learning_rate, rho=rho, epsilon=epsilon, **common)


class Adamax(Optimizer):
    """Epsilon is added to the maximum."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        **common: Any,
    ) -> None:
        betas: dict[str, Any] = {"beta1": beta_1, "beta2": beta_2}
        super().__init__(
            "adamax", learning_rate, epsilon=epsilon, epsilon_mode="add", **betas, **common
        )


NAMES = table(Adadelta, Adagrad, Adam, AdamW, Adamax, RMSprop, SGD)


def get(identifier: Any) -> With:
    """A name, a class, an object, or an optimiser of the catalogue with its settings."""
    if isinstance(identifier, With):
        return identifier
    return made("optimizer", identifier, NAMES, Optimizer)


def _rate(value: Any) -> Any:
    if callable(value):
        return value
    if not isinstance(value, float | int | np.floating) or not 0 <= value < np.inf:
        raise ValueError(f"a learning rate is a number from 0 up, or a schedule, not {value!r}")
    return float(value)


def _refuse_outside(name: str, share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"{name} is a number from 0 to 1, not {share!r}")


def _norm(gradients: list[Real]) -> float:
    return float(np.sqrt(sum(float(np.square(grad).sum()) for grad in gradients)))


def _shortened(grad: Real, norm: float, limit: float) -> Real:
    return grad * (limit / max(norm, limit))


__all__ = [
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Optimizer",
    "RMSprop",
    "get",
    "schedules",
]


__getattr__ = absent(__name__, "optimizer")
