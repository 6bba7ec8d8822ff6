"""Keras's words: strings, classes, objects and functions; weights; layers; callbacks; results."""

import csv

import numpy as np
import pytest

from reference import keras
from reference.data import digits, two_moons
from reference.keras import callbacks, initializers, layers, losses, metrics, optimizers, utils
from reference.models import With

IMAGES, LABELS = digits()
X = IMAGES[:96].reshape(96, -1) / 16
Y = utils.to_categorical(LABELS[:96], 10)


def network(*more, seed=0, **compiled):
    model = keras.Sequential(
        [layers.Dense(8, activation="relu", input_shape=(64,)), *more], seed=seed
    )
    model.add(layers.Dense(10, activation="softmax"))
    words = {"loss": "categorical_crossentropy", "metrics": ["accuracy"]}
    model.compile(**{**words, **compiled})
    return model


def history(model, **fit):
    return model.fit(X, Y, **{"epochs": 3, "verbose": 0, "shuffle": False, **fit}).history


def squares(weight):
    return 0.01 * (weight**2).sum()


def ours(y_true, y_pred):
    return ((y_pred - y_true) ** 2).mean(axis=1)


SAME = {
    "optimizer": [
        "rmsprop", "RMSprop", optimizers.RMSprop, optimizers.RMSprop(),
        optimizers.RMSprop(learning_rate=1e-3, rho=0.9),
        With("rmsprop", epsilon_mode="inside"),
    ],
    "loss": [
        "categorical_crossentropy", "CategoricalCrossentropy", losses.CategoricalCrossentropy,
        losses.CategoricalCrossentropy(), losses.categorical_crossentropy,
    ],
    "kernel_regularizer": ["l2", keras.regularizers.l2, keras.regularizers.L2(0.01), squares],
    "activation": [
        "tanh", keras.activations.tanh, np.tanh, With("tanh"),
        lambda x: 1 - 2 / (np.exp(2 * x) + 1),
    ],
    "metrics": [
        ["mse"], [metrics.MeanSquaredError(name="mse")], [losses.mean_squared_error], [ours],
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "which"), [(word, i) for word, given in SAME.items() for i in range(1, len(given))]
)
def test_a_string_a_class_an_object_and_a_function_are_one(word, which):
    found = []
    for given in (SAME[word][0], SAME[word][which]):
        if word in ("activation", "kernel_regularizer"):
            model = network(layers.Dense(6, **{word: given}))
        else:
            model = network(**{word: given})
        found.append(np.array(list(history(model).values())))
    assert np.allclose(*found, rtol=1e-4)  # a function is differentiated in another order


def test_a_loss_may_be_a_function_of_targets_and_outputs():
    found = [history(network(loss=loss, metrics=None))["loss"] for loss in ("mse", ours)]
    assert np.allclose(*found, rtol=1e-5)


def test_evaluate_returns_what_keras_returns():
    model = network()
    loss, accuracy = model.evaluate(X, Y, verbose=0)
    assert model.evaluate(X, Y, verbose=0, return_dict=True) == {"loss": loss, "accuracy": accuracy}
    alone = network(metrics=None)
    assert isinstance(alone.evaluate(X, Y, verbose=0), float)


def test_the_summary_is_printed(capsys):
    model = network()
    assert model.summary() is None
    printed = capsys.readouterr().out
    assert printed.startswith('Model: "sequential"\nLayer (type)')
    assert "dense_1 (Dense)" in printed
    assert "Total params: 610 (2.38 KB)" in printed


def test_an_epoch_prints_a_bar_or_a_line_or_nothing(capsys):
    history(network(), verbose=1, epochs=2)
    bar = capsys.readouterr().out
    assert bar.count("Epoch") == 2
    assert "3/3 ━━━━━━━━━━━━━━━━━━━━ 0s - loss: " in bar
    history(network(), verbose=2, validation_split=0.25)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" - ")[0] for line in lines] == ["Epoch 1/3", "Epoch 2/3", "Epoch 3/3"]
    assert all(word in lines[0] for word in (" - loss: ", "accuracy: ", "val_loss: "))
    history(network(), verbose=0)
    history(network(), verbose="auto")  # no screen
    assert not capsys.readouterr().out


def test_weights_are_lists_as_in_keras(tmp_path):
    model, other = (
        network(layers.BatchNormalization()),
        network(layers.BatchNormalization(), seed=1),
    )
    shapes = [w.shape for w in model.get_weights()]
    assert shapes == [(64, 8), (8,), (8,), (8,), (8,), (8,), (8, 10), (10,)]
    history(model)
    other.set_weights(model.get_weights())
    assert np.array_equal(other.predict(X, verbose=0), model.predict(X, verbose=0))
    model.save_weights(tmp_path / "kept.npz")
    third = network(layers.BatchNormalization(), seed=2)
    third.load_weights(tmp_path / "kept.npz")
    assert np.array_equal(third.predict(X), model.predict(X))
    with pytest.raises(ValueError, match="the model has weights of the shapes"):
        model.set_weights(model.get_weights()[1:])
    with pytest.raises(ValueError, match="dense has weights of the shapes"):
        model.layers[0].set_weights([np.zeros((2, 2))])


