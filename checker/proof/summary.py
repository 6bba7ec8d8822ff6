"""The rows of a proof as a table: one line for each operation, one column for each oracle."""

from checker.proof.verify import Row

COLUMNS = ("torch float64", "torch float32", "complex step", "float32", "laws")


def table(rows: list[Row]) -> str:
    names = list(dict.fromkeys(row.operation for row in rows))
    width = max(map(len, names))
    heads = "".join(f"{column:>15}" for column in COLUMNS)
    lines = [f"{'operation':<{width}}{heads}{'cases':>8}"]
    for name in names:
        mine = [row for row in rows if row.operation == name]
        cells = "".join(f"{_cell(mine, column):>15}" for column in COLUMNS)
        lines.append(f"{name:<{width}}{cells}{sum(row.cases for row in mine):>8}")
    failures = [row for row in rows if not row.passed]
    lines += ["", *(f"{r.operation}, {r.oracle}: {r.failure}" for r in failures)]
    done = (
        f"{len(names)} operations, {len(rows)} checks, {sum(r.equations for r in rows)} equations"
    )
    verdict = f"{len(failures)} FAILED" if failures else "all within their bounds"
    return "\n".join([*lines, f"{done}: {verdict}"])


def _cell(rows: list[Row], column: str) -> str:
    """The worst of the rows that belong to a column; a dash where there is no such oracle."""
    mine = [r for r in rows if r.oracle == column or (column == "laws" and r.oracle[:4] == "law ")]
    if not mine:
        return "-"
    if not all(row.passed for row in mine):
        return "FAILED"
    laws = f" ({len(mine)})" if column == "laws" else ""
    return f"{max(row.worst for row in mine):.3f}{laws}"
