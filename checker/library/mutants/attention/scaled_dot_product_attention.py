"""Mutants of scaled dot-product attention."""

import numpy as np

from checker.library.marks import convention, unstable
from reference.activations import softmax
from reference.attention.scaled_dot_product_attention import backward, forward


def _turned(a):
    return np.swapaxes(a, -1, -2)


def _scale(query, scale):
    return query.shape[-1] ** -0.5 if scale is None else scale


def _masked(scores, attn_mask, is_causal):
    if attn_mask is not None:
        masked = np.where(attn_mask, scores, -np.inf)
        scores = masked if attn_mask.dtype == bool else scores + attn_mask
    return np.where(_distance(scores) <= 0, scores, -np.inf) if is_causal else scores


def _distance(scores):
    """How many places each key comes after its query."""
    queries, keys = scores.shape[-2:]
    return np.arange(keys) - np.arange(queries)[:, None]


def _softmax(scores, axis=-1):
    peak = scores.max(axis=axis, keepdims=True, initial=-np.inf)
    weights = np.exp(scores - np.where(np.isinf(peak), 0, peak))
    total = weights.sum(axis=axis, keepdims=True)
    return weights / np.where(total == 0, 1, total)


def _shares(query, key, attn_mask, is_causal, scale):
    scores = _scale(query, scale) * query @ _turned(key)
    return _softmax(_masked(scores, attn_mask, is_causal))


