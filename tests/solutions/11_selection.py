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
