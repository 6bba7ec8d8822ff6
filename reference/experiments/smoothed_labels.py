"""Smoothed labels: softmax outputs are over-confident where they are wrong; smoothing helps.

The same network is trained on 300 digits, once on one-hot labels and once on labels smoothed by
0.1. The confidence is the largest probability of an output. It is measured on 500 other digits, on
those that the network gets wrong in particular.

Source: Vanschoren (001), "Output activations"; Szegedy et al. 2016.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.losses import label_smoothing
from reference.models import Dense, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
SMOOTHINGS = (0.0, 0.1)


class Result(NamedTuple):
    """For each smoothing and seed: the confidences of right and of wrong decisions, in order."""

    right: dict[float, list[list[float]]]
    wrong: dict[float, list[list[float]]]

    def accuracy(self, smoothing: float) -> float:
        right, wrong = (sum(map(len, each[smoothing])) for each in self)
        return right / (right + wrong)


def run() -> Result:
    result = Result({each: [] for each in SMOOTHINGS}, {each: [] for each in SMOOTHINGS})
    for seed in SEEDS:
        data = split(300, seed=seed)
        for smoothing in SMOOTHINGS:
            model = classifier([Dense(64, "relu")], With("adam", learning_rate=0.01), seed=seed)
            labels = label_smoothing.forward(data.y, smoothing=smoothing)
            model.fit(data.x, labels, epochs=60, batch_size=32, seed=seed)
            x, y = data.test
            outputs = model.predict(x)
            hit = outputs.argmax(axis=1) == y.argmax(axis=1)
            result.right[smoothing].append(sorted(outputs.max(axis=1)[hit].tolist()))
            result.wrong[smoothing].append(sorted(outputs.max(axis=1)[~hit].tolist()))
    return result


def sentence(result: Result) -> str:
    wrong = [np.mean(np.concatenate(result.wrong[each])) for each in SMOOTHINGS]
    right = [np.mean(np.concatenate(result.right[each])) for each in SMOOTHINGS]
    accuracy = [100 * result.accuracy(each) for each in SMOOTHINGS]
    return (
        f"With one-hot labels, the network gives its wrong answers a probability of {wrong[0]:.2f} "
        f"on average, with smoothed labels {wrong[1]:.2f}; right answers get {right[0]:.2f} and "
        f"{right[1]:.2f}. The accuracy on new digits is {accuracy[0]:.1f} % and "
        f"{accuracy[1]:.1f} %."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {}
    for name, smoothing in zip(("one-hot", "smoothed"), SMOOTHINGS, strict=True):
        confidences = np.sort(np.concatenate(result.wrong[smoothing]))
        shares = np.linspace(0, 1, len(confidences))
        curves[name] = (shares.tolist(), confidences.tolist())
    return line_chart(curves, x="share of the wrong answers", title="confidence, in order")
