"""What used to train in silence on nonsense is a sentence with the shapes and a way out."""

import warnings

import numpy as np
import pytest

from reference import keras
from reference.data import digits
from reference.models import BatchNorm, Dense, Dropout, ModelWarning, Sequential, With

X = np.random.default_rng(0).standard_normal((20, 4))
LABELS = np.arange(20) % 3
ONE_HOT = np.eye(3)[LABELS]


def trained(loss, target, *, units=3, last="softmax", metrics=(), x=X, **fit):
    model = Sequential([Dense(units, last)])
    model.compile(loss=loss, metrics=metrics)
    model.fit(x, target, **fit)
    return model


@pytest.mark.parametrize("loss", ["cross_entropy", "mse", "binary_cross_entropy"])
def test_labels_are_no_one_hot_rows(loss):
    with pytest.raises(ValueError, match=r"\(20, 3\), but they have shape \(20,\)") as error:
        trained(loss, LABELS, last="sigmoid" if loss[0] == "b" else "softmax")
    assert "one_hot" in str(error.value)
    assert "to_categorical" in str(error.value)
    assert "sparse_categorical_crossentropy" in str(error.value)


def test_labels_in_a_column_are_none_either():
    with pytest.raises(ValueError, match=r"shape \(20, 1\)"):
        trained("cross_entropy", LABELS[:, None])


def test_one_hot_rows_are_no_labels():
    with pytest.raises(ValueError, match=r"one label for each example.*\(20, 3\).*argmax"):
        trained("sparse_cross_entropy", ONE_HOT)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (LABELS + 1, r"from 1 to 3, .* classes 0 to 2\. Subtract 1 from each\."),
        (LABELS - 1, "from -1 to 1"),
        (LABELS * 2, "from 0 to 4"),
        (LABELS + 0.5, "whole numbers, not 1.5"),
    ],
)
def test_labels_are_those_of_the_classes(labels, words):
    with pytest.raises(ValueError, match=words):
        trained("sparse_cross_entropy", labels)


def test_too_many_columns_are_counted():
    with pytest.raises(ValueError, match=r"\(20, 1\).*shape \(20, 3\).*last layer of 3 units"):
        trained("mse", ONE_HOT, units=1, last="identity")


def test_binary_targets_are_0_and_1():
    with pytest.raises(ValueError, match="from 0 to 1, but they run from 1 to 2"):
        trained("binary_cross_entropy", 1.0 + (LABELS > 0), units=1, last="sigmoid")


def test_names_are_no_numbers():
    with pytest.raises(ValueError, match="a target is text: 'cat'"):
        trained("cross_entropy", np.array(["cat", "dog"] * 10))


def test_as_many_targets_as_examples():
    with pytest.raises(ValueError, match="20 examples, but 19 targets"):
        trained("cross_entropy", ONE_HOT[1:])


@pytest.mark.parametrize(
    ("metric", "target", "units", "words"),
    [
        ("accuracy", X[:, :1], 1, "labels, which are whole numbers"),
        ("categorical_accuracy", LABELS, 3, "become one-hot rows"),
        ("binary_accuracy", ONE_HOT, 3, "one label for each example"),
        ("sparse_accuracy", X[:, :3], 3, "one label for each example"),
        ("minibatches", ONE_HOT, 3, "no metric"),
        ("relu", ONE_HOT, 3, "no metric"),
    ],
)
def test_metrics_that_do_not_fit(metric, target, units, words):
    model = Sequential([Dense(units)])
    with pytest.raises(ValueError, match=words):  # some as soon as they are named
        model.compile(loss=small, metrics=[metric]) or model.fit(X, target)


def small(outputs, target):
    return (outputs**2).mean()


@pytest.mark.parametrize(
    ("loss", "last", "words"),
    [
        ("cross_entropy", "identity", "range from .*End the network with softmax"),
        ("binary_cross_entropy", "tanh", "End the network with sigmoid"),
        ("cross_entropy", "sigmoid", "whose sum is 1"),
        ("binary_cross_entropy_with_logits", "sigmoid", "ends with sigmoid.*Leave out"),
    ],
)
def test_probabilities_and_logits_are_told_apart(loss, last, words):
    with pytest.warns(ModelWarning, match=words):
        trained(loss, ONE_HOT, last=last)


def test_logits_of_a_softmax_in_the_words_of_keras():
    model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
    model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))
    with pytest.warns(ModelWarning, match="ends with softmax"):
        model.fit(X, ONE_HOT, verbose=0)


def test_what_fits_says_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trained("cross_entropy", ONE_HOT, metrics=["accuracy"], epochs=2)
        trained("sparse_cross_entropy", LABELS, metrics=["accuracy"])
        trained("binary_cross_entropy", LABELS > 1, units=1, last="sigmoid", metrics=["accuracy"])
        trained("binary_cross_entropy_with_logits", ONE_HOT, last="identity")
        trained("mse", X[:, 0], units=1, last="identity")


