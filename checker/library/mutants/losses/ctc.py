"""Mutants of connectionist temporal classification (CTC)."""

from functools import partial

import numpy as np

from checker.library.marks import convention, unstable
from reference.activations import log_softmax, softmax
from reference.losses import ctc


def blanks_never_leapt_over(*batch, blank=0, reduction="mean", zero_infinity=False):
    """Every path has to visit the blank between two labels, even if the labels differ.

    How many times does the target "ab" need at least?
    """
    example = partial(_cost, leaps=lambda places: np.zeros(len(places), dtype=bool))
    return _reduced(example, batch, blank, reduction, zero_infinity)


def blanks_between_equal_labels_leapt_over(*batch, blank=0, reduction="mean", zero_infinity=False):
    """A path may leap over the blank between equal labels, which are then merged into one.

    Which target does the path "aa" spell?
    """
    example = partial(_cost, leaps=lambda places: np.arange(len(places)) % 2 == 1)
    return _reduced(example, batch, blank, reduction, zero_infinity)


def likeliest_path_only(*batch, blank=0, reduction="mean", zero_infinity=False):
    """The cost is that of the likeliest path; all paths that spell the target count.

    What is the probability that one of several things happens?
    """
    example = partial(_cost, join=np.maximum)
    return _reduced(example, batch, blank, reduction, zero_infinity)


def must_end_with_the_label(*batch, blank=0, reduction="mean", zero_infinity=False):
    """Only paths that end with the last label count; they may end with a blank too.

    At which two places may a path end?
    """

    def example(logs, target, blank):
        if not len(logs) or not len(target):
            return _cost(logs, target, blank)
        return -_table(logs, _places(target, blank))[-1, -2]

    return _reduced(example, batch, blank, reduction, zero_infinity)


def must_start_with_a_blank(*batch, blank=0, reduction="mean", zero_infinity=False):
    """Only paths that start with a blank count; they may start with the first label too.

    At which two places may a path start?
    """
    return _reduced(partial(_cost, starts=1), batch, blank, reduction, zero_infinity)


def padding_read_too(*batch, blank=0, reduction="mean", zero_infinity=False):
    """All times are read, the padding after the length of the input among them.

    What are the input lengths for?
    """
    settings = {"blank": blank, "reduction": reduction, "zero_infinity": zero_infinity}
    logits, targets, input_lengths, target_lengths = batch
    times = np.full_like(input_lengths, len(logits))
    return ctc.forward(logits, targets, times, target_lengths, **settings)


def one_label_at_each_time(*batch, blank=0, reduction="mean", zero_infinity=False):
    """The labels are compared with the first times one by one: that is no CTC.

    Who says at which time the first label is spoken?
    """

    def example(logs, target, blank):
        read = min(len(logs), len(target))
        return -sum(logs[t, target[t]] for t in range(read)) if read else 0.0

    return _reduced(example, batch, blank, reduction, zero_infinity)


@convention
def logits_taken_as_logarithms(*batch, blank=0, reduction="mean", zero_infinity=False):
    """The input is taken as log-probabilities, as in PyTorch; here it is logits.

    Do the exponentials of your input add up to one?
    """
    return _reduced(_cost, batch, blank, reduction, zero_infinity, normal=False)


@convention
def lengths_not_divided_by(*batch, blank=0, reduction="mean", zero_infinity=False):
    """The costs are not divided by the lengths of their targets before the mean is taken.

    Should a long text cost more than a short one in this task?
    """
    settings = {"blank": blank, "reduction": "none", "zero_infinity": zero_infinity}
    costs = ctc.forward(*batch, **settings)
    return costs.sum() if reduction == "sum" else costs.mean()


@unstable
def products_of_probabilities(*batch, blank=0, reduction="mean", zero_infinity=False):
    """Probabilities are multiplied over all times, until they become 0 and the cost infinite.

    How long may an input be, if each time has a probability of 0.01?
    """

    def example(logs, target, blank):
        if not len(logs):
            return _cost(logs, target, blank)
        table = _table(np.exp(logs), _places(target, blank), join=np.add, plain=True)
        with np.errstate(divide="ignore"):
            return -np.log(table[-1, -2:].sum())

    return _reduced(example, batch, blank, reduction, zero_infinity)


