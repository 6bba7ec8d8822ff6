"""Ctrl-C, SIGTERM and SIGHUP: end soon, say what is kept, and leave nothing behind."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NoReturn

import click

SHELL_OFFSET = 128  # a shell expects 128 + n from a program that signal n has ended
ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Stopped(KeyboardInterrupt):
    """The signal that asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def leave(number: int, words: str) -> NoReturn:
    """Exit as a program does that this signal has ended, with a last sentence on stderr."""
    with contextlib.suppress(OSError):  # after SIGHUP there may be no terminal
        click.echo(f"\n{words}", err=True)
    raise SystemExit(SHELL_OFFSET + number)


def raise_stopped() -> None:
    """Raise Stopped at SIGTERM and SIGHUP, as KeyboardInterrupt is raised at Ctrl-C.

    A signal that is ignored, as by nohup, stays ignored.
    """

    def stop(number: int, _: FrameType | None) -> None:
        raise Stopped(number)

    for number in ENDING:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, stop)


@contextlib.contextmanager
def handed_to(stop: Callable[[], None]) -> Iterator[list[int]]:
    """Call `stop` at the first of these signals instead of raising.

    Yields the list of the signals so far. A second one raises as usual.
    """
    received: list[int] = []

    def first(number: int, _: FrameType | None) -> None:
        received.append(number)
        restore()
        stop()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    before = {n: handler for n, handler in handlers.items() if handler != signal.SIG_IGN}
    for number in before:
        signal.signal(number, first)
    try:
        yield received
    finally:
        restore()
