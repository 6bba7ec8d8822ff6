"""check prove: show that an assignment passes what is right and catches what is wrong."""

import json
from pathlib import Path

import click

from checker import assignment as assignments


@click.command()
@click.argument("name")
@click.option("--matrix", is_flag=True, help="Show which case catches which mistake.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write a page to look at.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as data.")
def prove(name: str, matrix: bool, html: Path | None, as_json: bool) -> None:
    """Prove assignment NAME: reference full, starter nothing, every known mistake caught."""
    from checker import manifest
    from checker import prove as proving
    from checker.mistakes import LibraryError
    from checker.reports import html_proof, proof

    try:
        assignment = assignments.find(name)
        if problems := manifest.unmeant(assignment):
            path = assignment.folder / "assignment.toml"
            raise click.UsageError("\n".join(f"{path}, {problem}" for problem in problems))
        found = proving.prove(assignment)
    except (LookupError, LibraryError) as error:
        raise click.UsageError(str(error)) from error
    if html:
        html.write_text(html_proof.page(assignment, found), encoding="utf-8")
    click.echo(json.dumps(proof.data(found), indent=2) if as_json else proof.table(found, matrix))
    raise SystemExit(0 if found.holds else 1)
