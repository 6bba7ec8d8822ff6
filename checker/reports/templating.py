"""HTML from the templates: every text that is put into one is escaped.

The content security policy in the head of a page makes the browser block anything that escaping
might miss: it loads nothing, and runs no script but the one whose hash it names.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files as resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checker.sandbox.plain_text import PARAGRAPH, clean

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def rendered(name: str, **values: Any) -> Markup:
    """A template with these values."""
    return Markup(_environment().get_template(name).render(values))


def macro(name: str, part: str, *values: Any) -> Markup:
    """A macro of a template with these values."""
    return Markup(getattr(_environment().get_template(name).module, part)(*values))


def document(title: str, body: str, script: str = "") -> str:
    """A complete HTML page. `script` is the name of its script, if it has one."""
    folder = resources("checker.reports")
    code = (folder / "templates" / script).read_text(encoding="utf-8") if script else ""
    return rendered(
        "page.html",
        title=title,
        body=Markup(body),
        style=Markup((folder / "page.css").read_text(encoding="utf-8")),
        script=Markup(code),
        policy=Markup(_policy(code)),
    )


def _policy(code: str) -> str:
    if not code:
        return POLICY
    digest = hashlib.sha256(f"\n{code}".encode()).digest()
    return f"{POLICY}; script-src 'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("checker.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    made.filters["clean"] = lambda words: clean(words, PARAGRAPH)
    made.filters["number"] = lambda value: f"{value:g}"
    return made
