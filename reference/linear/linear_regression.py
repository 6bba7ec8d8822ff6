"""Linear regression in closed form: the weights and bias with the least squared error.

    minimise sum_n (x_n . w + b - y_n)^2
    (Xc^T Xc) w = Xc^T yc,   b = mean(y) - mean(x) . w

Xc and yc are X and y minus their means over the examples, so the bias is the mean of y - x . w. The
result is the optimum for a neuron with the identity activation; gradient descent can only approach
it.

The columns of Xc must be linearly independent, which requires more examples than inputs. Otherwise
many weights are equally good, and `numpy.linalg.LinAlgError` is raised if Xc^T Xc is exactly
singular. The normal equations square the condition number of X. For this reason libraries factorise
X instead: numpy and PyTorch do so in `lstsq`, and numpy's `lstsq` also returns the shortest of many
best weights.

    >>> [a.round(4).tolist() for a in run(np.array([[0], [1], [2]]), np.array([0, 0, 3]))]
    [[1.5], -0.5]

Source: Gauss 1809; Brajard (003); Bishop 2006, eq. 3.15 and 3.19.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.linear import dense
from reference.losses import sse
from reference.spec import Named, Procedure, Real

WORST_CONDITION = 30.0


def run(
    x: Shaped[Real, "n+2*d d"], y: Shaped[Real, "n+2*d"]
) -> tuple[Shaped[Real, "d", Named("weight")], Shaped[Real, "", Named("bias")]]:
    centre, level = x.mean(axis=0), y.mean()
    centred = x - centre
    weight = np.linalg.solve(centred.T @ centred, centred.T @ (y - level))
    return weight, level - centre @ weight


def _independent(x, y):
    spread = x - x.mean(axis=0)
    lengths = np.sqrt(np.square(spread).sum(axis=0))
    return bool(
        len(x) > x.shape[1] and lengths.all() and np.linalg.cond(spread / lengths) < WORST_CONDITION
    )


def residual_orthogonal_to_the_columns(f, x, y):
    """The residuals are orthogonal to every column of x, and add up to zero."""
    weight, bias = f(x, y)
    residual = y - (x @ weight + bias)
    return (residual @ x, residual.sum()), (0 * weight, 0 * bias)


def finds_the_line_it_was_drawn_from(f, x, y):
    """Targets that are an exact linear function of the inputs give its weights and bias."""
    weight = y[: x.shape[1]]
    return f(x, x @ weight + 2.5), (weight, 2.5 + 0 * y.sum())


def scales_with_the_target(f, x, y):
    """Tripling all targets triples the weights and the bias."""
    return f(x, 3 * y), tuple(3 * each for each in f(x, y))


def no_descent_goes_lower(f, x, y):
    """At the solution, the gradient of the squared error is zero."""
    weight, bias = f(x, y)
    columns = weight[:, None], np.reshape(bias, (1,))
    (error,) = sse.backward(np.array(1.0), dense.forward(x, *columns), y[:, None])
    return dense.backward(error, x, *columns)[1:], tuple(0 * each for each in columns)


def _torch(torch, x, y):
    ones = torch.ones(len(x), 1, dtype=x.dtype)
    solution = torch.linalg.lstsq(torch.hstack([x, ones]), y[:, None], driver="gels").solution[:, 0]
    return solution[:-1], solution[-1]


def _terms(x, y):
    """The solution of normal equations is as accurate as the square of the condition allows."""
    lengths = np.sqrt(np.square(x - x.mean(axis=0)).sum(axis=0))
    return WORST_CONDITION**2 * np.abs(y).max() / lengths.min()


SPEC = Procedure(
    run=run,
    terms=_terms,
    torch=_torch,
    properties=(
        residual_orthogonal_to_the_columns,
        finds_the_line_it_was_drawn_from,
        scales_with_the_target,
        no_descent_goes_lower,
    ),
    possible=_independent,
)
