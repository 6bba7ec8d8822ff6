"""What Keras lets one write as a string, a class, an object or a function.

The string is the name of the class, or the same in small letters and underscores: "RMSprop" and
"rmsprop", "GlorotUniform" and "glorot_uniform".
"""

import difflib
import re
from collections.abc import Mapping
from typing import Any


def snake(name: str) -> str:
    """The name of a class in small letters, as Keras writes it: LeakyReLU is leaky_re_lu."""
    words = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()


def table(*classes: type, **more: type) -> dict[str, type]:
    """Every name by which Keras knows these classes; `more` are names of its own choice."""
    known = dict(more)
    for cls in classes:
        known |= {cls.__name__: cls, cls.__name__.lower(): cls, snake(cls.__name__): cls}
    return known


def found(kind: str, name: str, known: Mapping[str, Any]) -> Any:
    """Raise ValueError with the nearest name where there is none."""
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    short = sorted({key for key in known if key == key.lower()})
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(short)}."
    raise ValueError(f"there is no {kind} {name!r} here. {hint}")


def unavailable(owner: str, **settings: Any) -> None:
    """Refuse settings of Keras that this package does not compute, unless they change nothing."""
    for name, value in settings.items():
        if value not in (None, False):
            raise NotImplementedError(f"{owner} of this package does not compute {name}={value!r}")
