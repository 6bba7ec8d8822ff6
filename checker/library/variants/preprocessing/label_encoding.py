"""Right ways to write label encoding."""

import numpy as np


def by_dictionary(labels):
    codes = {label: code for code, label in enumerate(sorted(set(labels.tolist())))}
    return [codes[label] for label in labels.tolist()]


def by_unique(labels):
    return np.unique(labels, return_inverse=True)[1]


def smaller_classes_counted(labels):
    return (np.unique(labels) < labels[:, None]).sum(axis=1)
