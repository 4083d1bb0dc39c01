"""What happens when Tab is pressed in a shell: Typer finds what could stand there, and a part of it is printed.

Typer prints for itself what it finds, as it was written. So it is not asked to: ``run`` comes here first, and whatever
a shell is given is an ``Offer``.
"""

import os
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from slavefree_cli.commands import shell_words
from slavefree_cli.commands.shell_words import Offer
from slavefree_cli.view import screen


def answer(command: Any, shell: str) -> int:
    """Print what a shell may offer.

    Args:
        command: The root command; the type of a command is not public.
        shell: The shell that asks.

    Returns:
        The exit code, by which fish first asks whether there is anything to offer.
    """
    offers = _found(command, shell)
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args" and shell == "fish":
        return 0 if offers else 1
    # Always UTF-8, in which no letter has a byte that a shell could take for a backquote or a backslash.
    screen.write_bytes(shell_words.told(shell, offers).encode())
    return 0 if shell in shell_words.SHELLS else 1


def _found(command: Any, shell: str) -> list[Offer]:
    """Return what may be offered; nothing where anything goes wrong, since a shell that waits has no use for words."""
    # An option that does something at once, as --version does, would say it to the shell.
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        try:
            from typer import _completion_classes as typers

            readers: dict[str, Callable[..., Any]]
            readers = {"bash": typers.BashComplete, "zsh": typers.ZshComplete, "fish": typers.FishComplete}
            reader = readers.get(shell, typers.PowerShellComplete)(command, {}, "slavefree", "")
            before, incomplete = reader.get_completion_args()
            # A command names its options where one is begun; a record never does, whatever its file is called.
            option = incomplete.startswith("-") and "=" not in incomplete and "--" not in before
            items = reader.get_completions(before, incomplete)
            # What is not plain asks for the shell's own file names.
            made = [
                shell_words.offer(str(each.value), each.help or "", option=option)
                for each in items
                if each.type == "plain"
            ]
        except Exception:
            return []
    return [each for each in made if each is not None]
