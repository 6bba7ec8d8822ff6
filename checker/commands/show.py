"""check show: draw a picture, or what an experiment measures."""

import difflib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@click.command(short_help="Draw a picture, an experiment, or a task over the right results.")
@click.argument("words", nargs=-1, metavar="[NAME | TASK [FILE]]")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="The output file: .png, .svg or .pdf."
)
def show(words: tuple[str, ...], out: Path | None) -> None:
    """Draw the picture NAME, or the results of TASK in FILE over the right ones, into a file.

    NAME may also be an experiment, which tests a claim of the lectures: it is run, takes some
    seconds, and prints what it measured in a sentence. Without arguments, list the pictures and the
    experiments. Without FILE, use the file here that solves the task.
    """
    if find_spec("matplotlib") is None:
        click.echo("check show needs matplotlib: pip install 'gradproof[plots]'", err=True)
        raise SystemExit(3)
    if not words:
        _list_names()
        return
    picture = _picture(words[0]) if len(words) == 1 else None
    if picture is None:
        picture = _task_picture(words)
    path = out or Path(f"{next(word for word in words[::-1] if not _is_file(word))}.png")
    try:
        picture.savefig(path, dpi=160)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path} cannot be written: {error}") from error
    click.echo(f"{path} written.")


def _list_names() -> None:
    from checker.handout.gallery import PICTURES, experiments

    pictures = {name: draw.__doc__ for name, draw in PICTURES.items()}
    claims = experiments.claims()
    width = max(map(len, [*pictures, *claims]))
    click.echo("Pictures:\n")
    for name, title in pictures.items():
        click.echo(f"  {name:<{width}}  {title}")
    click.echo("\nExperiments, each of which tests a claim of the lectures:\n")
    for name, claim in claims.items():
        click.echo(f"  {name:<{width}}  {claim}")


def _picture(name: str) -> "Figure | None":
    """A picture that needs no submission, or None if there is none of this name."""
    from checker.handout.gallery import PICTURES, experiments

    if name in PICTURES:
        return PICTURES[name]()
    if name in experiments.claims():
        sentence, picture = experiments.run(name)
        click.echo(sentence)
        return picture
    return None


def _task_picture(words: tuple[str, ...]) -> "Figure":
    from checker.cases import case_cache
    from checker.grading import intake
    from checker.grading.files import IntakeError
    from checker.student import figures, task_names
    from checker.student.calls import CannotCallError, asking
    from checker.student.progress_bar import Waiting

    files = [Path(word) for word in words if _is_file(word)]
    names = tuple(word for word in words if not _is_file(word))
    if not names:
        raise click.UsageError(f"name the task of {words[0]} that is to be drawn.")
    try:
        assignment, task = task_names.find(names, Path())
    except LookupError as error:
        raise click.UsageError(_unknown(names, str(error))) from error
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


def _unknown(names: tuple[str, ...], message: str) -> str:
    """What to say of words that name neither a task nor a picture nor an experiment."""
    from checker.handout.gallery import PICTURES, experiments

    known = [*PICTURES, *experiments.claims()]
    near = difflib.get_close_matches(names[0], known, n=1, cutoff=0.75) if len(names) == 1 else []
    if near:
        return f"there is no picture or experiment {names[0]!r}. Did you mean {near[0]!r}?"
    return f"{message} `check show` lists the pictures and the experiments."


def _is_file(word: str) -> bool:
    return Path(word).suffix in (".py", ".ipynb")
