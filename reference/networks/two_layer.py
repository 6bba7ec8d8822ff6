"""A classifier with one hidden layer: dense, sigmoid, dense, softmax and cross-entropy.

    h = sigmoid(x W1 + b1),   z = h W2 + b2
    L = -(1/n) sum_i log softmax(z)[i, y_i]                (forward)
    dL/dz = g (softmax(z) - onehot(y)) / n, then backwards through dense, sigmoid and dense
                                                           (backward: W1, b1, W2, b2)

The input is data, so its gradient is not among the results. `labels` are the numbers of the
classes, from 0; a label that is too large raises IndexError. PyTorch's cross_entropy includes the
softmax, as here. An empty batch gives nan. With weights of zero, the loss of four classes is log 4:

    >>> import numpy as np
    >>> float(forward(np.eye(1), *map(np.zeros, [(1, 2), 2, (2, 4), 4]), np.arange(1)).round(4))
    1.3863

Source: lecture 002, "Training: example with feedforward NN"; Brajard (003), "Training a neural-net:
gradient backpropagation".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import sigmoid
from reference.linear import dense
from reference.losses import softmax_cross_entropy
from reference.spec import Below, Given, Gradients, Index, Real, Spec


def forward(
    x: Shaped[Real, "n d", Given()],
    w1: Shaped[Real, "d h"],
    b1: Shaped[Real, "h"],
    w2: Shaped[Real, "h c"],
    b2: Shaped[Real, "c"],
    labels: Shaped[Index, "n", Below("c")],
) -> Shaped[Real, ""]:
    hidden = sigmoid.forward(dense.forward(x, w1, b1))
    return softmax_cross_entropy.forward(dense.forward(hidden, w2, b2), labels)


def backward(
    grad: Real, x: Real, w1: Real, b1: Real, w2: Real, b2: Real, labels: Index
) -> Gradients:
    z1 = dense.forward(x, w1, b1)
    hidden = sigmoid.forward(z1)
    (dlogits,) = softmax_cross_entropy.backward(grad, dense.forward(hidden, w2, b2), labels)
    dhidden, dw2, db2 = dense.backward(dlogits, hidden, w2, b2)
    (dz1,) = sigmoid.backward(dhidden, z1)
    _, dw1, db1 = dense.backward(dz1, x, w1, b1)
    return dw1, db1, dw2, db2


def hidden_units_have_no_order(f, x, w1, b1, w2, b2, labels):
    """Renumbering the hidden units changes nothing."""
    return f(x, w1[:, ::-1], b1[::-1], w2[::-1], b2, labels), f(x, w1, b1, w2, b2, labels)


def one_bias_for_all_classes_is_none(f, x, w1, b1, w2, b2, labels):
    """Adding one number to every output bias changes nothing."""
    return f(x, w1, b1, w2, b2 + 1.5, labels), f(x, w1, b1, w2, b2, labels)


def _torch(torch, x, w1, b1, w2, b2, labels):
    functional = torch.nn.functional
    hidden = torch.sigmoid(functional.linear(x, w1.T, b1))
    return functional.cross_entropy(functional.linear(hidden, w2.T, b2), labels)


def _terms(x, w1, b1, w2, b2, labels):
    """The gradients of the examples cancel where the probabilities are right on average."""
    return max(1.0, np.abs(x).max(initial=0)) * max(1.0, np.abs(w2).max(initial=0))


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    terms=_terms,
    properties=(hidden_units_have_no_order, one_bias_for_all_classes_is_none),
)
