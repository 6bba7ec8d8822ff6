"""Whether a recording holds what it should as a whole, and nothing else."""

from collections.abc import Iterator, Mapping

from checker.proof.oracles.deviations import Deviation
from checker.proof.recordings import passes
from checker.proof.recordings.golden_file import AGAIN
from checker.proof.recordings.recording import Recorded
from reference import catalogue

TF32_CHANGES = "cases that TensorFloat-32 changes"
AMPERE = 8  # the capability from which a GPU has TensorFloat-32


def problems(
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


def without_tf32(recorded: Recorded, device: str, counts: Mapping[str, int]) -> Iterator[str]:
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
