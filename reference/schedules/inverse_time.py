"""Inverse time decay: one over the rate grows linearly with the number of steps.

    rate = learning_rate / (1 + decay step)

In the long run, this is slower than any exponential decay. The sum of all rates is infinite, so
that the path can reach any distance, as required by the convergence proofs of stochastic gradient
descent. Keras's InverseTimeDecay has decay = decay_rate / decay_steps; in PyTorch, LambdaLR can
compute it.

    >>> [round(run(s, 0.6, 0.5), 4) for s in (0, 2, 4)]
    [0.6, 0.3, 0.2]

Source: Vanschoren (001), "SGD with learning rate schedules"; Robbins and Monro 1951.
"""

from typing import Annotated as Shaped

from reference.spec import Between, Procedure, Range, Real, Try


def run(
    step: Shaped[int, Try((0, 1, 2, 7, 100)), Range(90, 1000)],
    learning_rate: Shaped[Real, "", Between(0, 1)],
    decay: Shaped[Real, "", Between(0, 1)],
) -> Shaped[Real, ""]:
    return learning_rate / (1 + decay * step)


def starts_undecayed(f, step, learning_rate, decay):
    """The first update uses the given learning rate."""
    return f(0, learning_rate, decay), learning_rate


def only_the_product_counts(f, step, learning_rate, decay):
    """Doubling the step or doubling the decay gives the same rate."""
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
    properties=(starts_undecayed, only_the_product_counts, inverse_grows_evenly),
)
