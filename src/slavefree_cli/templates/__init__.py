"""The standard agendas and minutes that ship with the program."""

import os

_FOLDER = os.path.dirname(__file__)


def agenda(name: str) -> str:
    """Return the TOML of a shipped agenda template."""
    return _text("agenda", f"{name}.toml")


def minutes(name: str) -> str:
    """Return the Jinja2 text of a shipped minutes template."""
    return _text("minutes", f"{name}.md")


def agenda_names() -> list[str]:
    """Return the names of the shipped agenda templates."""
    return _names("agenda", ".toml")


def minutes_names() -> list[str]:
    """Return the names of the shipped minutes templates."""
    return _names("minutes", ".md")


def _text(folder: str, name: str) -> str:
    with open(os.path.join(_FOLDER, folder, name), encoding="utf-8", newline="") as file:
        return file.read()


def _names(folder: str, ending: str) -> list[str]:
    names = os.listdir(os.path.join(_FOLDER, folder))
    return sorted(name.removesuffix(ending) for name in names if name.endswith(ending))
