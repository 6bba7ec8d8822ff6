"""Hill climbing, applied to a loss: a random step is kept if it lowers the loss.

    v' = v + spread z,   z ~ N(0, 1)
    v <- v' if L(v') < L(v), else v stays          (accept "lt"; "le" keeps equal ones too)

Lecture 004 keeps a step if the loss "got lower", which is a strict comparison; with "le" the path
can move across a plateau. Direction and length of each step are both random. A step to a loss of
nan is never kept.

`climb` descends any loss with given noise, which has one row for each step. `noise` samples such
noise from a seed, so that a path can be repeated. The checks use the path on the loss sum |A v|;
some of their cases have whole numbers, where plateaus and ties are common. t rows of noise give a
path of t + 1 points.

    >>> run(np.array([2.0]), np.array([[-1.0], [3.0], [-0.5]]), np.eye(1), spread=1.0)[:, 0]
    array([2. , 1. , 1. , 0.5])

Source: Sennblad (004), "Hill-climbing".
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.activations._margin import LEAST
from reference.spec import Between, Convention, Function, Given, Procedure, Range, Real, Try


def noise(seed: int, steps: int, dimensions: int) -> Real:
    return np.random.default_rng(seed).standard_normal((steps, dimensions))


def climb(loss: Function, start: Real, noise: Real, *, spread: float, accept: str = "lt") -> Real:
    """The path, including the start: one point more than there are steps."""
    path, height = [start], loss(start)
    for step in noise:
        tried = path[-1] + spread * step
        reached = loss(tried)
        keep = reached <= height if accept == "le" else reached < height
        path.append(tried if keep else path[-1])
        height = reached if keep else height
    return np.stack(path)


def run(
    start: Shaped[Real, "d", Between(-4, 4), Given()],
    noise: Shaped[Real, "t d", Between(-4, 4), Given()],
    matrix: Shaped[Real, "n d", Between(-2, 2), Given()],
    *,
    spread: Shaped[float, Try((1.0, 0.25)), Range(0, math.inf)] = 0.1,
    accept: Shaped[str, Convention(("lt", "le"))] = "lt",
) -> Shaped[Real, "s d"]:
    return climb(lambda v: abs(matrix @ v).sum(), start, noise, spread=spread, accept=accept)


def never_rises(f, start, noise, matrix, **settings):
    """The loss never increases along the path."""
    heights = abs(f(start, noise, matrix, **settings) @ matrix.T).sum(axis=1)
    return np.maximum(heights[1:], heights[:-1]), heights[:-1]


def finds_what_is_lower(f, start, noise, matrix, **settings):
    """A step that leads straight to the minimum is kept."""
    above = np.sign(start) + (start == 0)
    straight = np.broadcast_to(-above / settings["spread"], (1, len(start)))
    return f(above, straight, np.eye(len(start)), **settings)[-1], 0 * start


def wanders_over_plateaus_or_not(f, start, noise, matrix, spread, accept):
    """If the loss is constant, no step is kept, unless equal losses are accepted."""
    end = f(start, noise, 0 * matrix, spread=spread, accept=accept)[-1]
    return end, start + (spread if accept == "le" else 0) * noise.sum(axis=0)


def has_no_memory(f, start, noise, matrix, **settings):
    """Starting from the second point, with the remaining steps, gives the rest of the path."""
    whole = f(start, noise, matrix, **settings)
    return whole[1:], f(whole[1], noise[1:], matrix, **settings)


def mirrored(f, start, noise, matrix, **settings):
    """If the loss is symmetric, a mirrored start and mirrored steps give the mirrored path."""
    return f(-start, -noise, matrix, **settings), -f(start, noise, matrix, **settings)


def _is_decided(start, noise, matrix, spread, accept):
    """Whether every loss is exact, or too far from the one before for rounding to compare them."""
    steps, losses = spread * noise, []
    exact = all(np.all(np.mod(each, 1) == 0) for each in (4 * start, 4 * steps, matrix))

    def loss(place):
        losses.append(abs(matrix @ place).sum())
        return losses[-1]

    climb(loss, start, noise, spread=spread, accept=accept)
    gaps = np.abs(losses[1:] - np.minimum.accumulate(losses)[:-1])
    size = (abs(matrix) @ (abs(start) + abs(steps).sum(axis=0))).sum()
    return bool(exact or not np.any(gaps < LEAST * size))


SPEC = Procedure(
    run=run,
    torch="torch has no random search",
    properties=(
        never_rises,
        finds_what_is_lower,
        wanders_over_plateaus_or_not,
        has_no_memory,
        mirrored,
    ),
    possible=_is_decided,
)
