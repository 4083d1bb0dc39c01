"""Writes docs/reference.md from the commands themselves; with ``--check`` tells whether it is current."""

import sys
from pathlib import Path

import typer

from slavefree_cli.commands.app import NOUNS, app
from slavefree_cli.work.care.checks import every_check

TARGET = Path(__file__).with_name("reference.md")


def pages() -> str:
    """Return the reference: the help of every command."""
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name="slavefree", terminal_width=100, max_content_width=100)
    parts = [
        "# Reference",
        "",
        "Every command, as its `--help` says it. Made by `python docs/reference.py`; do not edit.",
        "",
        *_page(root, context),
    ]
    for noun in NOUNS:
        command = root.get_command(context, noun)
        inner = typer.Context(command, info_name=noun, parent=context, terminal_width=100, max_content_width=100)
        parts += _page(command, inner)
        for name in getattr(command, "commands", {}):
            verb = command.commands[name]
            parts += _page(
                verb, typer.Context(verb, info_name=name, parent=inner, terminal_width=100, max_content_width=100)
            )
    parts += ["## What slavefree check finds", "", "| code | what it means |", "| --- | --- |"]
    parts += [f"| `{check.code}` | {check.explanation} |" for check in every_check()]
    return "\n".join(parts).rstrip("\n") + "\n"


def _page(command: object, context: typer.Context) -> list[str]:
    help_text = "\n".join(line.rstrip() for line in context.command.get_help(context).splitlines())
    del command
    return [f"## {context.command_path}", "", "```text", help_text, "```", ""]


if __name__ == "__main__":
    text = pages()
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            sys.exit("docs/reference.md is not current; run: python docs/reference.py")
    else:
        TARGET.write_text(text, encoding="utf-8")
