"""Hill climbing, inverted: a random step, kept if it leads lower.

    v' = v + spread z,   z ~ N(0, 1)
    v <- v' if L(v') < L(v), else v stays          (accept "lt"; "le" keeps equal ones too)

Lecture 004 keeps what "got lower", which is strict; with "le" a plateau is wandered over. Direction
and length of each step are random together. `climb` goes down any loss along given noise, one row
per try, and `noise` draws it from a seed, so that a path can be repeated. What is checked is the
path on the loss sum |A v|, with A of whole numbers, where plateaus and ties are common.

Source: Sennblad (004), "Hill-climbing".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Function, Given, Procedure, Real, Try


def noise(seed: int, steps: int, dimensions: int) -> Real:
    return np.random.default_rng(seed).standard_normal((steps, dimensions))


def climb(loss: Function, start: Real, noise: Real, *, spread: float, accept: str = "lt") -> Real:
    """The path, start included: as many points more as there are tries."""
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
    spread: Shaped[float, Try((1.0, 0.25))] = 0.1,
    accept: Shaped[str, Try(("lt", "le"))] = "lt",
) -> Shaped[Real, "s d"]:
    return climb(lambda v: abs(matrix @ v).sum(), start, noise, spread=spread, accept=accept)


def never_rises(f, start, noise, matrix, **settings):
    """No point of the path lies higher than the one before it."""
    heights = abs(f(start, noise, matrix, **settings) @ matrix.T).sum(axis=1)
    return np.maximum(heights[1:], heights[:-1]), heights[:-1]


def finds_what_is_lower(f, start, noise, matrix, **settings):
    """A step from above the origin straight to it, the lowest point there is, is kept."""
    above = np.sign(start) + (start == 0)
    straight = np.broadcast_to(-above / settings["spread"], (1, len(start)))
    return f(above, straight, np.eye(len(start)), **settings)[-1], 0 * start


def wanders_over_plateaus_or_not(f, start, noise, matrix, spread, accept):
    """Where the loss is the same everywhere, "le" takes every step and "lt" none."""
    end = f(start, noise, 0 * matrix, spread=spread, accept=accept)[-1]
    return end, start + (spread if accept == "le" else 0) * noise.sum(axis=0)


def has_no_memory(f, start, noise, matrix, **settings):
    """A path goes on from where it is, as if it had begun there."""
    whole = f(start, noise, matrix, **settings)
    return whole[1:], f(whole[1], noise[1:], matrix, **settings)


def mirrored(f, start, noise, matrix, **settings):
    """On a symmetric loss, the mirrored start and steps give the mirrored path."""
    return f(-start, -noise, matrix, **settings), -f(start, noise, matrix, **settings)


SPEC = Procedure(
    run=run,
    torch="torch has no random search",
    laws=(
        never_rises,
        finds_what_is_lower,
        wanders_over_plateaus_or_not,
        has_no_memory,
        mirrored,
    ),
    source="Sennblad (004)",
)
