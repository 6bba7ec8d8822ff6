"""Adam: the mean of recent gradients, divided by the root of their mean square.

    m <- beta1 m + (1 - beta1) g,      s <- beta2 s + (1 - beta2) g^2
    M = m / (1 - beta1^t),             S = s / (1 - beta2^t)         (t = 1 at the first step)
    w <- w - learning_rate M / (sqrt(S) + epsilon)                   (epsilon outside)
    w <- w - learning_rate M / sqrt(S + epsilon)                     (epsilon inside)
    w <- w - learning_rate M / (sqrt(S) + epsilon / sqrt(1 - beta2^t))       (epsilon hat)

Both means start at 0 and are biased towards it. The division by 1 - beta^t removes this bias.
Without `bias_correction`, M is m and S is s. Epsilon is outside the root in algorithm 1 of the
paper and in PyTorch. The form "hat" is the paper's more efficient order of operations, which Keras
uses. Lecture 001 has epsilon inside the root. The defaults are those of the paper and of PyTorch;
Keras has epsilon 1e-7.

Lecture 001 exchanges the names of the two moments: its gamma is our beta2, and its gamma_2 our
beta1. It also prints the corrections without the power t, which is a misprint.

Weight decay adds weight_decay w to the gradient. Decoupled weight decay (AdamW) does not change the
gradient: it multiplies w by 1 - learning_rate weight_decay before the step. In PyTorch, Adam has
the first form and AdamW the second. In Keras, the argument weight_decay always means the second.

    >>> update(np.array([2.0, -0.3]), init(np.ones(2)), np.ones(2))[0].round(4)
    array([0.999, 1.001])

Source: Kingma and Ba 2015, algorithm 1 and section 2; Loshchilov and Hutter 2019; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Convention, Optimiser, Range, Real, Try


class State(NamedTuple):
    step: int
    mean: Real
    square: Real


def init(param: Real) -> State:
    return State(0, np.zeros_like(param), np.zeros_like(param))


def update(
    grad: Shaped[Real, "..."],
    state: State,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.2, 0.001)), Range(0, math.inf)] = 0.001,
    beta1: Shaped[float, Try((0.9, 0.5, 0.0)), Range(0, 1)] = 0.9,
    beta2: Shaped[float, Try((0.999, 0.9)), Range(0, 1)] = 0.999,
    epsilon: Shaped[float, Try((1e-8, 0.01)), Range(0, math.inf)] = 1e-8,
    epsilon_mode: Shaped[str, Convention(("outside", "inside", "hat"))] = "outside",
    bias_correction: Shaped[bool, Convention((True, False))] = True,
    weight_decay: Shaped[float, Convention((0.0, 0.1)), Range(0, 1)] = 0.0,
    decoupled: Shaped[bool, Convention((False, True))] = False,
) -> tuple[Real, State]:
    step = state.step + 1
    if decoupled:
        param = param * (1 - learning_rate * weight_decay)
    elif weight_decay:
        grad = grad + weight_decay * param
    mean = beta1 * state.mean + (1 - beta1) * grad
    square = beta2 * state.square + (1 - beta2) * grad**2
    grown1, grown2 = (_grown(beta, step) if bias_correction else 1.0 for beta in (beta1, beta2))
    if epsilon_mode == "inside":
        root = np.sqrt(square / grown2 + epsilon)
    elif epsilon_mode == "hat":
        root = np.sqrt(square / grown2) + epsilon / grown2**0.5
    else:
        root = np.sqrt(square / grown2) + epsilon
    return param - learning_rate * (mean / grown1) / root, State(step, mean, square)


def _grown(beta: float, step: int) -> float:
    """1 - beta^step, in which no digits cancel where beta is near 1."""
    return (-np.expm1(step * np.log(beta))).item() if beta else 1.0


def first_step_is_the_sign(f, grad, state, param, learning_rate, **settings):
    """Without epsilon, the first step is -learning_rate times the sign of the gradient."""
    settings = {**settings, "epsilon": 0.0, "bias_correction": True, "weight_decay": 0.0}
    grad = np.where(grad == 0, 1.0, grad)
    moved, _ = f(grad, state, param, learning_rate=learning_rate, **settings)
    return moved, param - learning_rate * np.sign(grad)


def one_gradient_again_and_again(f, grad, state, param, **settings):
    """With bias correction, a constant gradient gives the same step every time."""
    settings = {**settings, "epsilon_mode": "outside", "bias_correction": True, "weight_decay": 0.0}
    once, state = f(grad, state, param, **settings)
    twice, state = f(grad, state, once, **settings)
    thrice, _ = f(grad, state, twice, **settings)
    return (twice - once, thrice - twice), (once - param, once - param)


def epsilon_inside_is_a_head_start(f, grad, state, param, **settings):
    """Epsilon inside the root has the same effect as a mean square larger by epsilon."""
    _, state = f(grad, state, param, **settings)
    growth = 1 - settings["beta2"] ** 2 if settings["bias_correction"] else 1
    more = settings["epsilon"] * growth / settings["beta2"]
    ahead = state._replace(square=state.square + more)
    inside = {**settings, "epsilon_mode": "inside"}
    none = {**settings, "epsilon_mode": "outside", "epsilon": 0.0}
    return f(3 * grad, state, param, **inside)[0], f(3 * grad, ahead, param, **none)[0]


def correction_as_a_rate(f, grad, state, param, **settings):
    """With epsilon_mode 'hat', correcting both means only changes the learning rate."""
    settings = {**settings, "weight_decay": 0.0}
    _, state = f(grad, state, param, **settings)
    factor = (1 - settings["beta2"] ** 2) ** 0.5 / (1 - settings["beta1"] ** 2)
    hat = {**settings, "epsilon_mode": "hat", "bias_correction": True}
    plain = {**settings, "epsilon_mode": "outside", "bias_correction": False}
    plain["learning_rate"] = factor * plain["learning_rate"]
    return f(-2 * grad, state, param, **hat)[0], f(-2 * grad, state, param, **plain)[0]


def decay_is_a_gradient_of_its_own(f, grad, state, param, **settings):
    """Decay is added to the gradient or, if decoupled, shrinks w before the step."""
    rate, decay = settings["learning_rate"], settings["weight_decay"]
    settings = {**settings, "weight_decay": 0.0}
    decayed = f(grad, state, param, **{**settings, "weight_decay": decay})[0]
    if settings["decoupled"]:
        return decayed, f(grad, state, param * (1 - rate * decay), **settings)[0]
    return decayed, f(grad + decay * param, state, param, **settings)[0]


def _torch(torch, params, learning_rate, beta1, beta2, epsilon, epsilon_mode, **settings):
    if epsilon_mode != "outside" or not settings["bias_correction"]:
        return None
    kind = torch.optim.AdamW if settings["decoupled"] else torch.optim.Adam
    return kind(
        params,
        lr=learning_rate,
        betas=(beta1, beta2),
        eps=epsilon,
        weight_decay=settings["weight_decay"],
    )


SPEC = Optimiser(
    init=init,
    update=update,
    torch=_torch,
    # PyTorch computes 1 - beta^t as it stands, and beta may be near 1.
    lost=lambda beta1, beta2, **_: 1 / (1 - max(beta1, beta2)),
    properties=(
        first_step_is_the_sign,
        one_gradient_again_and_again,
        epsilon_inside_is_a_head_start,
        correction_as_a_rate,
        decay_is_a_gradient_of_its_own,
    ),
)
