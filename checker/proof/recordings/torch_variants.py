"""The variants of torch's optimisers, which update all parameters at once: foreach and fused."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from reference.spec import Optimiser

# The classes of torch.optim that have each variant.
VARIANTS = {
    "foreach": {
        *("Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax"),
        *("RMSprop", "Rprop", "SGD"),
    },
    "fused": {"Adagrad", "Adam", "AdamW", "SGD"},
}


def of_class(name: str) -> list[str]:
    """The variants that a class of torch.optim has."""
    return [variant for variant, known in VARIANTS.items() if name in known]


def class_name(spec: Optimiser, settings: Mapping[str, Any]) -> str | None:
    """The class of torch.optim, found without torch, or None if torch has no such setting."""
    stand_in = _Torch(None, _Classes(lambda name: lambda *_, **__: name))
    found: str | None = spec.torch(stand_in, [None], **settings)
    return found


def applied(spec: Any, variant: str) -> Any:
    """The operation whose optimiser of torch is of this variant; itself if it is no variant."""
    if variant not in VARIANTS:
        return spec

    def built(torch: Any, params: Any, **settings: Any) -> Any:
        def of(name: str) -> Callable[..., Any]:
            kind = getattr(torch.optim, name)
            return lambda *arguments, **given: kind(*arguments, **given, **{variant: True})

        return spec.torch(_Torch(torch, _Classes(of)), params, **settings)

    return dataclasses.replace(spec, torch=built)


@dataclasses.dataclass(frozen=True)
class _Torch:
    """The module torch, or nothing, with another `optim`."""

    torch: Any
    optim: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.torch, name)


@dataclasses.dataclass(frozen=True)
class _Classes:
    """Stands in for torch.optim: each class is what `of` makes of its name."""

    of: Callable[[str], Any]

    def __getattr__(self, name: str) -> Any:
        return self.of(name)
