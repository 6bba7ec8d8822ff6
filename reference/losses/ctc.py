"""Connectionist temporal classification (CTC): the cost of a text whose timing is not known.

    L = -log sum_paths prod_t p[t, path_t],   p = softmax(x)               (forward)
    dL/dlog p[t, k] = -P(path_t = k given the target)                      (backward)
    dL/dx = g (p - P(path_t = k given the target))

A path has one class at each time. It spells the target if merging repeated classes and then leaving
out the blanks gives the target. With l = (blank, y_1, blank, y_2, ..., blank), the sum over all
paths is a recursion over time, in logarithms:

    a_t(s) = log p[t, l_s] + logsumexp(a_(t-1)(s), a_(t-1)(s-1), and a_(t-1)(s-2) if l_s != l_(s-2))
    b_(t-1)(s) = the same backwards, so that P(path_t at s) = softmax_s(a_t + b_t)  (`_trellis`)
    L = -logsumexp(a at the last two places, after the last time)

Logits have shape (times, n, classes) and targets (n, places). Each example uses its first
`input_lengths` times and `target_lengths` labels; the rest is padding. `reduction` "mean" divides
each cost by the length of its target (at least 1) and takes the mean of these; "sum" and "none" do
not divide. A target without any path, such as one that is longer than the input, costs inf and has
gradients of nan; with `zero_infinity` both are 0. PyTorch's `ctc_loss` takes log-probabilities and
returns a gradient that is only right if log_softmax comes before it. The logits here may be such
log-probabilities, because log_softmax does not change them. The blank is class 0 in PyTorch and
Keras 3, and the last one in TensorFlow 1; a negative number counts from the end. Logits without
entries, lengths that are too large, and labels that are no classes raise ValueError.

PyTorch gives gradients of nan at each time at which any class has probability 0, although other
paths may remain. Its targets may also be one row without padding, which is left out here.

    >>> one = np.array([1])
    >>> float(forward(np.zeros((2, 1, 3)), np.array([[1]]), 2 * one, one).round(4))
    1.0986

Source: Graves, Fernandez, Gomez, Schmidhuber 2006, eq. 2-16.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import log_softmax, softmax
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.losses._trellis import read_backwards, read_forwards
from reference.spec import Below, Convention, Gradients, Index, Real, Spec, Try, settings_of


def forward(
    logits: Shaped[Real, "t+s n c+2"],
    targets: Shaped[Index, "n s", Below("c+1", least=1)],
    input_lengths: Shaped[Index, "n", Below("t+s+1")],
    target_lengths: Shaped[Index, "n", Below("s+1")],
    *,
    blank: Shaped[int, Convention((0, -1))] = 0,
    reduction: Reduction = "mean",
    zero_infinity: Shaped[bool, Try((False, True))] = False,
) -> Shaped[Real, ""]:
    places = _places(logits, targets, input_lengths, target_lengths, blank)
    costs = read_forwards(_emitted(logits, places), places, input_lengths, target_lengths)[1]
    if zero_infinity:
        costs = np.where(costs == np.inf, 0, costs)
    return reduced(costs / _divisors(target_lengths, reduction).astype(costs.dtype), reduction)


@settings_of(forward)
def backward(
    grad: Real,
    logits: Real,
    targets: Index,
    input_lengths: Index,
    target_lengths: Index,
    *,
    blank: int,
    reduction: str,
    zero_infinity: bool,
) -> Gradients:
    places = _places(logits, targets, input_lengths, target_lengths, blank)
    emitted = _emitted(logits, places)
    before, costs = read_forwards(emitted, places, input_lengths, target_lengths)
    after = read_backwards(emitted, places, input_lengths, target_lengths)
    used = np.arange(len(logits))[:, None] < input_lengths
    if zero_infinity:
        used = used & (costs != np.inf)
    with np.errstate(invalid="ignore"):  # -inf - -inf, where there is no path
        at_place = softmax.forward(before + after)
    one_hot = np.eye(logits.shape[2], dtype=logits.dtype)[places]
    of_class = np.einsum("tns,nsc->tnc", np.where(used[..., None], at_place, 0), one_hot)
    each = upstream_of_each(grad, len(targets), reduction)
    each = each / _divisors(target_lengths, reduction).astype(logits.dtype)
    return log_softmax.backward(0 - each[:, None] * of_class, logits)  # no zero becomes -0


def _places(
    logits: Real, targets: Index, input_lengths: Index, target_lengths: Index, blank: int
) -> Index:
    """The labels of each target, with a blank before, between and after them."""
    (times, _, classes), (_, longest) = logits.shape, targets.shape
    for lengths, most in ((input_lengths, times), (target_lengths, longest)):
        if lengths.dtype.kind not in "iub":
            raise TypeError(f"lengths are whole numbers, and these are of type {lengths.dtype}")
        if not logits.size or ((lengths < 0) | (lengths > most)).any():
            raise ValueError("there are no logits, or a length is not that of a part of them")
    read = np.arange(longest) < target_lengths[:, None]
    labels = np.where(read, targets.astype(np.intp), blank % classes)
    if ((labels < 0) | (labels >= classes)).any():
        raise ValueError(f"a label is not in range({classes})")
    return np.insert(labels, np.arange(longest + 1), blank % classes, axis=1)


def _emitted(logits: Real, places: Index) -> Real:
    """The log-probability of the class at each place at each time."""
    return np.take_along_axis(log_softmax.forward(logits), places[None], axis=2)


def _divisors(target_lengths: Index, reduction: str) -> Index:
    ones = np.ones_like(target_lengths)
    return np.maximum(target_lengths, ones) if reduction == "mean" else ones


def shift_invariant(f, logits, *others, **settings):
    """Adding one number to every logit changes nothing."""
    return f(logits + 3.0, *others, **settings), f(logits, *others, **settings)


def padding_is_ignored(f, logits, targets, *lengths, **settings):
    """What comes after the length of an input or of a target changes nothing."""
    longer = np.concatenate([logits, logits]), np.concatenate([targets, targets], axis=1)
    return f(*longer, *lengths, **settings), f(logits, targets, *lengths, **settings)


def the_same_backwards(f, logits, targets, input_lengths, target_lengths, **settings):
    """Reading the input and the target from the end costs the same."""
    t, s = np.arange(len(logits))[:, None], np.arange(targets.shape[1])
    t = np.where(t < input_lengths, input_lengths - 1 - t, t)
    ends = target_lengths[:, None]
    s = np.where(s < ends, ends - 1 - s, s)
    turned = logits[t, np.arange(len(targets))], np.take_along_axis(targets, s, axis=1)
    left = f(*turned, input_lengths, target_lengths, **settings)
    return left, f(logits, targets, input_lengths, target_lengths, **settings)


def targets_share_one(f, logits, targets, input_lengths, target_lengths, **settings):
    """The probabilities of all targets add up to one; here of two times and a few classes."""
    few = logits[:2, :1, :4]
    classes = few.shape[2]
    blank = settings["blank"] % classes
    labels = np.delete(np.arange(classes), blank)
    pairs = np.stack([np.repeat(labels, len(labels)), np.tile(labels, len(labels))], axis=1)
    texts = np.concatenate([pairs[:1], pairs[:: len(labels)], pairs])
    lengths = np.repeat([0, 1, 2], [1, len(labels), len(pairs)])
    settings = {**settings, "blank": blank, "reduction": "none", "zero_infinity": False}
    times = np.full(len(texts), len(few))
    costs = f(np.repeat(few, len(texts), axis=1), texts, times, lengths, **settings)
    return np.exp(-costs).sum(), 1.0


def reductions_agree(f, logits, targets, input_lengths, target_lengths, **settings):
    """The sum is that of the single costs; the mean divides them by the lengths of the targets."""
    arguments = logits, targets, input_lengths, target_lengths
    each, total, mean = (
        f(*arguments, **{**settings, "reduction": how}) for how in ("none", "sum", "mean")
    )
    by_label = each / np.maximum(target_lengths, 1)
    return (total, mean * len(each)), (each.sum(), by_label.sum())


def classes_have_no_order(f, logits, targets, *lengths, **settings):
    """Reversing the order of the classes, the blank among them, changes nothing."""
    turned = {**settings, "blank": -1 - settings["blank"]}
    left = f(logits[..., ::-1], logits.shape[2] - 1 - targets, *lengths, **turned)
    return left, f(logits, targets, *lengths, **settings)


def _torch(torch, logits, targets, input_lengths, target_lengths, blank, **settings):
    logs, classes = torch.log_softmax(logits, dim=-1), logits.shape[2]
    loss = torch.nn.functional.ctc_loss
    return loss(logs, targets, input_lengths, target_lengths, blank=blank % classes, **settings)


def _terms(**case):
    """The logarithms that cancel where the probability of a place is worked out."""
    return 1 + forward(**{**case, "reduction": "none", "zero_infinity": True})


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        shift_invariant,
        padding_is_ignored,
        the_same_backwards,
        targets_share_one,
        reductions_agree,
        classes_have_no_order,
    ),
    terms=_terms,
)
