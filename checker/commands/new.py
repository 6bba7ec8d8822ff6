"""check new: create a course or an assignment."""

from pathlib import Path

import click

from checker.commands.files import write
from checker.course import course as courses
from checker.handout import scaffold

COURSE = "course"  # no assignment has this name


@click.command(short_help="Create a course or an assignment, for authors.")
@click.argument("name")
@click.pass_context
def new(context: click.Context, name: str) -> None:
    """Create assignment NAME, for authors: a folder with a manifest and a text to edit.

    It belongs to the course in use. `check new course` makes a course of the working directory, and
    so does the first assignment outside of any course.
    """
    if name == COURSE:
        files, then = _course(Path()), "`check new NAME` adds an assignment."
    else:
        files, then = _assignment(context, name), f"Edit them, then run: check prove {name}"
    for path, text in files.items():
        write({path: text.encode()})
        click.echo(f"{path} written.")
    click.echo(then)


def _course(folder: Path) -> dict[Path, str]:
    path = folder / courses.FILE
    if path.exists():
        raise click.UsageError(f"{path.resolve()} exists already.")
    title = folder.resolve().name.replace("_", " ").replace("-", " ").capitalize()
    return {path: scaffold.course(title)}


def _assignment(context: click.Context, name: str) -> dict[Path, str]:
    """The files of an assignment in the course in use, or in a new one here."""
    course = courses.current()
    group = context.find_root().command
    taken = [
        *course.folders,
        *(group.list_commands(context) if isinstance(group, click.Group) else ()),
    ]
    if name in taken:
        raise click.UsageError(f"{name} is taken. Choose a name other than {', '.join(taken)}.")
    if course.origin == "installed":
        raise click.UsageError(
            f"the course in use is installed, in {course.folder}. Work on it where its source is, "
            "or begin one here: check new course"
        )
    outside = course.origin == "shipped"
    files = _course(Path()) if outside else {}
    try:
        folder = scaffold.folder(name, Path() if outside else _from_here(course.folder))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return files | {folder / file: text for file, text in scaffold.files(name).items()}


def _from_here(folder: Path) -> Path:
    here = Path().resolve()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
