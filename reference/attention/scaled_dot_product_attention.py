"""Scaled dot-product attention: each query takes a mean of the values, weighted by its keys.

    S = scale Q K^T + mask,   P = softmax(S),   O = P V             (forward, rows are queries)
    dL/dV = P^T G,   dL/dP = G V^T                                  (backward, G = dL/dO)
    dL/dS = P (dL/dP - sum_j P_j dL/dP_j) = dL/dmask
    dL/dQ = scale dL/dS K,   dL/dK = scale (dL/dS)^T Q

`query` has shape (..., l, e), `key` (..., s, e) and `value` (..., s, v); the leading axes are those
of the batch and the heads. The mask has one row for each query and one column for each key, and may
have leading axes too. A boolean mask is True where a key takes part, and False stands for a summand
of -inf; in torch.nn.MultiheadAttention, True means the opposite. A mask of real numbers is added to
the scores. `is_causal` leaves out every key that comes after its query, both counted from the
start. It acts together with a mask; PyTorch raises RuntimeError if both are given.

`scale` is 1/sqrt(e) by default: the product of e independent numbers of variance 1 has variance e,
and where scores are large, the gradient of softmax is close to 0. A query that may attend to no key
gets 0, and its gradient is 0. A score of nan makes its row nan, even where it is masked. Shapes
that do not match raise ValueError. Dropout (dropout_p) acts on P and is left out. Grouped queries
(enable_gqa) are key and value repeated along the axis of the heads.

    >>> forward(np.zeros((1, 2)), np.ones((2, 2)), np.array([[1.0], [3.0]]), None)
    array([[2.]])

Source: Vaswani et al. 2017, eq. 1 and section 3.2.3 (mask).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Maybe, Range, Real, Spec, Truth, Try, settings_of
from reference.tensors._repeated import summed_to


def forward(
    query: Shaped[Real, "... l e"],
    key: Shaped[Real, "... s e"],
    value: Shaped[Real, "... s v"],
    attn_mask: Shaped[Real | None, "l s", Maybe(), Truth(or_real=True)],
    *,
    is_causal: Shaped[bool, Try((False, True))] = False,
    scale: Shaped[float | None, Try((None, 0.5)), Range(0.0, 2.0)] = None,
) -> Shaped[Real, "... l v"]:
    return _shares(query, key, attn_mask, is_causal, scale) @ value


@settings_of(forward)
def backward(
    grad: Real,
    query: Real,
    key: Real,
    value: Real,
    attn_mask: Real | None,
    *,
    is_causal: bool,
    scale: float | None,
) -> tuple[Real | None, ...]:
    p = _shares(query, key, attn_mask, is_causal, scale)
    dp = grad @ _transposed(value)
    if p.size:  # differences to the likeliest key keep their digits where its share is almost 1
        likeliest = np.take_along_axis(dp, p.argmax(axis=-1, keepdims=True), axis=-1)
        dp = dp - np.where(np.isfinite(likeliest), likeliest, 0)
    dscores = p * (dp - (p * dp).sum(axis=-1, keepdims=True))
    scaled = _factor(query, scale) * dscores
    dmask = None
    if attn_mask is not None and attn_mask.dtype != bool:
        dmask = summed_to(attn_mask.shape, dscores)
    return scaled @ key, _transposed(scaled) @ query, _transposed(p) @ grad, dmask


def _shares(
    query: Real, key: Real, mask: Real | None, is_causal: bool, scale: float | None
) -> Real:
    """The share of each key in the answer to each query."""
    scores = _factor(query, scale) * query @ _transposed(key)
    if mask is not None:
        scores = scores + (_left_out(mask, scores) if mask.dtype == bool else mask)
    if is_causal:
        length, keys = scores.shape[-2:]
        scores = scores + _left_out(np.tri(length, keys, dtype=bool), scores)
    peak = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    weights = np.exp(scores - np.where(peak == -np.inf, 0, peak))
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.where(total == 0, 1, total)


def _left_out(mask: Real, scores: Real) -> Real:
    return np.where(mask, 0.0, -np.inf).astype(scores.dtype)


def _factor(query: Real, scale: float | None) -> float:
    return 1 / math.sqrt(max(query.shape[-1], 1)) if scale is None else scale


def _transposed(a: Real) -> Real:
    return np.swapaxes(a, -1, -2)


def blind_to_a_shift_of_the_keys(f, query, key, value, attn_mask, **settings):
    """Adding one vector to every key changes nothing: all scores of a query move together."""
    moved = f(query, key + key[..., :1, :] + 1, value, attn_mask, **settings)
    return moved, f(query, key, value, attn_mask, **settings)


def order_of_the_keys(f, query, key, value, attn_mask, **settings):
    """Reversing keys, values and the columns of the mask together changes nothing."""
    settings = {**settings, "is_causal": False}
    turned = None if attn_mask is None else attn_mask[..., ::-1]
    turned = f(query, key[..., ::-1, :], value[..., ::-1, :], turned, **settings)
    return turned, f(query, key, value, attn_mask, **settings)


def linear_in_the_values(f, query, key, value, attn_mask, **settings):
    """A sum of two values gives the sum of the two answers."""
    other = value[..., ::-1, :]
    both = f(query, key, value + 2 * other, attn_mask, **settings)
    one = f(query, key, value, attn_mask, **settings)
    return both, one + 2 * f(query, key, other, attn_mask, **settings)


def causal_is_a_mask(f, query, key, value, attn_mask, **settings):
    """`is_causal` is the same as a mask that is True on and below the diagonal."""
    triangle = np.tri(query.shape[-2], key.shape[-2], dtype=bool)
    by_mask = f(query, key, value, triangle, **{**settings, "is_causal": False})
    return f(query, key, value, None, **{**settings, "is_causal": True}), by_mask


def false_is_minus_infinity(f, query, key, value, attn_mask, **settings):
    """A boolean mask is the same as a real mask of 0 where it is True, and -inf elsewhere."""
    usual = attn_mask is None or attn_mask.dtype != bool
    mask = np.eye(query.shape[-2], key.shape[-2], dtype=bool) if usual else attn_mask
    added = f(query, key, value, np.where(mask, 0.0, -np.inf).astype(query.dtype), **settings)
    return f(query, key, value, mask, **settings), added


def scale_of_the_query(f, query, key, value, attn_mask, is_causal, scale):
    """Twice the query with half the scale changes nothing."""
    scale = 1.0 if scale is None else scale
    half = f(2 * query, key, value, attn_mask, is_causal=is_causal, scale=scale / 2)
    return half, f(query, key, value, attn_mask, is_causal=is_causal, scale=scale)


def _torch(torch, query, key, value, attn_mask, is_causal, scale):
    if is_causal and attn_mask is not None:
        none = query.new_zeros(query.shape[-2], key.shape[-2])
        if attn_mask.dtype == torch.bool:
            attn_mask = none.masked_fill(~attn_mask, -torch.inf)
        later = torch.ones_like(none, dtype=torch.bool).triu(1)
        attn_mask, is_causal = attn_mask + none.masked_fill(later, -torch.inf), False
    # The fused kernels give 0 for a query of nan in a causal call, and nan in any other.
    with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):
        return torch.nn.functional.scaled_dot_product_attention(
            query, key, value, attn_mask=attn_mask, is_causal=is_causal, scale=scale
        )


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        blind_to_a_shift_of_the_keys,
        order_of_the_keys,
        linear_in_the_values,
        causal_is_a_mask,
        false_is_minus_infinity,
        scale_of_the_query,
    ),
)
