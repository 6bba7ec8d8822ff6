"""How faults are planted in operations, and asked about (proof/test_planted_faults.py)."""

import dataclasses
import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

from checker.numerics.exact import Exact
from checker.proof import construction, verify
from checker.proof.oracle import CaseOracle
from reference.catalogue import operation

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

torch.set_num_threads(1)


class Fault(NamedTuple):
    about: str
    operation: str
    part: str
    wrong: Callable[..., Any]
    oracle: Any  # its name, or that of several in SHORT
    words: str = ""  # in the message


def planted(fault):
    """The operation with the fault in it."""
    spec = operation(fault.operation)
    right = getattr(spec, fault.part)

    signature = inspect.signature(right)

    @functools.wraps(right)
    def wrong(*arguments, **settings):
        given = signature.bind(*arguments, **settings)  # arguments may be given by their names
        return fault.wrong(right, *given.args, **given.kwargs)

    return dataclasses.replace(spec, **{fault.part: wrong})


def failure(spec, title):
    """What the oracle of this title says of an operation, or None. No case is shrunk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        oracle = verify.oracles(spec)[title]
        if not isinstance(oracle, CaseOracle):
            return verify.check(spec.name, spec, title, oracle, []).failure
        return verify.go_over(spec.name, title, oracle, construction.cases(spec).trials).failure


@functools.cache
def passes(name, title):
    return failure(operation(name), title) is None


def plain(x, dtype=np.float64):
    return isinstance(x, np.ndarray) and x.dtype == dtype and not isinstance(x, Exact)


def on_results(change):
    """Each real result is changed, whatever numbers it is made of."""

    def wrong(right, *arguments, **settings):
        found = right(*arguments, **settings)
        if type(found) is tuple:
            return tuple(map(_real_alone(change), found))
        return _real_alone(change)(found)

    return wrong


def _real_alone(change):
    return lambda g: change(g) if getattr(g, "dtype", np.dtype(int)).kind in "fO" else g


def when(condition, change=lambda g: 2 * g):
    """The results are changed if the condition holds for the arguments."""

    def wrong(right, *arguments, **settings):
        if condition(*arguments, **settings):
            return on_results(change)(right, *arguments, **settings)
        return right(*arguments, **settings)

    return wrong


def through(dtype):
    """Plain arrays pass through another dtype on the way."""
    return on_results(lambda g: g.astype(dtype).astype(float) if plain(g) else g)


def longer_than(count):
    return lambda *arguments, **_: any(n > count for a in arrays(arguments) for n in a.shape)


def of_rank(rank):
    return lambda *arguments, **_: any(a.ndim == rank for a in arrays(arguments))


def arrays(arguments):
    return [argument for argument in arguments if isinstance(argument, np.ndarray)]


def little(by):
    return on_results(lambda g: g * (1 + by))
