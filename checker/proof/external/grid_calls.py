"""Translate torch's functions of images: windows, normalisations, and what rearranges them."""

from collections.abc import Callable
from typing import Any

from checker.proof.external.calls import CALLS, Call, need
from reference.windows.max_unpooling import output_lengths


def max_pool(
    input,
    kernel_size,
    stride=None,
    padding=0,
    dilation=1,
    ceil_mode=False,
    return_indices=False,
    *,
    rank,
):
    case = _steps(kernel_size, stride, padding=padding, dilation=dilation)
    return _image("max_pooling", input, rank, {**case, "ceil_mode": ceil_mode})


def avg_pool(
    input,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
    *,
    rank,
):
    case = {**_steps(kernel_size, stride, padding=padding), "ceil_mode": ceil_mode}
    case |= {"count_padding": count_include_pad, "divisor": divisor_override}
    return _image("average_pooling", input, rank, case)


def lp_pool(input, norm_type, kernel_size, stride=None, ceil_mode=False, *, rank):
    whole = float(norm_type).is_integer()
    need(whole or bool((input >= 0).all()), "fractional powers of negative numbers")
    case = {**_steps(kernel_size, stride), "ceil_mode": ceil_mode}
    return _image("lp_pooling", input, rank, {**case, "power": float(norm_type)})


def adaptive_avg_pool(input, output_size, *, rank):
    return _image("adaptive_average_pooling", input, rank, {"size": _lengths(output_size)})


def adaptive_max_pool(input, output_size, return_indices=False, *, rank):
    return _image("adaptive_max_pooling", input, rank, {"size": _lengths(output_size)})


def fractional_max_pool(
    input,
    kernel_size,
    output_size=None,
    output_ratio=None,
    return_indices=False,
    _random_samples=None,
    *,
    rank,
):
    need(_random_samples is not None, "random numbers that torch draws itself")
    samples = _random_samples.flip(2) if rank == 2 else _random_samples
    images = len(input) if input.ndim == rank + 2 else 1
    need(len(samples) == images, "more random numbers than images")
    need(bool(((samples >= 0) & (samples < 1)).all()), "random numbers outside of 0 to 1")
    case = {"size": _lengths(kernel_size), "output_size": _lengths(output_size)}
    case |= {"ratio": _lengths(output_ratio), "samples": samples}
    return _image("fractional_max_pooling", input, rank, case)


def max_unpool(input, indices, kernel_size, stride=None, padding=0, output_size=None, *, rank):
    steps = _steps(kernel_size, stride, padding=padding)
    x, indices = (each if each.ndim > rank + 1 else each[None] for each in (input, indices))
    plain = output_lengths(x, **steps, output_padding=0)
    lengths = plain if output_size is None else tuple(output_size)[-rank:]
    more = tuple(n - h for n, h in zip(lengths, plain, strict=True))
    flat = indices.reshape(*x.shape[:2], -1).sort().values
    need(not bool((flat[..., 1:] == flat[..., :-1]).any()), "equal indices")
    return _image(
        "max_unpooling", input, rank, {**steps, "indices": indices, "output_padding": more}
    )


def conv(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, *, rank):
    case = _each(stride=stride, padding=padding, dilation=dilation)
    case |= {"weight": weight, "bias": bias, "groups": groups}
    return _image("convolution", input, rank, case)


def conv_transpose(
    input,
    weight,
    bias=None,
    stride=1,
    padding=0,
    output_padding=0,
    groups=1,
    dilation=1,
    *,
    rank,
):
    case = _each(stride=stride, padding=padding, dilation=dilation, output_padding=output_padding)
    case |= {"weight": weight, "bias": bias, "groups": groups}
    return _image("transposed_convolution", input, rank, case)


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    steps = _steps(kernel_size, stride, dilation=dilation, padding=padding)
    return _image("unfold", input, 2, steps)


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    steps = _steps(kernel_size, stride, dilation=dilation, padding=padding)
    return _image("fold", input, 1, {**steps, "output_size": _lengths(output_size)})


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-5):
    case = {"x": input, "gamma": weight, "beta": bias, "groups": num_groups, "epsilon": eps}
    return Call("group_norm", case)


def instance_norm(
    input,
    running_mean=None,
    running_var=None,
    weight=None,
    bias=None,
    use_input_stats=True,
    momentum=0.1,
    eps=1e-5,
):
    need(use_input_stats, "running averages, which `batch_norm_inference` uses")
    need(input.ndim >= 3, "an image without axes")
    return Call("instance_norm", {"x": input, "gamma": weight, "beta": bias, "epsilon": eps})


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5):
    case = {"x": input, "gamma": weight, "beta": bias, "epsilon": eps}
    return Call("layer_norm", {**case, "axes": len(normalized_shape)})


def rms_norm(input, normalized_shape, weight=None, eps=None):
    case = {"x": input, "gamma": weight, "epsilon": eps, "axes": len(normalized_shape)}
    return Call("rms_norm", case)


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    case = {"x": input, "size": size, "alpha": alpha, "beta": beta, "k": float(k)}
    return Call("local_response_norm", case)


