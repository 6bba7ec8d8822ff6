"""check coverage: what PyTorch and Keras have, and which operation computes it."""

import json
from importlib.util import find_spec

import click

from checker.commands.verify import INSTALL, bar


@click.command(short_help="List what PyTorch and Keras have, and what computes it here.")
@click.option("--json", "as_json", is_flag=True, help="Print every item as JSON.")
@click.option("--verify", is_flag=True, help="Compare the operations, and print the errors too.")
def coverage(as_json: bool, verify: bool) -> None:
    """List the items of PyTorch, those of Keras alone, and the operation of each.

    An item is covered if every argument of it that changes a result is a setting of the operation,
    or is said by its arrays.
    """
    if verify and (as_json or find_spec("torch") is None):
        raise click.UsageError(
            "--verify prints a table. For every row as JSON: check verify --json"
            if as_json
            else f"--verify needs torch: {INSTALL}"
        )
    from checker.audit import library_items
    from checker.reports import coverage_table

    items = library_items.items()
    if as_json:
        click.echo(json.dumps(coverage_table.data(items), indent=2))
        return
    names = tuple(sorted({item.operations[0] for item in items if item.operations}))
    click.echo(coverage_table.table(items, _measured(names) if verify else None))


def _measured(names: tuple[str, ...]) -> dict[str, tuple[int, float]]:
    """For each operation the number of cases, and the worst error as a fraction of its bound."""
    from checker.proof import run

    rows = run.verify(names, (), "cpu", bar)
    return {
        name: (
            sum(row.cases for row in rows if row.operation == name),
            max(row.worst for row in rows if row.operation == name),
        )
        for name in names
    }
