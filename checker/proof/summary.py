"""The rows of a proof as a table: one line for each operation, one column for each oracle."""

from checker.proof import deviations
from checker.proof.golden import FOLDER
from checker.proof.verify import Row

# What a column shows, and the beginnings of the names of its oracles.
COLUMNS = {
    "torch float64": ("torch float64",),
    "torch float32": ("torch float32",),
    "halves": ("torch float16", "torch bfloat16"),
    "derivative": ("complex step", "differences"),
    "edges": ("edges", "kinks"),
    "calls": ("untouched", "layouts", "float32"),
    "laws": ("law ", "adjoint"),
}


def table(rows: list[Row]) -> str:
    names = list(dict.fromkeys(row.operation for row in rows))
    width = max(map(len, names), default=0)
    heads = "".join(f"{column:>{len(column) + 2}}" for column in COLUMNS)
    lines = [f"{'operation':<{max(width, 9)}}{heads}{'cases':>8}"]
    for name in names:
        mine = [row for row in rows if row.operation == name]
        cells = "".join(
            f"{_cell(mine, begin):>{len(column) + 2}}" for column, begin in COLUMNS.items()
        )
        lines.append(f"{name:<{max(width, 9)}}{cells}{sum(row.cases for row in mine):>8}")
    return "\n".join([*lines, "", *notes(rows), verdict(rows)])


def notes(rows: list[Row]) -> list[str]:
    """What is not as it should be, and what a reader ought to know."""
    return [
        *(f"{r.operation}, {r.oracle}: {r.failure}" for r in rows if not r.passed),
        *_loose(rows),
        *_real_only(rows),
        *_deviating(rows),
        *_no_gpu(),
    ]


def verdict(rows: list[Row]) -> str:
    names = {row.operation for row in rows}
    failed = sum(not row.passed for row in rows)
    done = f"{len(names)} operations, {len(rows)} checks, {sum(r.equations for r in rows)} equations"
    return f"{done}: {f'{failed} FAILED' if failed else 'all within their bounds'}"


def unmatched(rows: list[Row]) -> list[Row]:
    """After a full run: a deviation that excuses nothing is a failure like any other."""
    seen = {deviation for row in rows for deviation in row.deviations}
    reason = "this deviation is listed, and no case of any operation needs it"
    return [
        Row(d.operation, d.oracle, 0, 0, 0.0, f"{d.case}: {reason}")
        for d in deviations.unmatched(seen)
    ]


def _loose(rows: list[Row]) -> list[str]:
    loose = [f"{r.operation} ({r.oracle})" for r in rows if r.loose]
    return [f"Loose, never above 1 % of the bound: {', '.join(loose)}."] if loose else []


def _real_only(rows: list[Row]) -> list[str]:
    names = [row.operation for row in rows if row.oracle == "differences"]
    if not names:
        return []
    return [f"Not safe for complex numbers, so differentiated by differences: {', '.join(names)}."]


def _deviating(rows: list[Row]) -> list[str]:
    seen = {deviation for row in rows for deviation in row.deviations}
    known = [d for d in deviations.listed() if str(d) in seen]
    return [f"Deviates from torch, {d}: {d.reason}" for d in known]


def _no_gpu() -> list[str]:
    """Said as long as it is true."""
    if any(FOLDER.glob("*cuda*")):
        return []
    return ["No GPU results are recorded yet: nothing above was compared with a GPU."]


def _cell(rows: list[Row], begin: tuple[str, ...]) -> str:
    """The worst of the rows that belong to a column; a dash where there is no such oracle."""
    mine = [row for row in rows if row.oracle.startswith(begin)]
    if not mine:
        return "-"
    if not all(row.passed for row in mine):
        return "FAILED"
    laws = f" ({len(mine)})" if begin[0] == "law " else ""
    return f"{max(row.worst for row in mine):.3f}{laws}"
