"""check start: write the starter and the text of an assignment."""

from pathlib import Path

import click

from checker.course import assignment as assignments


@click.command(short_help="Put an assignment into this folder.")
@click.argument("name")
@click.option("--notebook", "as_notebook", is_flag=True, help="One notebook with text and code.")
def start(name: str, as_notebook: bool) -> None:
    """Put the starter and the text of assignment NAME in this folder."""
    from checker.student import names
    from checker.student.progress_bar import case_sets

    try:
        assignment = assignments.find(names.assignment(name) or name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    for path, content in _files(assignment, as_notebook).items():
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            click.echo(f"{path} exists already and was not changed.")
        except OSError as error:
            raise click.UsageError(f"{path} cannot be written: {error.strerror}.") from error
        else:
            click.echo(f"{path} written.")
    case_sets(assignment)
    name = assignment.name
    if as_notebook:
        click.echo(
            f"Open {name}.ipynb in Jupyter; its last cell grades it, and so does: check {name}"
        )
    else:
        click.echo(f"Read {name}.md, edit {name}.py, then run: check {name}")


def _files(assignment: assignments.Assignment, as_notebook: bool) -> dict[Path, bytes]:
    from checker.handout import data_files

    data = {Path(name): content for name, content in data_files.named(assignment.text).items()}
    if as_notebook:
        from checker.handout.notebook import notebook

        return {Path(f"{assignment.name}.ipynb"): notebook(assignment).encode(), **data}
    from checker.handout.starter import starter

    files = {
        f"{assignment.name}.py": starter(assignment).encode(),
        f"{assignment.name}.md": assignment.text.encode(),
    }
    return {Path(name): content for name, content in (files | assignment.pictures).items()} | data
