"""Draws docs/terminal.svg: real commands on a copy of the shipped register, as a terminal shows them."""

import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
COMMANDS = ("status", "member list", "invite make inaugural")
WIDTH = 112


def shown(command: str, folder: Path) -> str:
    """Return what a command shows on a terminal."""
    leader, follower = pty.openpty()
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "COLUMNS": str(WIDTH),
        "TERM": "xterm-256color",
        "SOURCE_DATE_EPOCH": "1685088000",
        "GIT_AUTHOR_NAME": "Partnership Coordinator",
        "GIT_AUTHOR_EMAIL": "coordinator@example.org",
        "GIT_COMMITTER_NAME": "Partnership Coordinator",
        "GIT_COMMITTER_EMAIL": "coordinator@example.org",
    }
    arguments = [sys.executable, "-m", "slavefree_cli", *command.split()]
    with subprocess.Popen(arguments, cwd=folder, env=env, stdin=follower, stdout=follower, stderr=follower):
        os.close(follower)
        parts = []
        try:
            while part := os.read(leader, 65536):
                parts.append(part)
        except OSError:
            # A pseudo-terminal says in this way that the program has ended.
            pass
    os.close(leader)
    return b"".join(parts).decode().replace("\r\n", "\n")


def main() -> None:
    """Draw the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE.parent / "meetings", folder / "meetings")
        for arguments in (["init", "--quiet"], ["add", "meetings"]):
            subprocess.run(["git", *arguments], cwd=folder, check=True)
        identity = ["-c", "user.name=Partnership Coordinator", "-c", "user.email=coordinator@example.org"]
        subprocess.run(["git", *identity, "commit", "--quiet", "-m", "The register"], cwd=folder, check=True)
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
            for command in COMMANDS:
                console.print(Text.assemble(("$ ", "bold green"), (f"slavefree {command}", "bold")))
                console.print(Text.from_ansi(shown(command, folder)))
                console.print()
            (HERE / "terminal.svg").write_text(
                console.export_svg(title="slavefree", unique_id="slavefree"), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
