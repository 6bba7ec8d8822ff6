"""Right ways to learn to read digits, and to read new ones."""

from checker.library.variants.fitting import _ways


def trained_with_momentum(images, labels, new, *, seed):
    return _ways.with_momentum(
        images / 8 - 1, labels, new / 8 - 1, seed, units=40, size=0.1, rate=0.1, steps=150
    )


def hidden_layer_kept(images, labels, new, *, seed):
    return _ways.on_random_features(
        images / 16, labels, new / 16, seed, units=150, size=0.3, decay=1.0
    )


def rectifiers_with_falling_rate(images, labels, new, *, seed):
    return _ways.one_by_one(
        images / 16, labels, new / 16, seed, units=40, size=0.15, rate=0.1, epochs=25
    )
