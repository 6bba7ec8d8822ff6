"""Tensors and data, as a student solves it."""

import numpy as np


def add_by_loops(a, b):
    y = np.zeros(a.shape)
    for at in np.ndindex(*a.shape):
        y[at] = a[at] + b[0, at[-1]]
    return y


def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return a * b


def divide(a, b):
    return a / b


def broadcast_shape(one, other):
    axes = max(len(one), len(other))
    first = (1,) * (axes - len(one)) + one
    second = (1,) * (axes - len(other)) + other
    together = ()
    for axis in range(axes):
        p, q = first[axis], second[axis]
        if p != q and p != 1 and q != 1:
            raise ValueError(f"{one} and {other}: axis {axis - axes} is {p} and {q}")
        together += (q if p == 1 else p,)
    return together


def matmul_by_loops(a, b):
    n, d = a.shape
    k = b.shape[1]
    c = np.zeros((n, k))
    for i in range(n):
        for j in range(k):
            for m in range(d):
                c[i, j] += a[i, m] * b[m, j]
    return c


def matmul(a, b):
    return a @ b


def batched_matmul(a, b):
    return np.matmul(a, b)


def matmul_shape(one, other):
    if one[-1] != other[-2]:
        raise ValueError(f"{one[-1]} columns and {other[-2]} rows have no product")
    batch = broadcast_shape(one[:-2], other[:-2])
    return (*batch, one[-2], other[-1])


def flatten(x):
    return x.reshape(len(x), -1)


def one_hot(labels, classes):
    y = np.zeros((len(labels), classes))
    for i, label in enumerate(labels):
        y[i, label] = 1
    return y


def label_encoding(labels):
    classes = sorted(set(labels))
    return [classes.index(label) for label in labels]


def standardise(train, x):
    mean = train.mean(axis=0)
    s = train.std(axis=0)
    s[s == 0] = 1
    return (x - mean) / s


def min_max(train, x):
    low, high = train.min(axis=0), train.max(axis=0)
    width = high - low
    width[width == 0] = 1
    return (x - low) / width
