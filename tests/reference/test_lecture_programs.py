"""Each program of lectures 000 and 001 runs, with nothing changed but its imports.

The cells are those of the lectures, in their order. Where a lecture uses what it does not define,
such as its data, it is given before the cell. Data are digits in the shape of Fashion-MNIST.
"""

import sys
import types
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from reference import keras
from reference.data import digits, two_moons
from reference.descent import toy_surface
from reference.keras import tensorflow
from reference.models import ModelWarning, With
from reference.pictures import decision_boundary
from reference.pictures._paths import descent
from reference.schedules import cyclical, exponential_decay

matplotlib.use("Agg")
FOLDER = Path(__file__).parent / "lecture_programs"
EXAMPLES = 128  # few, so that a training of 50 epochs takes a second


@cache
def images():
    """Some of the digits, enlarged to 28 x 28, and their labels."""
    small, labels = (part[:600] for part in digits())
    large = np.kron(small.reshape(-1, 8, 8), np.ones((1, 3, 3)))
    return np.pad(large * 15, ((0, 0), (2, 2), (2, 2))).astype(np.uint8), labels


def interact(function):
    """Call a function once, with a value of each range, as a widget does when it appears."""
    function(*(_middle(choice) for choice in function.__defaults__))
    return function


def _middle(choice):
    if isinstance(choice, list):
        return choice[0]
    low, high, step = choice
    return low + step * round((high - low) / step / 2)


def dataset(number):
    pixels, labels = images()
    rows = np.arange(70_000) % len(pixels)
    data = pixels.reshape(-1, 784)[rows], labels[rows], None, None
    return SimpleNamespace(
        default_target_attribute="class", get_data=lambda target, dataset_format: data
    )


def plot_2d_classification(classifier, points, ax, **style):
    low, high = points.min(axis=0) - 0.5, points.max(axis=0) + 0.5
    x, y = np.meshgrid(*np.linspace(low, high, 20).T)
    labels = classifier.predict(np.stack([x.ravel(), y.ravel()], axis=1))
    ax.contourf(x, y, labels.reshape(x.shape), alpha=style["alpha"])


def stand_ins():
    """What the lectures import from packages that are neither Keras nor scikit-learn."""
    module = types.ModuleType("stand_ins")
    module.interact = interact
    module.plot_2d_classification = plot_2d_classification
    module.plot_model = lambda model, x, y: decision_boundary(model, x, y)
    return module


def preamble():
    """What the lectures' first cells import."""
    plt.cm.get_cmap = matplotlib.colormaps.get_cmap  # gone from matplotlib since the lecture
    plt.cm.gray_r = matplotlib.colormaps["gray_r"]
    return {"np": np, "plt": plt, "fig_scale": 0.5, "interactive": False}


def cells(name) -> Iterator[tuple[str, str]]:
    for cell in (FOLDER / f"{name}.txt").read_text().split("# %% ")[1:]:
        title, _, code = cell.partition("\n")
        yield title, code


def play(name, before, monkeypatch):
    """Run the cells of a program in one namespace; `before` gives it what a cell needs."""
    monkeypatch.setitem(sys.modules, "stand_ins", stand_ins())
    monkeypatch.setattr(plt, "show", lambda: plt.close("all"))
    names = preamble()
    for title, code in cells(name):
        names |= before.get(title, lambda names: {})(names)
        exec(compile(code, title, "exec"), names)
        plt.close("all")
    return names


def test_the_tutorial_of_000(monkeypatch, capsys):
    points, labels = two_moons.run(examples=16)
    given = {"tf": tensorflow, "inputs": 2, "INIT_LR": 0.1, "X": points, "Y": labels[:, None]}
    names = play("000_tutorial", {"Tensor operations": lambda names: given}, monkeypatch)
    assert names["c"].tolist() == [[[94, 100], [229, 244]], [[508, 532], [697, 730]]]
    assert names["c"].dtype == np.int32
    printed = capsys.readouterr().out
    rows = [line.split()[-1] for line in printed.splitlines() if "(Dense)" in line]
    assert rows == ["12", "20", "5"]
    for total in ("Total params: 37 ", "Trainable params: 37 ", "Non-trainable params: 0 "):
        assert total in printed
    losses = names["H"].history["loss"]
    assert list(names["H"].history) == ["loss", "mse"]
    assert len(losses) == 10_000
    assert losses[-1] < losses[0] / 2


