"""Compare the reference with a recording, on a machine without torch.

The file is not trusted. What must be there follows from the catalogue, the grid and the passes: an
operation, a case or a pass that is missing, twice there or unknown is a failure. So is what torch
refused, unless a deviation lists it, and a machine whose description does not fit together.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from checker.proof.oracles.deviations import RECORDINGS, Deviation
from checker.proof.recordings import (
    agreement,
    completeness,
    environment,
    golden_file,
    grid,
    passes,
    recording,
)
from checker.proof.recordings.golden_file import AGAIN, Index, RecordingError, Result
from checker.proof.recordings.grid import Case
from checker.proof.recordings.passes import DEVICES, Pass
from checker.proof.recordings.recording import Recorded
from checker.proof.row import ProofRow
from checker.proof.trial import Trial
from reference import catalogue
from reference.spec import Operation

LIST_IT = "List it in deviations.toml if it is a property of torch there."
TOTAL = "all recorded"


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


def replay(path: Path, only: tuple[str, ...] = ()) -> Iterator[ProofRow]:
    """Yield a row for each operation that torch computes, or for those in `only`, and a total.

    Raises RecordingError if the file is not a recording, or not a whole one, LookupError for an
    unknown operation.
    """
    recorded, title = recording.read(path), f"golden {path.stem}"
    total, device = Account(), str(recorded.machine.get("device"))
    total.failures += [
        f"the machine does not fit together: {problem}. {AGAIN}"
        for problem in environment.problems(recorded.machine)
    ]
    if path.resolve().parent == golden_file.RECORDINGS_FOLDER and (
        reason := golden_file.stranger(path)
    ):
        total.failures.append(reason)
    own = catalogue.own()  # a course records nothing
    names = list(dict.fromkeys(only)) or [name for name in catalogue.names() if name in own]
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
        total.failures += completeness.problems(recorded, device, names, used, whole=not only)
        total.failures += completeness.without_tf32(recorded, device, total.counts)
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
    for other, what in (
        ("repeated", "repetitions that differ"),
        ("tf32", completeness.TF32_CHANGES),
    ):
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
            checked = agreement.equations(case, each, stored, trials)
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
