"""A short checksum of a call's arguments, which shows whether the call changed them."""

import hashlib
from typing import Any

from checker.sandbox import wire

CHECKSUM_SIZE = 8


def checksum(arguments: list[Any]) -> bytes:
    """Return the checksum of the encoded arguments.

    All arguments that cannot be encoded have the same checksum, that of the empty message.
    """
    try:
        message = wire.encode(arguments)
    except (ValueError, TypeError, OverflowError):
        message = b""
    return hashlib.blake2b(message, digest_size=CHECKSUM_SIZE).digest()
