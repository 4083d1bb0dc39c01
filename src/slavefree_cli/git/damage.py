"""Damage to git's own files: a repository that is there and cannot be used is not none, and not one without commits.

Power that fails, or a program that keeps folders alike, leaves files empty. Git then looks for a repository further up,
or takes the branch for one that was never committed to, and whatever is done goes there.
"""

import os
import re

from slavefree_cli.git.process import GitError

_ID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?\s*")


class DamagedError(GitError):
    """A repository is there and cannot be used; the message says what is wrong with it."""

    def __init__(self, at: str, why: str, mend: str = "bring it back from a backup or another clone") -> None:
        super().__init__(f"{at} is damaged: {why}. Keep a copy of the whole folder as it is, and {mend}")


def refuse(git_dir: str, common_dir: str) -> None:
    """Refuse a repository that lost what its commits hang on; git itself takes it for a new one.

    Args:
        git_dir: Where what is git's own of this work tree lies.
        common_dir: The same of all work trees of the repository.

    Raises:
        DamagedError: It has no settings or no index any more, or its branch has a past and no commit.
    """
    if _content(os.path.join(git_dir, "index")) == b"":
        raise DamagedError(git_dir, "its index is empty", "take the index away, and have it made anew: git reset")
    if _content(os.path.join(common_dir, "config")) == b"":
        raise DamagedError(git_dir, "its config is empty")
    if os.path.isdir(os.path.join(common_dir, "reftable")):
        # Where branches are not files of their own.
        return
    named = (_content(os.path.join(git_dir, "HEAD")) or b"").partition(b"ref: ")[2].strip()
    if not named.startswith(b"refs/heads/"):
        return
    branch = os.fsdecode(named)
    held = _content(os.path.join(common_dir, *branch.split("/")))
    if held is not None:
        if not (held.startswith(b"ref: ") or _ID.fullmatch(held)):
            raise DamagedError(git_dir, f"{branch} names no commit")
    elif not _is_packed(common_dir, named) and _content(os.path.join(common_dir, "logs", *branch.split("/"))):
        raise DamagedError(git_dir, f"{branch} is gone, of which logs/{branch} tells commits")


def _is_packed(common_dir: str, branch: bytes) -> bool:
    lines = (_content(os.path.join(common_dir, "packed-refs")) or b"").splitlines()
    return any(line.endswith(b" " + branch) for line in lines)


def _content(path: str) -> bytes | None:
    """Return what a file holds, or None where it is not there or may not be read, of which git tells."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
