"""Inverse time decay: the rate shrinks like one over the number of steps.

    rate = learning_rate / (1 + decay step)

Slower than any exponential in the end: the rates still add up to infinity, so that the path can
reach any distance, as the proofs of convergence of stochastic gradient descent ask.

Source: Vanschoren (001), "SGD with learning rate schedules"; Robbins and Monro 1951.
"""

from typing import Annotated as Shaped

from reference.spec import Between, Procedure, Real, Try


def run(
    step: Shaped[int, Try((0, 1, 2, 7, 100))],
    learning_rate: Shaped[Real, "", Between(0, 1)],
    decay: Shaped[Real, "", Between(0, 1)],
) -> Shaped[Real, ""]:
    return learning_rate / (1 + decay * step)


def starts_undecayed(f, step, learning_rate, decay):
    """The first update uses the rate as it was given."""
    return f(0, learning_rate, decay), learning_rate


def only_the_product_counts(f, step, learning_rate, decay):
    """Twice the steps at half the decay is the same time."""
    return f(2 * step, learning_rate, decay), f(step, learning_rate, 2 * decay)


def inverse_grows_evenly(f, step, learning_rate, decay):
    """One over the rate grows by the same amount in every step."""
    here, next_, last = (1 / f(step + k, learning_rate, decay) for k in range(3))
    return last - next_, next_ - here


def _torch(torch, step, learning_rate, decay):
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=learning_rate.item())
    k = decay.item()
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: 1 / (1 + k * s))
    for _ in range(step):
        optimiser.step()
        schedule.step()
    return torch.tensor(schedule.get_last_lr()[0], dtype=torch.float64)


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(starts_undecayed, only_the_product_counts, inverse_grows_evenly),
    source="Vanschoren (001)",
)
