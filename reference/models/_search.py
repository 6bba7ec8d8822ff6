"""Hyperparameter search: every candidate is trained and evaluated on each fold in turn.

    score of a candidate = mean over the folds of its model's result on the fold left out

Grid search tries every combination; their number is the product of the numbers of values. Random
search samples as many candidates as one can afford. If only a few of the hyperparameters matter, it
tries more different values of these than a grid of the same size.

Source: Bergstra and Bengio 2012; Vanschoren (001), "Tuning multiple hyperparameters".
"""

import inspect
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.models._sequential import Sequential
from reference.preprocessing import k_fold, stratified_k_fold
from reference.spec import Index, Real

Candidate = dict[str, Any]
Sampler = Callable[[np.random.Generator], Any]


class Trial(NamedTuple):
    settings: Candidate
    scores: list[float]

    @property
    def mean(self) -> float:
        return float(np.mean(self.scores))


def grid(values: Mapping[str, Sequence[Any]]) -> list[Candidate]:
    """Return every combination; the last name varies fastest."""
    return [dict(zip(values, each, strict=True)) for each in itertools.product(*values.values())]


def sample(values: Mapping[str, Sequence[Any] | Sampler], count: int, seed: int) -> list[Candidate]:
    """Sample candidates independently, from lists or by functions of the generator."""
    rng = np.random.default_rng(seed)
    return [{name: _drawn(each, rng) for name, each in values.items()} for _ in range(count)]


def log_uniform(low: float, high: float) -> Sampler:
    """Every order of magnitude is equally likely: for learning rates and penalties."""
    return lambda rng: float(np.exp(rng.uniform(np.log(low), np.log(high))))


def cross_validate(
    build: Callable[[], Sequential], x: Real, y: Real, fold: Index, *, monitor: str, **fit: Any
) -> list[float]:
    """Return the result of a new model on each fold, after training on the others."""
    scores = []
    for train, left in k_fold.rounds(fold):
        model = build()
        model.fit(x[train], y[train], **fit)
        scores.append(model.evaluate(x[left], y[left])[monitor])
    return scores


def search(
    build: Callable[..., Sequential],
    candidates: Sequence[Candidate],
    x: Real,
    y: Real,
    *,
    folds: int = 3,
    monitor: str = "accuracy",
    mode: str = "max",
    stratify: bool = False,
    seed: int = 0,
    **fit: Any,
) -> list[Trial]:
    """Return all trials, the best first. `build(**settings)` returns a compiled model.

    A setting that `build` does not take, such as batch_size, is given to fit. All candidates use
    the same folds, so that none has an advantage by chance.
    """
    fold = (
        stratified_k_fold.run(y, folds=folds, seed=seed)
        if stratify
        else k_fold.run(examples=len(x), folds=folds, seed=seed)
    )
    trials = []
    for each in candidates:
        model, training = _parted(build, each)
        settings = {"monitor": monitor, **fit, **training}
        trials.append(Trial(each, cross_validate(_builder(build, model), x, y, fold, **settings)))
    return sorted(trials, key=lambda trial: trial.mean, reverse=mode == "max")


def _parted(build: Callable[..., Sequential], settings: Candidate) -> tuple[Candidate, Candidate]:
    """The settings that build the model, and those that train it."""
    parameters = inspect.signature(build).parameters.values()
    if any(each.kind is each.VAR_KEYWORD for each in parameters):
        return settings, {}
    own = {each.name for each in parameters}
    return (
        {name: value for name, value in settings.items() if name in own},
        {name: value for name, value in settings.items() if name not in own},
    )


def _builder(build: Callable[..., Sequential], settings: Candidate) -> Callable[[], Sequential]:
    return lambda: build(**settings)


def _drawn(values: Any, rng: np.random.Generator) -> Any:
    return values(rng) if callable(values) else values[int(rng.integers(len(values)))]
