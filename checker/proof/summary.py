"""The rows of a proof as a table: one line for each operation, one column for each oracle."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from checker.proof import deviations, golden
from checker.proof.verify import Row

# What a column shows, and the beginnings of the names of its oracles.
COLUMNS = {
    "torch float64": ("torch float64",),
    "torch float32": ("torch float32",),
    "halves": ("torch float16", "torch bfloat16"),
    "derivative": ("complex step", "differences"),
    "edges": ("edges", "kinks"),
    "calls": ("untouched", "layouts", "float32", "refused", "another seed"),
    "laws": ("law ", "adjoint"),
    "recorded": ("golden ",),
    "opinions": ("opinion ",),
}

REASONS = 4  # of what is left out, in a table for people; `--json` has them all


def table(rows: list[Row]) -> str:
    names = list(dict.fromkeys(row.operation for row in rows))
    width = max(map(len, names), default=0)
    columns = {
        column: begin
        for column, begin in COLUMNS.items()
        if any(row.oracle.startswith(begin) for row in rows)
    }
    heads = "".join(f"{column:>{_width(column)}}" for column in columns)
    lines = [f"{'operation':<{max(width, 9)}}{heads}{'cases':>8}"]
    for name in names:
        mine = [row for row in rows if row.operation == name]
        cells = "".join(f"{_cell(mine, b):>{_width(column)}}" for column, b in columns.items())
        lines.append(f"{name:<{max(width, 9)}}{cells}{sum(row.cases for row in mine):>8}")
    return "\n".join([*lines, "", *notes(rows), verdict(rows)])


def notes(rows: list[Row]) -> list[str]:
    """What is not as it should be, and what a reader ought to know."""
    return [
        *(f"{r.operation}, {r.oracle}: {r.failure}" for r in rows if not r.passed),
        *opinions(rows),
        *_loose(rows),
        *_real_only(rows),
        *_deviating(rows),
        *no_gpu(),
    ]


def verdict(rows: list[Row]) -> str:
    names = {row.operation for row in rows if not row.operation.startswith("all ")}
    failed = sum(not row.passed for row in rows)
    done = (
        f"{len(names)} operations, {len(rows)} checks, {sum(r.equations for r in rows)} equations"
    )
    return f"{done}: {f'{failed} FAILED' if failed else 'all within their bounds'}"


def unmatched(rows: list[Row]) -> list[Row]:
    """After a full run: a deviation that excuses nothing is a failure like any other."""
    seen = {deviation for row in rows for deviation in row.deviations}
    reason = "this deviation is listed, and no case of any operation needs it"
    return [
        Row(d.operation, d.oracle, 0, 0, 0.0, f"{d.case}: {reason}")
        for d in deviations.unmatched(seen)
    ]


def opinions(rows: list[Row]) -> list[str]:
    """What others test themselves with: how much of it was compared, and why not the rest."""
    return [
        f"Test inputs of others, {row.operation}: {row.cases} compared. {reasons(row.left_out)}."
        for row in rows
        if row.left_out
    ]


def reasons(left_out: Mapping[str, int], named: int = REASONS) -> str:
    """The commonest first; they come in that order."""
    total, first = sum(left_out.values()), list(left_out.items())[:named]
    others = total - sum(count for _, count in first)
    texts = [f"{reason} ({count})" for reason, count in first]
    return f"{total} not: {', '.join([*texts, *([f'other reasons ({others})'] if others else [])])}"


def _loose(rows: list[Row]) -> list[str]:
    loose = [f"{r.operation} ({r.oracle})" for r in rows if r.loose]
    return [f"Loose, never above 1 % of the bound: {', '.join(loose)}."] if loose else []


def _real_only(rows: list[Row]) -> list[str]:
    """Found out, and not declared: see checker/proof/derivative.py."""
    names = [row.operation for row in rows if row.oracle == "differences"]
    safe = sum(row.oracle == "complex step" for row in rows)
    if not names and not safe:
        return []
    others = f"; by differences: {', '.join(names)}" if names else ""
    return [f"Forwards that take complex numbers: {safe} of {safe + len(names)}{others}."]


def _deviating(rows: list[Row]) -> list[str]:
    seen = {deviation for row in rows for deviation in row.deviations}
    known = [d for d in deviations.listed() if str(d) in seen]
    return [f"Deviates from torch, {d}: {d.reason}" for d in known]


def no_gpu() -> list[str]:
    """Said as long as it is true."""
    if any(golden.device(path) == "cuda" for path in golden.recorded()):
        return []
    return ["No GPU results are recorded yet: nothing above was compared with a GPU."]


def _width(column: str) -> int:
    return 2 + max(len(column), len("0.000 (10)") if column == "laws" else len("FAILED"))


def _cell(rows: list[Row], begin: tuple[str, ...]) -> str:
    """The worst of the rows that belong to a column; a dash where there is no such oracle."""
    mine = [row for row in rows if row.oracle.startswith(begin)]
    if not mine:
        return "-"
    if not all(row.passed for row in mine):
        return "FAILED"
    laws = f" ({len(mine)})" if begin[0] == "law " else ""
    return f"{max(row.worst for row in mine):.3f}{laws}"


def data(rows: list[Row]) -> list[dict[str, Any]]:
    return [{**asdict(row), "loose": row.loose} for row in rows]
