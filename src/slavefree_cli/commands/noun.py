"""What every noun has in common: how its help lists what can be done with it."""

import sys
from typing import Any

import typer
from typer.core import TyperGroup


class Noun(TyperGroup):
    """A group whose help shows the first sentence of each command whole, over several lines where it is long."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the type of a context is not public
        """List the commands in help."""
        shown = [(name, each) for name, each in self.commands.items() if not each.hidden]
        if shown:
            with formatter.section("Commands"):
                formatter.write_dl([(name, each.get_short_help_str(sys.maxsize)) for name, each in shown])


def noun() -> typer.Typer:
    """Return what the commands of a noun are entered in; completion is set up at the root alone."""
    return typer.Typer(cls=Noun, add_completion=False, rich_markup_mode=None)
