"""Transcripts: what a coordinator types and what comes back, as a text that a person can read and a test that runs.

A line that begins with ``$`` is a command, run by a shell; lines that begin with ``|`` are typed into it. ``@`` sets
the clock (UTC), and what stands below a command is what it answers: standard output, then standard error, tabs as
`` · ``, an exit code that is not 0 in brackets. The random references of records are shown as R01, R02 … in the order
in which they come up. Blank lines and lines that begin with ``#`` are for the reader.

``python tests/transcript.py FILE`` runs one and writes what it answered into it, to be read before it is committed.
"""

import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

NOTE = """\
import pathlib, sys
path, heading = pathlib.Path("meetings", sys.argv[1], "minutes.md"), sys.argv[2]
text = path.read_text(encoding="utf-8")
at = next(line for line in text.split("\\n") if line.startswith("##") and heading in line)
path.write_text(text.replace(at + "\\n", at + "\\n\\n" + sys.stdin.read(), 1), encoding="utf-8")
"""


class Transcript:
    """A transcript run in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "partnership"
        self.folder.mkdir()
        programs = folder / "bin"
        programs.mkdir()
        (programs / "note.py").write_text(NOTE, encoding="utf-8")
        (programs / "note").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{programs / "note.py"}" "$@"\n')
        (programs / "note").chmod(0o755)
        self.env = {
            "PATH": os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]),
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_NAME": "Sam Reed" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "coordinator@example.org" for who in ("AUTHOR", "COMMITTER")},
        }
        self.names: dict[str, str] = {}

    def run(self, text: str) -> str:
        """Run a transcript and return it with what was answered."""
        made: list[str] = []
        lines = text.split("\n")
        place = 0
        while place < len(lines):
            line = lines[place]
            place += 1
            made.append(line)
            if line.startswith("@ "):
                at = datetime.strptime(line[2:], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
                self.env["SOURCE_DATE_EPOCH"] = str(int(at.timestamp()))
            if not line.startswith("$ "):
                continue
            typed = []
            while place < len(lines) and lines[place].startswith("|"):
                typed.append(lines[place].removeprefix("|").removeprefix(" "))
                made.append(lines[place])
                place += 1
            while place < len(lines) and lines[place] and not lines[place].startswith(("$ ", "#", "@ ")):
                place += 1
            made += self._answer(line[2:], "".join(f"{each}\n" for each in typed))
        return "\n".join(made)

    def _answer(self, command: str, typed: str) -> list[str]:
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.env, input=typed, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        said = self._named(done.stdout + done.stderr)
        assert "Traceback" not in said, said
        # A line that begins like one of the transcript's own, or is blank, is set in.
        lines = [f"  {line}" if not line or line[0] in "$#@|" else line for line in said.splitlines()]
        return lines + ([f"[{done.returncode}]"] if done.returncode else [])

    def _named(self, said: str) -> str:
        known = {path.stem for path in self.folder.rglob("*.toml") if re.fullmatch("[0-9a-hjkmnp-tv-z]{5}", path.stem)}
        for path in self.folder.rglob("*.toml"):
            known.update(re.findall(r"\[(?:items\.item-|corrections\.|notes\.)(\w{5})\]", path.read_text()))

        def name(found: re.Match[str]) -> str:
            code = found[0].lower()
            return self.names.setdefault(code, f"R{len(self.names) + 1:02}") if code in known else found[0]

        said = re.sub(r"\b[0-9A-Za-z]{5}\b", name, said).replace("\t", " · ")
        # The digest of what the program wrote, which has the references in it.
        return re.sub(r"sha256=[0-9a-f]{16}", "sha256=…", said)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        target.write_text(Transcript(Path(scratch)).run(target.read_text(encoding="utf-8")), encoding="utf-8")
