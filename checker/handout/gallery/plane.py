"""Pictures of points in the plane, of images, and of how networks see them."""

from typing import TYPE_CHECKING

from checker.handout.gallery.training import moons
from reference.data import two_moons
from reference.pictures import decision_boundary

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def boundary() -> "Figure":
    """The decision boundary of a small network on two moons."""
    model, (points, labels) = moons(), two_moons.run(examples=200, noise=0.15)
    model.fit(points, labels[:, None].astype(float), epochs=150, seed=0)
    return decision_boundary(model, points, labels)


PICTURES = (boundary,)
