"""Configuration of the documentation: `sphinx-build -W -b html docs build/docs`.

With `-t quick`, pictures are not drawn and experiments not run, which takes over a minute less.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
generate = importlib.import_module("generate")  # found only after the folder is on the path

project = "gradproof"
extensions = ["myst_parser"]
exclude_patterns = ["examples", "generated"]
nitpicky = True
smartquotes = False  # `--task` is not a dash

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "gradproof"
html_show_copyright = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", lambda app: generate.write(drawn=not app.tags.has("quick")))
    app.connect("html-page-context", open_one_branch, priority=400)  # before the theme's own


def open_one_branch(app: Sphinx, page: str, template: str, context: Any, doctree: Any) -> None:
    """The sidebar has the pages around the current one. All 170 on each would double the time."""
    if everything := context.get("toctree"):
        context["toctree"] = lambda **options: everything(**options | {"collapse": True})
