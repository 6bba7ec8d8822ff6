"""A seal on arguments: a few bytes that are others once anything in the arguments is."""

import hashlib
from typing import Any

from checker.worker import wire

SIZE = 8


def seal(arguments: list[Any]) -> bytes:
    """Of what a message would say about them. What fits in no message has a seal of its own."""
    try:
        message = wire.encode(arguments)
    except (ValueError, TypeError, OverflowError):
        message = b""
    return hashlib.blake2b(message, digest_size=SIZE).digest()
