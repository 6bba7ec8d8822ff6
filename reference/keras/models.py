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
from reference.models._progress import bar
from reference.models._settings import checked
from reference.models._training import Data, Plan, Trainer, held_back, weighted
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
        self._shape: tuple[int, ...] | None = None
        own = utils.next_seed() if seed is None else seed
        super().__init__(layers or (), seed=own, dtype=config.dtype(dtype))
        self.trainable = trainable

    def add(self, layer: models.Layer) -> None:
        """Add a layer; Input says the shape of an example and is no layer of its own."""
        if isinstance(layer, layers.InputLayer):
            self._shape = layer.input_shape
            return
        if not self.layers and self._shape is not None and layer.input_shape is None:
            layer.input_shape = self._shape
        super().add(layer)

    def pop(self) -> models.Layer:
        """Remove and return the last layer."""
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
        x: Any,
        y: Any,
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
        data = weighted(_data(x, y, sample_weight), class_weight)
        data, kept = held_back(data, validation_split if validation_data is None else 0.0)
        given = [callbacks] if isinstance(callbacks, Callback) else list(callbacks or ())
        history = History()
        plan = Plan(
            epochs=epochs,
            initial_epoch=initial_epoch,
            batch_size=batch_size or BATCH,
            shuffle=shuffle,
            validation=_data(*validation_data) if validation_data is not None else kept,
            validation_batch=validation_batch_size or batch_size or BATCH,
            validation_freq=validation_freq,
            callbacks=(*bar(verbose), *given, history),
        )
        self.train(data, plan, self._rng)
        return history

    @checked
    def evaluate(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = None,
        verbose: Any = "auto",
        sample_weight: Any = None,
        *,
        return_dict: bool = False,
    ) -> Any:
        """Return the loss, or a list of the loss and the metrics, or a dictionary of them."""
        results = self.assess(_data(x, y, sample_weight), batch_size or BATCH)
        if bar(verbose):
            print(" - ".join(f"{name}: {value:.4f}" for name, value in results.items()))
        if return_dict:
            return results
        return list(results.values()) if len(results) > 1 else results["loss"]

    def predict(self, x: Any, batch_size: int | None = None, verbose: Any = "auto") -> Real:
        return super().predict(np.asarray(x))

    __call__ = predict

    def train_on_batch(
        self, x: Any, y: Any, sample_weight: Any = None, *, return_dict: bool = False
    ) -> Any:
        """Make one update, and return loss and metrics as before it."""
        results = self.update(_data(x, y, sample_weight), self._rng)
        if return_dict:
            return results
        return list(results.values()) if len(results) > 1 else results["loss"]

    def summary(self, print_fn: Any = print) -> None:
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
    def trainable(self) -> bool:
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = value
        if not value:
            for layer in self.layers:
                layer.trainable = False

    def count_params(self) -> int:
        return self.count(learned=True) + self.count(learned=False)

    def save_weights(self, filepath: str | Path) -> None:
        """Save all weights as an .npz file; Keras's own formats are not written."""
        super().save_weights(Path(filepath))

    def load_weights(self, filepath: str | Path) -> None:
        """Load what save_weights wrote."""
        path = Path(filepath)
        super().load_weights(path if path.exists() else path.with_name(f"{path.name}.npz"))

    @property
    def _keras_layers(self) -> list[layers.Layer]:
        return [layer for layer in self.layers if isinstance(layer, layers.Layer)]


def _metric(identifier: Any) -> metrics.Metric:
    return metrics.get(identifier)


def _data(x: Any, y: Any, sample_weight: Any = None) -> Data:
    weights = None if sample_weight is None else np.asarray(sample_weight)
    return Data(np.asarray(x), np.asarray(y), weights)


def _size(count: float) -> str:
    """A number of bytes as Keras prints it."""
    for unit in UNITS[:-1]:
        if count < 1024:
            return f"{count:.2f} {unit}"
        count /= 1024
    return f"{count:.2f} {UNITS[-1]}"
