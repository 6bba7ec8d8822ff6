"""Mutants of Gaussian noise."""

import numpy as np

from reference.regularisation.gaussian_noise import forward
from reference.spec import settings_of

# The gradient is the same whatever was added.
NOT_APPLICABLE = (
    "std_ignored",
    "std_ignored_as_0",
    "std_ignored_as_1",
    "training_ignored",
    "input_returned",
)


@settings_of(forward)
def noise_in_testing_too(x, noise, *, std, training):
    """Noise is added in testing too.

    When the network is used, should the same image get another answer each time?
    """
    return x + std * noise


@settings_of(forward)
def noise_in_testing_only(x, noise, *, std, training):
    """Noise is added in testing and not in training.

    When does noise help the network to learn?
    """
    return forward(x, noise, std=std, training=not training)


@settings_of(forward)
def never_any_noise(x, noise, *, std, training):
    """No noise is added.

    What is different in training?
    """
    return x + 0


@settings_of(forward)
def multiplied_by_the_noise(x, noise, *, std, training):
    """The input is multiplied by the noise; the noise is added.

    What becomes of an input of 0?
    """
    return x * (1 + std * noise) if training else 1 * x


@settings_of(forward)
def scaled_by_the_variance(x, noise, *, std, training):
    """The noise is multiplied by the square of the standard deviation.

    Which unit does std have, that of x or that of its square?
    """
    return x + std**2 * noise if training else 1 * x


@settings_of(forward)
def scaled_by_the_root(x, noise, *, std, training):
    """The noise is multiplied by the root of std, as if std were the variance.

    Which unit does std have, that of x or that of its square?
    """
    return x + np.sqrt(std) * noise if training else 1 * x


@settings_of(forward)
def std_not_used(x, noise, *, std, training):
    """The noise is added as it is, with standard deviation 1.

    How large is the noise that the task asks for?
    """
    return x + noise if training else 1 * x


@settings_of(forward)
def input_scaled_too(x, noise, *, std, training):
    """The sum of input and noise is multiplied by std.

    What is left of the input if std is 0?
    """
    return std * (x + noise) if training else 1 * x


@settings_of(forward)
def only_the_noise(x, noise, *, std, training):
    """The noise takes the place of the input.

    What can the next layer see of the image?
    """
    return std * noise if training else 1 * x


@settings_of(forward)
def one_noise_for_all_rows(x, noise, *, std, training):
    """All examples get the noise of the first one.

    Would the network not learn this noise by heart?
    """
    return x + std * noise[:1] if training else 1 * x


@settings_of(forward)
def shifted_by_std(x, noise, *, std, training):
    """std is added to the noise, so it is a shift; it is the width of the noise.

    What is the mean of the noise?
    """
    return x + noise + std if training else 1 * x


def times_the_noise(grad, x, noise, *, std, training=True):
    """The gradient is multiplied by the noise, which was added.

    If x grows by 1, how much does x + z grow?
    """
    return (grad * noise,)


@settings_of(forward)
def times_one_plus_the_noise(grad, x, noise, *, std, training):
    """The gradient is that of a product with the noise; the noise was added.

    If x grows by 1, how much does x + z grow?
    """
    return (grad * (1 + std * noise) if training else 1 * grad,)


@settings_of(forward)
def noise_added_to_the_gradient(grad, x, noise, *, std, training):
    """Noise is added to the gradient too.

    What is the derivative of a constant that is added?
    """
    return (grad + std * noise if training else 1 * grad,)


@settings_of(forward)
def times_std(grad, x, noise, *, std, training):
    """The gradient is multiplied by std.

    Does std multiply x?
    """
    return (std * grad if training else 1 * grad,)


@settings_of(forward)
def stopped_in_training(grad, x, noise, *, std, training):
    """The gradient is 0 in training.

    What should the layers before learn from?
    """
    return (0 * grad if training else 1 * grad,)
