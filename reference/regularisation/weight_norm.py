"""Weight normalisation: the weights of each unit are a length times a direction.

    w = g v / |v|,   |v| = sqrt(sum v^2) for each unit                  (forward)
    dL/dg = sum h v / |v|                                               (backward, h = dL/dw)
    dL/dv = g / |v| (h - v / |v| dL/dg)

The units are along axis `dim`, and the sums run over all other axes. v has the shape of the weights
and g has one number for each unit. The gradient of v is at a right angle to v: a step makes |v|
larger, and so later steps are smaller. In contrast to batch normalisation, nothing depends on the
batch.

PyTorch stores the weights of a layer with the outputs first, so dim 0 is usual; those of transposed
convolutions have them second, as those of Keras have them last. It stores g with axes of length 1
beside `dim`. Its dim None, one length for all weights, is dim 0 of v[None] here. Keras has no such
layer. A unit whose v is 0 has no direction and gives nan. A number of units that is not that of g
raises ValueError.

    >>> forward(np.array([[3.0, 4.0], [0.0, 2.0]]), np.array([10.0, 1.0]))
    array([[6., 8.],
           [0., 1.]])

Source: Salimans and Kingma 2016, eq. 2 and 3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Real, Spec, Try, settings_of

WEIGHTS = "k*(1-dim)+i*dim i*(1-dim)+k*dim ..."


def forward(
    v: Shaped[Real, WEIGHTS], g: Shaped[Real, "k"], *, dim: Shaped[int, Try((0, 1))] = 0
) -> Shaped[Real, WEIGHTS]:
    unit, _ = _directions(v, g, dim)
    return unit * _along(g, v, dim)


@settings_of(forward)
def backward(grad: Real, v: Real, g: Real, *, dim: int) -> Gradients:
    unit, length = _directions(v, g, dim)
    dg = (grad * unit).sum(axis=_others(v, dim))
    factor = _along(g, v, dim) / length
    return factor * grad - factor * _along(dg, v, dim) * unit, dg


def _directions(v: Real, g: Real, dim: int) -> tuple[Real, Real]:
    """The direction of each unit, and its length before."""
    if not 0 <= dim < v.ndim or g.shape != (v.shape[dim],):
        raise ValueError(f"weights of {v.shape} have no {g.shape} units along axis {dim}")
    length = np.sqrt((v * v).sum(axis=_others(v, dim), keepdims=True))
    return v / length, length


def _others(v: Real, dim: int) -> tuple[int, ...]:
    return tuple(axis for axis in range(v.ndim) if axis != dim)


def _along(numbers: Real, v: Real, dim: int) -> Real:
    """One number for each unit, with as many axes as v."""
    return np.reshape(numbers, [-1 if axis == dim else 1 for axis in range(v.ndim)])


def lengths_are_those_of_g(f, v, g, dim):
    """The weights of each unit have the length g."""
    w = f(v, g, dim=dim)
    return (w * w).sum(axis=_others(v, dim)), g * g


def blind_to_the_length_of_v(f, v, g, dim):
    """Twice the v of a unit changes nothing, and each unit may have its own factor."""
    factors = _along(2.0 ** (1 + np.arange(len(g)) % 3), v, dim)
    return f(factors * v, g, dim=dim), f(v, g, dim=dim)


def proportional_to_g(f, v, g, dim):
    """Each unit is multiplied by its g."""
    factors = 1 + np.arange(len(g))
    return f(v, factors * g, dim=dim), _along(factors, v, dim) * f(v, g, dim=dim)


def undone_by_its_own_lengths(f, v, g, dim):
    """With the lengths of v as g, the weights are v."""
    length = np.sqrt((v * v).sum(axis=_others(v, dim)))
    return f(v, length, dim=dim), v


def _terms(v, g, dim):
    """The part of the gradient along v cancels."""
    return np.max(np.abs(g) / _directions(v, g, dim)[1].ravel(), initial=1)


def _possible(v, g, dim):
    """Whether every unit has a direction."""
    return not v.size or np.abs(v).max(axis=_others(v, dim)).all()


def _torch(torch, v, g, dim):
    lengths = [len(g) if axis == dim else 1 for axis in range(v.ndim)]
    if not v.numel():  # which ends the process of PyTorch
        return v * g.reshape(lengths)
    return torch._weight_norm(v, g.reshape(lengths), dim)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=_torch,
    properties=(
        lengths_are_those_of_g,
        blind_to_the_length_of_v,
        proportional_to_g,
        undone_by_its_own_lengths,
    ),
    possible=_possible,
)
