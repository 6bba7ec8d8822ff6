"""The pictures that `check show` can draw. Each is computed when drawn, from a fixed seed.

Each module lists its pictures in PICTURES; the name of a function is the name of its picture, and
the first line of its docstring says what it shows.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from checker.handout.gallery import activations, images, networks, plane, surfaces, training

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PICTURES: "dict[str, Callable[[], Figure]]" = {
    picture.__name__: picture
    for module in (activations, images, networks, plane, surfaces, training)
    for picture in module.PICTURES
}
