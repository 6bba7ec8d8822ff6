"""check start: put an assignment's starter and text in this folder."""

from pathlib import Path

import click

from checker import assignment as assignments


@click.command()
@click.argument("name")
@click.option("--notebook", "as_notebook", is_flag=True, help="One notebook with text and code.")
def start(name: str, as_notebook: bool) -> None:
    """Put the starter and the text of assignment NAME in this folder."""
    from checker import bank
    from checker.waiting import Waiting

    try:
        found = assignments.find(name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    for path, content in _files(found, as_notebook).items():
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            click.echo(f"{path} is here already and stays as it is.")
        except OSError as error:
            raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error
        else:
            click.echo(f"{path} written.")
    with Waiting("Making the cases, once", len(found.tasks)) as bar:
        bank.load(found, bar.step)
    if as_notebook:
        click.echo(
            f"Open {name}.ipynb in Jupyter; its last cell grades it, and so does: check {name}"
        )
    else:
        click.echo(f"Read {name}.md, edit {name}.py, then run: check {name}")


def _files(found: assignments.Assignment, as_notebook: bool) -> dict[Path, bytes]:
    if as_notebook:
        from checker.notebook import notebook

        return {Path(f"{found.name}.ipynb"): notebook(found).encode()}
    from checker.starter import starter

    files = {f"{found.name}.py": starter(found).encode(), f"{found.name}.md": found.text.encode()}
    return {Path(name): content for name, content in (files | found.pictures).items()}
