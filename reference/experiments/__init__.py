"""Experiments: each tests one claim of the lectures by measuring it, in seconds on one core.

    experiment = find("smooth_momentum")
    result = experiment.run()
    print(experiment.sentence(result))
    experiment.picture(result).savefig("smooth_momentum.png")

A module of this folder is an experiment. Its docstring says what is claimed, and by whom, and how
it is tested. All randomness comes from seeds, so only measured times differ from run to run. Where
a claim does not show at this size, the sentence says so. Pictures require matplotlib.
"""

import difflib
import importlib
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def find(name: str) -> ModuleType:
    """Import one experiment. Raises LookupError if there is none of this name."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise LookupError(f"there is no experiment {name!r}.{hint}")
    return importlib.import_module(f"reference.experiments.{name}")


def heading(name: str) -> tuple[str, str]:
    """The subject of an experiment and its claim, from the first line of its docstring."""
    first = (find(name).__doc__ or "").partition("\n")[0]
    subject, _, claim = first.partition(": ")
    return subject, claim[:1].upper() + claim[1:]
