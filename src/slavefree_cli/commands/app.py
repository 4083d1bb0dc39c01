"""The root command: its options, the nouns (each loaded when it is used), and exit codes."""

import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from slavefree_cli import __version__
from slavefree_cli.commands.session import Session
from slavefree_cli.errors import SlavefreeError
from slavefree_cli.view import screen

NOUNS: Final = {
    "init": "Start a register.",
    "status": "What needs doing now, most urgent first.",
    "meeting": "Meetings: add, list, show, edit, move, cancel.",
    "agenda": "The agenda of a meeting.",
    "invite": "Invitations.",
    "attendance": "Who came, apologies, quorum.",
    "minutes": "Minutes.",
    "template": "Agenda and minutes templates.",
    "action": "The action log.",
    "decision": "The decision register.",
    "member": "Members of the partnership: usually organisations.",
    "person": "People, and whom they represent.",
    "group": "Boards and subgroups.",
    "partnership": "The partnership: its name, coordinator, quorum, timetable, signposting.",
    "check": "Validate every record.",
    "commit": "Commit files that were edited by hand.",
    "log": "The history in words.",
    "undo": "Take a command back.",
    "sync": "Exchange with the other clones.",
    "restricted": "The repository of what is restricted.",
}
"""Every command at the root, with its help; the module of the same name holds it."""


class LazyGroup(TyperGroup):
    """A group whose commands are imported when they are asked for: starting up is most of what a command costs."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the type of a context is not public
        """Return the names of all commands, in the order in which help lists them."""
        return list(NOUNS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return a command, imported now."""
        if cmd_name not in NOUNS:
            return None
        module = importlib.import_module(f"slavefree_cli.commands.{cmd_name}")
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        if isinstance(command, TyperGroup):
            command.help = NOUNS[cmd_name]
            command.no_args_is_help = True
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the commands in help without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(NOUNS.items()))


app = typer.Typer(
    cls=LazyGroup,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        screen.write(f"slavefree {__version__}\n")
        raise typer.Exit


@app.callback(
    epilog="Example: slavefree meeting add 'Autumn meeting' --date 2026-09-09 --start 2pm --end 4pm",
)
def root(
    context: typer.Context,
    register: Annotated[str | None, typer.Option(metavar="DIR", help="The register to use.")] = None,
    no_commit: Annotated[bool, typer.Option("--no-commit", help="Save without a commit.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but warnings and errors.")] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Keep a partnership's meetings in plain files: invitations, minutes, decisions and actions."""
    if not context.resilient_parsing:
        context.obj = Session(register, commit=not no_commit, ask=not no_input, quiet=quiet)


def run(arguments: Sequence[str]) -> int:
    """Run one command line.

    Args:
        arguments: What follows the name of the program.

    Returns:
        The exit code.
    """
    try:
        command = typer.main.get_command(app)
        asked, _, shell = os.environ.get("_SLAVEFREE_COMPLETE", "").partition("_")
        if asked == "complete":
            # Before Typer sees it, which would print for the shell whatever stands in a record.
            from slavefree_cli.commands import tab

            return tab.answer(command, shell)
        code = command.main(list(arguments), prog_name="slavefree", standalone_mode=False)
    except SlavefreeError as error:
        screen.say(f"slavefree: {error}")
        return error.exit_code
    except typer.Abort:
        screen.say("slavefree: nothing is changed.")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        screen.say(f"slavefree: {error.filename or ''} {error.strerror or error}.".replace("  ", " "))
        return 1
    except Exception as error:
        return _refused(error)
    return code if isinstance(code, int) else 0


def _refused(error: Exception) -> int:
    """Say in one sentence what Typer found wrong with the command line; anything else is ours to mend."""
    said = getattr(error, "format_message", None)
    if said is None:
        raise error
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" and context is not None:
        screen.write(context.get_help() + "\n")
        return 2
    path = context.command_path if context is not None else "slavefree"
    screen.say(f"slavefree: {_in_words(said().rstrip('.'), error)}. See: {path} --help")
    return 2


def _in_words(said: str, error: Exception) -> str:
    """Return what Typer found wrong as somebody understands it who has not written programs."""
    if found := re.fullmatch(r"Got unexpected extra argument\S* \((.*)\)", said):
        return f"Nothing is known to do with {found[1]!r} there; a name or a text with blanks in it stands in quotes"
    own = getattr(error, "option_name", None)
    if own in {"--register", "--no-commit", "--no-input", "--quiet"}:
        return f"{own} stands before the command: slavefree {own} …"
    return re.sub(r"is not a valid int(?:eger)?( range)?\Z", "is no whole number", said)
