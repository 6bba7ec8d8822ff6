"""Sequential: a network with the methods compile, fit, predict and evaluate, as in Keras.

    model = Sequential([Dense(4, "sigmoid", input_shape=(2,)), Dense(1, "sigmoid")])
    model.compile(loss="mse", optimiser=With("sgd", learning_rate=0.5), metrics=["accuracy"])
    history = model.fit(x, y, epochs=10, validation_split=0.2).history

Words and defaults are those of this catalogue. `reference.keras` has the words and defaults of
Keras on top of the same training.

Source: lecture 000; Vanschoren (001).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reference.models._callbacks import Callback, listed
from reference.models._data import data, held_back, validation, weighted
from reference.models._progress import bar
from reference.models._settings import checked
from reference.models._training import History, Plan, Trainer
from reference.spec import Real


class Results(tuple[float, ...]):
    """Numbers in a fixed order, which can also be asked for by name.

    >>> loss, accuracy = results = Results({"loss": 0.5, "accuracy": 0.75})
    >>> results["accuracy"] == accuracy
    True
    """

    names: tuple[str, ...]

    def __new__(cls, values: Mapping[str, float]) -> "Results":
        results = super().__new__(cls, values.values())
        results.names = tuple(values)
        return results

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)

    def __repr__(self) -> str:
        return ", ".join(f"{name}: {value:.4g}" for name, value in self.items())

    def items(self) -> list[tuple[str, float]]:
        return list(zip(self.names, self, strict=True))


class Sequential(Trainer):
    @checked
    def compile(self, *, loss: Any, optimiser: Any = "sgd", metrics: Any = ()) -> None:
        """Set loss, optimiser and metrics. The weights are kept.

        So is the state of the optimiser, if it is the very object of before.
        """
        self.prepare(loss, optimiser, [metrics] if isinstance(metrics, str) else metrics)

    @checked
    def fit(
        self,
        x: Any,
        y: Any = None,
        *,
        epochs: int = 1,
        batch_size: int = 32,
        validation_data: tuple[Real, Real] | None = None,
        validation_split: float = 0.0,
        callbacks: Sequence[Callback] | Callback = (),
        shuffle: bool = True,
        class_weight: Mapping[int, float] | None = None,
        sample_weight: Real | None = None,
        initial_epoch: int = 0,
        seed: int | None = None,
        verbose: int | str = 0,
    ) -> History:
        """Train. `validation_split` holds back the last part of the data, as in Keras.

        Without a seed, the order of the examples and the dropped units go on from those of the
        training before: each epoch has another order, and so has each call.
        """
        whole = data(x, y, sample_weight)
        whole, kept = held_back(whole, 0.0 if validation_data is not None else validation_split)
        plan = Plan(
            epochs=epochs,
            initial_epoch=initial_epoch,
            batch_size=batch_size,
            shuffle=shuffle,
            validation=kept if validation_data is None else validation(validation_data),
            callbacks=(*listed(callbacks), *bar(verbose)),
            verbose=verbose,
        )
        rng = self._rng if seed is None else np.random.default_rng(seed)
        return self.train(weighted(whole, class_weight), plan, rng)

    def evaluate(self, x: Any, y: Any = None, sample_weight: Any = None) -> Results:
        """Return the loss, including weight penalties, and the metrics on all of the data."""
        return Results(self.assess(data(x, y, sample_weight)))

    def get_weights(self) -> dict[str, Real]:
        """Return copies of the weights; a key is layer and name, as in "dense_1/bias"."""
        return self.named_weights()

    def set_weights(self, weights: dict[str, Real]) -> None:
        """Set all weights. Raises ValueError unless names and shapes are those of this network."""
        self.replace_weights(weights)

    def summary(self) -> str:
        """Return a table of layers, output shapes and numbers of parameters."""
        learned, kept = self.count(learned=True), self.count(learned=False)
        totals = [
            f"Total parameters: {learned + kept}",
            f"Trainable parameters: {learned}",
            f"Non-trainable parameters: {kept}",
        ]
        return "\n".join([*self.table(), *totals])
