"""Right ways to draw two moons."""

import numpy as np


def point_by_point(*, examples, noise=0.1, seed=0):
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % 2)
    angles = rng.uniform(0, np.pi, examples)
    points = [
        (np.cos(a), np.sin(a)) if label == 0 else (1 - np.cos(a), 0.5 - np.sin(a))
        for a, label in zip(angles, labels, strict=True)
    ]
    return np.array(points) + noise * rng.standard_normal((examples, 2)), labels


def with_signs(*, examples, noise=0.1, seed=0):
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % 2)
    angles = rng.uniform(0, np.pi, examples)
    sign = 1 - 2 * labels
    x = labels + sign * np.cos(angles)
    y = labels / 2 + sign * np.sin(angles)
    return np.column_stack([x, y]) + noise * rng.standard_normal((examples, 2)), labels
