"""Sequential as in Keras: its words, its defaults, its results, on the training of this package.

Without a seed, weights and orders follow from `utils.set_random_seed`, and so are the same in each
run of a program. Keras has other random numbers: from the same weights and in the same order, the
numbers of a training are the same.

Source: lecture 000, "Keras tutorial"; Vanschoren (001), "Neural networks in practice".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reference import models
from reference.keras import config, layers, losses, metrics, optimizers, utils
from reference.keras._names import unavailable
from reference.keras.callbacks import Callback, History
from reference.models._callbacks import listed
from reference.models._data import Data, array, data, held_back, validation, weighted
from reference.models._progress import bar
from reference.models._settings import checked
from reference.models._training import Plan, Trainer
from reference.spec import Real

BATCH = 32
COLUMNS = ("Layer (type)", "Output Shape", "Param #")
UNITS = ("B", "KB", "MB", "GB")


class Sequential(Trainer):
    """Layers one after the other. `seed` and `dtype` are additions to Keras's arguments."""

    def __init__(
        self,
        layers: Sequence[models.Layer] | None = None,
        trainable: bool = True,
        name: str | None = None,
        *,
        seed: int | None = None,
        dtype: Any = None,
    ) -> None:
        self.name = name or "sequential"
        self.history: History | None = None
        self._shape: tuple[int, ...] | None = None
        own = utils.next_seed() if seed is None else seed
        super().__init__(() if layers is None else layers, seed=own, dtype=config.dtype(dtype))
        if not trainable:
            self.set_trainable(False)

    def add(self, layer: models.Layer) -> None:
        """Add a layer; Input says the shape of an example and is no layer of its own."""
        if isinstance(layer, layers.InputLayer):
            self._shape = layer.input_shape
            return
        if isinstance(layer, Sequential):
            for inner in layer.layers:
                self.add(inner)
            return
        if isinstance(layer, models.Layer) and not isinstance(layer, layers.Layer):
            raise TypeError(
                f"this {type(layer).__name__} is of reference.models; take that of "
                "reference.keras.layers"
            )
        if not self.layers and self._shape is not None and layer.input_shape is None:
            layer.input_shape = self._shape
        super().add(layer)

    def build(self, shape: Any = None, dtype: Any | None = None) -> None:
        """Create the weights; the shape is that of an example, or of a batch: (None, 64)."""
        whole = isinstance(shape, tuple | list) and len(shape) > 0 and shape[0] is None
        super().build(tuple(shape[1:]) if whole else shape, dtype)

    def pop(self) -> models.Layer:
        """Remove and return the last layer."""
        if not self.layers:
            raise ValueError("the model has no layers")
        return self.layers.pop()

    @checked
    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        loss_weights: Any = None,
        metrics: Any = None,
        weighted_metrics: Any = None,
        *,
        run_eagerly: bool = False,
        steps_per_execution: int = 1,
        jit_compile: Any = "auto",
        auto_scale_loss: bool = True,
    ) -> None:
        """Set optimizer, loss and metrics. The last four settings change no number."""
        unavailable("compile", loss_weights=loss_weights, weighted_metrics=weighted_metrics)
        if loss is None:
            raise ValueError("compile needs a loss, such as loss='mse'")
        several = metrics if isinstance(metrics, list | tuple) else [metrics] if metrics else []
        self.prepare(losses.get(loss), optimizers.get(optimizer), [_metric(m) for m in several])

    @property
    def optimizer(self) -> Any:
        return self.optimiser

    @checked
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: Any = "auto",
        callbacks: Sequence[Callback] | Callback | None = None,
        validation_split: float = 0.0,
        validation_data: tuple[Any, ...] | None = None,
        shuffle: bool = True,
        class_weight: Mapping[int, float] | None = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        *,
        steps_per_epoch: int | None = None,
        validation_steps: int | None = None,
        validation_batch_size: int | None = None,
        validation_freq: int = 1,
    ) -> History:
        """Train for the epochs from initial_epoch up to epochs."""
        unavailable("fit", steps_per_epoch=steps_per_epoch, validation_steps=validation_steps)
        whole = _data(x, y, sample_weight)
        whole, kept = held_back(whole, 0.0 if validation_data is not None else validation_split)
        size = BATCH if batch_size is None else batch_size
        history = History()
        plan = Plan(
            epochs=epochs,
            initial_epoch=initial_epoch,
            batch_size=size,
            shuffle=shuffle,
            validation=kept if validation_data is None else validation(validation_data),
            validation_batch=size if validation_batch_size is None else validation_batch_size,
            validation_freq=validation_freq,
            callbacks=(*bar(verbose), *listed(callbacks), history),
            verbose=verbose,
        )
        self.history = history
        self.train(weighted(whole, class_weight), plan, self._rng)
        return history

    @checked
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: Any = "auto",
        sample_weight: Any = None,
        steps: int | None = None,
        callbacks: Any = None,
        return_dict: bool = False,
    ) -> Any:
        """Return the loss, or a list of the loss and the metrics, or a dictionary of them."""
        unavailable("evaluate", steps=steps)
        watching = listed(callbacks)
        for each in watching:
            each.set_model(self)
        whole = _data(x, y, sample_weight)
        results = self.assess(whole, BATCH if batch_size is None else batch_size, watching)
        if bar(verbose):
            print(" - ".join(f"{name}: {value:.4f}" for name, value in results.items()))
        return _returned(results, return_dict)

    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: Any = "auto",
        steps: int | None = None,
        callbacks: Any = None,
    ) -> Real:
        unavailable("predict", steps=steps, callbacks=callbacks)
        x = array("x", x)
        return super().predict(x[:, None] if x.ndim == 1 else x)

    predict_on_batch = __call__ = predict

    def train_on_batch(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        class_weight: Mapping[int, float] | None = None,
        return_dict: bool = False,
    ) -> Any:
        """Make one update, and return loss and metrics as before it."""
        whole = weighted(_data(x, y, sample_weight), class_weight)
        return _returned(self.update(whole, self._rng), return_dict)

    def test_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """Return loss and metrics."""
        return _returned(self.assess(_data(x, y, sample_weight)), return_dict)

    def summary(
        self, line_length: Any = None, positions: Any = None, print_fn: Any = print
    ) -> None:
        """Print layers, output shapes and numbers of parameters, with their size in memory."""
        counts = {"Total params": self.count(learned=True) + self.count(learned=False)}
        counts["Trainable params"] = self.count(learned=True)
        counts["Non-trainable params"] = self.count(learned=False)
        width = np.dtype(self.dtype).itemsize
        totals = [f"{name}: {n} ({_size(n * width)})" for name, n in counts.items()]
        print_fn("\n".join([f'Model: "{self.name}"', *self.table(COLUMNS), *totals]))

    def get_layer(self, name: str | None = None, index: int | None = None) -> models.Layer:
        """Raises ValueError where there is no layer of that name or index."""
        if (name is None) == (index is None):
            raise ValueError("give the name or the index of a layer")
        names = [layer.name for layer in self.layers]
        if name is not None:
            if name not in names:
                raise ValueError(f"there is no layer {name!r}; there are: {', '.join(names)}")
            return self.layers[names.index(name)]
        if index is None or not -len(names) <= index < len(names):
            raise ValueError(f"there is no layer {index}; there are {len(names)}")
        return self.layers[index]

    def get_weights(self) -> list[Real]:
        """Return copies of the weights of all layers, one after the other."""
        return [weight for layer in self._keras_layers for weight in layer.get_weights()]

    def set_weights(self, weights: Sequence[Real]) -> None:
        """Raises ValueError unless number and shapes are those of this model."""
        left = list(weights)
        own = self.get_weights()
        if [w.shape for w in own] != [np.shape(w) for w in left]:
            raise ValueError(
                f"the model has weights of the shapes {[w.shape for w in own]}, but is given "
                f"{[np.shape(w) for w in left]}"
            )
        for layer in self._keras_layers:
            count = len(layer.get_weights())
            layer.set_weights(left[:count])
            left = left[count:]

    @property
    def weights(self) -> list[Real]:
        return self.get_weights()

    @property
    def trainable_weights(self) -> list[Real]:
        return self._weights(moved=True)

    @property
    def non_trainable_weights(self) -> list[Real]:
        return self._weights(moved=False)

    @property
    def built(self) -> bool:
        return bool(self.layers) and all(layer.output_shape is not None for layer in self.layers)

    @property
    def metrics_names(self) -> list[str]:
        return ["loss", *self.metrics]

    @property
    def input_shape(self) -> tuple[int | None, ...]:
        return (None, *(self.layers[0].input_shape or ()))

    @property
    def output_shape(self) -> tuple[int | None, ...]:
        return (None, *(self.layers[-1].output_shape or ()))

    def __setattr__(self, name: str, value: Any) -> None:
        """Freezing or thawing a model freezes or thaws each of its layers."""
        if name == "trainable":
            self.set_trainable(value)
        else:
            super().__setattr__(name, value)

    def set_trainable(self, value: bool) -> None:
        if not isinstance(value, bool):
            raise TypeError(f"trainable is True or False, not {value!r}")
        super().__setattr__("trainable", value)
        for layer in self.layers:
            layer.trainable = value

    def _weights(self, *, moved: bool) -> list[Real]:
        return [
            weight.copy()
            for layer in self.layers
            for name, weight in layer.weights.items()
            if (self.trainable and layer.moves(name)) == moved
        ]

    def count_params(self) -> int:
        return self.count(learned=True) + self.count(learned=False)

    def save_weights(self, filepath: str | Path) -> None:
        """Save all weights in numpy's format, whatever the ending of the name."""
        super().save_weights(Path(filepath))

    def load_weights(self, filepath: str | Path) -> None:
        """Load what save_weights wrote."""
        super().load_weights(Path(filepath))

    @property
    def _keras_layers(self) -> list[layers.Layer]:
        return [layer for layer in self.layers if isinstance(layer, layers.Layer)]


def _metric(identifier: Any) -> metrics.Metric:
    return metrics.get(identifier)


def _data(x: Any, y: Any, sample_weight: Any = None) -> Data:
    """Data as Keras takes them: one number for each example is a column."""
    found = data(x, y, sample_weight)
    return found._replace(x=found.x[:, None]) if found.x.ndim == 1 else found


def _returned(results: dict[str, float], return_dict: bool) -> Any:
    """A dictionary, or a list, or the loss alone."""
    if return_dict:
        return results
    return list(results.values()) if len(results) > 1 else results["loss"]


def _size(count: float) -> str:
    """A number of bytes as Keras prints it."""
    for unit in UNITS[:-1]:
        if count < 1024:
            return f"{count:.2f} {unit}"
        count /= 1024
    return f"{count:.2f} {UNITS[-1]}"
