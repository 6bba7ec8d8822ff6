"""check prove: prove that an assignment accepts right answers and catches known mistakes."""

import json
from pathlib import Path

import click

from checker.commands.files import writing
from checker.course import assignment as assignments


@click.command(short_help="Prove that an assignment grades as it should.")
@click.argument("name")
@click.option("--matrix", is_flag=True, help="Show which case catches which mistake.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write an HTML page.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the proof as JSON.")
def prove(name: str, matrix: bool, html: Path | None, as_json: bool) -> None:
    """Prove assignment NAME.

    The reference has to be right, the starter has to earn nothing, and every known mistake has to
    be caught.
    """
    from checker.audit import manifest_meaning
    from checker.audit import prove as proving
    from checker.library.mutants import LibraryError
    from checker.reports import prove_page, prove_table

    try:
        assignment = assignments.find(name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    try:
        if problems := [
            *manifest_meaning.problems(assignment),
            *manifest_meaning.not_installed(assignment),
            *assignment.missing,
        ]:
            raise click.UsageError("\n".join(problems))
        proof = proving.prove(assignment)
    except LibraryError as error:
        raise click.UsageError(str(error)) from error
    if html:
        with writing(html):
            html.write_text(prove_page.page(assignment, proof), encoding="utf-8")
    click.echo(
        json.dumps(prove_table.data(proof), indent=2)
        if as_json
        else prove_table.table(proof, matrix)
    )
    raise SystemExit(0 if proof.holds else 1)
