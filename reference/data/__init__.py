"""Data: two-dimensional classes drawn from a seed, and images of ten classes.

What is drawn is a procedure of the catalogue: two_moons, circles, blobs, spirals, noisy_sine.
Images come from files: `digits()` from one on board, `fashion_mnist(folder)` from the reader's.
"""

from reference.data._digits import digits
from reference.data._fashion_mnist import CLASSES as FASHION_CLASSES
from reference.data._fashion_mnist import fashion_mnist
from reference.data._idx import read_idx

__all__ = ["FASHION_CLASSES", "digits", "fashion_mnist", "read_idx"]
