"""A password or token that a program prints: what keeps it is asked at each connection, and it stays in no file."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Sequence
from typing import Final

from slavefree_cli.errors import OutsideError
from slavefree_cli.mail.login import without

_LONGEST: Final = 16_384
"""Characters of the longest secret."""
_TOKEN: Final = re.compile(r"[!-z|~]+")
"""What a token is of (RFC 6749 appendix A.12), blanks left out, and the braces of an answer that has one in it."""


def printed(command: Sequence[str], program: str, seconds: float, *, is_token: bool) -> str:
    """Return the first line that a program prints.

    It is started without a shell, asks nobody and reads nothing; what it says besides is shown to nobody, since it may
    be secret.

    Args:
        command: The program and its arguments, as somebody wrote them.
        program: The path of the program.
        seconds: How long it may take.
        is_token: Whether it is a token that it shall print.

    Raises:
        OutsideError: It cannot be started, fails, takes longer or prints no secret; the message has the command to run.
    """
    try:
        process = subprocess.Popen(
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.expanduser("~"),
            # So that what it has started ends with it.
            process_group=0 if os.name == "posix" else None,
        )
    except (OSError, ValueError) as error:
        raise OutsideError(f"smtp.password_command cannot be run: {error}.") from None
    with process:
        try:
            out, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as late:
            raise _refused(command, late.stdout or b"", f"was not done after {seconds:g} seconds") from None
        finally:
            _end(process)
    if process.returncode:
        raise _refused(command, out, f"failed (exit code {process.returncode})")
    first = _first_line(out)
    if not first.strip():
        raise _refused(command, out, "printed nothing in its first line")
    if is_token:
        first = first.strip()
    if not first.isprintable() or len(first) > _LONGEST or (is_token and not _TOKEN.fullmatch(first)):
        raise _refused(command, out, f"printed no {'token' if is_token else 'password'} in its first line")
    return first


def shown(command: Sequence[str]) -> str:
    """Return a command as it is typed."""
    return shlex.join(command)


def _refused(command: Sequence[str], out: bytes, why: str) -> OutsideError:
    said = without([_first_line(out)], shown(command))
    return OutsideError(
        f"smtp.password_command {why}, so that there is nothing to log in with and nothing is sent. Run it to see why: "
        f"{said}"
    )


def _first_line(out: bytes) -> str:
    return out.decode(errors="replace").removeprefix("\ufeff").partition("\n")[0].rstrip("\r")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that is still at work, with what it has started."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
