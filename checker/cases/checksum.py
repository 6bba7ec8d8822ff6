"""A short checksum of arguments: equal ones have the same, and changed ones have another."""

from typing import Any

from checker.sandbox import wire

SIZE = 8  # bytes


def checksum(arguments: list[Any]) -> bytes:
    """Return the checksum of the encoded arguments.

    All arguments that cannot be encoded have the same checksum, that of the empty message.
    """
    import hashlib  # takes time, and right answers need none

    try:
        message = wire.encode(arguments)
    except (ValueError, TypeError, OverflowError):
        message = b""
    return hashlib.blake2b(message, digest_size=SIZE).digest()
