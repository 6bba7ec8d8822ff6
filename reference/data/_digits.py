"""The 8 x 8 digits: 1797 images of handwritten digits, included in this package.

A pixel is a number from 0 to 16, the number of black pixels in a 4 x 4 block of a finer image.

Source: Alpaydin and Kaynak 1998, UCI Machine Learning Repository (CC BY 4.0).
"""

from pathlib import Path

import numpy as np

from reference.spec import Index, Real

FILE = Path(__file__).with_name("digits.csv.gz")
SIDE = 8


def digits() -> tuple[Real, Index]:
    """Images of shape (1797, 8, 8), and their labels from 0 to 9 of shape (1797,)."""
    table = np.loadtxt(FILE, delimiter=",")
    return table[:, :-1].reshape(-1, SIDE, SIDE), table[:, -1].astype(int)
