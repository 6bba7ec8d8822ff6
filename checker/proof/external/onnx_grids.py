"""Translate the nodes of ONNX for images into calls of the reference.

There is one function for each node, with its inputs and attributes. An input that is left out is
None. Rows and columns of a setting are lists there, and tuples here.
"""

from collections.abc import Callable
from typing import Any

from checker.proof.external import grid_calls
from checker.proof.external.calls import Call, need

DIFFERENT_ENDS = "another padding at the end of an axis than at its beginning"


def _conv(x, weight, bias=None, kernel_shape=None, group=1, auto_pad="NOTSET", pads=None, **others):
    import torch

    lengths = weight.shape[2:]
    steps = _steps(x.ndim - 2, **others)
    before, after = _ends(x, lengths, steps, auto_pad, pads)
    pairs = [n for pair in zip(after[::-1], before[::-1], strict=True) for n in pair[::-1]]
    image = torch.nn.functional.pad(x, pairs)  # which may be longer on one side
    case = {"x": image, "weight": weight, "bias": bias, "groups": group, "padding": 0}
    return Call("convolution", {**case, **steps})


def _conv_transpose(
    x,
    weight,
    bias=None,
    kernel_shape=None,
    group=1,
    auto_pad="NOTSET",
    pads=None,
    output_padding=None,
    output_shape=None,
    **others,
):
    need(output_shape is None and auto_pad == "NOTSET", "padding that follows from an output size")
    rank = x.ndim - 2
    more = tuple(output_padding or (0,) * rank)
    case = {"x": x, "weight": weight, "bias": bias, "groups": group, "output_padding": more}
    steps = _steps(x.ndim - 2, **others)
    return Call(
        "transposed_convolution", {**case, **steps, "padding": _same(_ends(x, (), {}, "", pads))}
    )


def _pool(x, kernel_shape, auto_pad, pads, ceil_mode, steps):
    size = tuple(kernel_shape)
    padding = _same(_ends(x, size, steps, auto_pad, pads))
    need(all(2 * p <= k for p, k in zip(padding, size, strict=True)), "windows in the padding")
    return {"x": x, "size": size, **steps, "padding": padding, "ceil_mode": bool(ceil_mode)}


def _max_pool(
    x, kernel_shape, auto_pad="NOTSET", pads=None, ceil_mode=0, storage_order=0, **others
):
    steps = _steps(x.ndim - 2, **others)
    return Call("max_pooling", _pool(x, kernel_shape, auto_pad, pads, ceil_mode, steps))


def _average_pool(
    x, kernel_shape, auto_pad="NOTSET", pads=None, ceil_mode=0, count_include_pad=0, **others
):
    steps = _undilated(x, **others)
    case = _pool(x, kernel_shape, auto_pad, pads, ceil_mode, steps)
    return Call("average_pooling", {**case, "count_padding": bool(count_include_pad)})


def _lp_pool(x, kernel_shape, p=2, auto_pad="NOTSET", pads=None, ceil_mode=0, **others):
    steps = _undilated(x, **others)
    case = _pool(x.abs(), kernel_shape, auto_pad, pads, ceil_mode, steps)
    need(not any(case.pop("padding")), "padding")
    return Call("lp_pooling", {**case, "power": float(p)})


def _max_unpool(x, indices, output_shape=None, kernel_shape=None, pads=None, strides=None):
    need(output_shape is None, "an output size other than that of the windows")
    return grid_calls.max_unpool(x, indices, list(kernel_shape), strides, rank=x.ndim - 2)


def _pad(x, pads, value=None, axes=None, mode="constant"):
    along = list(range(x.ndim)) if axes is None else [a % x.ndim for a in axes.tolist()]
    numbers, pairs = pads.tolist(), [(0, 0)] * x.ndim
    for k, axis in enumerate(along):
        pairs[axis] = (numbers[k], numbers[k + len(along)])
    need(pairs[:2] == [(0, 0)] * 2, "padding of examples and channels")
    before, after = (tuple(side) for side in zip(*pairs[2:], strict=True))
    case = {"x": x, "before": before, "after": after, "mode": mode}
    return Call("padding", {**case, "value": 0.0 if value is None else float(value)})


def _resize(
    x,
    roi=None,
    scales=None,
    sizes=None,
    mode="nearest",
    coordinate_transformation_mode="half_pixel",
    cubic_coeff_a=-0.75,
    nearest_mode="round_prefer_floor",
    keep_aspect_ratio_policy="stretch",
    antialias=0,
    axes=None,
    exclude_outside=0,
    extrapolation_value=0.0,
):
    need(roi is None and keep_aspect_ratio_policy == "stretch", "a part of the image, or its ratio")
    need(not exclude_outside, "weights that leave out what is beyond the edge")
    along = list(axes or range(x.ndim))
    new = dict(zip(along, (sizes if scales is None else scales).tolist(), strict=True))
    if scales is None:
        settings: dict[str, Any] = {"size": tuple(new.get(a, x.shape[a]) for a in range(2, x.ndim))}
        ratios = [old / n for old, n in zip(x.shape[2:], settings["size"], strict=True)]
    else:
        factors = tuple(round(new.get(a, 1.0), 6) for a in range(2, x.ndim))
        settings, ratios = {"scale_factor": factors}, [1 / f for f in factors]
    where = coordinate_transformation_mode
    if mode == "nearest":
        need(where == "half_pixel", "pixels that are rounded in another way")
        need(nearest_mode == "round_prefer_floor", "pixels that are rounded in another way")
        halves = [(p + 0.5) * r % 1 for r in ratios for p in range(max(x.shape[2:]) * 4)]
        need(min(halves) > 1e-6, "two nearest pixels, of which PyTorch takes the other one")
        return Call("nearest_resize", {"images": x, **settings, "exact": True})
    need(where in ("half_pixel", "align_corners"), "places of new pixels in another way")
    whole = [h / r for h, r in zip(x.shape[2:], ratios, strict=True)]
    need(
        where == "half_pixel" or all(map(float.is_integer, whole)),
        "corners of an image whose size is no whole number",
    )
    settings["align_corners"] = where == "align_corners"
    need(not antialias, "antialias with the pixels of the edge repeated beyond it")
    if mode == "linear":
        return Call("linear_resize", {"images": x, **settings})
    need(cubic_coeff_a == -0.75, "another cubic kernel")
    return Call("bicubic_resize", {"images": x, **settings})


