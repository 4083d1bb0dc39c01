"""The standard agendas and minutes that ship with the program."""

import os
from typing import Final, Literal

Kind = Literal["agenda", "minutes"]

ENDINGS: Final[dict[Kind, str]] = {"agenda": ".toml", "minutes": ".md"}
"""How the files of a kind end: agendas are TOML, minutes Jinja2."""

_FOLDER = os.path.dirname(__file__)


def text(kind: Kind, name: str) -> str:
    """Return the text of a shipped template."""
    with open(os.path.join(_FOLDER, kind, name + ENDINGS[kind]), encoding="utf-8", newline="") as file:
        return file.read()


def names(kind: Kind, folder: str = _FOLDER) -> set[str]:
    """Return the names of the templates of a kind: of those that ship, or of those in another folder.

    Raises:
        OSError: The folder has none of that kind, or cannot be read.
    """
    ending = ENDINGS[kind]
    return {name.removesuffix(ending) for name in os.listdir(os.path.join(folder, kind)) if name.endswith(ending)}
