"""What the texts promise of the digits, the functions of their solutions keep."""

import numpy as np
import pytest
from test_texts import solution

from reference.data import digits


def parts(seed):
    """The images as rows, their labels, and the indices of test, validation and training."""
    images, labels = digits()
    order = np.random.default_rng(seed).permutation(len(labels))
    return images.reshape(-1, 64) / 16, labels, np.split(order, [359, 718])


def first_weights(seed, hidden):
    rng, start = np.random.default_rng(seed), solution("12_project").first_weights
    w1, w2 = start(rng.random((64, hidden))), start(rng.random((hidden, 10)))
    return [w1, np.zeros(hidden), w2, np.zeros(10)]


@pytest.mark.parametrize(
    ("rate", "epochs", "low", "high"), [(0.5, 100, 0.9, 1), (0.01, 100, 0, 0.8)]
)
def test_a_model_that_is_fitted_reads_nine_of_ten_at_the_rate_given(rate, epochs, low, high):
    f = solution("10_training")
    x, labels, (test, *rest) = parts(0)
    train, weights = np.concatenate(rest), first_weights(0, 32)
    for _ in range(epochs // 2):  # fit trains for two
        weights = f.fit(x[train], np.eye(10)[labels[train]], *weights, 32, rate)
    w1, b1, w2, b2 = weights
    assert low < f.evaluate(f.sigmoid(x[test] @ w1 + b1) @ w2 + b2, labels[test]) < high


def test_the_project_reads_about_nineteen_of_twenty():
    f, g = solution("12_project"), solution("10_training")
    x, labels, (test, validation, train) = parts(0)
    x = f.standardise(x[train], x)
    weights, losses, kept, t = first_weights(0, 32), [], [], 0
    mean, square = ([np.zeros(w.shape) for w in weights] for _ in range(2))
    rng = np.random.default_rng(0)
    while len(losses) < 200 and f.stop(np.array([*losses, np.inf]), 10, 0, 1)[0] > len(losses):
        for batch in g.batches(rng.permutation(train), 25):
            t += 1
            rate = f.rate_at(t, 0.01, 0.5, 2000, False)
            for i, grad in enumerate(f.network_gradient(x[batch], *weights, labels[batch])):
                mean[i] = 0.9 * mean[i] + 0.1 * grad
                square[i] = 0.999 * square[i] + 0.001 * grad**2
                step = mean[i] / (1 - 0.9**t) / (np.sqrt(square[i] / (1 - 0.999**t)) + 1e-8)
                weights[i] = weights[i] - rate * step
        losses.append(g.classifier_loss(x[validation], *weights, labels[validation]))
        kept.append(list(weights))
    w1, b1, w2, b2 = kept[f.stop(np.array(losses), 10, 0, 1)[1] - 1]
    assert f.accuracy(g.sigmoid(x[test] @ w1 + b1) @ w2 + b2, labels[test]) > 0.93
    assert len(losses) < 200  # it was stopped
