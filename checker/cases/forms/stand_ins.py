"""Adapters that let a correct variant replace a student's function, for errors carried forward.

The source of this module is sent to the sandbox and runs beside the submission, so it imports
nothing. Each function adapts a variant, which has the signature of the reference, to the arguments
of the student's function: data, then settings, all by position.
"""


def forward(right, arguments, settings, fixed):
    def stand_in(*given):
        data, chosen = split(given, settings)
        return right(*data, **chosen, **fixed)

    return stand_in


def backward(right, arguments, settings, fixed):
    def stand_in(*given):
        data, chosen = split(given, settings)
        count = len(given) - len(arguments)
        grad = data[0] if count == 1 else data[:count]
        return unpacked(right(grad, *data[count:], **chosen, **fixed))

    return stand_in


def gradient(right, arguments, settings, fixed):
    def stand_in(*given):
        data, chosen = split(given, settings)
        return unpacked(right(1.0, *data, **chosen, **fixed))

    return stand_in


def step(right, arguments, settings, fixed):
    def stand_in(*given):
        (param, grad), chosen = split(given, settings)
        return right(grad, None, param, **chosen, **fixed)[0]

    return stand_in


def run(right, arguments, settings, fixed):
    def stand_in(*given):
        return right(**dict(zip(arguments, given, strict=True)), **fixed)

    return stand_in


def returning(kind, right, several):
    """A stand-in that returns arrays and lists as one kind of them, as the student's may have."""

    def stand_in(*given):
        found = right(*given)
        return tuple(of_kind(kind, part) for part in found) if several else of_kind(kind, found)

    return stand_in


def of_kind(kind, value):
    if not (isinstance(value, list | tuple) or getattr(value, "ndim", False)):
        return value
    try:
        return kind(value)
    except ValueError:  # rows of different lengths are no array
        return value


def split(given, settings):
    count = len(given) - len(settings)
    return given[:count], dict(zip(settings, given[count:], strict=True))


def unpacked(results):
    return results if len(results) > 1 else results[0]
