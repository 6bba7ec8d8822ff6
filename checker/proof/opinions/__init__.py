"""Second opinions: the inputs that others wrote to test their own work, put to the reference.

torch carries such inputs for its operators, modules and optimisers, the `onnx` package for its
nodes. Nothing is skipped in silence: what is not compared is counted, with its reason.
"""

import warnings
from collections import Counter, defaultdict
from importlib import import_module

from checker.proof import verify
from checker.proof.verify import Row, Thunk
from reference import catalogue

DATABASES = {
    "op_db": "operators",
    "module_db": "modules",
    "optim_db": "optimisers",
    "onnx": "onnx_nodes",
}


def oracle(database: str) -> str:
    return f"opinion {database}"


def rows(database: str) -> list[Row]:
    """A row for each operation that is asked, and one that counts what was left out, and why."""
    asked: dict[str, dict[str, Thunk]] = defaultdict(dict)
    left_out: Counter[str] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a test warns of is its own affair
        for question in import_module(f"{__name__}.{DATABASES[database]}").questions():
            if question.compare is None:
                left_out[question.left_out] += 1
            else:
                cases = asked[question.operation]
                cases[f"{question.title}, {len(cases)}"] = question.compare
    found = [
        verify.check(name, catalogue.operation(name), oracle(database), asked[name], 0)
        for name in sorted(asked)
    ]
    compared = sum(row.cases for row in found)
    reasons = dict(left_out.most_common())
    return [*found, Row(f"all of {database}", oracle(database), compared, 0, 0.0, left_out=reasons)]
