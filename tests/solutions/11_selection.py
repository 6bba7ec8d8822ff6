"""Choosing a model, solved from its text."""

from itertools import pairwise

import numpy as np


def three_parts(examples, validation, test, seed):
    order = np.random.default_rng(seed).permutation(examples)
    a = round(test * examples)
    b = a + round(validation * examples)
    return order[b:], order[a:b], order[:a]


def folds_of(examples, folds, seed):
    return np.random.default_rng(seed).permutation([i % folds for i in range(examples)])


def stratified_folds(labels, folds, seed):
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    by_label = sorted(shuffled, key=lambda i: labels[i])
    fold = np.zeros(len(labels), dtype=int)
    for place, i in enumerate(by_label):
        fold[i] = place % folds
    return fold


def take(listed, share):
    part, rest = [], []
    for i, example in enumerate(listed):
        taken = np.floor((i + 1) * share + 1 / 2) > np.floor(i * share + 1 / 2)
        (part if taken else rest).append(example)
    return part, rest


def stratified_parts(labels, validation, test, seed):
    rng = np.random.default_rng(seed)
    by_label = sorted(rng.permutation(len(labels)), key=lambda i: labels[i])
    tested, rest = take(by_label, test)
    checked, train = take(rest, validation / (1 - test))
    return tuple(rng.permutation(np.array(part, dtype=int)) for part in (train, checked, tested))


def settings(rates, units):
    return [[rate, count] for rate in rates for count in units]


def best_setting(losses):
    means = losses.mean(axis=1)
    best = np.argmin(means)
    return best, means[best]


def random_rates(draws, low, high):
    return np.exp(np.log(low) + draws * (np.log(high) - np.log(low)))


def read_curves(train, validation):
    return np.argmin(validation) + 1, validation[-1] - train[-1]


def count_weights(widths):
    return np.array([a * b + b for a, b in pairwise(widths)])


def keep_the_best(x, labels, x_validation, labels_validation, new, seed):
    rng = np.random.default_rng(seed)
    w1, b1 = rng.normal(0, 0.3, (x.shape[1], 20)), np.zeros(20)
    w2, b2 = rng.normal(0, 0.3, 20), 0.0
    on_validation, on_new = [], []
    for _ in range(200):
        on_validation.append(np.tanh(x_validation @ w1 + b1) @ w2 + b2)
        on_new.append(np.tanh(new @ w1 + b1) @ w2 + b2)
        for part in np.array_split(rng.permutation(len(x)), 4):
            h = np.tanh(x[part] @ w1 + b1)
            d = (1 / (1 + np.exp(-(h @ w2 + b2))) - labels[part]) / len(part)
            dh = np.outer(d, w2) * (1 - h**2)
            w1, b1 = w1 - 0.3 * x[part].T @ dh, b1 - 0.3 * dh.sum(axis=0)
            w2, b2 = w2 - 0.3 * h.T @ d, b2 - 0.3 * d.sum()
    losses = [np.mean(np.log(1 + np.exp(z)) - labels_validation * z) for z in on_validation]
    return np.array(on_validation), np.array(on_new), np.argmin(losses)


def decayed(x, y, decay):
    return np.linalg.solve(x.T @ x + decay * np.eye(x.shape[1]), x.T @ y)


def choose_decay(x, y, decays, new, seed):
    fold = folds_of(len(x), 5, seed)
    unseen = np.zeros((len(decays), len(x)))
    for row, decay in enumerate(decays):
        for k in range(5):
            unseen[row, fold == k] = x[fold == k] @ decayed(x[fold != k], y[fold != k], decay)
    best = np.argmin(((unseen - y) ** 2).mean(axis=1))
    return unseen, best, new @ decayed(x, y, decays[best])
