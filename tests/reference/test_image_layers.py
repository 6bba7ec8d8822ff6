"""Layers for images: what they compute, their gradients and weights, and what they refuse."""

import numpy as np
import pytest

from reference import keras, models
from reference.data import digits
from reference.models import (
    AveragePooling,
    BatchNorm,
    Convolution,
    Dense,
    GlobalAveragePooling,
    GlobalMaxPooling,
    MaxPooling,
    Network,
    Reshape,
    Sequential,
)
from reference.preprocessing import one_hot
from reference.windows import convolution

STACKS = {
    1: lambda: [Convolution(4, 3, "tanh", padding="same", groups=2), AveragePooling(2)],
    2: lambda: [Convolution(3, (3, 2), "tanh", stride=2, padding=1), BatchNorm(), MaxPooling(2)],
    3: lambda: [Convolution(2, 2, "tanh", dilation=2, use_bias=False), MaxPooling(2, stride=1)],
}


@pytest.mark.parametrize("axes", STACKS)
@pytest.mark.parametrize("end", [Reshape, GlobalAveragePooling, GlobalMaxPooling])
def test_gradients_of_image_layers_are_those_of_differences(axes, end):
    rng = np.random.default_rng(axes)
    x, y = rng.standard_normal((3, 2, *[6] * axes)), rng.standard_normal((3, 2))
    model = Network([*STACKS[axes](), end(), Dense(2)])
    model.build(x.shape[1:])
    _, _, gradients = model.learn(x, y, "mse", rng)
    assert {layer.name for layer, _ in gradients} >= {"convolution", "dense"}
    for (layer, name), slope in gradients.items():
        direction = rng.standard_normal(slope.shape)
        kept, losses = layer.weights, []
        for step in (1e-6, -1e-6):
            layer.weights = {**kept, name: kept[name] + step * direction}
            losses.append(model.learn(x, y, "mse", rng)[0])
        layer.weights = kept
        measured = (losses[0] - losses[1]) / 2e-6
        assert abs(measured - (slope * direction).sum()) < 1e-8, (layer.name, name)


def test_a_convolution_is_that_of_the_catalogue():
    rng = np.random.default_rng(0)
    x, layer = rng.standard_normal((2, 3, 5, 7)), Convolution(4, 3, "relu", padding=1)
    z = Sequential([layer]).predict(x)
    weight, bias = layer.weights["weight"], layer.weights["bias"]
    assert weight.shape == (4, 3, 3, 3)
    assert np.array_equal(z, np.maximum(convolution.forward(x, weight, bias, padding=1), 0))


def test_first_weights_of_a_convolution_have_the_size_that_fans_ask_for():
    layer = Convolution(64, (3, 5), initialiser="he_normal")
    layer.build((32, 9, 9), np.random.default_rng(0))
    assert abs(layer.weights["weight"].std() / np.sqrt(2 / (32 * 15)) - 1) < 0.02
    glorot = Convolution(64, (3, 5))
    glorot.build((32, 9, 9), np.random.default_rng(0))
    limit = np.sqrt(6 / ((32 + 64) * 15))
    assert 0.99 * limit < np.abs(glorot.weights["weight"]).max() <= limit


def test_a_summary_counts_weights_and_shows_shapes():
    layers = [Convolution(6, 5, padding=2, input_shape=(1, 28, 28)), MaxPooling(2), Reshape()]
    text = Sequential([*layers, Dense(10)]).summary()
    assert "(None, 6, 28, 28)" in text
    assert "(None, 6, 14, 14)" in text
    assert f"Total parameters: {6 * 26 + (6 * 14 * 14 + 1) * 10}" in text


def test_batch_norm_has_two_numbers_for_each_channel_of_an_image():
    rng = np.random.default_rng(0)
    x, norm = 5 + 3 * rng.standard_normal((20, 4, 3, 3)), BatchNorm()
    model = Network([norm])
    y, _ = model.run(x, training=True, rng=rng)
    assert norm.weights["gamma"].shape == (4,)
    assert np.allclose(y.mean(axis=(0, 2, 3)), 0)
    assert np.allclose(y.std(axis=(0, 2, 3)), 1, atol=1e-4)


