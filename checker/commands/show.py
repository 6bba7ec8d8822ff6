"""check show: draw a picture, or what an experiment measures."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matplotlib.figure import Figure


NO_MATPLOTLIB = (
    "check show needs matplotlib. Install it beside the checker: pip install matplotlib, "
    "or pipx inject gradproof matplotlib, or uv tool install --with matplotlib FOLDER."
)


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
        click.echo(NO_MATPLOTLIB, err=True)
        raise SystemExit(3)
    from checker.student.names import is_file

    if not words:
        _list_names()
        return
    picture = _picture(words[0]) if len(words) == 1 else None
    if picture is None:
        picture = _task_picture(words)
    path = out or Path(f"{next(word for word in words[::-1] if not is_file(word))}.png")
    try:
        picture.savefig(path, dpi=160)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path} cannot be written: {error}") from error
    click.echo(f"{path} written.")


def _list_names() -> None:
    from checker.handout.gallery import PICTURES, experiments
    from checker.reports import screen

    pictures = {name: draw.__doc__ for name, draw in PICTURES.items()}
    claims = experiments.claims()
    longest = max(map(len, [*pictures, *claims]))
    lines = ["Pictures:", ""]
    lines += [f"  {name:<{longest}}  {title}" for name, title in pictures.items()]
    lines += ["", "Experiments, each of which tests a claim of the lectures:", ""]
    lines += [f"  {name:<{longest}}  {claim}" for name, claim in claims.items()]
    click.echo("\n".join(screen.fitted(lines, screen.size().columns)))


def _picture(word: str) -> "Figure | None":
    """A picture that needs no submission, or None if there is none of this name."""
    from checker.handout.gallery import PICTURES, experiments
    from checker.student.names import plain

    known = {plain(name): name for name in [*experiments.claims(), *PICTURES]}
    name = known.get(plain(word), "")
    if name in PICTURES:
        return PICTURES[name]()
    if name:
        sentence, picture = experiments.run(name)
        click.echo(sentence)
        return picture
    return None


def _task_picture(words: tuple[str, ...]) -> "Figure":
    from checker.grading import intake
    from checker.grading.files import IntakeError
    from checker.student import figures, task_names
    from checker.student.calls import CannotCallError
    from checker.student.names import is_file

    files = [Path(word) for word in words if is_file(word)]
    names = tuple(word for word in words if not is_file(word))
    if not names:
        raise click.UsageError(f"name the task of {words[0]} that is to be drawn.")
    try:
        assignment, task = task_names.find(names, Path())
    except LookupError as error:
        raise click.UsageError(_unknown(names, str(error))) from error
    try:
        usage = f"check show {' '.join(names)} FILE"
        path = files[0] if files else intake.find(assignment, Path(), usage)
        return figures.of_submission(assignment, task, intake.read(path))
    except (IntakeError, LookupError) as error:
        raise click.UsageError(str(error)) from error
    except CannotCallError as error:
        click.echo(f"Nothing to draw: {error}", err=True)
        raise SystemExit(1) from error


def _unknown(words: tuple[str, ...], message: str) -> str:
    """What to say of words that name neither a task nor a picture nor an experiment."""
    from checker.handout.gallery import PICTURES, experiments
    from checker.student import names

    known = [*PICTURES, *experiments.claims()]
    near = "" if len(words) > 1 or names.assignment(words[0]) else names.near(words[0], known)
    if near:
        return f"there is no task, picture or experiment {words[0]!r}.{near}"
    return f"{message} `check show` lists the pictures and the experiments."
