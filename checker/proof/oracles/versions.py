"""The versions of torch for which an entry about its conventions holds."""

from collections.abc import Mapping


def holds(entry: Mapping[str, object], version: str = "") -> bool:
    """Whether a version is at or after `since` and before `until`: the installed one by default."""
    installed = _numbers(version or _installed())
    since, until = str(entry.get("since", "0")), str(entry.get("until", ""))
    return _numbers(since) <= installed and (not until or installed < _numbers(until))


def _installed() -> str:
    import torch

    return str(torch.__version__)


def _numbers(version: str) -> tuple[int, ...]:
    """2.13.0+cpu is (2, 13, 0)."""
    return tuple(int(part) for part in version.partition("+")[0].split(".") if part.isdigit())
