"""Label smoothing: targets that give no class a probability of exactly one.

    uniform   t = (1 - a) y + a / k                            (forward, k the number of classes)
    others    t = (1 - a) y + a (1 - y) / (k - 1)
    dL/dy = g (1 - a)   or   g (1 - a - a / (k - 1))           (backward, g = dL/dt)

The uniform form spreads a over all classes, including the true one, which therefore keeps
1 - a + a / k. It is the form of lecture 001, of the paper, of PyTorch and of Keras. The other form
spreads a over the wrong classes alone, so the true class keeps 1 - a; some libraries use the same
name for it. With only one class there are no wrong classes, and the second form gives nan. The
smoothing a is 0.1 by default here, and 0 in PyTorch and Keras.

    >>> import numpy as np
    >>> forward(np.array([[0.0, 1.0, 0.0, 0.0]]), smoothing=0.2).round(4)
    array([[0.05, 0.85, 0.05, 0.05]])

Source: Szegedy et al. 2016, section 7; Vanschoren (001).
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Range, Real, Simplex, Spec, Try


def forward(
    target: Shaped[Real, "n c+1", Simplex()],
    *,
    smoothing: Shaped[float, Try((0.1, 0.0, 0.3)), Range(0, 1)] = 0.1,
    over: Shaped[str, Try(("uniform", "others"))] = "uniform",
) -> Shaped[Real, "n c+1"]:
    classes = target.shape[1]
    if over == "uniform":
        return (1 - smoothing) * target + smoothing / classes
    return (1 - smoothing) * target + smoothing * (1 - target) / (classes - 1)


def backward(
    grad: Real, target: Real, *, smoothing: float = 0.1, over: str = "uniform"
) -> Gradients:
    lost = 0.0 if over == "uniform" else smoothing / (target.shape[1] - 1)
    return (grad * (1 - smoothing - lost),)


def remains_a_distribution(f, target, **settings):
    """Each row still sums to one."""
    return f(target, **settings).sum(axis=1), target.sum(axis=1)


def undecided_stays_undecided(f, target, **settings):
    """A uniform target does not change."""
    even = (0 * target + 1) / target.shape[1]
    return f(even, **settings), even


def one_form_with_more_smoothing_is_the_other(f, target, smoothing, over):
    """Spreading a over the other classes equals spreading a k / (k - 1) over all classes."""
    classes = target.shape[1]
    more = smoothing * classes / max(classes - 1, 1)
    return f(target, smoothing=smoothing, over="others"), f(target, smoothing=more, over="uniform")


def _torch(torch, target, smoothing, over):
    classes = target.shape[1]
    if over == "uniform":
        return torch.lerp(target, torch.full_like(target, 1 / classes), smoothing)
    away = (torch.ones_like(target) - target) / (classes - 1)
    return torch.lerp(target, away, smoothing)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        remains_a_distribution,
        undecided_stays_undecided,
        one_form_with_more_smoothing_is_the_other,
    ),
    possible=lambda target, smoothing, over: target.shape[1] > 1,
)
