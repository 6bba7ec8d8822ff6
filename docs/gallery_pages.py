"""The page of pictures: what `check show` draws, by subject, each drawn in this build."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from markup import code, escaped, joined

from checker.handout import gallery

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PAGE, FOLDER = "pictures.md", "generated/pictures"
SUBJECTS = {
    "Networks": gallery.networks,
    "Points and images": gallery.plane,
    "Activations": gallery.activations,
    "Surfaces": gallery.surfaces,
    "Trainings": gallery.training,
}


def page(*, drawn: bool) -> dict[str, str | bytes]:
    """The page and, if they are drawn, its pictures, by their paths."""
    files: dict[str, str | bytes] = {}
    sections = []
    for subject, module in SUBJECTS.items():
        sections.append(f"## {subject}")
        for draw in module.PICTURES:
            path = f"{FOLDER}/{draw.__name__}.png"
            files |= {path: png(draw())} if drawn else {}
            sections.append(_section(draw, path if drawn else ""))
    files[PAGE] = joined(
        "# Pictures",
        f"The lectures and assignments have these {len(gallery.PICTURES)} pictures; here they are "
        "computed from the operations. `check show NAME` draws one into a file. The functions of "
        "`reference.pictures` draw the same from your own data.",
        *sections,
    )
    return files


def png(figure: "Figure") -> bytes:
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=110)
    return data.getvalue()


def _section(draw: Callable[..., object], path: str) -> str:
    caption = (draw.__doc__ or "").partition("\n")[0]
    return joined(
        f"(picture-{draw.__name__})=\n### {draw.__name__.replace('_', ' ')}",
        f"{escaped(caption)} {code(f'check show {draw.__name__}')}",
        f"![{escaped(caption)}]({path})" if path else "",
    ).rstrip()
