"""Tables of what Keras's words mean here, read from `reference.keras`."""

from collections.abc import Iterable
from typing import Any

from markup import code, table

from reference import keras
from reference.models import With

MODULES = ("layers", "losses", "metrics", "regularizers", "initializers", "callbacks", "optimizers")
BASES = {  # classes of which others are made, which Keras does not have
    "ByShape",
    "Initializer",
    "Layer",
    "LearningRateSchedule",
    "Loss",
    "Metric",
    "Optimizer",
    "Checked",
    "FromFans",
    "Function",
    "LossMetric",
    "ModelLoss",
    "Monitor",
    "Probabilities",
    "With",
}


def tables() -> dict[str, str]:
    """The words of each module, and the optimisers by their default names."""
    return {
        "generated/keras_words.md": table(("Module", "Classes"), _classes()) + "\n",
        "generated/keras_optimisers.md": table(
            ("Keras", "The catalogue, with the settings that give Keras's numbers"), _optimisers()
        )
        + "\n",
    }


def _classes() -> Iterable[tuple[str, str]]:
    modules = {name: getattr(keras, name) for name in MODULES}
    modules["optimizers.schedules"] = keras.optimizers.schedules
    for name, module in modules.items():
        known = sorted(
            cls.__name__
            for word, cls in vars(module).items()
            if isinstance(cls, type) and cls.__module__.startswith("reference.")
            if word == cls.__name__ and word not in BASES
        )
        yield code(f"keras.{name}"), ", ".join(map(code, known))


def _optimisers() -> Iterable[tuple[str, str]]:
    names = sorted({cls.__name__ for cls in keras.optimizers.NAMES.values()})
    for name in names:
        optimiser: Any = getattr(keras.optimizers, name)()
        own = With(optimiser.operation, **optimiser.settings)
        decay = optimiser.weight_decay
        more = f"; before, weights are multiplied by 1 - {decay} learning_rate" if decay else ""
        yield code(f'"{name.lower()}"'), code(repr(own)) + more
