"""Compare the reference with a recording, on a machine without torch.

The file is not trusted. What must be there follows from the catalogue, the grid and the passes: an
operation, a case or a pass that is missing, twice there or unknown is a failure. So is what torch
refused, unless a deviation lists it, and a machine whose description does not fit together.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from checker.numerics.equations import Array, Equation
from checker.proof import kinds
from checker.proof.oracles import deviations
from checker.proof.oracles.deviations import RECORDINGS, Deviation
from checker.proof.recordings import environment, golden_file, grid, passes
from checker.proof.recordings.golden_file import AGAIN, Index, RecordingError, Result
from checker.proof.recordings.grid import Case
from checker.proof.recordings.passes import ARITHMETICS, DEVICES, Arithmetic, Pass
from checker.proof.row import ProofRow
from checker.proof.trial import Trial
from reference import catalogue
from reference.spec import Operation

LIST_IT = "List it in deviations.toml if it is a property of torch there."
TOTAL = "all recorded"
TF32_CHANGES = "cases that TensorFloat-32 changes"
AMPERE = 8  # the capability from which a GPU has TensorFloat-32


@dataclass
class Account:
    """What was compared, and what is wrong."""

    compared: int = 0
    equations: int = 0
    worst: float = 0.0
    failures: list[str] = field(default_factory=list)
    excused: list[Deviation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def row(self, name: str, title: str) -> ProofRow:
        more = f" (and {len(self.failures) - 1} more)" if len(self.failures) > 1 else ""
        failure = self.failures[0] + more if self.failures else None
        excused = tuple(dict.fromkeys(map(str, self.excused)))
        counts = {what: str(count) for what, count in self.counts.items() if count}
        return ProofRow(
            name, title, self.compared, self.equations, self.worst, failure, excused, counts=counts
        )


@dataclass(frozen=True)
class Recorded:
    """A recording that was read: its machine, its cases by operation and title, its results."""

    machine: Index
    cases: Mapping[tuple[str, str], Index]
    results: Sequence[Result]
    repeated: Sequence[str]

    @property
    def known(self) -> tuple[Deviation, ...]:
        """The deviations that are about recordings of this version of torch."""
        listed = deviations.listed(str(self.machine.get("torch")))
        return tuple(d for d in listed if d.oracle == RECORDINGS)


def replay(path: Path, only: tuple[str, ...] = ()) -> Iterator[ProofRow]:
    """Yield a row for each operation that torch computes, or for those in `only`, and a total.

    Raises RecordingError if the file is not a recording, or not a whole one, LookupError for an
    unknown operation.
    """
    recorded, title = read(path), f"golden {path.stem}"
    total, device = Account(), str(recorded.machine.get("device"))
    total.failures += [
        f"the machine does not fit together: {problem}. {AGAIN}"
        for problem in environment.problems(recorded.machine)
    ]
    if path.resolve().parent == golden_file.RECORDINGS_FOLDER and (
        reason := golden_file.stranger(path)
    ):
        total.failures.append(reason)
    names = list(dict.fromkeys(only)) or list(catalogue.names())
    if device in DEVICES:
        used: set[Deviation] = set()
        for name in names:
            spec = catalogue.operation(name)
            if passes.is_recorded(spec):
                account = _operation(name, spec, recorded, device)
                yield account.row(name, title)
                total.compared += account.compared
                total.counts += account.counts
                used |= set(account.excused)
        total.failures += _about_all(recorded, device, names, used, whole=not only)
        total.failures += _without_tf32(recorded, device, total.counts)
    yield total.row(TOTAL, title)


def replay_all() -> Iterator[ProofRow]:
    """Replay the recordings of the repository. One that is listed and missing is a failure."""
    paths = golden_file.recorded()
    for path in paths:
        try:
            yield from replay(path)
        except RecordingError as error:
            yield ProofRow(TOTAL, f"golden {path.stem}", 0, 0, 0.0, str(error))
    for name in golden_file.listed().keys() - {path.name for path in paths}:
        failure = f"digests.txt lists {name}, which is not there: fetch it, or remove its line"
        yield ProofRow(TOTAL, f"golden {name}", 0, 0, 0.0, failure)


def read(path: Path) -> Recorded:
    """The content of a recording. Raises RecordingError if it does not have the right structure."""
    index, results = golden_file.read(path)
    try:
        keys = [(case["operation"], case["case"]) for case in index["cases"]]
        for case in index["cases"]:
            for found in case["passes"].values():
                if not isinstance(found, str) and not all(0 <= at < len(results) for at in found):
                    raise ValueError(f"{case['operation']} has a result that is not in the file")
        cases = dict(zip(keys, index["cases"], strict=True))
        repeated = [f"{name}, {case}" for (name, case), n in Counter(keys).items() if n > 1]
        return Recorded(dict(index["environment"]), cases, results, repeated)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordingError(
            f"{path}: the index is damaged: {type(error).__name__}: {error}. {AGAIN}"
        ) from error


def _operation(name: str, spec: Operation, recorded: Recorded, device: str) -> Account:
    """Compare all that must be there of an operation."""
    account = Account()
    try:
        wanted = [(case, passes.expected(case, device)) for case in grid.cases(spec)]
    except Exception as crash:
        account.failures.append(f"its cases cannot be made: {type(crash).__name__}: {crash}")
        return account
    account.counts["settings that torch lacks"] = sum(not each for _, each in wanted)
    due = {case.title: each for case, each in wanted if each}
    own = {title: case for (operation, title), case in recorded.cases.items() if operation == name}
    if due and not own:
        account.failures.append(f"{name} is missing from the recording. {AGAIN}")
        return account
    for title, index in own.items():
        if title not in due:
            account.failures.append(f"{title}: this is no case of the grid. {AGAIN}")
        elif extra := index["passes"].keys() - set(map(str, due[title])):
            account.failures.append(
                f"{title}: the pass {min(extra)} should not be recorded. {AGAIN}"
            )
    for case, each in wanted:
        if each and case.title not in own:
            account.failures.append(f"{case.title}: the case is missing. {AGAIN}")
        elif each:
            _case(case, own[case.title], each, recorded, account)
    return account


def _case(
    case: Case, index: Index, wanted: list[Pass], recorded: Recorded, account: Account
) -> None:
    """Compare the passes of a case."""
    if index.get("inputs") != case.fingerprint:
        account.failures.append(f"{case.title}: it was recorded with other inputs. {AGAIN}")
        return
    trials: dict[str, Trial] = {}
    own = index["passes"]
    for each in wanted:
        about = f"{case.title}, {each.name}"
        known = [
            d for d in recorded.known if d.covers(case.spec.name, RECORDINGS, about, each.device)
        ]
        problem = ""
        found = own.get(str(each))
        if found is None:
            account.failures.append(f"{case.title}: the pass {each} is missing. {AGAIN}")
            continue
        if isinstance(found, str):
            problem = f"torch refused it on {each.device}: {found}. {LIST_IT}"
        else:
            problem = _compare(case, each, [recorded.results[at] for at in found], trials, account)
        if problem and not known:
            account.failures.append(f"{about} on {each.device}: {problem}")
        if known and not problem:
            account.failures.append(
                f"{about} on {each.device}: the deviation ({known[0]}) no longer occurs. Remove it."
            )
        account.excused += known if problem else []
    device = wanted[0].device
    for other, what in (("repeated", "repetitions that differ"), ("tf32", TF32_CHANGES)):
        account.counts[what] += _differ(own, f"{device} float32", f"{device} {other}", recorded)


def _differ(own: Index, one: str, other: str, recorded: Recorded) -> bool:
    """Whether two passes of a case have different results: in an entry, or in the digest of all."""
    first, second = own.get(one), own.get(other)
    if not (isinstance(first, list) and isinstance(second, list)):
        return False
    pairs = [
        (recorded.results[a], recorded.results[b]) for a, b in zip(first, second, strict=False)
    ]
    return any(
        a.digest != b.digest or not np.array_equal(a.values, b.values, equal_nan=True)
        for a, b in pairs
    )


def _compare(
    case: Case, each: Pass, stored: list[Result], trials: dict[str, Trial], account: Account
) -> str:
    """Compare the results of a pass, and return what is wrong, or an empty text."""
    try:
        with np.errstate(all="ignore"):
            checked = _equations(case, each, stored, trials)
    except Exception as crash:
        return f"{type(crash).__name__}: {crash}"
    account.compared, account.equations = account.compared + 1, account.equations + len(checked)
    largest = max(checked, key=lambda equation: equation.ratio, default=None)
    if largest is None:
        return f"there is nothing to compare. {AGAIN}"
    if largest.ratio > 1:
        return str(largest)
    account.worst = max(account.worst, largest.ratio)
    return ""


def _equations(
    case: Case, each: Pass, stored: list[Result], trials: dict[str, Trial]
) -> list[Equation]:
    recording: kinds.Recording = kinds.of(case.spec).RECORDING
    if recording.of_draw is None:
        return _agreement(_trial(case, each.arithmetic.dtype, trials), each.arithmetic, stored)
    draw, *others = stored
    equations = recording.of_draw(case.spec, case.arguments, draw.values)
    if not recording.draw:
        if others:
            raise ValueError(f"{len(stored)} results are recorded, and should be 1")
        return equations
    here = Trial(case.spec, {**case.arguments, recording.draw: draw.values}, case.title)
    return [*equations, *_agreement(here, each.arithmetic, others)]


def _agreement(trial: Trial, arithmetic: Arithmetic, stored: list[Result]) -> list[Equation]:
    """The results of the reference against those that are stored."""
    if len(stored) != len(trial.results):
        raise ValueError(f"{len(stored)} results are recorded, and should be {len(trial.results)}")
    compared = zip(trial.names, trial.results, stored, _limits(trial, arithmetic), strict=True)
    return [
        _equation(name, np.asarray(mine, dtype=float), other, limit, arithmetic)
        for name, mine, other, limit in compared
    ]


def _trial(case: Case, dtype: str, trials: dict[str, Trial]) -> Trial:
    """The case with inputs rounded to a dtype. If that changes none, float64 has the same trial."""
    if not trials:
        trials["float64"] = Trial(
            case.spec, case.arguments, case.title, case.number, given=case.inputs
        )
    plain = trials["float64"]
    if dtype not in trials:
        rounded = plain.rounded_by(partial(_rounded, dtype=dtype))
        same = all(np.array_equal(rounded.inputs[n], v) for n, v in case.inputs.items())
        trials[dtype] = plain if same else rounded
    return trials[dtype]


def _rounded(value: Array, dtype: str) -> Array:
    """An array rounded to a dtype. numpy has no bfloat16: the nearest, and even in a tie."""
    if dtype != "bfloat16":
        return value.astype(dtype).astype(float)
    bits = value.astype(np.float32).view(np.uint32)
    last = (bits >> np.uint32(16)) & np.uint32(1)
    kept = (bits + np.uint32(0x7FFF) + last) & np.uint32(0xFFFF0000)
    return kept.view(np.float32).astype(float)


def _limits(trial: Trial, arithmetic: Arithmetic) -> list[Array]:
    """The bounds in an arithmetic, and in the one that torch is known to compute in inside."""
    inside = getattr(trial.spec, "inside", "")
    coarsest = max(arithmetic.roundoff, ARITHMETICS[inside].roundoff if inside else 0.0)
    limits = trial.their_bounds(np.dtype(_wide(arithmetic.dtype)), coarsest)
    half = arithmetic.dtype in kinds.HALVES
    return [limit + arithmetic.smallest for limit in limits] if half else limits


def _wide(dtype: str) -> str:
    return "float64" if dtype == "float64" else "float32"


def _equation(
    name: str, mine: Array, other: Result, limit: Array, arithmetic: Arithmetic
) -> Equation:
    """Compare the entries that are stored. Those that may overflow in a half are left out."""
    if mine.shape != other.shape:
        return Equation(name, mine, np.empty(other.shape), np.zeros(()))
    ours, bound = other.of(mine), other.of(limit)
    dtype = _wide(arithmetic.dtype)
    ours = ours.astype(dtype).astype(float)
    fits = ~np.isfinite(ours) | (np.abs(ours) + bound < arithmetic.largest)
    if arithmetic.dtype in kinds.HALVES:
        ours = np.where(fits, ours, other.values)
    return Equation(name, ours, other.values, bound)


def _about_all(
    recorded: Recorded, device: str, names: list[str], used: set[Deviation], *, whole: bool
) -> Iterator[str]:
    """What is wrong with the recording as a whole."""
    known = catalogue.names()
    if recorded.repeated:
        yield f"{recorded.repeated[0]} is recorded twice. {AGAIN}"
    for name in dict.fromkeys(operation for operation, _ in recorded.cases):
        if name not in known:
            yield f"{name} is recorded, which the reference does not have. {AGAIN}"
        elif not passes.is_recorded(catalogue.operation(name)):
            yield f"{name} is recorded, which torch does not compute. {AGAIN}"
    places = {
        at
        for case in recorded.cases.values()
        for found in case["passes"].values()
        if not isinstance(found, str)
        for at in found
    }
    if len(places) != len(recorded.results):
        yield (
            f"{len(recorded.results)} results are stored, and {len(places)} belong to a case. "
            f"{AGAIN}"
        )
    devices = {"cpu", device}
    for deviation in recorded.known:
        about_these = whole or deviation.operation in names
        if about_these and deviation not in used and deviation.device in ("", *devices):
            yield f"no case of the recording needs the deviation ({deviation}). Remove it."


def _without_tf32(recorded: Recorded, device: str, counts: Counter[str]) -> Iterator[str]:
    """A GPU that has TensorFloat-32 uses it for products of long axes."""
    if device != "cuda":
        return
    capability = recorded.machine.get("capability")
    has = isinstance(capability, list) and capability and int(capability[0]) >= AMPERE
    cases = [case for case in recorded.cases.values() if "cuda tf32" in case["passes"]]
    for case in cases:
        share = case.get("tf32_differs")
        if isinstance(case["passes"]["cuda tf32"], list) and not (
            isinstance(share, float) and 0 <= share <= 1
        ):
            yield (
                f"{case['operation']}, {case['case']}: {share!r} is no share of entries that "
                f"TensorFloat-32 changes. {AGAIN}"
            )
    if has and cases and not counts[TF32_CHANGES]:
        yield (
            "TensorFloat-32 changed no result: it did not run. Check what switches it off "
            f"(NVIDIA_TF32_OVERRIDE). {AGAIN}"
        )
