"""Transfer: weights of a similar task help with few examples, those of another task hurt.

A hidden layer is first trained on an old task, then a new output layer is put on it and trained on
few examples of a new task. The hidden layer is frozen, or fine-tuned with the rest. For comparison,
the same network starts from scratch.

    similar      old: 1000 digits                  new: 40 other digits, with noise on the pixels
    different    old: the digits from 0 to 4       new: 40 digits from 5 to 9

Source: Vanschoren (001), "Weight initialization: transfer learning".
"""

from copy import copy
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import CLASSES, images
from reference.models import Dense, History, Sequential, With
from reference.preprocessing import one_hot
from reference.spec import Index, Real

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2, 3)
WAYS = ("from scratch", "frozen", "fine-tuned")
TASKS = ("similar", "different")
HALF = CLASSES // 2
OLD = 1000  # images of the old task, if the new one has the same classes
NOISE = 0.3  # standard deviation; pixels are from 0 to 1
FEW = 40
HIDDEN = 32
KEPT, JUDGES = 200, 300  # images of the new task before those that judge, and of those


class Task(NamedTuple):
    x: Real
    labels: Index
    classes: int


class Result(NamedTuple):
    """For each task and way, the training of each seed on the few examples."""

    histories: dict[str, dict[str, list[History]]]

    def accuracy(self, task: str, way: str) -> list[float]:
        return [each.history["val_accuracy"][-1] for each in self.histories[task][way]]


def run() -> Result:
    return Result(
        {task: {way: [_trained(task, way, s) for s in SEEDS] for way in WAYS} for task in TASKS}
    )


def _tasks(name: str, seed: int) -> tuple[Task, Task]:
    """The old task and the new one."""
    x, labels = images(seed)
    if name == "similar":
        old = Task(x[:OLD], labels[:OLD], CLASSES)
        noise = NOISE * np.random.default_rng(seed).standard_normal(x[OLD:].shape)
        return old, Task(x[OLD:] + noise, labels[OLD:], CLASSES)
    low = labels < HALF
    return Task(x[low], labels[low], HALF), Task(x[~low], labels[~low] - HALF, HALF)


def _trained(name: str, way: str, seed: int) -> History:
    _, new = _tasks(name, seed)
    hidden = Dense(HIDDEN, "relu") if way == "from scratch" else copy(_learned(name, seed))
    hidden.trainable = way != "frozen"
    model = _network(hidden, new.classes, seed)
    targets = one_hot.run(new.labels, classes=new.classes)
    judged = new.x[KEPT : KEPT + JUDGES], targets[KEPT : KEPT + JUDGES]
    x, y = new.x[:FEW], targets[:FEW]
    return model.fit(x, y, epochs=40, batch_size=10, validation_data=judged, seed=seed)


@cache
def _learned(name: str, seed: int) -> Dense:
    """The hidden layer after the old task, from which two ways start."""
    old, _ = _tasks(name, seed)
    hidden = Dense(HIDDEN, "relu")
    targets = one_hot.run(old.labels, classes=old.classes)
    _network(hidden, old.classes, seed).fit(old.x, targets, epochs=10, seed=seed)
    return hidden


def _network(hidden: Dense, classes: int, seed: int) -> Sequential:
    model = Sequential([hidden, Dense(classes, "softmax")], seed=seed)
    adam = With("adam", learning_rate=0.01)
    model.compile(loss="cross_entropy", optimiser=adam, metrics=["accuracy"])
    return model


def sentence(result: Result) -> str:
    scratch, frozen, tuned = (100 * np.mean(result.accuracy("similar", way)) for way in WAYS)
    other = [100 * np.mean(result.accuracy("different", way)) for way in WAYS]
    return (
        f"With {FEW} examples, {scratch:.0f} % of noisy digits are right from scratch, "
        f"{frozen:.0f} % with frozen weights of the same task without noise, and {tuned:.0f} % "
        f"with fine-tuned ones. Weights of other digits hurt: {other[0]:.0f} %, {other[1]:.0f} % "
        f"and {other[2]:.0f} %."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {}
    for way in WAYS:
        found = [each.history["val_accuracy"] for each in result.histories["similar"][way]]
        curves[way] = (list(range(len(found[0]))), np.mean(found, axis=0).tolist())
    return line_chart(curves, x="epoch", title="accuracy on a similar task, mean of four seeds")
