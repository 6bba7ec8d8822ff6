"""The regions of adaptive pooling: as many along each axis as are asked, of nearly equal lengths.

Region p of `count` along an axis of length h has the entries from floor(p h / count) up to, and
without, ceil((p + 1) h / count). Neighbours share an entry where h is no multiple of `count`.
"""

from typing import Any

from reference.windows._windows import Lengths, each

Spans = tuple[tuple[int, int], ...]  # where each region begins and ends along one axis


def over(lengths: Lengths, size: Any) -> tuple[Spans, ...]:
    """The regions along each axis. `size` says how many; None, also for one axis, keeps all."""
    asked = size if isinstance(size, tuple | list) else (size,) * len(lengths)
    kept = tuple(n if k is None else k for n, k in zip(lengths, asked, strict=False))
    counts = each("size", kept if len(asked) == len(lengths) else asked, len(lengths))
    return tuple(
        tuple((p * n // k, -(-(p + 1) * n // k)) for p in range(k))
        for n, k in zip(lengths, counts, strict=True)
    )
