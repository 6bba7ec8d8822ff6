"""check prove: show that an assignment passes what is right and catches what is wrong."""

import json

import click

from checker import assignment as assignments


@click.command()
@click.argument("name")
@click.option("--matrix", is_flag=True, help="Show which case catches which mistake.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as data.")
def prove(name: str, matrix: bool, as_json: bool) -> None:
    """Prove assignment NAME: reference full, starter nothing, every known mistake caught."""
    from checker import manifest
    from checker import prove as proving
    from checker.reports import proof

    try:
        declared = assignments.find(name)
        if problems := manifest.unmeant(declared):
            path = declared.folder / "assignment.toml"
            raise click.UsageError("\n".join(f"{path}, {problem}" for problem in problems))
        found = proving.prove(declared)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(proof.data(found), indent=2) if as_json else proof.table(found, matrix))
    raise SystemExit(0 if found.holds else 1)
