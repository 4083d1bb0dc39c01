"""How git is started: the program itself found safely, asking nothing, its words given back.

The user's own configuration, hooks, signing and credentials stay in force. Paths are taken literally and stand behind
``--``.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from typing import Final

_SETTINGS: Final = (
    "core.quotePath=false",
    # A folder that looks like a repository may have come as ordinary files; what it says must not be obeyed.
    "safe.bareRepository=explicit",
    # Another repository inside this one is none of ours: git would start itself there, by that one's settings.
    "submodule.recurse=false",
    "diff.ignoreSubmodules=all",
    # Line ends are as .gitattributes says: refused, a file with others could be neither committed nor mended.
    "core.safecrlf=warn",
    # Or git takes a file for changed that only looks so.
    "diff.autoRefreshIndex=true",
    # What is written and read here is UTF-8, whatever whoever runs this writes otherwise.
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "trailer.separators=:",
    f"diff.orderFile={os.devnull}",
)
_ENVIRONMENT: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C.UTF-8",
}


class GitError(Exception):
    """Git refused; the message is what it said, on one line."""


class NoRepositoryError(GitError):
    """There is no git program, or the folder is in no repository."""


def output(
    folder: str, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None, fails: int = 0
) -> bytes:
    """Return what git writes for some arguments.

    Args:
        folder: Where it runs.
        arguments: The command and what follows it; what people typed stands behind ``--`` or ``--end-of-options``.
        stdin: What it reads.
        environment: Variables that it sees besides; one that is empty is taken away.
        fails: The greatest exit code that is no failure.

    Raises:
        GitError: It failed; the message is what it said.
    """
    besides = environment or {}
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    known = {**os.environ, **_ENVIRONMENT, "PATH": os.pathsep.join(_folders())}
    seen = {name: value for name, value in known.items() if name not in besides}
    try:
        done = subprocess.run(
            [_program(), *settings, *arguments],
            cwd=folder,
            env=seen | {name: value for name, value in besides.items() if value},
            input=stdin,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        if not os.path.isdir(folder):
            raise GitError(f"the folder {folder} is not there any more") from None
        raise NoRepositoryError("there is no git program") from None
    except OSError as error:
        raise GitError(str(error)) from None
    if done.returncode > fails or done.returncode < 0:
        raise GitError(_one_line(text(done.stderr or done.stdout)) or _silent(arguments))
    return done.stdout


def text(said: bytes) -> str:
    """Return what git wrote as text, in which a path that is no UTF-8 stays the path it is."""
    return said.decode("utf-8", "surrogateescape")


def _folders() -> list[str]:
    """Return where programs are looked for: git's own as git itself.

    A relative entry of ``PATH`` would be looked for in the folder that git runs in, where a file called git or ssh may
    have come with the register; Windows looks there first of all.
    """
    return list(filter(os.path.isabs, os.environ.get("PATH", os.defpath).split(os.pathsep)))


def _program() -> str:
    """Return the git program.

    Raises:
        NoRepositoryError: There is none.
    """
    for folder in _folders():
        for name in ("git.exe", "git.cmd") if os.name == "nt" else ("git",):
            program = os.path.join(folder, name)
            if os.path.isfile(program) and os.access(program, os.X_OK):
                return program
    raise NoRepositoryError("there is no git program")


def _silent(arguments: Sequence[str]) -> str:
    command = next((word for word in arguments if not word.startswith("--")), "")
    hooked = command in {"commit", "push"}
    return f"git {command} failed and said nothing" + (", as a hook that refuses may do" if hooked else "")


def _one_line(said: str) -> str:
    """Return the words of git that matter, on one line."""
    lines = [line.strip().removeprefix("remote: ").strip() for line in said.splitlines() if line.strip()]
    # It says that a push failed behind what a hook or the other side said of why.
    why = [line for line in lines if line and not line.startswith(("error: failed to push", "hint:", "To "))]
    lines = why or lines
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines
    telling = [*telling[:3], *(f"if you trust it: {line}" for line in lines if "--add safe.directory" in line)]
    return "; ".join(re.sub(r"^(?:fatal|error): ", "", line).rstrip(".") for line in telling)
