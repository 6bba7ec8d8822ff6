"""Operations that PyTorch does not have, against the layer of Keras that they are, in float64."""

import inspect
import os
import tempfile

import numpy as np
import pytest

from reference.activations import channel_softmax
from reference.preprocessing import rescaling
from reference.recurrent import conv_lstm
from reference.regularisation import gaussian_dropout, gaussian_noise, spectral_norm, unit_norm
from reference.tensors import permute, repeat_vector

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:Using padding='same'")


@pytest.fixture(scope="module")
def keras():
    """Keras on torch, whose settings stay out of the home folder."""
    os.environ["KERAS_BACKEND"] = "torch"
    os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp())
    return pytest.importorskip("keras", reason="Keras is not installed")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def agree(ours, theirs, rtol=1e-12):
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=rtol, atol=1e-12)


def both(layer, x, grad, **call):
    """The output of a layer, and the gradient of its input."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")

    given = torch.tensor(x, requires_grad=True)
    y = layer(given, **call)
    y.backward(torch.tensor(grad))
    return y.detach().numpy(), given.grad.numpy()


@pytest.mark.parametrize(
    ("shape", "ours", "theirs"),
    [
        ((3, 4), (repeat_vector, {"times": 5}), ("RepeatVector", {"n": 5})),
        ((2, 3, 4), (permute, {"dims": (2, 1)}), ("Permute", {"dims": (2, 1)})),
        ((2, 3, 4, 5, 6), (permute, {"dims": (4, 2, 1, 3)}), ("Permute", {"dims": (4, 2, 1, 3)})),
        ((2, 5), (permute, {"dims": (1,)}), ("Permute", {"dims": (1,)})),
        ((3, 4), (unit_norm, {}), ("UnitNormalization", {})),
        ((3, 4, 5), (unit_norm, {"axis": (1, 2)}), ("UnitNormalization", {"axis": (1, 2)})),
        (
            (3, 4),
            (rescaling, {"scale": 1 / 4, "offset": -1.0}),
            ("Rescaling", {"scale": 1 / 4, "offset": -1.0}),
        ),
        ((2, 3, 4, 5), (channel_softmax, {}), ("Softmax", {"axis": 1})),
    ],
)
def test_output_and_gradient_are_those_of_the_layer(keras, rng, shape, ours, theirs):
    (module, settings), (name, arguments) = ours, theirs
    x = rng.normal(size=shape)
    y = module.forward(x, **settings)
    grad = rng.normal(size=y.shape)
    layer = getattr(keras.layers, name)(**arguments, dtype="float64")
    rounded = 1e-6 if module is unit_norm else 1e-12  # Keras has its lengths in float32
    agree((y, *module.backward(grad, x, **settings)), both(layer, x, grad), rounded)


@pytest.mark.parametrize(
    ("module", "name", "settings"),
    [
        (gaussian_noise, "GaussianNoise", ({"std": 0.4}, {"stddev": 0.4})),
        (gaussian_dropout, "GaussianDropout", ({"rate": 0.4}, {"rate": 0.4})),
    ],
)
@pytest.mark.parametrize("training", [True, False])
def test_noise_is_used_as_in_the_layer(keras, rng, monkeypatch, module, name, settings, training):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")

    x, noise, grad = rng.normal(size=(3, 4, 5))
    drawn = {}

    def normal(shape, mean, stddev, dtype, seed):
        drawn.update(mean=mean, stddev=stddev)
        return mean + stddev * torch.tensor(noise)

    monkeypatch.setattr(keras.src.backend.random, "normal", normal)
    layer = getattr(keras.layers, name)(**settings[1], dtype="float64")
    given = {**settings[0], "training": training}
    ours = module.forward(x, noise, **given), *module.backward(grad, x, noise, **given)
    agree(ours, both(layer, x, grad, training=training))
    assert bool(drawn) == training


def test_the_weight_is_replaced_by_one_of_spectral_norm_one(keras, rng):
    kernel, u = rng.normal(size=(3, 3, 2, 5)), rng.normal(size=5)
    layer = keras.layers.Conv2D(5, 3, use_bias=False, dtype="float64")
    layer = keras.layers.SpectralNormalization(layer, power_iterations=2, dtype="float64")
    layer.build((1, 4, 4, 2))
    layer.kernel.assign(kernel)
    layer.vector_u.assign(u[None])
    layer(np.ones((1, 4, 4, 2)), training=True)
    rows = np.moveaxis(kernel, -1, 0)
    settings = {"iterations": 2, "epsilon": 1e-7, "first": "v"}
    y, u, _ = spectral_norm.forward(rows, u, np.zeros(18), **settings)
    found = layer.kernel.numpy(), layer.vector_u.numpy()[0]
    agree((np.moveaxis(y, 0, -1), u), found, 1e-6)  # Keras counts its vectors as float32


CONVOLUTIONS = [
    (1, {}, {}),
    (1, {"stride": 2, "same": True}, {"strides": 2, "padding": "same"}),
    (2, {"same": True}, {"padding": "same"}),
    (2, {"stride": (2, 3)}, {"strides": (2, 3)}),
    (2, {"dilation": (1, 2)}, {"dilation_rate": (1, 2)}),
    (2, {"dilation": 2, "same": True}, {"dilation_rate": 2, "padding": "same"}),
    (3, {"stride": 2, "same": True}, {"strides": 2, "padding": "same"}),
]


@pytest.mark.parametrize(("rank", "settings", "arguments"), CONVOLUTIONS)
@pytest.mark.parametrize("sequences", [False, True])
@pytest.mark.parametrize("backwards", [False, True])
def test_a_convolutional_lstm(keras, rng, rank, settings, arguments, sequences, backwards):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")

    lengths, size, filters, channels = (7, 6, 5)[:rank], (3, 2, 2)[:rank], 3, 2
    layer = getattr(keras.layers, f"ConvLSTM{rank}D")(
        filters,
        size if rank > 1 else size[0],
        **arguments,
        return_sequences=sequences,
        return_state=True,
        go_backwards=backwards,
        dtype="float64",
    )
    x = rng.normal(size=(4, 2, channels, *lengths))
    w_ih = rng.normal(size=(4 * filters, channels, *size))
    w_hh = rng.normal(size=(4 * filters, filters, *size))
    bias = rng.normal(size=4 * filters)
    settings = {**settings, "return_sequences": sequences, "go_backwards": backwards}
    found = conv_lstm.forward(x, None, None, w_ih, w_hh, bias, **settings)
    h0, c0 = rng.normal(size=(2, *found[1].shape))
    ours = conv_lstm.forward(x, h0, c0, w_ih, w_hh, bias, **settings)
    grads = tuple(rng.normal(size=each.shape) for each in ours)

    def theirs(image, first=1):
        """Channels last, and the batch before the time."""
        image = np.moveaxis(image, first, -1)
        return np.ascontiguousarray(image.swapaxes(0, 1) if first == 2 else image)

    def kernel(w):
        return np.ascontiguousarray(np.moveaxis(w, (1, 0), (-2, -1)))

    given = torch.tensor(theirs(x, 2), requires_grad=True)
    states = [torch.tensor(theirs(s), requires_grad=True) for s in (h0, c0)]
    layer.build(given.shape)
    layer.set_weights([kernel(w_ih), kernel(w_hh), bias])
    outputs = layer(given, initial_state=states)
    along = [2 if sequences else 1, 1, 1]
    agree([theirs(o, k) for o, k in zip(ours, along, strict=True)], [o.detach() for o in outputs])
    upstream = [torch.tensor(theirs(g, k)) for g, k in zip(grads, along, strict=True)]
    weights = [w.value for w in layer.trainable_weights]
    slopes = torch.autograd.grad(outputs, [given, *states, *weights], upstream)
    dx, dh0, dc0, dw_ih, dw_hh, dbias = conv_lstm.backward(
        grads, x, h0, c0, w_ih, w_hh, bias, **settings
    )
    mine = theirs(dx, 2), theirs(dh0), theirs(dc0), kernel(dw_ih), kernel(dw_hh), dbias
    agree(mine, slopes, 1e-9)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_the_gates_are_sigmoids_by_default(keras, rank):
    layer = getattr(keras.layers, f"ConvLSTM{rank}D")
    defaults = inspect.signature(layer).parameters
    assert defaults["recurrent_activation"].default == "sigmoid"
    assert defaults["activation"].default == "tanh"
