"""Levenberg-Marquardt: a damped step that solves a linearised least squares problem.

    (J^T J + damping D) d = J^T r,    w <- w - d
    D = I                             (identity: Levenberg)
    D = diag(J^T J)                   (diagonal: Marquardt, independent of the units of each weight)

r are the residuals at w, of shape (n,), and J are their derivatives, of shape (n, p): one row per
residual. The loss is half the sum of r^2, so J^T r is its gradient. Without damping, the step is
the Gauss-Newton step, which solves a linear problem at once. With large damping and D = I, it is a
short step of gradient descent. `minimise` repeats the step: a step that lowers the loss is kept and
the damping is divided by `factor`; any other step is dropped and the damping is multiplied by
`factor`. If a weight affects no residual, the matrix of the diagonal form is singular and
LinAlgError is raised. The same holds without damping if the columns of J are linearly dependent.
PyTorch and Keras have no such optimiser.

    >>> run(np.ones(2), np.ones(3), np.array([[1.0, 0], [0, 2], [0, 1]]), damping=1.0).round(4)
    array([0.5, 0.5])

Source: Levenberg 1944; Marquardt 1963; named in lecture 002.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Convention, Function, Procedure, Range, Real, Try


def run(
    param: Shaped[Real, "p"],
    residuals: Shaped[Real, "n"],
    jacobian: Shaped[Real, "n p", Between(0.1, 2)],
    *,
    damping: Shaped[float, Try((1.0, 0.25, 10.0)), Range(0, math.inf)] = 0.001,
    form: Shaped[str, Convention(("identity", "diagonal"))] = "identity",
) -> Shaped[Real, "p"]:
    hessian, gradient = jacobian.T @ jacobian, jacobian.T @ residuals
    unit = np.eye(len(param), dtype=param.dtype)
    held = damping * (unit if form == "identity" else unit * hessian)
    return param - np.linalg.solve(hessian + held, gradient)


def minimise(
    residuals: Function,
    jacobian: Function,
    param: Real,
    *,
    steps: int,
    damping: float = 0.001,
    factor: float = 10.0,
    form: str = "identity",
) -> Real:
    """Return the best parameter found. `residuals` and `jacobian` are functions of it."""
    here = residuals(param)
    for _ in range(steps):
        moved = run(param, here, jacobian(param), damping=damping, form=form)
        there = residuals(moved)
        if there @ there < here @ here:
            param, here, damping = moved, there, damping / factor
        else:
            damping = damping * factor
    return param


def solves_linear_problems_at_once(f, param, residuals, jacobian, damping, form):
    """Without damping, one step solves a linear problem: the gradient J^T r is then zero."""
    tall = np.concatenate([jacobian, np.eye(len(param))])
    left = np.concatenate([residuals, param])
    moved = f(param, left, tall, damping=0.0, form=form)
    return tall.T @ (left + tall @ (moved - param)), 0 * param


def steps_against_the_gradient(f, param, residuals, jacobian, damping, form):
    """The damped matrix times the step d is the gradient J^T r."""
    step = param - f(param, residuals, jacobian, damping=damping, form=form)
    curved = jacobian.T @ (jacobian @ step)
    scale = 1.0 if form == "identity" else (jacobian**2).sum(axis=0)
    return curved + damping * scale * step, jacobian.T @ residuals


def blind_to_units(f, param, residuals, jacobian, damping, form):
    """With diagonal damping, other units for the weights give the same step in these units."""
    settings = {"damping": damping, "form": "diagonal"}
    units = 2.0 ** np.arange(len(param))
    moved = f(units * param, residuals, jacobian / units, **settings)
    return moved, units * f(param, residuals, jacobian, **settings)


def _torch(torch, param, residuals, jacobian, damping, form):
    # The same step as an ordinary least squares problem: the damping adds residuals.
    scale = torch.ones_like(param) if form == "identity" else jacobian.pow(2).sum(dim=0)
    tall = torch.cat([jacobian, torch.diag((damping * scale).sqrt())])
    target = torch.cat([residuals, torch.zeros_like(param)])
    return param - torch.linalg.lstsq(tall, target[:, None]).solution[:, 0]


def _terms(param, residuals, jacobian, damping, form):
    """Elimination loses digits in proportion to the condition of the damped matrix."""
    size = np.abs(jacobian).sum(axis=0).max() if jacobian.size else 0.0
    return len(param) * (
        np.abs(param).max(initial=0) + np.abs(residuals).max(initial=0) * size / damping
    )


SPEC = Procedure(
    run=run,
    torch=_torch,
    terms=_terms,
    properties=(solves_linear_problems_at_once, steps_against_the_gradient, blind_to_units),
)
