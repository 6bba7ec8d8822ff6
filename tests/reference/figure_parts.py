"""What the axes of a picture show: its words and its circles; and models to be drawn."""

from matplotlib.patches import Circle

from reference.models import Sequential


def texts(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def circles(axes):
    return [patch for patch in axes.patches if isinstance(patch, Circle)]


def built(*layers, inputs=2, seed=0):
    model = Sequential(layers, seed=seed)
    model.build((inputs,))
    return model
