"""check verify: prove the reference against its oracles."""

import json
import sys
from dataclasses import asdict
from importlib.util import find_spec

import click


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="This operation only.")
@click.option("--json", "as_json", is_flag=True, help="Print every row as data.")
def verify(only: tuple[str, ...], as_json: bool) -> None:
    """Check every operation against torch, its derivative and its laws.

    Each number is the worst error found, as a fraction of its bound: above 1 is a failure.
    """
    if find_spec("torch") is None:
        click.echo("check verify needs torch: pip install 'gradproof[verify]'", err=True)
        raise SystemExit(3)
    from checker.proof import summary
    from checker.proof import verify as proof
    from reference.catalogue import names, operation

    try:
        specs = {name: operation(name) for name in only or names()}
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    with click.progressbar(specs.items(), label="Verifying", file=sys.stderr) as bar:
        rows = [row for name, spec in bar for row in proof.verify({name: spec})]
    click.echo(
        json.dumps([asdict(row) for row in rows], indent=2) if as_json else summary.table(rows)
    )
    raise SystemExit(0 if all(row.passed for row in rows) else 1)
