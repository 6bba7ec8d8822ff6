"""HTML from the templates: every text that is put into one is escaped.

The content security policy in the head of a page makes the browser block anything that escaping
might miss: it loads nothing, and runs no script but the one whose hash it names.
"""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from checker.sandbox.plain_text import PARAGRAPH, clean

BUFFER = 1000  # bits of a page that are put together before they are written
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def rendered(name: str, **values: Any) -> Markup:
    """A template with these values."""
    return Markup(_environment().get_template(name).render(values))


def macro(name: str, part: str, *values: Any) -> Markup:
    """A macro of a template with these values."""
    return Markup(getattr(_environment().get_template(name).module, part)(*values))


def document(title: str, body: str) -> str:
    """A complete HTML page."""
    return rendered("page.html", body=Markup(body), **_head(title))


def streamed(name: str, title: str, script: str, **values: Any) -> Iterator[str]:
    """A page whose template extends that of all pages, in pieces. `script` is a file."""
    stream = _environment().get_template(name).stream(**values, **_head(title, script))
    stream.enable_buffering(BUFFER)
    return stream


def _head(title: str, script: str = "") -> dict[str, Any]:
    folder = resources("checker.reports")
    code = (folder / "templates" / script).read_text(encoding="utf-8") if script else ""
    return {
        "title": title,
        "style": Markup((folder / "page.css").read_text(encoding="utf-8")),
        "script": Markup(code),
        "policy": Markup(_policy(code)),
    }


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
