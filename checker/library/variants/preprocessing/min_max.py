"""Right ways to scale to the range from 0 to 1."""

import numpy as np


def by_ptp(train, x):
    width = np.ptp(train, axis=0)
    return (x - train.min(axis=0)) / np.where(width > 0, width, 1)


def feature_by_feature(train, x):
    result = np.empty(x.shape)
    for j in range(x.shape[1]):
        low, high = min(train[:, j]), max(train[:, j])
        result[:, j] = (x[:, j] - low) / (high - low or 1)
    return result


def single_precision(train, x):
    train, x = train.astype(np.float32), x.astype(np.float32)
    low, high = train.min(axis=0), train.max(axis=0)
    return (x - low) / np.where(high > low, high - low, np.float32(1))
