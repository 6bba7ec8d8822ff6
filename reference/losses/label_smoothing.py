"""Label smoothing: targets that are never quite sure.

    uniform   t = (1 - a) y + a / k                            (forward, k the number of classes)
    others    t = (1 - a) y + a (1 - y) / (k - 1)
    dL/dy = g (1 - a)   or   g (1 - a - a / (k - 1))           (backward, g = dL/dt)

The uniform form spreads a over all classes, the true one included, which so keeps 1 - a + a / k:
the form of lecture 001, of the paper, of torch and Keras. The other form spreads it over the wrong
classes alone, and the true one keeps 1 - a; some libraries mean this by the same name. With one
class there are no others to give to, and the second form is nan.

Source: Szegedy et al. 2016, section 7; Vanschoren (001).
"""

from typing import Annotated as Shaped

from reference.spec import Gradients, Real, Simplex, Spec, Try


def forward(
    target: Shaped[Real, "n c", Simplex()],
    *,
    smoothing: Shaped[float, Try((0.1, 0.0, 0.3))] = 0.1,
    over: Shaped[str, Try(("uniform", "others"))] = "uniform",
) -> Shaped[Real, "n c"]:
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
    """The uniform target is left as it is."""
    even = 0 * target + 1 / target.shape[1]
    return f(even, **settings), even


def one_form_with_more_smoothing_is_the_other(f, target, smoothing, over):
    """Spreading a over the others is spreading a k / (k - 1) over all."""
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
    laws=(
        remains_a_distribution,
        undecided_stays_undecided,
        one_form_with_more_smoothing_is_the_other,
    ),
    source="Szegedy et al. 2016",
    possible=lambda target, smoothing, over: target.shape[1] > 1,
)
