"""The 8 x 8 digits: 1797 hand-written images, small enough to be on board.

Pixels run from 0 to 16, the number of black ones among the 4 x 4 of a finer image.

Source: Alpaydin and Kaynak 1998, UCI Machine Learning Repository (CC BY 4.0).
"""

from pathlib import Path

import numpy as np

from reference.spec import Index, Real

FILE = Path(__file__).with_name("digits.csv.gz")
SIDE = 8


def digits() -> tuple[Real, Index]:
    """Images (n, 8, 8) and the digits they show."""
    table = np.loadtxt(FILE, delimiter=",")
    return table[:, :-1].reshape(-1, SIDE, SIDE), table[:, -1].astype(int)
