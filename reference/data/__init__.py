"""Data sets: small synthetic ones sampled from a seed, and images of ten classes.

The synthetic data sets are procedures of the catalogue: two_moons, circles, blobs, spirals and
noisy_sine. Images are read from files: `digits()` reads a file of this package, and
`fashion_mnist(folder)` reads files that the user has downloaded.
"""

from reference.data._digits import digits
from reference.data._fashion_mnist import CLASSES as FASHION_CLASSES
from reference.data._fashion_mnist import fashion_mnist
from reference.data._idx import read_idx

__all__ = ["FASHION_CLASSES", "digits", "fashion_mnist", "read_idx"]
