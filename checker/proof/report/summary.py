"""The rows of a proof as a table with one line for each operation, and as data."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from checker.proof.oracles import deviations
from checker.proof.recordings import golden_file
from checker.proof.row import ProofRow

# Each column, and how the names of its oracles begin.
COLUMNS = {
    "torch float64": ("torch float64",),
    "torch float32": ("torch float32",),
    "16-bit floats": ("torch float16", "torch bfloat16"),
    "derivative": ("derivative",),
    "accuracy": ("accuracy",),
    "edges": ("edges", "kinks"),
    "contract": ("untouched", "layouts", "state", "cases", "invalid inputs", "another seed"),
    "properties": ("property ",),
    "recorded": ("golden ",),
    "external": ("external ",),
}

FEW_OPERATIONS = 4  # whose cases are described below the table
THEIRS = "torch's"  # the column with the accuracy of torch
LARGE = 100.0
SHOWN_REASONS = 4  # in the table; `--json` has all


def table(rows: list[ProofRow]) -> str:
    """The table, with notes and the verdict below it."""
    names = list(dict.fromkeys(row.operation for row in rows))
    width = max(map(len, names), default=0)
    columns = {
        column: begin
        for column, begin in COLUMNS.items()
        if any(row.oracle.startswith(begin) for row in rows)
    }
    heads = "".join(f"{column:>{_width(column)}}" for column in (*columns, THEIRS))
    lines = [f"{'operation':<{max(width, 9)}}{heads}{'cases':>8}"]
    for name in names:
        own = [row for row in rows if row.operation == name]
        cells = "".join(f"{_cell(own, b):>{_width(column)}}" for column, b in columns.items())
        cells += f"{_theirs(own):>{_width(THEIRS)}}"
        lines.append(f"{name:<{max(width, 9)}}{cells}{sum(row.cases for row in own):>8}")
    return "\n".join([*lines, "", *covered(rows), *notes(rows), verdict(rows)])


def covered(rows: list[ProofRow]) -> list[str]:
    """What the cases cover, for one or a few operations; `--json` has it for all."""
    counted = [row for row in rows if row.counts]
    if len(counted) > FEW_OPERATIONS:
        return []
    lines = [
        f"Cases of {row.operation}: "
        + "; ".join(f"{name} {count}" for name, count in row.counts.items())
        + "."
        for row in counted
    ]
    own = [row for row in rows if row.left_out and not row.is_total]
    return [*lines, *(f"{r.operation}, {r.oracle}: {reasons(r.left_out)}." for r in own)]


def notes(rows: list[ProofRow]) -> list[str]:
    """The failures, and what a reader should know about the proof."""
    return [
        *(f"{r.operation}, {r.oracle}: {r.failure}" for r in rows if not r.passed),
        *external(rows),
        *_loose(rows),
        *_deviating(rows),
        *no_gpu(),
    ]


def verdict(rows: list[ProofRow]) -> str:
    """One line: what was checked, and whether it is within the bounds."""
    names = {row.operation for row in rows if not row.is_total}
    failed = sum(not row.passed for row in rows)
    operations = "1 operation" if len(names) == 1 else f"{len(names)} operations"
    checked = f"{operations}, {len(rows)} checks, {sum(r.equations for r in rows)} equations"
    return f"{checked}: {f'{failed} FAILED' if failed else 'all within their bounds'}"


def unmatched(rows: list[ProofRow], device: str = "cpu") -> list[ProofRow]:
    """A failing row for each listed deviation that no case of a full run on this device needs."""
    seen = {deviation for row in rows for deviation in row.deviations}
    reason = "this deviation is listed, but no case of any operation needs it"
    return [
        ProofRow(d.operation, d.oracle, 0, 0, 0.0, f"{d.case}: {reason}")
        for d in deviations.unmatched(seen, device)
    ]


def external(rows: list[ProofRow]) -> list[str]:
    """For each external test suite, the number of inputs compared and left out."""
    return [
        f"External test suite, {row.operation}: {row.cases} compared. {reasons(row.left_out)}."
        for row in rows
        if row.left_out and row.is_total
    ]


def reasons(left_out: Mapping[str, int], named: int = SHOWN_REASONS) -> str:
    """The number of cases left out, and the first `named` reasons.

    The reasons are sorted by frequency already.
    """
    total, first = sum(left_out.values()), list(left_out.items())[:named]
    others = total - sum(count for _, count in first)
    texts = [f"{reason} ({count})" for reason, count in first]
    texts += [f"other reasons ({others})"] if others else []
    return f"{total} left out: {', '.join(texts)}"


def _loose(rows: list[ProofRow]) -> list[str]:
    loose = [f"{r.operation} ({r.oracle})" for r in rows if r.loose]
    return [f"Loose bounds, of which at most 0.1 % is used: {', '.join(loose)}."] if loose else []


def _deviating(rows: list[ProofRow]) -> list[str]:
    seen = {deviation for row in rows for deviation in row.deviations}
    known = [d for d in deviations.listed() if str(d) in seen]
    return [f"Deviates from torch, {d}: {d.reason}" for d in known]


def no_gpu() -> list[str]:
    """A note if no recording of a GPU is stored."""
    if any(golden_file.device(path) == "cuda" for path in golden_file.recorded()):
        return []
    return ["No GPU results are recorded yet: nothing above was compared with a GPU."]


def _width(column: str) -> int:
    return 2 + max(len(column), len("0.000 (10)") if column == "properties" else len("FAILED"))


def _theirs(rows: list[ProofRow]) -> str:
    """The worst error of torch in float64 by the same bound as ours, or a dash."""
    found = [row.theirs for row in rows if row.oracle == "accuracy float64" and row.theirs]
    return "-" if not found else f"{found[0]:.3f}" if found[0] < LARGE else f"{found[0]:.1e}"


def _cell(rows: list[ProofRow], begin: tuple[str, ...]) -> str:
    """The worst error of the rows of a column, or a dash if there are none."""
    own = [row for row in rows if row.oracle.startswith(begin)]
    if not own:
        return "-"
    if not all(row.passed for row in own):
        return "FAILED"
    properties = f" ({len(own)})" if begin[0] == "property " else ""
    return f"{max(row.worst for row in own):.3f}{properties}"


def data(rows: list[ProofRow]) -> list[dict[str, Any]]:
    """The rows as JSON data."""
    return [{**asdict(row), "loose": row.loose} for row in rows]
