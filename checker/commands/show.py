"""check show: draw a picture."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@click.command(short_help="Draw a picture, or a task over the right results.")
@click.argument("words", nargs=-1, metavar="[NAME | TASK [FILE]]")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="The output file: .png, .svg or .pdf."
)
def show(words: tuple[str, ...], out: Path | None) -> None:
    """Draw the picture NAME, or the results of TASK in FILE over the right ones, into a file.

    Without arguments, list the pictures. Without FILE, use the file here that solves the task.
    """
    if find_spec("matplotlib") is None:
        click.echo("check show needs matplotlib: pip install 'gradproof[plots]'", err=True)
        raise SystemExit(3)
    from checker.handout.gallery import PICTURES

    if not words:
        for name, draw in PICTURES.items():
            click.echo(f"  {name:<12} {draw.__doc__}")
        return
    picture = (
        PICTURES[words[0]]() if words[0] in PICTURES and len(words) == 1 else _task_picture(words)
    )
    name = words[0] if words[0] in PICTURES else next(w for w in words[::-1] if not _is_file(w))
    path = out or Path(f"{name}.png")
    try:
        picture.savefig(path, dpi=160)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path} cannot be written: {error}") from error
    click.echo(f"{path} written.")


def _task_picture(words: tuple[str, ...]) -> "Figure":
    from checker.cases import case_cache
    from checker.grading import intake
    from checker.grading.files import IntakeError
    from checker.handout.gallery import PICTURES
    from checker.student import figures, task_names
    from checker.student.calls import CannotCallError, asking
    from checker.student.progress_bar import Waiting

    files = [Path(word) for word in words if _is_file(word)]
    names = tuple(word for word in words if not _is_file(word))
    try:
        assignment, task = task_names.find(names, Path())
    except LookupError as error:
        raise click.UsageError(
            f"{error} Pictures without a task: {', '.join(PICTURES)}."
        ) from error
    try:
        submission = intake.read(
            files[0]
            if files
            else intake.find(assignment, Path(), f"check show {' '.join(names)} FILE")
        )
        with Waiting("Making the cases, once", len(assignment.tasks)) as bar:
            case_sets = case_cache.load(assignment, bar.step)
        with asking(assignment, submission) as (finished, ask):
            if task.function not in finished:
                raise CannotCallError(f"{submission.filename} has no {task.function} yet.")
            return figures.picture(assignment, task, case_sets, finished, ask)
    except (IntakeError, LookupError) as error:
        raise click.UsageError(str(error)) from error
    except CannotCallError as error:
        click.echo(f"Nothing to draw: {error}", err=True)
        raise SystemExit(1) from error


def _is_file(word: str) -> bool:
    return Path(word).suffix in (".py", ".ipynb")