def test_the_drawings_of_001(monkeypatch):
    drawn = {"X": np.ones((2, 3)), "W": np.zeros((3, 4)), "b": np.zeros(4)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # of the lecture's 200 iterations
        names = play("001_drawings", {"Tensor operations": lambda names: drawn}, monkeypatch)
    assert names["y"].tolist() == np.full((2, 4), 0.5).tolist()
    assert names["add"](np.array([[1, 2], [3, 4]]), np.array([10, 20])).tolist() == [
        [11, 22],
        [13, 24],
    ]


PATHS = {
    "sgd": With("sgd", learning_rate=0.01),
    "sgd_decay": With(
        "sgd", learning_rate=lambda s: exponential_decay.run(s, 0.02, 0.96, decay_steps=100)
    ),
    "momentum": With("momentum", learning_rate=0.005, lr_inside=True),
    "nesterov": With("nesterov", learning_rate=0.005),
    "adagrad": With(
        "adagrad", learning_rate=0.4, epsilon=1e-7, epsilon_mode="inside", initial_accumulator=0.1
    ),
    "rmsprop": With("rmsprop", learning_rate=0.1, epsilon_mode="inside"),
    "adam": With("adam", learning_rate=0.2, epsilon_mode="hat"),
    "sgd_cyclic": With(
        "sgd", learning_rate=lambda s: cyclical.run(s, 1e-4, 0.1, step_size=100, scale=float)
    ),
}
COMPARED = 30  # steps; near the minimum RMSProp jumps about, and the least rounding decides how
FLOAT32 = 1e-4  # roundings of 6e-8, which steep walls enlarge


def test_the_optimisers_of_001(monkeypatch):
    """The paths are those of the catalogue, up to the float32 of TensorFlow's variables."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # two of the rates diverge
        names = play("001_optimisers", {}, monkeypatch)
    paths = dict(zip(names["opt_names"], names["all_paths"], strict=True))
    assert list(paths) == list(PATHS)
    for name, optimiser in PATHS.items():
        exact = descent(optimiser, toy_surface.forward, toy_surface.START, COMPARED - 1)
        assert np.abs(paths[name].T[:COMPARED] - exact).max() < FLOAT32
        assert paths[name].shape == (2, 100)
    finite = [bool(np.isfinite(path).all()) for path in names["all_lr_paths"]]
    assert finite == [True] * 8 + [False] * 2


def test_the_practice_of_001(monkeypatch, capsys):
    names = play("001_practice", PRACTICE, monkeypatch)
    printed = capsys.readouterr().out
    assert "dense (Dense)" in printed
    for number in ("401920", "262656", "5130", "Total params: 669706 (2.55 MB)"):
        assert number in printed
    assert len(names["history"].epoch) == 50
    assert names["history"].history["loss"][-1] < names["history"].history["loss"][0]
    assert 0 <= names["test_acc"] <= 1
    assert f"Test accuracy: {names['test_acc']}" in printed


def test_the_detailed_compile_of_001_lacks_a_comma():
    """And Accuracy() is no measure of probabilities, which is said."""
    from reference.keras.losses import CategoricalCrossentropy
    from reference.keras.metrics import Accuracy
    from reference.keras.optimizers import RMSprop

    code = """network.compile(loss=CategoricalCrossentropy(label_smoothing=0.01),
                optimizer=RMSprop(learning_rate=0.001, momentum=0.0)
                metrics=[Accuracy()])"""
    with pytest.raises(SyntaxError):
        compile(code, "001", "exec")
    pixels, labels = images()
    x, y = pixels[:64].reshape(64, -1) / 255, keras.utils.to_categorical(labels[:64], 10)
    network = keras.Sequential([keras.layers.Dense(10, activation="softmax")])
    names = {
        "network": network,
        "CategoricalCrossentropy": CategoricalCrossentropy,
        "RMSprop": RMSprop,
        "Accuracy": Accuracy,
    }
    exec(code.replace("momentum=0.0)", "momentum=0.0),"), names)
    with pytest.warns(ModelWarning, match=r"metrics=\['accuracy'\]"):
        history = network.fit(x, y, epochs=2, verbose=0).history
    assert history["accuracy"] == [0.0, 0.0]


def few(names, rows=EXAMPLES):
    """The first examples of the lecture's arrays."""
    kept = ("Xf_train", "Xf_test", "yf_train", "yf_test")
    return {name: names[name][:rows] for name in kept} | {
        "X_train": names["Xf_train"][:rows],
        "y_train": names["yf_train"][:rows],
        "X_test": names["Xf_test"][:rows],
        "y_test": names["yf_test"][:rows],
    }


def enough_for_the_split(names):
    """10 000 examples for validation, as the lecture holds back, and few more for training."""
    pixels, labels = images()
    rows = np.arange(10_000 + EXAMPLES) % len(pixels)
    x, y = pixels.reshape(-1, 784)[rows], keras.utils.to_categorical(labels[rows])
    return {"Xf_train": x.astype("float32") / 255, "yf_train": y}


def few_for_validation(names):
    return {"x_val": names["x_val"][:EXAMPLES], "y_val": names["y_val"][:EXAMPLES]}


def without_validation(names):
    """The lecture forgets the validation data here, without which there is no val_loss."""

    def fit(x, y, **settings):
        with pytest.raises(ValueError, match="no 'val_loss' to watch"):
            names["network"].fit(x, y, verbose=0, **settings)

    x, y = names["partial_x_train"], names["partial_y_train"]
    return {"model": SimpleNamespace(fit=fit), "x_train": x, "y_train": y}


def sixty_thousand(names):
    """Rows as the lecture reshapes them here; its array has 70 000."""
    pixels, labels = images()
    rows = np.arange(60_000) % len(pixels)
    return {"X": pixels[rows], "y": labels[rows]}


def search(names):
    from sklearn.model_selection import GridSearchCV

    return {
        "keras": keras,
        "GridSearchCV": GridSearchCV,
        "param_grid": {},
        "build_model": lambda hp: None,
    }


PRACTICE = {
    "Fashion-MNIST": lambda names: {
        "oml": SimpleNamespace(datasets=SimpleNamespace(get_dataset=dataset))
    },
    "Preprocessing, as printed": sixty_thousand,
    "Training": few,
    "Model selection, the data": enough_for_the_split,
    "Model selection, the training": few_for_validation,
    "Early stopping, as printed": without_validation,
    "Tuning multiple hyperparameters": search,
}
