"""Spectral normalisation: a weight divided by its largest singular value, which is estimated.

    u <- W v / |W v|,   v <- W^T u / |W^T u|           `iterations` times
    sigma = u^T W v,    y = W / sigma                  (forward)
    dL/dW = (g - sum(g y) u v^T) / sigma               (backward, g = dL/dy; u and v are constants)

W is the weight as a matrix: one row for each unit along axis `dim`, and all other axes as columns.
The two vectors approach the singular vectors of W. They are kept from one call to the next, and as
the weight moves little between two steps of training, one iteration for each call is enough. In
use there are none. Afterwards the layer stretches no input by more than 1, or a little more where
sigma is not yet exact. A length below `epsilon` counts as epsilon. A weight of zeros gives nan.

`first` says which of the two vectors is renewed first, from the other one: "u" in
torch.nn.utils.parametrizations.spectral_norm, and "v" in the older torch.nn.utils.spectral_norm and
in SpectralNormalization of Keras. The latter keeps u only, has the units last, and replaces the
weight by y at each call in training; epsilon is 1e-7 in Keras. PyTorch has dim 1 for transposed
convolutions; a weight of one axis is what `unit_norm` is for. Vectors that do not match the weight
raise ValueError. The code is longer than that of other operations, because two orders of renewal
meet two places of the units, and the vectors are results too.

    >>> y, u, v = forward(np.array([[3.0, 0.0], [0.0, 1.0]]), np.zeros(2), np.array([1.0, 0.0]))
    >>> y.round(3).tolist(), u.tolist(), v.tolist()
    ([[1.0, 0.0], [0.0, 0.333]], [1.0, 0.0], [1.0, 0.0])

Source: Miyato, Kataoka, Koyama, Yoshida 2018, algorithm 1 and eq. 12.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Convention, Given, Gradients, Named, Range, Real, Spec, Try, settings_of

WEIGHT = "k*(1-dim)+i*dim i*(1-dim)+k*dim a"
LEAST = 1e-9  # of the largest weight: a smaller estimate says nothing


def forward(
    weight: Shaped[Real, WEIGHT],
    u: Shaped[Real, "k", Given()],
    v: Shaped[Real, "i*a", Given()],
    *,
    iterations: Shaped[int, Try((1, 0, 3)), Range(0, 4)] = 1,
    epsilon: Shaped[float, Try((1e-12, 0.5)), Range(0, 1)] = 1e-12,
    dim: Shaped[int, Try((0, 1))] = 0,
    first: Shaped[str, Convention(("u", "v"))] = "u",
) -> tuple[
    Shaped[Real, WEIGHT],
    Shaped[Real, "k", Named("new u"), Given()],
    Shaped[Real, "i*a", Named("new v"), Given()],
]:
    sigma, u, v = estimated(rows_of(weight, dim), u, v, iterations, epsilon, first)
    return weight / sigma, u, v


@settings_of(forward)
def backward(grad: Real, weight: Real, u: Real, v: Real, *, dim: int, **settings: Any) -> Gradients:
    rows, up = rows_of(weight, dim), rows_of(grad, dim)
    sigma, u, v = estimated(rows, u, v, **settings)
    drows = (up - (up * rows).sum() / sigma * np.outer(u, v)) / sigma
    others = [length for axis, length in enumerate(weight.shape) if axis != dim]
    return (np.moveaxis(np.reshape(drows, (len(u), *others)), 0, dim),)


def estimated(
    rows: Real, u: Real, v: Real, iterations: int, epsilon: float, first: str
) -> tuple[Real, Real, Real]:
    """The largest singular value of a matrix, and the vectors that belong to it."""
    if (len(u), len(v)) != rows.shape or first not in ("u", "v"):
        raise ValueError(f"a matrix of {rows.shape} has no vectors of {len(u)} and {len(v)}")
    u, v = 1 * u, 1 * v
    for _ in range(iterations):
        if first == "u":
            u = _of_length_one(rows @ v, epsilon)
        v = _of_length_one(rows.T @ u, epsilon)
        if first == "v":
            u = _of_length_one(rows @ v, epsilon)
    return u @ (rows @ v), u, v


def rows_of(weight: Real, dim: int) -> Real:
    """The weight as a matrix, with a row for each unit."""
    if not 0 <= dim < weight.ndim:
        raise ValueError(f"a weight of {weight.shape} has no axis {dim}")
    units = weight.shape[dim]
    others = math.prod(weight.shape[:dim] + weight.shape[dim + 1 :])
    return np.reshape(np.moveaxis(weight, dim, 0), (units, others))


def _of_length_one(vector: Real, epsilon: float) -> Real:
    return vector / np.maximum(np.sqrt(vector @ vector), epsilon)


def blind_to_scale(f, weight, u, v, **settings):
    """Multiplying weight and epsilon by 4 changes nothing."""
    larger = f(4 * weight, u, v, **{**settings, "epsilon": 4 * settings["epsilon"]})
    return larger, f(weight, u, v, **settings)


def keeps_what_it_has_found(f, weight, u, v, *, iterations, **settings):
    """Two calls with one iteration have found what one call with two iterations finds."""
    _, *found = f(weight, u, v, iterations=1, **settings)
    again = f(weight, *found, iterations=1, **settings)
    return again, f(weight, u, v, iterations=2, **settings)


def one_for_a_matrix_of_rank_one(f, weight, u, v, **settings):
    """A weight u v^T has one singular value, |u| |v|, and one iteration finds it."""
    u, v = 1 + np.abs(u), 1 + np.abs(v)
    dim, others = settings["dim"], weight.shape[1 - settings["dim"]]
    whole = np.moveaxis(np.reshape(np.outer(u, v), (len(u), others, -1)), 0, dim)
    y, *found = f(whole, u, v, **{**settings, "iterations": 1})
    lengths = np.sqrt(u @ u), np.sqrt(v @ v)
    return (y * lengths[0] * lengths[1], *found), (whole, u / lengths[0], v / lengths[1])


def the_estimate_is_one(f, weight, u, v, **settings):
    """Between the two vectors that are returned, the new weight stretches by 1."""
    y, u, v = f(weight, u, v, **settings)
    return u @ (rows_of(y, settings["dim"]) @ v), np.ones(())


def _terms(weight, u, v, *, dim, **settings):
    """The part of the gradient along u v^T cancels."""
    sigma, u, v = estimated(rows_of(weight, dim), u, v, **settings)
    share = np.abs(weight).max(initial=0) * np.abs(np.outer(u, v)).max(initial=0)
    return (1 + weight.size * share / np.abs(sigma)) / np.abs(sigma)


def _possible(weight, u, v, *, dim, **settings):
    """Whether the estimate is large enough to divide by, its square too."""
    sigma, _, _ = estimated(rows_of(weight, dim), u, v, **settings)
    return not weight.size or np.abs(sigma) > LEAST * np.abs(weight).max()


def _by_convention(weight, u, v, *, iterations, **_):
    """The gradient takes for constants what the iterations make of the weight."""
    return (np.full(weight.shape, iterations > 0),)


def _torch(torch, weight, u, v, iterations, epsilon, dim, first):
    rows = weight.movedim(dim, 0).flatten(1)

    def of_length_one(vector):
        return torch.nn.functional.normalize(vector, dim=0, eps=epsilon)

    with torch.no_grad():  # as its modules, which draw u and v themselves
        for _ in range(iterations):
            if first == "u":
                u = of_length_one(rows @ v)
            v = of_length_one(rows.T @ u)
            if first == "v":
                u = of_length_one(rows @ v)
    return weight / torch.vdot(u, torch.mv(rows, v)), u, v


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=_torch,
    properties=(
        blind_to_scale,
        keeps_what_it_has_found,
        one_for_a_matrix_of_rank_one,
        the_estimate_is_one,
    ),
    possible=_possible,
    by_convention=_by_convention,
)
