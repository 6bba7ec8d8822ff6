"""Labels as places of an array. What is no place is refused: -1 would be taken for the last one."""

from typing import Any

import numpy as np

from reference.spec import Index


def places(labels: Index, count: int) -> Any:
    """The labels as indices of an axis of `count` entries.

    Raises IndexError for a label that is not in range(count), and TypeError for real numbers.
    """
    if labels.dtype.kind not in "iub":
        raise TypeError(f"labels are whole numbers, and these are of type {labels.dtype}")
    if labels.size and not 0 <= labels.min() <= labels.max() < count:
        raise IndexError(f"a label is not in range({count})")
    return labels.astype(np.intp)
