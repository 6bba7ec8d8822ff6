"""External test suites: the reference on the test inputs of other projects.

torch contains such inputs for its operators, modules and optimisers, and the `onnx` package for its
nodes. Inputs that are not compared are counted by reason.
"""

import warnings
from collections import Counter, defaultdict
from importlib import import_module

from checker.proof import verify
from checker.proof.oracle import Thunk
from checker.proof.row import ProofRow
from reference import catalogue

DATABASES = {
    "op_db": "operators",
    "module_db": "modules",
    "optim_db": "optimisers",
    "onnx": "onnx_nodes",
}


def oracle(database: str) -> str:
    """The name of the oracle of a database."""
    return f"external {database}"


def rows(database: str) -> list[ProofRow]:
    """One row for each operation with test inputs, and one with the counts of all inputs."""
    compared: dict[str, dict[str, Thunk]] = defaultdict(dict)
    left_out: Counter[str] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some test inputs cause warnings on purpose
        for question in import_module(f"{__name__}.{DATABASES[database]}").questions():
            if question.compare is None:
                left_out[question.left_out] += 1
            else:
                cases = compared[question.operation]
                cases[f"{question.title}, {len(cases)}"] = question.compare
    checked = [
        verify.check(name, catalogue.operation(name), oracle(database), compared[name], [])
        for name in sorted(compared)
    ]
    count = sum(row.cases for row in checked)
    reasons = dict(left_out.most_common())
    return [
        *checked,
        ProofRow(f"all of {database}", oracle(database), count, 0, 0.0, left_out=reasons),
    ]