def test_layers_have_names_and_numbers_and_may_be_frozen():
    model = network(layers.Dense(4, name="narrow", trainable=False))
    assert [layer.name for layer in model.layers] == ["dense", "narrow", "dense_1"]
    assert model.get_layer("narrow") is model.get_layer(index=1) is model.layers[1]
    before = model.get_layer("narrow").get_weights()
    history(model)
    assert np.array_equal(before[0], model.get_layer("narrow").kernel)
    with pytest.raises(ValueError, match="there are: dense, narrow, dense_1"):
        model.get_layer("wide")
    with pytest.raises(ValueError, match="there are 3"):
        model.get_layer(index=3)
    with pytest.raises(ValueError, match="two layers are called 'narrow'"):
        model.add(layers.Dense(4, name="narrow"))
    assert (model.count(learned=True), model.count_params()) == (570, 606)
    model.trainable = False
    kept = model.get_weights()
    history(model)
    assert all(map(np.array_equal, kept, model.get_weights()))


def test_names_are_those_of_keras():
    model = keras.Sequential([keras.Input(shape=(4,))])
    for layer in (layers.BatchNormalization(), layers.LeakyReLU(), layers.PReLU(), layers.ReLU()):
        model.add(layer)
    names = ["batch_normalization", "leaky_re_lu", "p_re_lu", "re_lu"]
    assert [layer.name for layer in model.layers] == names
    assert model.layers[0].output_shape == (4,)


class Told(callbacks.Callback):
    """Notes how it is called, with the signatures of Keras."""

    def on_train_begin(self, logs=None):
        self.calls = []

    def on_train_batch_end(self, batch, logs=None):
        self.calls.append(("batch", batch, sorted(logs)))

    def on_epoch_end(self, epoch, logs=None):
        self.calls.append(("epoch", epoch, sorted(logs)))
        self.model.stop_training = epoch == 1


def test_callbacks_are_called_as_in_keras():
    told = Told()
    history(network(), callbacks=[told], validation_split=0.25, batch_size=36, epochs=5)
    seen = ["accuracy", "loss"]
    epoch = ["accuracy", "loss", "val_accuracy", "val_loss"]
    one = [("batch", 0, seen), ("batch", 1, seen)]
    assert told.calls == [*one, ("epoch", 0, epoch), *one, ("epoch", 1, epoch)]
    assert told.params["epochs"] == 5


def test_callbacks_that_write(tmp_path, capsys):
    path = tmp_path / "log.csv"
    saved = callbacks.ModelCheckpoint(str(tmp_path / "w{epoch:02d}.npz"), verbose=1)
    best = callbacks.ModelCheckpoint(tmp_path / "best.npz", monitor="loss", save_best_only=True)
    ended = []
    end = callbacks.LambdaCallback(on_train_end=lambda logs: ended.append(sorted(logs)))
    model = network(optimizer="sgd")
    found = history(model, callbacks=[callbacks.CSVLogger(path), saved, best, end])
    with path.open() as file:
        rows = list(csv.DictReader(file))
    assert [float(row["loss"]) for row in rows] == found["loss"]
    assert sorted(p.name for p in tmp_path.glob("w*")) == ["w01.npz", "w02.npz", "w03.npz"]
    assert ended == [["accuracy", "loss"]]
    assert "Epoch 3: weights saved in" in capsys.readouterr().out
    other = network(seed=3)
    other.load_weights(tmp_path / "best.npz")
    assert np.array_equal(other.get_weights()[0], model.get_weights()[0])


def test_a_loss_that_is_no_number_ends_the_training(capsys):
    model = keras.Sequential([layers.Dense(10)])
    model.compile(loss="mse", optimizer=optimizers.SGD(1e6))
    with pytest.warns(UserWarning, match="from epoch"):
        found = history(model, callbacks=[callbacks.TerminateOnNaN()], epochs=50)
    assert len(found["loss"]) < 50
    assert "the training ends" in capsys.readouterr().out


def test_what_early_stopping_says(capsys):
    stop = callbacks.EarlyStopping("loss", min_delta=9, verbose=1, restore_best_weights=True)
    found = history(network(), callbacks=stop, epochs=9)
    assert len(found["loss"]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "Epoch 2: early stopping",
        "Restoring the weights of the best epoch: 1.",
    ]


@pytest.mark.parametrize("normal", ["he_normal", "glorot_normal", "truncated_normal"])
def test_normals_are_cut_as_in_keras(normal):
    """At two standard deviations of the normal before the cut."""
    weights = initializers.get(normal)((200, 300)).astype(float)
    spread = {"he_normal": np.sqrt(2 / 200), "glorot_normal": np.sqrt(2 / 500)}.get(normal)
    if spread is None:
        assert np.abs(weights).max() <= 2 * 0.05 * (1 + 1e-6)
        return
    assert abs(weights.std() / spread - 1) < 5 / np.sqrt(2 * weights.size)
    cut = 2 / initializers.SPREAD_OF_CUT
    assert 0.99 * cut < np.abs(weights).max() / spread < cut * (1 + 1e-6)


