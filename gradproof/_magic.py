"""The magic `%check` of a notebook: what it shows is made at once, among our own packages."""

from typing import Any

from gradproof._packages import ours


class Shown:
    """What `%check` shows: text in a terminal, a page or a picture in a notebook."""

    def __init__(self, shown: Any) -> None:
        self._text = repr(shown)
        self._html = shown._repr_html_() if hasattr(shown, "_repr_html_") else None
        self._png = shown._repr_png_() if hasattr(shown, "_repr_png_") else None
        self.report = getattr(shown, "report", None)

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str | None:
        return self._html

    def _repr_png_(self) -> bytes | None:
        return self._png


def load(shell: Any) -> None:
    """Register the magic with an IPython shell."""

    def check(line: str, cell: str | None = None) -> Shown | None:
        return _checked(shell, line, cell)

    shell.register_magic_function(check, "line_cell", "check")


@ours
def _checked(shell: Any, line: str, cell: str | None) -> Shown | None:
    from checker.student import jupyter

    shown = jupyter.check(shell, line, cell)
    return None if shown is None else Shown(shown)
