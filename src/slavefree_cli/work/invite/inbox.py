"""The files that answers come in: named one by one, or in folders of which no file is passed over."""

import os
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from slavefree_cli.mail import foreign
from slavefree_cli.mail.mailbox import is_message
from slavefree_cli.register import files

MOST_BYTES: Final = 200_000_000


class Passed(NamedTuple):
    """Why there is nothing to read in a file or folder."""

    why: str
    unreadable: bool = True
    """Whether there may be something in it."""


Content = bytes | Passed


def contents(named: Iterable[str], stdin: bytes | None) -> Iterator[tuple[str, Content]]:
    """Yield each file with what it holds, or with why it cannot be read.

    Args:
        named: Files, folders of them with all that is in them, or ``-``.
        stdin: What ``-`` means.
    """
    for name in named:
        if name == "-":
            yield name, stdin or b""
        elif os.path.isdir(name):
            yield from _in_folder(name)
        else:
            yield name, _content(name)


def _in_folder(name: str) -> Iterator[tuple[str, Content]]:
    found: list[tuple[str, Passed | None]] = []

    def closed(error: OSError) -> None:
        found.append((str(error.filename), Passed(f"cannot be read: {files.reason(error)}")))

    for folder, inner, names in os.walk(name, onerror=closed):
        linked = [os.path.join(folder, each) for each in inner if os.path.islink(os.path.join(folder, each))]
        found += [(each, Passed("is a link to a folder, which is not followed; name it by itself")) for each in linked]
        found += [(os.path.join(folder, each), None) for each in names]
    if not found:
        yield name, Passed("is a folder without a file in it.", unreadable=False)
    for path, passed in sorted(found, key=lambda each: each[0]):
        yield path, passed or _content(path)


def _content(path: str) -> Content:
    try:
        content = files.read("", path, most=MOST_BYTES)
    except FileNotFoundError:
        return Passed("is not there")
    except files.UnreadableError as error:
        said = str(error)
        if "too large" in said:
            said = said.replace("too large for a record", "too large; move the answers into a folder of their own in ")
            said += "your mail program, and read that"
        return Passed(said)
    outlook = path.lower().endswith(".msg") and not is_message(content)
    return Passed(foreign.OUTLOOK) if outlook or foreign.file(content) == foreign.OUTLOOK else content
