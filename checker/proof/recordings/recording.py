"""A recording that was read: its machine, its cases, and what torch computed for them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.proof.oracles import deviations
from checker.proof.oracles.deviations import RECORDINGS, Deviation
from checker.proof.recordings import golden_file
from checker.proof.recordings.golden_file import AGAIN, Index, RecordingError, Result


@dataclass(frozen=True)
class Recorded:
    """The machine, the cases by operation and title, and the results."""

    machine: Index
    cases: Mapping[tuple[str, str], Index]
    results: Sequence[Result]
    repeated: Sequence[str]

    @property
    def known(self) -> tuple[Deviation, ...]:
        """The deviations that are about recordings of this version of torch."""
        listed = deviations.listed(str(self.machine.get("torch")))
        return tuple(d for d in listed if d.oracle == RECORDINGS)


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
