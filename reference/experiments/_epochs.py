"""Epochs read off a curve of losses."""

from collections.abc import Sequence


def first_below(losses: Sequence[float], bound: float) -> int:
    """The number of epochs until the loss is below the bound. Raises ValueError if it never is."""
    for number, loss in enumerate(losses, 1):
        if loss < bound:
            return number
    raise ValueError(f"the loss never gets below {bound}: the lowest is {min(losses)}")
