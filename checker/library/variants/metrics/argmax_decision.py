"""Right ways to decide for the highest score."""

import numpy as np


def by_sorting(scores):
    return np.argsort(-scores, axis=-1, kind="stable")[..., 0]


def first_that_is_highest(scores):
    return (scores == scores.max(axis=-1, keepdims=True)).argmax(axis=-1)


def row_by_row(scores):
    rows = scores.reshape(-1, scores.shape[-1]).tolist()
    return np.array([row.index(max(row)) for row in rows]).reshape(scores.shape[:-1])