def test_a_small_network_of_keras_words_learns_digits():
    images, labels = digits()
    lay = keras.layers
    model = keras.Sequential(
        [
            lay.Input((8, 8, 1)),
            lay.Conv2D(8, 3, padding="same", activation="relu"),
            lay.MaxPooling2D(),
            lay.Flatten(),
            lay.Dense(10, activation="softmax"),
        ],
        seed=0,
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.optimizer.learning_rate = 0.01
    x = images[..., None] / 16
    model.fit(x[:600], labels[:600], epochs=4, verbose=0)
    assert model.evaluate(x[1300:], labels[1300:], verbose=0)[1] > 0.85
    assert model.layers[0].kernel.shape == (3, 3, 1, 8)
    assert model.output_shape == (None, 10)


@pytest.mark.parametrize(
    ("make", "shape", "words"),
    [
        (lambda: Convolution(4), (64,), r"channels first .* but these have the shape \(64,\)"),
        (lambda: MaxPooling(), (64,), r"channels first .* Reshape\(\(1, 8, 8\)\)"),
        (lambda: Convolution(4, 9), (1, 8, 8), r"a window over \(9, 9\) does not fit"),
        (lambda: Convolution(4, (3, 3, 3)), (1, 8, 8), "size of convolution is .* not 2 whole"),
        (lambda: Convolution(4, groups=3), (2, 8, 8), "divide 2 channels into 4 in 3 groups"),
        (lambda: keras.layers.Conv2D(4, 3), (8, 8), r"\(height, width, channels\), .* grey images"),
        (lambda: keras.layers.MaxPooling1D(), (8, 8, 1), r"\(steps, channels\), but these"),
    ],
)
def test_what_is_no_image_is_refused_with_what_to_do(make, shape, words):
    package = keras if isinstance(make(), keras.layers.Layer) else models
    model = package.Sequential([make()])
    with pytest.raises(ValueError, match=words):
        model.predict(np.zeros((2, *shape)))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Convolution(0), "channels is a whole number from 1 up"),
        (lambda: Convolution(4, filters=3), "has no setting 'filters'"),
        (lambda: Convolution(4, padding="full"), "padding of convolution is one of"),
        (lambda: keras.layers.Conv2D(4, 3, padding="full"), "'valid' or 'same', not 'full'"),
        (lambda: keras.layers.Conv2D(4, 3, stride=2), "Did you mean 'strides'"),
        (lambda: keras.layers.Conv2D(4, (3, 3, 3)), "not 2 whole numbers"),
    ],
)
def test_settings_that_cannot_be_are_refused_when_they_are_given(make, words):
    with pytest.raises((TypeError, ValueError), match=words):
        make()


def test_labels_of_images_go_through_a_whole_training():
    images, labels = digits()
    x, y = images[:64].reshape(64, 1, 8, 8) / 16, one_hot.run(labels[:64], classes=10)
    layers = [Convolution(4, 3, "relu"), GlobalMaxPooling(), Dense(10, "softmax")]
    model = Sequential(layers)
    model.compile(loss="cross_entropy", optimiser="adam")
    losses = model.fit(x, y, epochs=3).history["loss"]
    assert losses[2] < losses[0]


def test_what_same_adds_lies_after_the_image_where_it_is_odd():
    x, lay = np.array([[[1.0], [2.0], [4.0]]]), keras.layers
    layers = [lay.Conv1D(1, 2, padding="same"), lay.AveragePooling1D(2, 1, "same")]
    layers += [lay.MaxPooling1D(2, 2, "same"), lay.AveragePooling1D(2, 2, "same")]
    found = []
    for layer in layers:
        model = keras.Sequential([layer], dtype="float64")
        model.build((None, 3, 1))
        model.set_weights([np.ones_like(weight) * (weight.ndim > 1) for weight in model.weights])
        found.append(model.predict(x).ravel().tolist())
    assert found == [[3, 6, 4], [1.5, 3, 4], [2, 4], [1.5, 4]]