def softmax_left_out(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """This is the gradient of the log-probabilities; the way through softmax is missing.

    If one logit grows, what happens to the probabilities of the other classes?
    """

    def change(p, of_class):
        return -of_class

    return _changed(change, _at_places, grad, batch, blank, reduction, zero_infinity)


def only_what_was_read_before(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """The places are weighted by what was read before; what is still to be read counts too.

    At the first time, what decides between the blank and the first label?
    """

    def weights(logs, places):
        return _table(logs, places)

    return _changed(_gap, weights, grad, batch, blank, reduction, zero_infinity)


def same_time_counted_twice(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """The probability of the class at a time is in both factors, so it counts twice.

    Do both of your recursions include the class at time t?
    """

    def weights(logs, places):
        return _at_places(logs, places) + logs[:, places]

    return _changed(_gap, weights, grad, batch, blank, reduction, zero_infinity)


def likeliest_place_only(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """At each time, only the likeliest place counts, as if the timing were known.

    How sure is it which class belongs to which time?
    """

    def weights(logs, places):
        known = _at_places(logs, places)
        best = known.argmax(axis=1)[:, None] == np.arange(len(places))
        return np.where(best, known, -np.inf)

    return _changed(_gap, weights, grad, batch, blank, reduction, zero_infinity)


def places_not_added_up(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """A class that stands at several places gets the probability of the last of them only.

    How often does the blank occur between the labels?
    """

    def of_class(at_place, places, classes):
        found = np.zeros((len(at_place), classes))
        found[:, places] = at_place
        return found

    settings = blank, reduction, zero_infinity
    return _changed(_gap, _at_places, grad, batch, *settings, of_class=of_class)


def padding_with_gradients(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """The times after the length of an input have gradients; nothing depends on them.

    What happens to the loss if a logit of the padding changes?
    """
    (dlogits,) = _changed(_gap, _at_places, grad, batch, blank, reduction, zero_infinity)
    logits, targets, input_lengths, _ = batch
    padding = np.arange(len(logits))[:, None] >= input_lengths
    each = np.reshape(grad / (len(targets) if reduction == "mean" else 1), (-1, 1))
    return (np.where(padding[..., None], each * softmax.forward(logits), dlogits),)


def lengths_forgotten_in_the_mean(grad, *batch, blank=0, reduction="mean", zero_infinity=False):
    """The gradients are not divided by the lengths of the targets, though the costs are.

    By which two numbers does the loss divide?
    """
    settings = {"blank": blank, "reduction": reduction, "zero_infinity": zero_infinity}
    (dlogits,) = ctc.backward(grad, *batch, **settings)
    divisors = np.maximum(batch[-1], 1) if reduction == "mean" else np.full(len(batch[-1]), 2)
    return (dlogits * divisors[:, None],)


def _places(target, blank):
    places = np.full(2 * len(target) + 1, blank)
    places[1::2] = target
    return places


def _table(logs, places, leaps=None, starts=2, join=np.logaddexp, plain=False):
    """The recursion over time for one example; with `plain`, of probabilities."""
    if leaps is None:
        leaps = _differ
    nothing = 0.0 if plain else -np.inf
    allowed = leaps(places)
    known = np.full(len(places), nothing)
    known[:starts] = logs[0, places[:starts]]
    table = [known]
    for row in logs[1:]:
        one, two = (np.concatenate([np.full(k, nothing), known])[: len(places)] for k in (1, 2))
        reached = join(join(known, one), np.where(allowed, two, nothing))
        known = row[places] * reached if plain else row[places] + reached
        table.append(known)
    return np.array(table)


def _differ(places):
    return np.array([k > 1 and places[k] != places[k - 2] for k in range(len(places))], dtype=bool)


def _cost(logs, target, blank, **changes):
    """The cost of one example without padding."""
    if not len(logs):
        return np.inf if len(target) else 0.0
    last = _table(logs, _places(target, blank), **changes)[-1, -2:]
    return -changes.get("join", np.logaddexp).reduce(last)


def _reduced(example, batch, blank, reduction, zero_infinity, normal=True):
    logits, targets, input_lengths, target_lengths = batch
    logs = log_softmax.forward(logits) if normal else logits
    costs = np.array(
        [
            example(logs[:times, k], target[:labels], blank % logits.shape[2])
            for k, (target, times, labels) in enumerate(
                zip(targets, input_lengths, target_lengths, strict=True)
            )
        ]
    )
    if zero_infinity:
        costs = np.where(np.isinf(costs), 0.0, costs)
    if reduction == "mean":
        return (costs / np.maximum(target_lengths, 1)).mean()
    return costs.sum() if reduction == "sum" else costs


def _at_places(logs, places):
    """For one example, the logarithms of how probable it is to be at each place."""
    rest = np.full(len(places), -np.inf)
    rest[-2:] = 0.0
    after, allowed = [rest], _differ(places)
    for row in logs[:0:-1]:
        now = np.concatenate([row[places] + after[0], np.full(2, -np.inf)])
        leap = np.where(np.append(allowed, [False, False]), now, -np.inf)[2:]
        after.insert(0, np.logaddexp(np.logaddexp(now[:-2], now[1:-1]), leap))
    return _table(logs, places) + np.array(after)


def _added(at_place, places, classes):
    return at_place @ np.eye(classes)[places]


def _gap(p, of_class):
    return p - of_class


def _changed(change, weights, grad, batch, blank, reduction, zero_infinity, of_class=_added):
    """The gradient, with other weights of the places, or with another formula for them."""
    logits, targets, input_lengths, target_lengths = batch
    logs, found, classes = log_softmax.forward(logits), np.zeros(logits.shape), logits.shape[2]
    each = np.broadcast_to(grad, len(targets)) / (len(targets) if reduction == "mean" else 1)
    for k, (times, labels) in enumerate(zip(input_lengths, target_lengths, strict=True)):
        target, mine = targets[k, :labels], logs[:times, k]
        if not times or (zero_infinity and np.isinf(_cost(mine, target, blank % classes))):
            continue
        places = _places(target, blank % classes)
        with np.errstate(invalid="ignore"):
            at_place = softmax.forward(weights(mine, places))
        found[:times, k] = each[k] * change(np.exp(mine), of_class(at_place, places, classes))
        if reduction == "mean":
            found[:times, k] /= max(labels, 1)
    return (found,)