def test_a_rate_that_is_too_large_says_where_it_ended():
    model = Sequential([Dense(8, "relu"), Dense(1)])
    model.compile(loss="mse", optimiser=With("sgd", learning_rate=100.0))
    with pytest.warns(ModelWarning, match=r"epoch \d+, batch \d+ on.*is 100\.") as told:
        history = model.fit(X, X[:, :1], batch_size=5, epochs=30, seed=0).history
    assert len(told) == 1
    assert "from epoch 1, batch 2 on" in str(told[0].message)
    assert not np.isfinite(history["loss"][-1])


def test_each_fit_has_another_order():
    seen = []

    class Recorder(keras.layers.Layer):
        def run(self, x, training, rng):
            if training:
                seen.append(x[:, 0].tolist())
            return x, lambda grad: (grad, {})

    for package_of, settings in ((Sequential, {}), (keras.Sequential, {"verbose": 0})):
        seen.clear()
        model = package_of([Recorder(), keras.layers.Dense(1)])
        model.compile(loss="mse")
        for _ in range(3):
            model.fit(X, X[:, :1], epochs=1, batch_size=20, **settings)
        assert len({tuple(order) for order in seen}) == 3


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Dense(4, initializer="zeros"), "Did you mean 'initialiser'"),
        (lambda: Dense(4, kernel_regularizer="l2"), "Did you mean 'penalty'"),
        (lambda: BatchNorm(epsilom=1), "Did you mean 'epsilon'"),
        (lambda: With("sgd", lr=0.1), "Did you mean 'learning_rate'"),
        (lambda: With("adam", beta_1=0.9), "Did you mean 'beta1'"),
        (lambda: With("relu", slope=0.1), "relu has no setting 'slope'"),
        (lambda: Sequential([]).compile(loss="mse", optimizer="sgd"), "mean 'optimiser'"),
        (lambda: Sequential([]).fit(X, X, epoch=3), "Did you mean 'epochs'"),
        (lambda: keras.layers.Dense(4, kernel_initialiser="zeros"), "'kernel_initializer'"),
        (lambda: keras.optimizers.Adam(beta1=0.9), "Did you mean 'beta_1'"),
        (lambda: keras.Sequential([]).compile(loss="mse", optimiser="sgd"), "'optimizer'"),
    ],
)
def test_an_unknown_setting_names_the_nearest(make, words):
    with pytest.raises(TypeError, match=words):
        make()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: With("mse", reduction="avg"), "one of 'mean', 'sum', 'none', not 'avg'"),
        (lambda: With("sgd", learning_rate="fast"), "a number, not 'fast'"),
        (lambda: Dense(3, "prelu"), "layer of its own: PRelu"),
        (lambda: Dense(3, "mse"), "mse is no activation; there are: .*relu"),
        (lambda: Dense(3, initialiser="relu"), "no initialiser; there are: .*he_normal"),
        (lambda: Dense(3, penalty="mse"), "no penalty; there are: l1, l1_l2, l2"),
        (lambda: Sequential([]).compile(loss="relu"), "no loss; there are: .*mse"),
        (
            lambda: Sequential([]).compile(loss="mse", optimiser="levenberg_marquardt"),
            "no optimiser; there are: .*adam",
        ),
        (lambda: Dropout(50), "from 0 up to 1, not 50"),
        (lambda: Dense(0), "from 1 up, not 0"),
        (lambda: Dense(2.5), "whole number"),
        (lambda: BatchNorm(momentum=1.5), "from 0 to 1, not 1.5"),
        (lambda: keras.optimizers.SGD(-0.1), "from 0 up, or a schedule, not -0.1"),
        (lambda: keras.regularizers.L2(-1), "from 0 up, not -1"),
        (lambda: keras.losses.CategoricalCrossentropy(label_smoothing=2), "not 2"),
        (lambda: keras.layers.Dense(3, activation="rellu"), "Did you mean 'relu'"),
        (lambda: keras.optimizers.get("sdg"), "Did you mean 'sgd'"),
        (lambda: keras.losses.get("mae"), "'mae' is in Keras, but not in this package"),
        (lambda: keras.Sequential([]).fit(X, X, validation_split=30), "not 30"),
        (lambda: keras.utils.to_categorical([0, 3], 3), "the label 3 needs 4 classes"),
        (lambda: keras.utils.to_categorical([-1]), "from 0 up"),
    ],
)
def test_a_value_that_cannot_be_is_refused_when_it_is_given(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_the_case_of_the_digits_is_refused():
    """Trained in silence, it said 0.370 for what was 0.146."""
    images, labels = digits()
    model = keras.Sequential([keras.layers.Dense(10, activation="softmax")])
    model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
    with pytest.raises(ValueError, match="to_categorical"):
        model.fit(images.reshape(len(images), -1), labels, verbose=0)


class Forgotten(keras.callbacks.Callback):
    """A class, where an object is meant."""


@pytest.mark.parametrize("package", ["keras", "models"])
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"x": None}, "x is an array with one row for each example, not None"),
        ({"x": 3.0}, "not 3.0"),
        ({"y": None}, r"examples and targets: fit\(x, y\)"),
        ({"x": [["a", "b"]] * 20}, "x holds text, such as 'a'"),
        ({"x": np.array([[1.0, "b"]] * 20, dtype=object)}, "x holds 'b'"),
        ({"x": [[1.0, 2.0], [3.0]]}, "rows of x differ in length"),
        ({"x": X.T}, r"4 examples, but 20 targets.*Try x\.T"),
        ({"x": X[:0], "y": X[:0, :1]}, r"no examples: x has shape \(0, 4\)"),
        ({"batch_size": 0}, "batch_size is a whole number from 1 up, not 0"),
        ({"batch_size": "32"}, "not '32'"),
        ({"epochs": 2.5}, "epochs is a whole number from 0 up, not 2.5"),
        ({"initial_epoch": -1}, "initial_epoch"),
        ({"shuffle": "batch"}, "shuffle is True or False"),
        ({"validation_split": 0.99}, "no example would be left to train on"),
        ({"validation_split": 1e-17}, "no example would be left to validate on"),
        ({"validation_split": "0.2"}, "from 0 up to 1"),
        ({"validation_data": X}, r"validation_data is \(x, y\)"),
        ({"sample_weight": np.ones(5)}, r"its shape is \(20,\), not \(5,\)"),
        ({"sample_weight": -np.ones(20)}, "numbers from 0 up"),
        ({"class_weight": [1.0, 2.0]}, r"a dictionary such as \{0: 1.0"),
        ({"class_weight": {7: 1.0}}, "the class 7, but the labels run from 0 to 1"),
        ({"class_weight": {0: 2.0}, "y": X[:, :1] / 9}, "class_weight needs labels"),
        ({"callbacks": [Forgotten]}, r"Forgotten is a class; add \(\)"),
        ({"callbacks": [print]}, "callbacks are objects"),
        ({"callbacks": [keras.callbacks.EarlyStopping()]}, "give fit validation_data"),
    ],
)
def test_what_fit_cannot_use_is_told_before_it_starts(package, given, words):
    model = {"keras": keras.Sequential, "models": Sequential}[package]()
    model.add(keras.layers.Dense(1, activation="sigmoid"))
    model.compile(loss="mse")
    quiet = {"verbose": 0} if package == "keras" else {}
    arguments = {"x": X, "y": (X[:, :1] > 0).astype(float), **quiet, **given}
    with pytest.raises((TypeError, ValueError), match=words):
        model.fit(**arguments)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Sequential(Dense(3)), "layers come in a list"),
        (lambda: Sequential([Dense]), r"Dense is a class; make a layer of it: Dense\(\.\.\.\)"),
        (lambda: keras.Sequential([Dense(3)]), "take that of reference.keras.layers"),
        (lambda: keras.layers.Dense(3)(keras.Input(shape=(3,))), r"write Sequential\(\[\.\.\.\]"),
        (lambda: keras.layers.Dense("relu", 8), "units is a whole number"),
        (lambda: Sequential([Dense(2)]).build((None, 4)), "the shape of one example"),
        (lambda: Sequential([Dense(2, input_shape=(3,))]).set_weights([1]), "by their names"),
        (lambda: keras.callbacks.LearningRateScheduler(0.1), "a function of the epoch"),
        (lambda: keras.callbacks.EarlyStopping(patience=-1), "patience"),
        (lambda: keras.optimizers.schedules.ExponentialDecay(0.1, 0, 0.5), "decay_steps"),
        (lambda: keras.optimizers.Adam(beta_1=1.0), "from 0 up to 1, not 1.0"),
        (lambda: keras.utils.to_categorical(ONE_HOT), "one-hot already"),
        (lambda: keras.losses.Huber, "Huber is in Keras, but this package has no such loss"),
        (lambda: keras.Model, "stacks of layers"),
        (lambda: With("l2", strength=-1.0), "strength of l2 is a number from 0 up, not -1.0"),
        (lambda: Dense(3, "relux"), "no activation 'relux'. Did you mean 'relu'"),
        (lambda: keras.Sequential([keras.layers.Reshape((7, 7), input_shape=(64,))]), "64 numbers"),
    ],
)
def test_other_mistakes_are_told_in_a_sentence(make, words):
    with pytest.raises((TypeError, ValueError, LookupError, AttributeError), match=words):
        make()


def test_nan_in_the_examples_is_named_as_the_cause():
    x = X.copy()
    x[3, 1] = np.nan
    with pytest.warns(ModelWarning) as told:
        trained("mse", X[:, :1], units=1, last="identity", x=x)
    assert "x holds nan or infinity in 1 of 20 rows" in str(told[0].message)


def test_images_that_are_not_flat_are_told_to_be_flattened():
    images, labels = digits()
    model = keras.Sequential([keras.layers.Dense(10, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy")
    for size in (1, 32):
        with pytest.raises(ValueError, match="Put Flatten first"):
            model.fit(images[:64], labels[:64], batch_size=size, verbose=0)
