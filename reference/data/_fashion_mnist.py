"""Fashion-MNIST: 70,000 greyscale images of clothes, 28 x 28, from the user's own copy.

The four files, compressed by gzip or not, are in one folder under their usual names:

    train-images-idx3-ubyte  train-labels-idx1-ubyte  t10k-images-idx3-ubyte  t10k-labels-idx1-ubyte

Source: Xiao, Rasul, Vollgraf 2017; Vanschoren (001).
"""

from pathlib import Path

from reference.data._idx import read_idx
from reference.spec import Index, Real

CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
PARTS = {"train": "train", "test": "t10k"}


def fashion_mnist(folder: Path | str, part: str = "train") -> tuple[Real, Index]:
    """Images of shape (n, 28, 28) with values from 0 to 255, and their labels of shape (n,).

    `part` is "train" or "test". Raises FileNotFoundError if a file is missing, and ValueError for
    another part, a damaged file, or images and labels that do not belong together.
    """
    if part not in PARTS:
        raise ValueError(f"the parts are {' and '.join(PARTS)}, not {part!r}")
    images = read_idx(_file(Path(folder), f"{PARTS[part]}-images-idx3-ubyte"))
    labels = read_idx(_file(Path(folder), f"{PARTS[part]}-labels-idx1-ubyte"))
    if images.ndim != 3 or labels.shape != images.shape[:1]:
        raise ValueError(f"images {images.shape} and labels {labels.shape} do not belong together")
    return images.astype(float), labels.astype(int)


def _file(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise FileNotFoundError(f"{folder} has neither {name} nor {name}.gz: download it there first")
