"""A minutes template rendered in a process of its own, with limits on time, memory and output."""

import json
import re
import subprocess
import sys
from typing import Final, NamedTuple

import msgspec

from slavefree_cli.editions.variables import Variables
from slavefree_cli.errors import InvalidError
from slavefree_cli.minutes import owned

SECONDS: Final = 20.0
"""How long a template may take in all; a busy machine gives its process less than that."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class Template(NamedTuple):
    """The text of a minutes template, its name, and the file that it is in as people are told of it."""

    name: str
    file: str
    text: str


def drafted(template: Template, variables: Variables) -> str:
    """Return minutes as a template drafts them; the parts that the program owns stand between comments.

    Raises:
        InvalidError: The template is wrong, or takes too much; the message names file and line.
    """
    for number, line in enumerate(template.text.split("\n"), 1):
        if _CONTROL.search(line):
            raise InvalidError(f"{template.file}:{number}: it has a control character; take it out.")
    try:
        done = subprocess.run(
            # -P: nothing is imported from the folder that the coordinator happens to be in.
            [sys.executable, "-P", "-m", "slavefree_cli.minutes.child"],
            input=msgspec.json.encode({**template._asdict(), "variables": variables}),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InvalidError(f"{template.file}: it takes too long; has it a loop that does not end?") from None
    except OSError as error:
        raise InvalidError(f"{template.file} cannot be rendered: {error.strerror}.") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise InvalidError(f"{template.file}: {_ended(done)}.") from None
    if "error" in answer:
        line = f":{answer['line']}" if answer["line"] else ""
        raise InvalidError(f"{template.file}{line}: {str(answer['error']).rstrip('.')}.")
    try:
        return owned.composed(str(answer["text"]))
    except ValueError as error:
        raise InvalidError(f"{template.file}: {error}.") from None


def _ended(done: "subprocess.CompletedProcess[bytes]") -> str:
    if done.returncode < 0:
        return "it takes too long or needs too much memory; has it a loop that does not end?"
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return f"it cannot be rendered ({lines[-1] if lines else done.returncode})"
