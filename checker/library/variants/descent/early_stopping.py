"""Right ways to stop early."""

import numpy as np


def with_a_while_loop(losses, *, patience=3, min_delta=0.0, window=1):
    best, best_epoch, epoch = float("inf"), 0, 0
    while epoch < len(losses):
        epoch += 1
        smooth = sum(losses[max(0, epoch - window) : epoch]) / min(window, epoch)
        if best - smooth > min_delta:
            best, best_epoch = smooth, epoch
        if epoch - best_epoch >= patience:
            return epoch, best_epoch
    return epoch, best_epoch


def on_smoothed_losses(losses, *, patience=3, min_delta=0.0, window=1):
    smooth = [np.mean(losses[max(0, k - window + 1) : k + 1]) for k in range(len(losses))]
    best, at = np.inf, -1
    for k, value in enumerate(smooth):
        if value < best - min_delta:
            best, at = value, k
        elif k - at >= patience:
            return k + 1, at + 1
    return len(smooth), at + 1
