"""Paths in so many parts as a command line can hold, and in a file where git must have all of them at once."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

MOST: Final = 20_000 if os.name == "nt" else 100_000
"""How many bytes of paths one command line is given; Windows takes 32,767 characters in all."""


def parts(paths: Sequence[str]) -> Iterator[list[str]]:
    """Yield paths in parts of which each fits on a command line; none where there are none."""
    part: list[str] = []
    size = 0
    for path in paths:
        more = len(os.fsencode(path)) + 1
        if part and size + more > MOST:
            yield part
            part, size = [], 0
        part.append(path)
        size += more
    if part:
        yield part


@contextmanager
def pathspecs(paths: Sequence[str]) -> Iterator[list[str]]:
    """Give the arguments that name paths to a command of git that takes them from a file, where they are too many.

    Git refuses paths on the command line beside such a file.
    """
    if len(list(parts(paths))) == 1:
        yield ["--", *paths]
        return
    with tempfile.TemporaryDirectory(prefix="slavefree-") as folder:
        file = os.path.join(folder, "paths")
        with open(file, "wb") as listed:
            listed.write(b"".join(os.fsencode(path) + b"\0" for path in paths))
        yield [f"--pathspec-from-file={file}", "--pathspec-file-nul"]