def _upsample(x, scales, mode="nearest"):
    need(mode == "nearest", "places of new pixels in another way")
    return Call("nearest_resize", {"images": x, "scale_factor": tuple(scales[2:].tolist())})


def _grid_sample(x, grid, mode="linear", padding_mode="zeros", align_corners=0):
    names = {"linear": "bilinear", "cubic": "bicubic"}
    return grid_calls.grid_sample(x, grid, names.get(mode, mode), padding_mode, align_corners)


def _affine_grid(theta, size, align_corners=0):
    case = {"theta": theta, "size": tuple(size[2:].tolist())}
    return Call("affine_grid", {**case, "align_corners": bool(align_corners)})


def _group_norm(x, gamma, beta, num_groups, epsilon=1e-5):
    return grid_calls.group_norm(x, num_groups, gamma, beta, epsilon)


def _instance_norm(x, gamma, beta, epsilon=1e-5):
    case = {"x": x, "gamma": gamma, "beta": beta, "epsilon": epsilon}
    return Call("instance_norm", case)


def _layer_norm(x, gamma, beta=None, axis=-1, epsilon=1e-5):
    return grid_calls.layer_norm(x, x.shape[axis:], gamma, beta, epsilon)


def _rms_norm(x, gamma, axis=-1, epsilon=1e-5):
    return grid_calls.rms_norm(x, x.shape[axis:], gamma, epsilon)


def _lrn(x, size, alpha=1e-4, beta=0.75, bias=1.0):
    return grid_calls.local_response_norm(x, size, alpha, beta, bias)


def _depth_to_space(x, blocksize, mode="DCR"):
    blocks = blocksize**2
    order = x if mode == "CRD" else x.unflatten(1, (blocks, -1)).transpose(1, 2).flatten(1, 2)
    return grid_calls.pixel_shuffle(order, blocksize)


def _space_to_depth(x, blocksize, mode="DCR"):
    call = grid_calls.pixel_unshuffle(x, blocksize)
    if mode == "CRD":
        return call
    blocks = blocksize**2
    return Call(
        call.operation,
        call.case,
        lambda y: y.unflatten(1, (blocks, -1)).transpose(1, 2).flatten(1, 2),
    )


def _fold(x, image_shape, block_shape, pads=None, **others):
    size, length = tuple(block_shape.tolist()), tuple(image_shape.tolist())
    rank = len(size)
    need(rank == 2, "more or fewer than two axes")
    before, after = (tuple(pads[:rank]), tuple(pads[rank:])) if pads else ((0,) * rank,) * 2
    steps = _steps(rank, **others)
    case = {"x": x, "output_size": length, "size": size, **steps}
    return Call("fold", {**case, "padding": _same((before, after))})


def _steps(rank, strides=None, dilations=None):
    ones = (1,) * rank
    return {"stride": tuple(strides or ones), "dilation": tuple(dilations or ones)}


def _undilated(x, **others):
    steps = _steps(x.ndim - 2, **others)
    need(set(steps.pop("dilation")) == {1}, "windows with gaps")
    return steps


def _ends(x, lengths, steps, auto_pad, pads):
    """What is added before and after each axis of an image."""
    rank = x.ndim - 2
    if not auto_pad.startswith("SAME"):
        pads = tuple(pads or (0,) * (2 * rank))
        return pads[:rank], pads[rank:]
    before, after = [], []
    gaps = steps.get("dilation", (1,) * rank)
    for h, k, stride, gap in zip(x.shape[2:], lengths, steps["stride"], gaps, strict=True):
        total = max((-(-h // stride) - 1) * stride + (k - 1) * gap + 1 - h, 0)
        less = total // 2
        before.append(less if auto_pad == "SAME_UPPER" else total - less)
        after.append(total - before[-1])
    return tuple(before), tuple(after)


def _same(ends):
    before, after = ends
    need(before == after, DIFFERENT_ENDS)
    return before


GRID_NODES: dict[str, Callable[..., Call]] = {
    "AffineGrid": _affine_grid,
    "AveragePool": _average_pool,
    "Col2Im": _fold,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "DepthToSpace": _depth_to_space,
    "GlobalAveragePool": lambda x: Call("adaptive_average_pooling", {"x": x, "size": 1}),
    "GlobalMaxPool": lambda x: Call("adaptive_max_pooling", {"x": x, "size": 1}),
    "GridSample": _grid_sample,
    "GroupNormalization": _group_norm,
    "InstanceNormalization": _instance_norm,
    "LRN": _lrn,
    "LayerNormalization": _layer_norm,
    "LpPool": _lp_pool,
    "MaxPool": _max_pool,
    "MaxUnpool": _max_unpool,
    "Pad": _pad,
    "RMSNormalization": _rms_norm,
    "Resize": _resize,
    "SpaceToDepth": _space_to_depth,
    "Upsample": _upsample,
}
