"""Layers of a model: what each computes in training and in testing, and which weights move."""

from types import SimpleNamespace

import numpy as np
from small_models import Recorder, compiled, data

from reference.models import Activation, BatchNorm, Dense, Dropout, PRelu, Sequential, With


def test_frozen_weights_do_not_move_by_one_bit():
    x, y = data()
    frozen = Dense(4, "tanh", trainable=False)
    model = compiled([Dense(5, "tanh"), frozen, Dense(1)])
    model.build((3,))
    before = model.get_weights()
    model.fit(x, y, epochs=20)
    after = model.get_weights()
    same = {key for key in before if before[key].tobytes() == after[key].tobytes()}
    assert same == {"dense_1/weight", "dense_1/bias"}


def test_a_thawed_layer_moves_again():
    x, y = data()
    model = compiled([Dense(4, "tanh", trainable=False), Dense(1)])
    model.fit(x, y)
    before = model.get_weights()
    model.layers[0].trainable = True
    model.fit(x, y)
    assert not np.array_equal(before["dense/weight"], model.get_weights()["dense/weight"])


def test_layers_learned_on_one_task_serve_another():
    x, y = data()
    first = compiled([Dense(4, "tanh"), Dense(1)])
    first.fit(x, y, epochs=3)
    body = first.layers[0]
    learned = body.weights["weight"].copy()
    body.trainable = False
    second = compiled([body, Dense(2)])
    second.fit(x, np.hstack([y, -y]), epochs=3)
    assert np.array_equal(body.weights["weight"], learned)
    assert second.predict(x).shape == (10, 2)


def test_a_dense_layer_works_on_the_last_axis_as_in_keras():
    x = np.random.default_rng(0).standard_normal((2, 4, 3))
    model = compiled([Dense(5, "tanh"), Dense(2)])
    outputs = model.predict(x)
    rows = Sequential(
        [
            Dense(layer.units, layer.activation, input_shape=(k,))
            for layer, k in zip(model.layers, (3, 5), strict=True)
        ]
    )
    rows.set_weights(model.get_weights())
    assert np.array_equal(outputs, rows.predict(x.reshape(8, 3)).reshape(2, 4, 2))
    model.fit(x, np.zeros((2, 4, 2)), epochs=2)
    assert model.layers[-1].output_shape == (4, 2)


def test_an_activation_may_be_a_layer_of_its_own():
    x, y = data()
    inside = compiled([Dense(4, "tanh"), Dense(1)])
    apart = compiled([Dense(4), Activation("tanh"), Dense(1)])
    for model in (inside, apart):
        model.fit(x, y, epochs=3)
    assert np.array_equal(inside.predict(x), apart.predict(x))


def test_a_penalty_is_part_of_the_loss_and_of_the_gradient():
    """A quadratic penalty of its own making: without data to fit, it halves the weights."""
    halving = SimpleNamespace(
        forward=lambda w: (w**2).sum() / 2, backward=lambda grad, w: (grad * w,)
    )
    x, y = np.zeros((4, 3)), np.zeros((4, 1))
    model = compiled([Dense(1, penalty=halving)], rate=0.5)
    model.build((3,))
    before = model.get_weights()["dense/weight"]
    assert model.evaluate(x, y)["loss"] == float((before**2).sum() / 2)
    assert model.fit(x, y).history["loss"] == [float((before**2).sum() / 2)]
    assert np.array_equal(model.get_weights()["dense/weight"], before / 2)


def test_an_l2_penalty_makes_weights_smaller():
    x, y = data()
    sizes = []
    for strength in (0.0, 0.5):
        model = compiled([Dense(1, penalty=With("l2", strength=strength))])
        model.fit(x, y, epochs=50)
        sizes.append(np.abs(model.get_weights()["dense/weight"]).sum())
    assert sizes[1] < 0.7 * sizes[0]


def test_dropout_drops_in_training_alone():
    recorder = Recorder()
    model = compiled([Dropout(0.5), recorder, Dense(1)], rate=0.0)
    x = np.ones((1000, 1))
    model.fit(x, x, batch_size=1000, epochs=2)
    first, second = recorder.seen
    assert set(first) == {0.0, 2.0}
    assert abs(np.mean(first) - 1) < 5 / np.sqrt(1000)
    assert first != second
    out, _ = model.run(x, training=False, rng=np.random.default_rng(0))
    assert len(np.unique(out)) == 1


def test_batch_norm_normalises_in_training_and_keeps_averages_for_testing():
    x = 5 + 3 * np.random.default_rng(0).standard_normal((64, 2))
    norm = BatchNorm()
    model = compiled([norm, Dense(1)], rate=0.0)
    assert model.fit(x, x[:, :1], batch_size=64, epochs=200, shuffle=False).epoch[-1] == 199
    settled = 0.9**200 * 30 + 1e-12
    assert np.all(np.abs(norm.weights["mean"] - x.mean(axis=0)) < settled)
    assert np.all(np.abs(norm.weights["variance"] - x.var(axis=0, ddof=1)) < settled)
    assert (norm.count(learned=True), norm.count(learned=False)) == (4, 4)


def test_frozen_batch_norm_keeps_its_averages_to_the_bit():
    x, y = data()
    norm = BatchNorm(trainable=False)
    compiled([norm, Dense(1)]).fit(x, y, epochs=3)
    assert norm.weights["mean"].tolist() == [0.0] * 3
    assert norm.weights["variance"].tolist() == [1.0] * 3


def test_prelu_learns_its_slopes():
    x = np.linspace(-1, 1, 40)[:, None]
    layer = PRelu()
    model = compiled([layer], rate=0.5)
    model.fit(x, np.where(x > 0, x, -0.5 * x), epochs=200, batch_size=40)
    assert abs(layer.weights["slope"][0] + 0.5) < 1e-6