def scale_forgotten(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The scores are not scaled: they should be divided by the root of e.

    How large is the product of two vectors of 100 random numbers, and of 10000?
    """
    return forward(query, key, value, attn_mask, is_causal=is_causal, scale=1.0)


def divided_by_the_length(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The scores are divided by e; its root is meant.

    The product of e random numbers has the variance e. What is its spread?
    """
    small = _scale(query, scale) ** 2
    return forward(query, key, value, attn_mask, is_causal=is_causal, scale=small)


def scaled_by_the_number_of_keys(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The scores are divided by the root of the number of keys, not of the length of a key.

    How many products are added up in one score?
    """
    small = key.shape[-2] ** -0.5
    return forward(query, key, value, attn_mask, is_causal=is_causal, scale=small)


def softmax_over_the_queries(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """Softmax runs over the queries; the shares of each query have to add up to 1.

    Which index of the scores is the one that a query chooses from?
    """
    scores = _masked(_scale(query, scale) * query @ _turned(key), attn_mask, is_causal)
    return _softmax(scores, axis=-2) @ value


def softmax_left_out(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The scores weigh the values directly: softmax is missing.

    Can a share be negative? What do the shares of one query add up to?
    """
    scores = _masked(_scale(query, scale) * query @ _turned(key), attn_mask, is_causal)
    return np.where(np.isinf(scores), 0, scores) @ value


def masked_after_softmax(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The mask multiplies the shares after softmax, so those that are left add up to less than 1.

    What do the shares of a query add up to if half of the keys are masked?
    """
    p = _shares(query, key, None, False, scale)
    allowed = np.isfinite(_masked(0 * p, attn_mask, is_causal))
    return np.where(allowed, p, 0) @ value


def masked_with_zero(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """Masked scores are set to 0; softmax still gives them a share.

    What is exp(0)? Which score has a share of 0?
    """
    scores = _masked(_scale(query, scale) * query @ _turned(key), attn_mask, is_causal)
    return _softmax(np.where(np.isinf(scores), 0, scores)) @ value


def strictly_causal(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """With is_causal, a query does not see the key at its own position; it should.

    Which keys may the first query see?
    """
    if not is_causal:
        return forward(query, key, value, attn_mask, scale=scale)
    scores = _masked(_scale(query, scale) * query @ _turned(key), attn_mask, False)
    return _softmax(np.where(_distance(scores) < 0, scores, -np.inf)) @ value


def future_instead_of_past(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """With is_causal, every query sees the keys after it and not those before.

    Is the triangle of the mask below or above the diagonal?
    """
    if not is_causal:
        return forward(query, key, value, attn_mask, scale=scale)
    scores = _masked(_scale(query, scale) * query @ _turned(key), attn_mask, False)
    return _softmax(np.where(_distance(scores) >= 0, scores, -np.inf)) @ value


@convention
def true_means_left_out(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """A key is left out where the mask is True, as in MultiheadAttention; here it takes part.

    What does True mean in the mask of this task?
    """
    if attn_mask is not None and attn_mask.dtype == bool:
        attn_mask = ~attn_mask
    return forward(query, key, value, attn_mask, is_causal=is_causal, scale=scale)


@unstable
def never_shifted(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The largest score is not subtracted, so exp overflows: inf / inf is nan.

    Add 1000 to every score. Should the answer change? Does yours?
    """
    scores = _masked(_scale(query, scale) * query @ _turned(key), attn_mask, is_causal)
    total = np.exp(scores).sum(axis=-1, keepdims=True)
    return np.exp(scores) / np.where(total == 0, 1, total) @ value


def nan_where_all_is_masked(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """A query that may attend to no key gives nan: its shares are 0 / 0.

    What should a query answer that sees nothing?
    """
    scores = _masked(_scale(query, scale) * query @ _turned(key), attn_mask, is_causal)
    return softmax.forward(scores) @ value


def _gradients(grad, query, key, value, attn_mask, is_causal, scale):
    """Shares, the gradient of the shares, and the right gradients."""
    p = _shares(query, key, attn_mask, is_causal, scale)
    right = backward(grad, query, key, value, attn_mask, is_causal=is_causal, scale=scale)
    return p, grad @ _turned(value), right


def _through(dscores, query, key, attn_mask, factor, right):
    """All gradients for this gradient of the scores, which softmax has behind it."""
    dmask = right[3]
    if dmask is not None:
        dmask = dscores.sum(axis=tuple(range(dscores.ndim - attn_mask.ndim)))
    return factor * dscores @ key, factor * _turned(dscores) @ query, right[2], dmask


def softmax_as_a_constant(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The gradient passes softmax as p dL/dp; the shares of the other keys fall when one rises.

    If one share grows by 0.1, what happens to the others?
    """
    p, dp, right = _gradients(grad, query, key, value, attn_mask, is_causal, scale)
    return _through(p * dp, query, key, attn_mask, _scale(query, scale), right)


def diagonal_of_softmax(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    """Softmax is derived as p (1 - p), which is only the diagonal of its Jacobian.

    If one score grows, which shares change?
    """
    p, dp, right = _gradients(grad, query, key, value, attn_mask, is_causal, scale)
    return _through(p * (1 - p) * dp, query, key, attn_mask, _scale(query, scale), right)


def softmax_skipped(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The gradient of the shares is used as that of the scores: softmax is skipped.

    What stands between the scores and the shares?
    """
    _, dp, right = _gradients(grad, query, key, value, attn_mask, is_causal, scale)
    return _through(dp, query, key, attn_mask, _scale(query, scale), right)


def scale_missing_in_the_gradient(
    grad, query, key, value, attn_mask, *, is_causal=False, scale=None
):
    """The gradients of query and key lack the scale.

    By what was the product of query and key multiplied on the way forwards?
    """
    _, _, right = _gradients(grad, query, key, value, attn_mask, is_causal, scale)
    factor = _scale(query, scale)
    return right[0] / factor, right[1] / factor, *right[2:]


def scale_in_one_gradient_only(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The gradient of the key lacks the scale; that of the query has it.

    Does it matter which of the two was scaled on the way forwards?
    """
    dquery, dkey, *rest = backward(
        grad, query, key, value, attn_mask, is_causal=is_causal, scale=scale
    )
    return dquery, dkey / _scale(query, scale), *rest


def mask_forgotten(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    """The shares are computed again without the mask.

    Can a key that was left out change the answer?
    """
    plain = backward(grad, query, key, value, None, scale=scale)
    right = backward(grad, query, key, value, attn_mask, is_causal=is_causal, scale=scale)
    return *plain[:3], right[3]


def values_get_the_whole_gradient(
    grad, query, key, value, attn_mask, *, is_causal=False, scale=None
):
    """Every value gets the sum of the gradients; it counts only by its share.

    By what was each value multiplied?
    """
    right = backward(grad, query, key, value, attn_mask, is_causal=is_causal, scale=scale)
    whole = grad.sum(axis=-2, keepdims=True) + 0 * value
    return *right[:2], whole, right[3]
