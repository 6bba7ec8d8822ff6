"""What the cases of an operation cover, counted by criteria and printed for each operation."""

import itertools
from typing import Any

import numpy as np

from checker.proof.construction import Cases
from reference.spec import Operation

LENGTHS = (
    ("0", lambda n: n == 0),
    ("1", lambda n: n == 1),
    ("2", lambda n: n == 2),
    ("odd", lambda n: n % 2 == 1 and n > 1),
    ("5 to 64", lambda n: 5 <= n <= 64),
    ("over 128", lambda n: n > 128),
    ("over 1024", lambda n: n > 1024),
)


def counted(spec: Operation, made: Cases) -> dict[str, str]:
    """The criteria, each with how many cases meet it or which of its values occur."""
    values = [trial.case for trial in made.trials]
    arrays = [v for case in values for v in case.values() if isinstance(v, np.ndarray)]
    real = [v for v in arrays if v.dtype.kind == "f"]
    counts = {
        "cases": f"{len(values)}, {made.rejected} rejected, {made.too_large} too large",
        "lengths of axes": _lengths(arrays),
        "ranks": ", ".join(sorted({str(v.ndim) for v in arrays})),
        "magnitudes": _magnitudes(real),
        "-0.0": _count(real, lambda v: bool(np.any((v == 0) & np.signbit(v)))),
        "equal entries": _count(real, lambda v: v.size > 1 and len(np.unique(v)) < v.size),
    }
    settings = [a for a in spec.arguments if a.tried]
    if settings:
        chosen = [{a.name: _key(case[a.name]) for a in settings} for case in values]
        if len(settings) > 1:
            counts["pairs of settings"] = _pairs(spec, chosen)
        listed = {a.name: {_key(value) for value in a.tried} for a in settings}
        beyond = sum(any(c[n] not in listed[n] for n in c) for c in chosen)
        counts["settings beyond those listed"] = str(beyond)
    absent = sum(any(value is None for value in case.values()) for case in values)
    return counts | ({"an argument is None": str(absent)} if absent else {})


def _lengths(arrays: list[Any]) -> str:
    lengths = {n for array in arrays for n in array.shape}
    return ", ".join(name for name, holds in LENGTHS if any(map(holds, lengths)))


def _magnitudes(real: list[Any]) -> str:
    sizes = [np.abs(v[(v != 0) & np.isfinite(v)]) for v in real]
    present = [v for v in sizes if v.size]
    if not present:
        return "none"
    return f"{min(v.min() for v in present):.0e} to {max(v.max() for v in present):.0e}"


def _count(arrays: list[Any], holds: Any) -> str:
    return str(sum(map(holds, arrays)))


def _pairs(spec: Operation, chosen: list[dict[str, Any]]) -> str:
    settings = [a for a in spec.arguments if a.tried]
    wanted = {
        ((a.name, _key(x)), (b.name, _key(y)))
        for a, b in itertools.combinations(settings, 2)
        for x in a.tried
        for y in b.tried
    }
    seen = {pair for case in chosen for pair in itertools.combinations(case.items(), 2)}
    return f"{len(wanted & seen)} of {len(wanted)}"


def _key(value: Any) -> Any:
    return getattr(value, "__name__", None) or repr(value)