def test_an_initializer_with_a_seed_repeats_itself_and_one_without_does_not():
    for fixed in (initializers.HeNormal(seed=3), initializers.RandomUniform(0, 1, seed=3)):
        assert np.array_equal(fixed((3, 4)), fixed((3, 4)))
    free = initializers.HeNormal()
    assert not np.array_equal(free((3, 4)), free((3, 4)))
    model = keras.Sequential(
        [layers.Dense(2, kernel_initializer=lambda shape, dtype: np.full(shape, 7.0, dtype),
                      bias_initializer="ones", input_dim=3)]
    )  # fmt: skip
    assert [w.ravel()[0] for w in model.get_weights()] == [7.0, 1.0]


def test_a_seed_fixes_all_models_after_it():
    found = []
    for _ in range(2):
        utils.set_random_seed(5)
        found.append([network(seed=None).get_weights()[0] for _ in range(2)])
    assert np.array_equal(found[0], found[1])
    assert not np.array_equal(*found[0])


@pytest.mark.parametrize("dtype", ["float32", "float64", None])
def test_the_precision_is_that_of_the_model(dtype):
    model = keras.Sequential([layers.Dense(10, activation="softmax")], dtype=dtype)
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    history(model)
    expected = dtype or "float32"
    assert {w.dtype.name for w in model.get_weights()} == {expected}
    assert model.predict(X.astype("float64")).dtype == expected
    assert {s.dtype.name for state in model._states.values() for s in state[1:]} == {expected}


def test_the_scheduler_and_the_optimizer_share_the_rate():
    model = network(optimizer="sgd")
    found = history(
        model, callbacks=[callbacks.LearningRateScheduler(lambda epoch: 0.1 / (epoch + 1))]
    )
    assert np.allclose(found["learning_rate"], [0.1, 0.05, 0.1 / 3])
    assert model.optimizer.learning_rate == 0.1 / 3
    falling = optimizers.schedules.ExponentialDecay(0.1, 10, 0.5)
    model = network(optimizer=optimizers.SGD(falling))
    history(model, batch_size=96, epochs=10)
    assert model.optimizer.learning_rate == 0.05
    with pytest.raises(TypeError, match="is a schedule"):
        model.optimizer.learning_rate = 0.1


def test_random_search_tries_what_the_function_asks_for():
    points, labels = two_moons.run(examples=60)

    def build_model(hp):
        model = keras.Sequential(
            [
                layers.Dense(hp.Int("units", min_value=4, max_value=12, step=4), "relu"),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        rate = hp.Choice("learning rate", [1e-1, 1e-2, 1e-3])
        model.compile(optimizer=optimizers.Adam(rate), loss="binary_crossentropy")
        return model

    tuner = keras.RandomSearch(build_model, max_trials=5)
    tuner.search(points, labels, epochs=20, validation_split=0.25, verbose=0)
    scores = [trial.score for trial in tuner.trials]
    assert len(scores) == 5
    assert scores == sorted(scores)
    best = tuner.get_best_hyperparameters()[0]
    assert best.get("units") in (4, 8, 12)
    assert tuner.get_best_models()[0].layers[0].units == best.get("units")


def test_scikit_learn_searches_a_grid_of_models():
    selection = pytest.importorskip("sklearn.model_selection")
    points, labels = two_moons.run(examples=60)

    def make_model(units=4, rate=0.1):
        model = keras.Sequential([layers.Dense(units, "tanh"), layers.Dense(2, "softmax")])
        model.compile(optimizer=optimizers.Adam(rate), loss="categorical_crossentropy")
        return model

    names = np.array(["cat", "dog"])[labels]
    clf = keras.wrappers.KerasClassifier(make_model, epochs=20)
    grid = selection.GridSearchCV(clf, param_grid={"units": [1, 8], "rate": [1e-5, 0.05]}, cv=3)
    grid.fit(points, names)
    assert grid.best_params_["rate"] == 0.05
    assert set(grid.predict(points)) <= {"cat", "dog"}
    with pytest.raises(TypeError, match="Did you mean 'units'"):
        keras.wrappers.KerasClassifier(make_model, unit=3)


def test_what_is_not_computed_is_refused():
    for make in (
        lambda: optimizers.Adam(amsgrad=True),
        lambda: optimizers.SGD(use_ema=True),
        lambda: layers.Dense(3, kernel_constraint="max_norm"),
        lambda: layers.Dropout(0.5, noise_shape=(1, 2)),
        lambda: network(weighted_metrics=["accuracy"]),
    ):
        with pytest.raises(NotImplementedError, match="of this package does not compute"):
            make()
