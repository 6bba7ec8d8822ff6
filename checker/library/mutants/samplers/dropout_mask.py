"""Known-wrong ways to draw a mask of inverted dropout, and the one of another convention."""

import numpy as np

from checker.library.marks import convention


def _drawn(seed, examples, units):
    return np.random.default_rng(seed).random((examples, units))


def keeps_what_it_should_drop(*, examples, units, rate, seed):
    """An entry is kept with probability rate instead of dropped.

    With a rate of 0.2, how many of 100 entries should be 0?
    """
    return (_drawn(seed, examples, units) < rate) / (1 - rate)


def scaled_by_the_rate(*, examples, units, rate, seed):
    """What is kept is divided by rate, which is the share that is dropped.

    By what does the mean shrink when a fifth is dropped?
    """
    return (_drawn(seed, examples, units) >= rate) / rate


def rate_is_what_is_kept(*, examples, units, rate, seed):
    """The rate is taken for the share that is kept, in the mask and in the scale.

    Is the rate the chance to be dropped or to stay?
    """
    return (_drawn(seed, examples, units) < rate) / rate


def multiplied_by_the_share_kept(*, examples, units, rate, seed):
    """What is kept is multiplied by 1 - rate, which makes the mean smaller still.

    In training or in use: where does standard dropout shrink, and which way does this one go?
    """
    return (_drawn(seed, examples, units) >= rate) * (1 - rate)


def one_mask_for_all_examples(*, examples, units, rate, seed):
    """One row is drawn and used for every example.

    Should two examples of a batch lose the same units?
    """
    return np.repeat((_drawn(seed, 1, units) >= rate) / (1 - rate), examples, axis=0)


def one_mask_for_all_units(*, examples, units, rate, seed):
    """One column is drawn and used for every unit: whole examples are dropped.

    What is left of an example whose units are all 0?
    """
    return np.repeat((_drawn(seed, examples, 1) >= rate) / (1 - rate), units, axis=1)


def normal_noise(*, examples, units, rate, seed):
    """The noise that is compared with the rate is normal, so that the share is another.

    With which probability is a standard normal number below 0.2?
    """
    noise = np.random.default_rng(seed).standard_normal((examples, units))
    return (noise >= rate) / (1 - rate)


def units_first(*, examples, units, rate, seed):
    """The shape is (units, examples).

    Which axis of a batch counts examples?
    """
    return (_drawn(seed, units, examples) >= rate) / (1 - rate)


@convention
def not_enlarged(*, examples, units, rate, seed):
    """What is kept stays as it is, as in standard dropout, which shrinks in use.

    What must then be done when the network is used?
    """
    return 1.0 * (_drawn(seed, examples, units) >= rate)
