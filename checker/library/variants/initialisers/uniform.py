"""Right ways to write the uniform initialiser."""


def weighted(noise, *, low=-0.05, high=0.05):
    return (1 - noise) * low + noise * high


def around_the_middle(noise, *, low=-0.05, high=0.05):
    return (low + high) / 2 + (high - low) / 2 * (2 * noise - 1)
