"""Right ways to write connectionist temporal classification (CTC)."""

from functools import cache

import numpy as np


def by_memory(*batch, blank=0, reduction="mean", zero_infinity=False):
    """A recursion that remembers what it has computed."""

    def cost(logs, places):
        @cache
        def read(t, s):
            if t < 0:
                return 0.0 if s == 0 else -np.inf
            total = read(t - 1, s)
            if s > 0:
                total = np.logaddexp(total, read(t - 1, s - 1))
            if s > 1 and places[s] != places[s - 2]:
                total = np.logaddexp(total, read(t - 1, s - 2))
            return total + logs[t, places[s]]

        ends = range(max(len(places) - 2, 0), len(places))
        return -np.logaddexp.reduce([read(len(logs) - 1, s) for s in ends])

    costs = [cost(*each) for each in _examples(batch, blank)]
    return _reduced(costs, batch[-1], reduction, zero_infinity)


def by_a_matrix_of_moves(*batch, blank=0, reduction="mean", zero_infinity=False):
    costs = []
    for logs, places in _examples(batch, blank):
        moves = _moves(places)
        known = np.where(np.arange(len(places)) == 0, 0.0, -np.inf)
        for row in logs:
            known = row[places] + np.logaddexp.reduce(known + moves, axis=1)
        costs.append(-np.logaddexp.reduce(known[-2:]))
    return _reduced(costs, batch[-1], reduction, zero_infinity)


def from_the_end(*batch, blank=0, reduction="mean", zero_infinity=False):
    """The recursion runs from the last time to the first."""
    costs = []
    for logs, places in _examples(batch, blank):
        moves = _moves(places)
        rest = np.where(np.arange(len(places)) >= len(places) - 2, 0.0, -np.inf)
        for row in logs[::-1]:
            rest = np.logaddexp.reduce((row[places] + rest)[:, None] + moves, axis=0)
        costs.append(-rest[0])
    return _reduced(costs, batch[-1], reduction, zero_infinity)


def back_through_the_recursion(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """The recursion is differentiated step by step, without a second one for what follows."""
    found, shares = np.zeros(batch[0].shape), _shares(grad, batch[-1], reduction)
    for k, (logs, places) in enumerate(_examples(batch, blank)):
        moves = _moves(places)
        known = [np.where(np.arange(len(places)) == 0, 0.0, -np.inf)]
        for row in logs:
            known.append(row[places] + np.logaddexp.reduce(known[-1] + moves, axis=1))
        last = np.logaddexp.reduce(known[-1][-2:])
        if np.isneginf(last):
            found[: len(logs), k] = 0.0 if zero_infinity else np.nan
            continue
        dknown = np.where(np.arange(len(places)) < len(places) - 2, 0.0, np.exp(known[-1] - last))
        for t in reversed(range(len(logs))):
            np.add.at(found[t, k], places, -shares[k] * dknown)
            arrivals = known[t] + moves
            total = np.logaddexp.reduce(arrivals, axis=1, keepdims=True)
            with np.errstate(invalid="ignore"):
                weights = np.where(np.isneginf(total), 0.0, np.exp(arrivals - total))
            dknown = dknown @ weights
        found[: len(logs), k] += shares[k] * np.exp(logs)
    return (found,)


def by_both_recursions(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """For each class, the paths through it at each time, divided by all paths."""
    found, shares = np.zeros(batch[0].shape), _shares(grad, batch[-1], reduction)
    for k, (logs, places) in enumerate(_examples(batch, blank)):
        moves, count = _moves(places), len(places)
        before = [np.where(np.arange(count) == 0, 0.0, -np.inf)]
        after = [np.where(np.arange(count) >= count - 2, 0.0, -np.inf)]
        for row in logs:
            before.append(row[places] + np.logaddexp.reduce(before[-1] + moves, axis=1))
        for row in logs[:0:-1]:
            reached = (row[places] + after[-1])[:, None] + moves
            after.append(np.logaddexp.reduce(reached, axis=0))
        for t, row in enumerate(logs):
            through = before[t + 1] + after[len(logs) - 1 - t]
            total = np.logaddexp.reduce(through)
            for c in range(len(row)):
                if np.isneginf(total):
                    found[t, k, c] = 0.0 if zero_infinity else np.nan
                    continue
                posterior = np.exp(
                    np.logaddexp.reduce(through[places == c], initial=-np.inf) - total
                )
                found[t, k, c] = shares[k] * (np.exp(row[c]) - posterior)
    return (found,)


def _examples(batch, blank):
    """The log-probabilities and the places of each example, without padding."""
    logits, targets, input_lengths, target_lengths = batch
    shifted = logits - logits.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    for k, (times, labels) in enumerate(zip(input_lengths, target_lengths, strict=True)):
        places = [blank % logits.shape[2]]
        for label in targets[k, :labels]:
            places += [label, places[0]]
        yield logs[:times, k], np.array(places)


def _moves(places):
    """0 where a path may come to a place (row) from another (column), and -inf elsewhere."""
    to, start = np.indices((len(places), len(places)))
    leaps = (to - start == 2) & (places[:, None] != places)
    return np.where((to == start) | (to - start == 1) | leaps, 0.0, -np.inf)


def _reduced(costs, target_lengths, reduction, zero_infinity):
    costs = np.array(costs, dtype=float)
    if zero_infinity:
        costs[np.isposinf(costs)] = 0.0
    if reduction == "none":
        return costs
    if reduction == "sum":
        return costs.sum()
    return np.mean(costs / np.maximum(target_lengths, 1))


def _shares(grad, target_lengths, reduction):
    """What each cost gets of the upstream gradient."""
    if reduction == "mean":
        return grad / np.maximum(target_lengths, 1) / len(target_lengths)
    return np.broadcast_to(grad, len(target_lengths))
