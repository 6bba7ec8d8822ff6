"""A bar that shows how much is done, or earned."""

import math

WIDTH = 20


def drawn(earned: float, points: float, width: int = WIDTH) -> str:
    """A progress bar. It is full only if everything is earned, and empty only if nothing is."""
    share = earned / points if points > 0 else 0.0
    filled = min(math.ceil(share * width), width - (share < 1))
    return "\u2588" * filled + "\u2591" * (width - filled)
