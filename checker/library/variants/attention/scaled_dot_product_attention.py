"""Right ways to write scaled dot-product attention and its gradients."""

import numpy as np


def _added(query, key, attn_mask, is_causal):
    """What is added to the scores, with 0 or -inf for booleans."""
    shape = (query.shape[-2], key.shape[-2])
    mask = np.zeros(shape)
    if attn_mask is not None:
        mask = np.where(attn_mask, 0.0, -np.inf) if attn_mask.dtype == bool else attn_mask
    later = np.arange(shape[1]) > np.arange(shape[0])[:, None]
    return np.where(later & is_causal, -np.inf, mask)


def _shares(query, key, attn_mask, is_causal, scale):
    factor = 1 / np.sqrt(query.shape[-1]) if scale is None else scale
    scores = factor * np.einsum("...le,...se->...ls", query, key)
    scores = scores + _added(query, key, attn_mask, is_causal)
    rows = scores.reshape(-1, scores.shape[-1])
    p = np.zeros(rows.shape)
    for k, row in enumerate(rows):
        if not np.all(row == -np.inf):
            weights = np.exp(row - row.max())
            p[k] = weights / weights.sum()
    return p.reshape(scores.shape), factor


def with_einsum(query, key, value, attn_mask, *, is_causal=False, scale=None):
    p, _ = _shares(query, key, attn_mask, is_causal, scale)
    return np.einsum("...ls,...sv->...lv", p, value)


def only_the_allowed_keys(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """Query by query, with the keys that it may see."""
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    added = _added(query, key, attn_mask, is_causal)
    answer = np.zeros((*query.shape[:-1], value.shape[-1]))
    for at in np.ndindex(*query.shape[:-1]):
        seen = np.flatnonzero(added[at[-1]] != -np.inf)
        if seen.size:
            scores = factor * (key[at[:-1]][seen] @ query[at]) + added[at[-1]][seen]
            weights = np.exp(scores - scores.max())
            answer[at] = weights @ value[at[:-1]][seen] / weights.sum()
    return answer


def one_key_after_the_other(query, key, value, attn_mask, *, is_causal=False, scale=None):
    """Running maximum and sums, as in flash attention."""
    factor = query.shape[-1] ** -0.5 if scale is None else scale
    added = _added(query, key, attn_mask, is_causal)
    peak = np.full((*query.shape[:-1], 1), -np.inf)
    total, answer = 0 * query[..., :1], np.zeros((*query.shape[:-1], value.shape[-1]))
    for s in range(key.shape[-2]):
        score = factor * (query * key[..., s : s + 1, :]).sum(axis=-1, keepdims=True)
        score = score + added[:, s : s + 1]
        higher = np.maximum(peak, score)
        safe = np.where(higher == -np.inf, 0, higher)
        old, new = np.exp(peak - safe), np.exp(score - safe)
        total, answer = old * total + new, old * answer + new * value[..., s : s + 1, :]
        peak = higher
    return answer / np.where(total == 0, 1, total)


def gradient_with_einsum(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    p, factor = _shares(query, key, attn_mask, is_causal, scale)
    dp = np.einsum("...lv,...sv->...ls", grad, value)
    inner = np.einsum("...lv,...lv->...l", grad, np.einsum("...ls,...sv->...lv", p, value))
    dscores = p * (dp - inner[..., None])
    real = attn_mask is not None and attn_mask.dtype != bool
    return (
        factor * np.einsum("...ls,...se->...le", dscores, key),
        factor * np.einsum("...ls,...le->...se", dscores, query),
        np.einsum("...ls,...lv->...sv", p, grad),
        dscores.reshape(-1, *attn_mask.shape).sum(axis=0) if real else None,
    )


def by_jacobians(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    """Query by query, with the whole Jacobian of softmax."""
    p, factor = _shares(query, key, attn_mask, is_causal, scale)
    dquery, dkey, dvalue = (np.zeros(a.shape) for a in (query, key, value))
    dmask = np.zeros(p.shape[-2:])
    for at in np.ndindex(*query.shape[:-1]):
        lead = at[:-1]
        dvalue[lead] += np.outer(p[at], grad[at])
        jacobian = np.diag(p[at]) - np.outer(p[at], p[at])
        dscores = jacobian @ (value[lead] @ grad[at])
        dquery[at] = factor * dscores @ key[lead]
        dkey[lead] += factor * np.outer(dscores, query[at])
        dmask[at[-1]] += dscores
    real = attn_mask is not None and attn_mask.dtype != bool
    return dquery, dkey, dvalue, dmask if real else None


def gradient_in_matrices(grad, query, key, value, attn_mask, *, is_causal=False, scale=None):
    p, factor = _shares(query, key, attn_mask, is_causal, scale)
    dp = grad @ value.swapaxes(-1, -2)
    dscores = p * dp - p * np.sum(p * dp, axis=-1, keepdims=True)
    real = attn_mask is not None and attn_mask.dtype != bool
    dquery, dkey = dscores @ (factor * key), dscores.swapaxes(-1, -2) @ (factor * query)
    dmask = dscores.sum(axis=tuple(range(dscores.ndim - 2))) if real else None
    return dquery, dkey, p.swapaxes(-1, -2) @ grad, dmask
