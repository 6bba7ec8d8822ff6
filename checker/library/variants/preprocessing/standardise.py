"""Right ways to standardise."""

import numpy as np


def times_the_reciprocal(train, x):
    spread = train.std(axis=0)
    return (x - train.mean(axis=0)) * (1 / np.where(spread == 0, 1, spread))


def feature_by_feature(train, x):
    result = np.empty(x.shape)
    for j, column in enumerate(train.T):
        spread = np.sqrt(np.mean((column - column.mean()) ** 2))
        result[:, j] = (x[:, j] - column.mean()) / (spread if spread > 0 else 1)
    return result


def single_precision(train, x):
    train, x = train.astype(np.float32), x.astype(np.float32)
    spread = train.std(axis=0)
    return (x - train.mean(axis=0)) / np.where(spread > 0, spread, np.float32(1))
