"""Trainings written once, in Keras's words, and run by Keras and by this package.

Each case is a function of the package it is written for: `k` is keras itself or reference.keras.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Case(NamedTuple):
    """A compiled model, the targets it takes, and more arguments of fit."""

    model: Any
    targets: str = "one-hot"
    fit: Mapping[str, Any] = MappingProxyType({})
    rows: bool = False  # each example is eight rows of eight pixels


def root(y_true, y_pred):
    """One number for a batch, which counts once."""
    return ((y_true - y_pred) ** 2).mean() ** 0.5


def classifier(k, *, optimizer="sgd", loss="categorical_crossentropy", last="softmax", **hidden):
    metrics = hidden.pop("metrics", ["accuracy"])
    model = k.Sequential(
        [
            k.layers.Dense(16, **{"activation": "tanh", **hidden}),
            k.layers.Dense(10, activation=last),
        ]
    )
    model.compile(optimizer=optimizer, loss=loss, metrics=metrics)
    return model


def stack(k, *layers):
    model = k.Sequential([k.layers.Dense(16), *layers, k.layers.Dense(10, activation="softmax")])
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


def convolutional(k):
    """Networks of images along one, two and three axes, by what they show."""
    lay = k.layers
    networks = {
        "one axis": [
            *(lay.Reshape((16, 4)), lay.Conv1D(6, 3, dilation_rate=2, groups=2)),
            *(lay.AveragePooling1D(3, 1, "same"), lay.GlobalMaxPooling1D()),
        ],
        "two axes": [
            *(lay.Reshape((8, 8, 1)), lay.Conv2D(4, 3, padding="same", activation="relu")),
            *(lay.MaxPooling2D(), lay.BatchNormalization(), lay.Conv2D(4, (3, 2), use_bias=False)),
            lay.Flatten(),
        ],
        "strides that leave a rest": [
            *(lay.Reshape((8, 8, 1)), lay.Conv2D(4, 3, (3, 2), "same", activation="tanh")),
            *(lay.MaxPooling2D(2, padding="same"), lay.GlobalAveragePooling2D()),
        ],
        "three axes": [
            *(lay.Reshape((4, 4, 4, 1)), lay.Conv3D(3, 2, bias_regularizer="l2")),
            *(lay.AveragePooling3D(2, strides=1), lay.MaxPooling3D((1, 2, 1)), lay.Flatten()),
        ],
    }
    for name, layers in networks.items():
        model = k.Sequential([*layers, lay.Dense(10, activation="softmax")])
        model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
        yield f"convolution, {name}", Case(model)


def optimisers(k):
    o = k.optimizers
    named = ("sgd", "rmsprop", "adam", "adamw", "adagrad", "adadelta", "adamax", "RMSprop")
    given = {
        "momentum": o.SGD(0.05, momentum=0.9),
        "nesterov": o.SGD(0.05, momentum=0.9, nesterov=True),
        "rmsprop with momentum": o.RMSprop(0.001, momentum=0.9),
        "rmsprop centred": o.RMSprop(0.001, centered=True),
        "adam of lecture 001": o.Adam(learning_rate=0.02, beta_1=0.9, beta_2=0.999, epsilon=1e-8),
        "adagrad of lecture 001": o.Adagrad(0.4),
        "adadelta of rate 1": o.Adadelta(learning_rate=1.0),
        "weight decay": o.SGD(0.1, weight_decay=0.01),
        "clipvalue": o.SGD(0.1, clipvalue=0.01),
        "clipnorm": o.SGD(0.1, clipnorm=0.1),
        "global_clipnorm": o.SGD(0.1, global_clipnorm=0.1),
        "a class": o.Adam,
    }
    if k.__name__ == "keras":
        given["a class"] = o.Adam()
    return {f"optimizer {n}": n for n in named} | {f"optimizer {n}": v for n, v in given.items()}


def schedules(k):
    s = k.optimizers.schedules
    return {
        "ExponentialDecay": s.ExponentialDecay(0.1, decay_steps=20, decay_rate=0.5),
        "ExponentialDecay in stairs": s.ExponentialDecay(0.1, 20, 0.5, staircase=True),
        "InverseTimeDecay": s.InverseTimeDecay(0.1, 20, 0.5),
        "InverseTimeDecay in stairs": s.InverseTimeDecay(0.1, 20, 0.5, staircase=True),
        "PiecewiseConstantDecay": s.PiecewiseConstantDecay([20, 50], [0.1, 0.05, 0.01]),
        "PolynomialDecay": s.PolynomialDecay(0.1, 50, power=2.0),
        "PolynomialDecay in cycles": s.PolynomialDecay(0.1, 20, cycle=True),
        "CosineDecay": s.CosineDecay(0.1, 50, alpha=0.1),
        "CosineDecayRestarts": s.CosineDecayRestarts(0.1, 20, m_mul=0.5),
    }


def cases(k):
    """Every case, by name."""
    r, c, lay, los, o = k.regularizers, k.callbacks, k.layers, k.losses, k.optimizers
    made = {name: Case(classifier(k, optimizer=each)) for name, each in optimisers(k).items()}
    for name, schedule in schedules(k).items():
        made[name] = Case(classifier(k, optimizer=k.optimizers.SGD(schedule)))
    for name in ("relu", "sigmoid", "tanh", "linear", "leaky_relu", "silu", "swish", "log_softmax"):
        made[f"activation {name}"] = Case(classifier(k, activation=name))
    for name, each in {
        "l1": "l1",
        "l2": r.l2(0.001),
        "L2 by default": r.L2(),
        "l1_l2": r.l1_l2(l1=1e-3, l2=1e-2),
    }.items():
        made[f"kernel {name}"] = Case(classifier(k, kernel_regularizer=each))
    made["bias l2"] = Case(classifier(k, bias_regularizer=r.L2(0.1)))
    made["no bias"] = Case(classifier(k, use_bias=False))
    for name, layers in {
        "BatchNormalization": [lay.BatchNormalization()],
        "BatchNormalization with penalties": [
            lay.BatchNormalization(beta_regularizer="l1", gamma_regularizer="l2")
        ],
        "BatchNormalization without scale": [lay.BatchNormalization(scale=False, momentum=0.5)],
        "Activation": [lay.Activation("sigmoid")],
        "LeakyReLU": [lay.LeakyReLU()],
        "ReLU": [lay.ReLU(negative_slope=0.1)],
        "PReLU": [lay.PReLU(alpha_regularizer="l2", alpha_initializer="ones")],
        "Softmax": [lay.Softmax()],
        "Reshape and Flatten": [lay.Reshape((4, 4)), lay.Dense(3), lay.Flatten()],
        "Dropout": [lay.Activation("relu"), lay.Dropout(0.5)],
        "frozen": [lay.Dense(8, trainable=False), lay.BatchNormalization(trainable=False)],
    }.items():
        made[f"layer {name}"] = Case(stack(k, *layers))
    made |= convolutional(k)
    logits = {"last": None}
    for name, loss, more, targets in (
        ("mse", "mse", {"metrics": ["mse"]}, "one-hot"),
        ("MeanSquaredError", los.MeanSquaredError(), {"last": None}, "one-hot"),
        ("sum", los.MeanSquaredError(reduction="sum"), {"optimizer": "adam"}, "one-hot"),
        ("binary", "binary_crossentropy", {"last": "sigmoid"}, "one-hot"),
        ("binary, logits", los.BinaryCrossentropy(from_logits=True), logits, "one-hot"),
        ("binary, smooth", los.BinaryCrossentropy(label_smoothing=0.1), {}, "one-hot"),
        ("smooth", los.CategoricalCrossentropy(label_smoothing=0.01), {}, "one-hot"),
        ("logits", los.CategoricalCrossentropy(from_logits=True), logits, "one-hot"),
        ("sigmoid", "categorical_crossentropy", {"last": "sigmoid"}, "one-hot"),
        ("sparse", "sparse_categorical_crossentropy", {}, "labels"),
        ("sparse, logits", los.SparseCategoricalCrossentropy(from_logits=True), logits, "labels"),
        ("a function", los.mean_squared_error, {}, "one-hot"),
    ):
        made[f"loss {name}"] = Case(classifier(k, loss=loss, **more), targets)
    measured = ["acc", "mse", "categorical_crossentropy", "categorical_accuracy"]
    m = k.metrics
    made["metrics"] = Case(
        classifier(k, metrics=[*measured, m.BinaryAccuracy(threshold=0.3), m.MeanSquaredError()])
    )
    sparse = [m.SparseCategoricalAccuracy(), m.SparseCategoricalCrossentropy(name="cost")]
    loss = "sparse_categorical_crossentropy"
    made["metrics of labels"] = Case(classifier(k, loss=loss, metrics=sparse), "labels")
    for name, make in {
        "EarlyStopping": lambda: c.EarlyStopping(monitor="val_loss", patience=1, min_delta=0.15),
        "EarlyStopping, best": lambda: c.EarlyStopping(
            monitor="val_accuracy", patience=1, restore_best_weights=True, baseline=0.9
        ),
        "EarlyStopping, late": lambda: c.EarlyStopping(
            "loss", min_delta=10, start_from_epoch=3, mode="min"
        ),
        "LearningRateScheduler": lambda: c.LearningRateScheduler(lambda e, rate: rate * 0.8),
        "ReduceLROnPlateau": lambda: c.ReduceLROnPlateau(
            patience=1, min_delta=0.1, factor=0.5, cooldown=1, min_lr=1e-3
        ),
    }.items():
        fit = {"callbacks": [make()]}
        made[f"callback {name}"] = Case(classifier(k, optimizer=k.optimizers.SGD(0.1)), fit=fit)
    weights = {label: 1.0 + label / 10 for label in range(10)}
    made["class_weight"] = Case(classifier(k), fit={"class_weight": weights})
    made["sample_weight"] = Case(classifier(k), fit={"sample_weight": "some"})
    made["initial_epoch"] = Case(classifier(k), fit={"initial_epoch": 7})
    made["validation_freq"] = Case(classifier(k), fit={"validation_freq": 3})
    made["validation_freq, listed"] = Case(classifier(k), fit={"validation_freq": [1, 4]})
    split = {"validation_split": 0.33, "validation_data": None}
    made["validation_split"] = Case(classifier(k), fit=split)
    made["class_weight and validation_split"] = Case(
        classifier(k), fit={**split, "class_weight": weights}
    )
    made["sample_weight in a column"] = Case(classifier(k), fit={"sample_weight": "column"})
    made["a frozen penalty"] = Case(
        stack(k, lay.Dense(8, kernel_regularizer="l2", trainable=False))
    )
    made["clipnorm of 0"] = Case(classifier(k, optimizer=o.SGD(0.1, clipnorm=0)))
    made["a metric of a batch"] = Case(classifier(k, metrics=[root]))
    made["metrics of one name"] = Case(
        classifier(k, metrics=[m.BinaryAccuracy(threshold=0.1), m.BinaryAccuracy(threshold=0.9)])
    )
    made["capitals"] = Case(classifier(k, metrics=["Accuracy", "ACC"], optimizer="SGD"))
    for loss, targets in (("categorical_crossentropy", "one-hot"), ("mse", "one-hot")):
        made[f"rows in rows, {loss}"] = Case(classifier(k, loss=loss), targets, rows=True)
    made["rows in rows, labels"] = Case(
        classifier(k, loss="sparse_categorical_crossentropy"), "labels", rows=True
    )
    inner = k.Sequential([lay.Dense(8, activation="tanh"), lay.PReLU(), lay.Dense(10)])
    model = k.Sequential([inner, lay.Softmax()])
    model.compile(optimizer="sgd", loss="categorical_crossentropy")
    made["a model in a model"] = Case(model)
    stopper = c.EarlyStopping("loss", 9, 1, 0, "min", None, True, 1)
    made["arguments by their places"] = Case(classifier(k), fit={"callbacks": [stopper]})
    calls = c.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: None, on_train_begin=lambda logs: None
    )
    made["hooks without defaults"] = Case(classifier(k), fit={"callbacks": [calls]})
    return made
