"""Training a Sequential model: two epochs of mini-batches through a small network.

    for each epoch, for each batch in turn:
        W <- W - learning_rate dL/dW      L the mean squared error of the batch

The network has a hidden layer with sigmoid and a linear output layer. The training starts from
given weights and takes the examples in order. Nothing is random, so the final weights can be
compared one by one. The last batch may be short. An empty data set changes nothing. The bias of the
output after two steps:

    >>> import numpy as np
    >>> run(np.eye(1), np.eye(1), *map(np.zeros, [(1, 2), 2, (2, 1), 1]), learning_rate=0.5)[3]
    array([0.5])

Source: lecture 000; Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.models import Dense, Sequential, With
from reference.spec import Named, Procedure, Range, Real, Try

EPOCHS = 2
MANY = 64  # examples, from which on a growing error becomes infinite


def run(
    x: Shaped[Real, "n d"],
    y: Shaped[Real, "n k"],
    w1: Shaped[Real, "d h"],
    b1: Shaped[Real, "h"],
    w2: Shaped[Real, "h k"],
    b2: Shaped[Real, "k"],
    *,
    batch_size: Shaped[int, Try((2, 1, 8)), Range(1, 40)] = 2,
    learning_rate: Shaped[float, Try((0.5, 0.01)), Range(0, 1)] = 0.01,
) -> tuple[
    Shaped[Real, "d h", Named("w1")],
    Shaped[Real, "h", Named("b1")],
    Shaped[Real, "h k", Named("w2")],
    Shaped[Real, "k", Named("b2")],
]:
    hidden, output = Dense(w1.shape[1], "sigmoid"), Dense(w2.shape[1])
    model = Sequential([hidden, output])
    model.build(x.shape[1:])
    hidden.weights = {"weight": w1, "bias": b1}
    output.weights = {"weight": w2, "bias": b2}
    model.compile(loss="mse", optimiser=With("sgd", learning_rate=learning_rate))
    model.fit(x, y, epochs=EPOCHS, batch_size=batch_size, shuffle=False)
    (w1, b1), (w2, b2) = hidden.weights.values(), output.weights.values()
    return w1, b1, w2, b2


def rests_at_rate_zero(f, x, y, w1, b1, w2, b2, batch_size, learning_rate):
    """With a learning rate of zero, no weight changes."""
    return f(x, y, w1, b1, w2, b2, batch_size=batch_size, learning_rate=0.0), (w1, b1, w2, b2)


def a_large_batch_is_all_of_it(f, x, y, w1, b1, w2, b2, batch_size, learning_rate):
    """A batch size larger than the data gives gradient descent on all of the data."""
    whole = f(x, y, w1, b1, w2, b2, batch_size=len(x), learning_rate=learning_rate)
    return f(x, y, w1, b1, w2, b2, batch_size=1000, learning_rate=learning_rate), whole


def _is_stable(x, y, w1, b1, w2, b2, batch_size, learning_rate):
    """Whether the weights do not grow without bound, which would enlarge every rounding."""
    moderate = all(abs(v).max() < 100 for v in (x, y, w1, w2))
    most = 20 if len(x) <= MANY else 0.9  # below 1, the steps of the output layer become smaller
    return moderate and learning_rate * len(w2) <= most


def _torch(torch, x, y, w1, b1, w2, b2, batch_size, learning_rate):
    weights = [w.clone().requires_grad_() for w in (w1, b1, w2, b2)]
    optimiser = torch.optim.SGD(weights, lr=learning_rate)
    for _ in range(2):
        for start in range(0, len(x), batch_size):
            part = slice(start, start + batch_size)
            # The slope of this form keeps its digits where that of torch.sigmoid is rounded to 0.
            hidden = torch.nn.functional.logsigmoid(x[part] @ weights[0] + weights[1]).exp()
            loss = torch.nn.functional.mse_loss(hidden @ weights[2] + weights[3], y[part])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return tuple(w.detach() for w in weights)


def _terms(x, y, w1, b1, w2, b2, **_):
    """The largest weight: the roundings of all steps add up, in a weight that becomes small too."""
    return max(np.abs(w).max(initial=0) for w in (w1, b1, w2, b2))


SPEC = Procedure(
    run=run,
    terms=_terms,
    torch=_torch,
    properties=(rests_at_rate_zero, a_large_batch_is_all_of_it),
    possible=_is_stable,
)
