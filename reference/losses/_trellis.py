"""The trellis of CTC: what is known of each place of a target at each time, in both directions.

    a_t(s) = e_t(s) + logsumexp(a_(t-1)(s), a_(t-1)(s-1), and a_(t-1)(s-2) if l_s != l_(s-2))
    b_(t-1)(s) = logsumexp of b_t + e_t at s, s+1 and s+2, likewise

e_t(s) is the log-probability of label l_s at time t. Every array has one row for each example and
one column for each place.

Source: Graves, Fernandez, Gomez, Schmidhuber 2006, eq. 5-11.
"""

from typing import Any

import numpy as np

from reference.spec import Index, Real


def read_forwards(
    emitted: Real, places: Index, lengths: Index, target_lengths: Index
) -> tuple[Real, Real]:
    """The log-probability of what is read up to each time, by place; and the costs.

    At each time, the largest one of an example is subtracted and added up apart, because numbers
    near 0 lose fewer digits in a long sequence.
    """
    start = np.arange(places.shape[1]) == 0
    known = np.where(start, np.zeros_like(emitted[0]), -np.inf)
    total, each, leaps = np.zeros_like(known[:, 0]), [], _leaps(places)
    for t, now in enumerate(emitted):
        near = np.logaddexp(known, _moved(known, 1))
        far = np.where(leaps, _moved(known, 2), -np.inf)
        reached = np.where(t < lengths[:, None], now + np.logaddexp(near, far), known)
        known, largest = _lowered(reached)
        total = total + largest
        each.append(known)
    ends = np.where(_ends(places, target_lengths), known, -np.inf)
    label = ends[:, 1::2].max(axis=1, initial=-np.inf)
    return np.stack(each), -(total + np.logaddexp(ends[:, ::2].max(axis=1), label))


def read_backwards(emitted: Real, places: Index, lengths: Index, target_lengths: Index) -> Real:
    """The log-probability of what is left to read after each time, by place, likewise."""
    known = np.where(_ends(places, target_lengths), np.zeros_like(emitted[0]), -np.inf)
    each, leaps = [known], _leaps(places)
    for t in reversed(range(1, len(emitted))):
        now = known + emitted[t]
        near = np.logaddexp(now, _moved(now, -1))
        far = _moved(np.where(leaps, now, -np.inf), -2)
        known, _ = _lowered(np.where(t < lengths[:, None], np.logaddexp(near, far), known))
        each.append(known)
    return np.stack(each[::-1])


def _lowered(known: Real) -> tuple[Real, Real]:
    """The numbers without the largest one of each row, unless that is -inf, and the largest."""
    largest = known.max(axis=1)
    largest = np.where(largest == -np.inf, 0, largest)
    return known - largest[:, None], largest


def _ends(places: Index, target_lengths: Index) -> Any:
    """Whether a path may end at a place: at the last label, or at the blank after it."""
    labels = (np.arange(places.shape[1]) + 1) // 2
    return labels == target_lengths[:, None]


def _leaps(places: Index) -> Any:
    """Where a path may come from two places before: the blank between different labels."""
    return places != np.pad(places, ((0, 0), (2, 0)), mode="edge")[:, :-2]


def _moved(known: Real, by: int) -> Real:
    """The same numbers some places further, or back; nothing comes from outside."""
    none = np.full_like(known[:, : abs(by)], -np.inf)
    parts = (none, known[:, :-by]) if by > 0 else (known[:, -by:], none)
    return np.concatenate(parts, axis=1)