def pad(input, pad, mode="constant", value=None):
    rank, pairs = input.ndim - 2, list(zip(pad[::2], pad[1::2], strict=True))[::-1]
    need(1 <= rank <= 3 and len(pairs) <= rank, "padding of examples and channels")
    pairs = [(0, 0)] * (rank - len(pairs)) + pairs
    kept = [h + min(a, 0) + min(b, 0) for h, (a, b) in zip(input.shape[2:], pairs, strict=True)]
    need(min(kept) > 0, "nothing of an axis is kept")
    before, after = (tuple(map(int, column)) for column in zip(*pairs, strict=True))
    settings = {"mode": mode, "value": float(value or 0)}
    return Call("padding", {"x": input, "before": before, "after": after, **settings})


def pixel_shuffle(input, upscale_factor):
    return Call("pixel_shuffle", {"x": input, "factor": upscale_factor})


def pixel_unshuffle(input, downscale_factor):
    return Call("pixel_unshuffle", {"x": input, "factor": downscale_factor})


def channel_shuffle(input, groups):
    return Call("channel_shuffle", {"x": input, "groups": groups})


def flatten(input, start_dim=0, end_dim=-1):
    need(input.ndim > 0, "a single number")
    return Call("flatten", {"x": input, "start": start_dim, "end": end_dim})


def unflatten(input, dim, sizes):
    return Call("unflatten", {"x": input, "axis": dim, "sizes": tuple(sizes)})


def channel_dropout(input, p=0.5, training=True, inplace=False, *, rank):
    import torch

    need(not training or p == 0, "a mask that torch samples itself")
    need(input.ndim == rank + 2, "an image without a batch")
    case = {"x": input, "mask": torch.ones(input.shape[:2], dtype=torch.int64)}
    return Call("channel_dropout", {**case, "rate": float(p), "training": bool(training)})


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    import torch

    need(not training or p == 0, "a mask that torch samples itself")
    mask = torch.ones_like(input, dtype=torch.int64)
    case = {"x": input, "mask": mask, "rate": float(p), "training": bool(training)}
    return Call("alpha_dropout", case)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    need(input.ndim >= 3, "an image without a batch")
    call = channel_dropout(input, p, training, rank=input.ndim - 2)
    return Call("feature_alpha_dropout", call.case)


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    case = {"x": input, "grid": grid, "mode": mode, "padding_mode": padding_mode}
    return Call("grid_sample", {**case, "align_corners": bool(align_corners)})


def grid_sampler(input, grid, interpolation_mode, padding_mode, align_corners):
    mode = ("bilinear", "nearest", "bicubic")[interpolation_mode]
    padding = ("zeros", "border", "reflection")[padding_mode]
    return grid_sample(input, grid, mode, padding, align_corners)


def _image(operation, x, rank, case):
    """An image without a batch is a batch of one."""
    if x.ndim == rank + 1:
        return Call(operation, {"x": x[None], **case}, lambda y: y[None])
    return Call(operation, {"x": x, **case})


def _steps(size, stride, **others):
    """The lengths of windows as the reference has them."""
    stride = None if isinstance(stride, list | tuple) and not stride else stride
    return _each(size=size, stride=stride, **others)


def _each(**settings):
    return {name: _lengths(value) for name, value in settings.items()}


def _lengths(value):
    """One length, or one for each axis."""
    if isinstance(value, list | tuple):
        return value[0] if len(value) == 1 else tuple(value)
    return value


def _along(function: Callable[..., Call], rank: int) -> Callable[..., Call]:
    return lambda *arguments, **settings: function(*arguments, rank=rank, **settings)


BY_RANK: dict[str, Callable[..., Call]] = {
    "max_pool": max_pool,
    "avg_pool": avg_pool,
    "lp_pool": lp_pool,
    "adaptive_avg_pool": adaptive_avg_pool,
    "adaptive_max_pool": adaptive_max_pool,
    "fractional_max_pool": fractional_max_pool,
    "max_unpool": max_unpool,
    "conv": conv,
    "conv_transpose": conv_transpose,
    "dropout": channel_dropout,
}

GRID_CALLS: dict[str, Callable[..., Call]] = {
    f"nn.functional.{name}{rank}d": _along(function, rank)
    for name, function in BY_RANK.items()
    for rank in (1, 2, 3)
} | {
    "nn.functional.unfold": unfold,
    "nn.functional.fold": fold,
    "nn.functional.group_norm": group_norm,
    "nn.functional.instance_norm": instance_norm,
    "nn.functional.layer_norm": layer_norm,
    "nn.functional.rms_norm": rms_norm,
    "nn.functional.local_response_norm": local_response_norm,
    "nn.functional.pad": pad,
    "nn.functional.alpha_dropout": alpha_dropout,
    "nn.functional.feature_alpha_dropout": feature_alpha_dropout,
    "nn.functional.grid_sample": grid_sample,
    "grid_sampler_2d": grid_sampler,
    "grid_sampler_3d": grid_sampler,
    "nn.functional.pixel_shuffle": pixel_shuffle,
    "nn.functional.pixel_unshuffle": pixel_unshuffle,
    "nn.functional.channel_shuffle": channel_shuffle,
    "flatten": flatten,
    "unflatten": unflatten,
}

EVERY_CALL: dict[str, Callable[..., Any]] = CALLS | GRID_CALLS
