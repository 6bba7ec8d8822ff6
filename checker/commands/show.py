"""check show: draw a picture."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@click.command()
@click.argument("words", nargs=-1, metavar="[NAME | TASK [FILE]]")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file: .png, .svg or .pdf.")
def show(words: tuple[str, ...], out: Path | None) -> None:
    """Draw the picture NAME, or what FILE gives for TASK over what is right, into a file.

    Without a NAME, list the pictures. FILE is found if it is the one here that solves the task.
    """
    if find_spec("matplotlib") is None:
        click.echo("check show needs matplotlib: pip install 'gradproof[plots]'", err=True)
        raise SystemExit(3)
    from checker.gallery import PICTURES

    if not words:
        for known, draw in PICTURES.items():
            click.echo(f"  {known:<12} {draw.__doc__}")
        return
    picture = PICTURES[words[0]]() if words[0] in PICTURES and len(words) == 1 else _yours(words)
    name = words[0] if words[0] in PICTURES else next(w for w in words[::-1] if not _is_file(w))
    path = out or Path(f"{name}.png")
    try:
        picture.savefig(path, dpi=160)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path} cannot be written: {error}") from error
    click.echo(f"{path} written.")


def _yours(words: tuple[str, ...]) -> "Figure":
    from checker import bank, drawing, tasks
    from checker.asking import NoAnswerError, asking
    from checker.classroom import intake
    from checker.classroom.folder import IntakeError
    from checker.gallery import PICTURES
    from checker.waiting import Waiting

    files = [Path(word) for word in words if _is_file(word)]
    names = tuple(word for word in words if not _is_file(word))
    try:
        found, task = tasks.find(names, Path())
    except LookupError as error:
        raise click.UsageError(
            f"{error} Pictures without a task: {', '.join(PICTURES)}."
        ) from error
    try:
        submission = intake.read(files[0] if files else intake.find(found, Path()))
        with Waiting("Making the cases, once", len(found.tasks)) as bar:
            banks = bank.load(found, bar.step)
        with asking(found, submission) as (there, ask):
            if task.function not in there:
                raise NoAnswerError(f"{submission.filename} has no {task.function} yet.")
            return drawing.picture(found, task, banks, there, ask)
    except (IntakeError, LookupError) as error:
        raise click.UsageError(str(error)) from error
    except NoAnswerError as error:
        click.echo(f"Nothing to draw: {error}", err=True)
        raise SystemExit(1) from error


def _is_file(word: str) -> bool:
    return Path(word).suffix in (".py", ".ipynb")
