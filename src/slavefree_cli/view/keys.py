"""Single keys from a terminal, none of them lost however fast they are typed."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from slavefree_cli.errors import UsageError


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Have the terminal hand over each key as it is typed, until the block ends.

    The terminal is set once for the whole block: to set it for each key, as a prompt does, throws away what was typed
    ahead, and the next answer would go to the wrong question.

    Raises:
        UsageError: The system has no such terminal.
    """
    try:
        import termios
        import tty
    except ImportError:
        raise UsageError("Single keys cannot be read here; say who came with options (see --help).") from None
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def key() -> str:
    """Return the next key, within ``one_at_a_time``; nothing where the terminal has gone.

    Raises:
        KeyboardInterrupt: It was Ctrl-C.
    """
    typed = os.read(sys.stdin.fileno(), 1)
    if typed == b"\x1b":
        _read_escape_sequence()
    # The rest of a character that is longer than a byte is no key that means anything here.
    return typed.decode("ascii", "replace")


def _read_escape_sequence() -> None:
    """Read the rest of an arrow or the like, whose letters are no keys of their own (ECMA-48 section 5.4)."""
    descriptor = sys.stdin.fileno()
    if not select.select([descriptor], [], [], 0.02)[0] or os.read(descriptor, 1) not in {b"[", b"O"}:
        return
    while select.select([descriptor], [], [], 0.02)[0] and not b"@" <= os.read(descriptor, 1) <= b"~":
        continue


def line() -> str:
    """Return a line as it is typed key by key, within ``one_at_a_time``; Backspace takes the last character back."""
    typed = bytearray()
    while True:
        byte = os.read(sys.stdin.fileno(), 1)
        if byte in {b"", b"\r", b"\n", b"\x04"}:
            _show("\n")
            return typed.decode("utf-8", "replace")
        if byte in {b"\x7f", b"\x08"}:
            if typed:
                typed = bytearray(typed.decode("utf-8", "ignore")[:-1].encode())
                _show("\b \b")
        elif byte >= b" ":
            typed += byte
            _show(byte)


def _show(echo: str | bytes) -> None:
    sys.stderr.flush()
    os.write(sys.stderr.fileno(), echo.encode() if isinstance(echo, str) else echo)
