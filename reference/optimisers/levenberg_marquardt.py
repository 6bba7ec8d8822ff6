"""Levenberg-Marquardt: least squares by solving the linearised problem, held back by a damping.

    (J^T J + damping D) d = J^T r,    w <- w - d
    D = I                             (identity: Levenberg)
    D = diag(J^T J)                   (diagonal: Marquardt, blind to the units of each weight)

r are the residuals at w and J their derivatives, one row per residual; the loss is half the sum of
r^2, so J^T r is its gradient. Without damping it is the Gauss-Newton step, which solves a linear
problem at once; with much damping, a short gradient step. `minimise` repeats it: a step that lowers
the loss is kept and the damping divided by `factor`, any other is dropped and the damping raised.
A weight no residual depends on makes the diagonal form singular, which raises LinAlgError.

Source: Levenberg 1944; Marquardt 1963; named in lecture 002.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Function, Procedure, Real, Try


def run(
    param: Shaped[Real, "p"],
    residuals: Shaped[Real, "n"],
    jacobian: Shaped[Real, "n p", Between(0.1, 2)],
    *,
    damping: Shaped[float, Try((1.0, 0.25, 10.0))] = 0.001,
    form: Shaped[str, Try(("identity", "diagonal"))] = "identity",
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
    """The best parameter met; `residuals` and `jacobian` are functions of it."""
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
    """Without damping, one step leaves residuals no linear model can lower: J^T r is zero."""
    tall = np.concatenate([jacobian, np.eye(len(param))])
    left = np.concatenate([residuals, param])
    moved = f(param, left, tall, damping=0.0, form=form)
    return tall.T @ (left + tall @ (moved - param)), 0 * param


def steps_against_the_gradient(f, param, residuals, jacobian, damping, form):
    """The step, damping included, is the one whose image in the model is the gradient."""
    step = param - f(param, residuals, jacobian, damping=damping, form=form)
    curved = jacobian.T @ (jacobian @ step)
    scale = 1.0 if form == "identity" else (jacobian**2).sum(axis=0)
    return curved + damping * scale * step, jacobian.T @ residuals


def blind_to_units(f, param, residuals, jacobian, damping, form):
    """A weight measured in other units takes the same step in them, by diagonal damping."""
    settings = {"damping": damping, "form": "diagonal"}
    units = 2.0 ** np.arange(len(param))
    moved = f(units * param, residuals, jacobian / units, **settings)
    return moved, units * f(param, residuals, jacobian, **settings)


def _torch(torch, param, residuals, jacobian, damping, form):
    # The same step as a plain least squares problem: the damping as residuals of its own.
    scale = torch.ones_like(param) if form == "identity" else jacobian.pow(2).sum(dim=0)
    tall = torch.cat([jacobian, torch.diag((damping * scale).sqrt())])
    target = torch.cat([residuals, torch.zeros_like(param)])
    return param - torch.linalg.lstsq(tall, target[:, None]).solution[:, 0]


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(solves_linear_problems_at_once, steps_against_the_gradient, blind_to_units),
    source="Levenberg 1944; Marquardt 1963",
)
