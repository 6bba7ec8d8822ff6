"""check report: a class over a term."""

from pathlib import Path

import click

from checker.commands.files import writing


@click.command(short_help="Report on a class over several assignments.")
@click.argument(
    "outs",
    metavar="OUT...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@click.option(
    "--page", type=click.Path(path_type=Path, dir_okay=False), help="Also write an HTML page."
)
def report(outs: tuple[Path, ...], page: Path | None) -> None:
    """Show each student's marks, the mistakes that stay, and what is worth repeating.

    Each OUT is an output folder of `check grade`, in the order of the assignments.
    """
    from checker.reports import term

    try:
        found = term.read(list(outs))
    except term.TermError as error:
        raise click.UsageError(str(error)) from error
    click.echo(term.text(found))
    if page:
        with writing(page):
            page.write_text(term.page(found), encoding="utf-8", errors="replace")
        click.echo(f"  {page} written")
