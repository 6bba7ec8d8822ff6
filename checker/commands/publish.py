"""check publish: write what students get of a course, without any solution."""

from pathlib import Path

import click

from checker.commands.files import write
from checker.course import assignment as assignments


@click.command(short_help="Write what students get, without any solution.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--zip", "as_zip", is_flag=True, help="One zip, as OUT.zip is without it.")
@click.option("--wheel", "as_wheel", is_flag=True, help="A wheel in the folder OUT, for pip.")
def publish(out: Path, as_zip: bool, as_wheel: bool) -> None:
    """Write what students get of the course in use to the folder OUT.

    There are starters, texts, notebooks and data, and the checker with `check NAME`, hints and
    diagnosis. There is no reference, no mutant and no solution. Keep the complete package, and the
    folder of the course, to yourself.
    """
    from checker.handout import publishing
    from checker.handout.zip_file import packed
    from checker.student.progress_bar import Waiting

    if as_zip and as_wheel:
        raise click.UsageError("--zip cannot be combined with --wheel.")
    if out.exists() and not (as_wheel and out.is_dir()):
        raise click.UsageError(f"{out} exists already. Choose another name.")
    try:
        with Waiting("Preparing answers, once", list(assignments.names())) as bar:
            if as_wheel:
                name, data = publishing.wheel(bar.step)
                out = out / name
                files = {out: data}
            elif as_zip or out.suffix == ".zip":
                inside = publishing.folder(bar.step)
                files = {out: packed({f"{out.stem}/{path}": inside[path] for path in inside})}
            else:
                inside = publishing.folder(bar.step)
                files = {out / path: inside[path] for path in inside}
    except publishing.NothingToPublishError as error:
        raise click.UsageError(str(error)) from error
    write(files)
    click.echo(f"{out} written.")
    for task, reason in publishing.left_out():
        click.echo(f"{task.function} is left out: {reason}.")
    if as_wheel:
        click.echo(f"Students install it in place of gradproof: python -m pip install {out.name}")
