"""check read: the text of an assignment as a page in the browser."""

from pathlib import Path

import click

from checker.commands.files import writing
from checker.course import assignment as assignments


@click.command(short_help="Read the text of an assignment in the browser.")
@click.argument("name", required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the page to this file.")
def read(name: str | None, out: Path | None) -> None:
    """Open the text of assignment NAME in the browser, with its formulas and pictures.

    With --out, the page is written to a file, and no browser is opened. The page is a single file
    and needs no network. Without NAME, list what can be read.
    """
    from checker.handout import text_page
    from checker.student import names

    if name is None:
        _list_names()
        return
    try:
        assignment = assignments.find(names.assignment(name) or name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    data = text_page.page(assignment).encode()
    if out is not None:
        with writing(out):
            out.write_bytes(data)
        click.echo(f"{out} written.")
        return
    path = text_page.stored(assignment.name, data)
    if _opened(path):
        click.echo(f"{path} is open in your browser.")
        click.echo(
            f"If you do not see it: check read {assignment.name} --out {assignment.name}.html"
        )
    else:
        click.echo(f"No browser could be opened. The page is {path}")


def _opened(path: Path) -> bool:
    import webbrowser

    try:
        return webbrowser.open(path.as_uri())
    except (webbrowser.Error, OSError):
        return False


def _list_names() -> None:
    from checker.reports import screen

    found = [assignments.find(name) for name in assignments.names()]
    longest = max((len(each.name) for each in found), default=0)
    lines = [f"  {each.name:<{longest}}  {each.title}" for each in found]
    lines = ["Texts, in the order of the course:", "", *lines]
    lines += ["", "`check read NAME` opens one in your browser."]
    click.echo("\n".join(screen.fitted(lines, screen.size().columns)))
