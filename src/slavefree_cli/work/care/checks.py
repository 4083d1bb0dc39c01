"""Checking a register: every file read, every rule applied, and what has one safe answer mended."""

import os
from contextlib import suppress
from typing import NamedTuple

from slavefree_cli.git.lookalikes import is_lookalike
from slavefree_cli.git.process import GitError
from slavefree_cli.minutes import owned
from slavefree_cli.minutes.approved import digest
from slavefree_cli.model import rules
from slavefree_cli.model.dates import short
from slavefree_cli.model.kinds import RESTRICTED, Records, RestrictedRecords, every_kind, kind_of
from slavefree_cli.register import convert, door, files, places
from slavefree_cli.register.parse import Bad
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.register.toml.statements import line_of
from slavefree_cli.work.care.explanations import EXPLANATIONS
from slavefree_cli.work.records import papers, templates


class Finding(NamedTuple):
    """Something that a check found, in which file and line."""

    code: str
    severity: str
    file: str
    line: int | None
    message: str

    @property
    def explanation(self) -> str:
        """Why it matters, and what to do about it."""
        return EXPLANATIONS[self.code]

    @property
    def place(self) -> str:
        """The file, with the line where it is known."""
        return self.file if self.line is None else f"{self.file}, line {self.line}"

    def sentence(self) -> str:
        """Return it as one line."""
        return f"{self.severity}: {self.place}: {self.message} [{self.code}]"


def findings(desk: WholeDesk) -> list[Finding]:
    """Return everything found in a register, errors before notes, in the order of the files."""
    found = [Finding(bad.code, "error", bad.path, bad.line, bad.message) for bad in _unreadable(desk)]
    if not desk.records.partnerships:
        return found
    records, hidden = desk.records, desk.restricted
    for each in rules.findings(records, hidden):
        read = desk.reader.read(each.record)
        path = read.path if read else kind_of(each.record).path(each.record)
        line = line_of(read.text, each.key) if read and each.key else None
        key = f"{each.key} " if each.key else ""
        found.append(Finding(each.code, each.severity, path, line, f"{key}{each.message}."))
    found += _minutes(desk)
    found += _drafts(desk)
    found += _templates(desk)
    found += _lookalikes(desk)
    found += _notes(desk)
    return sorted(found, key=lambda each: (each.severity != "error", each.file, each.line or 0, each.code))


def mendable(desk: WholeDesk) -> list[str]:
    """Return the paths of what ``mend`` would mend."""
    for kind in every_kind():
        desk.reader.all(kind)
    return sorted([*_left_over(desk.root), *(path for path, _ in _mendable(desk))])


def mend(desk: WholeDesk) -> list[str]:
    """Mend what has one safe answer and return the paths: attributes, line ends, byte-order marks, left-over files."""
    # Left-over files are cleared by the door itself, as with every change.
    mended = _left_over(desk.root)
    with door.change(desk, "Mend what check found") as change:
        for path, content in _mendable(desk):
            change.write(path, content)
            mended.append(path)
    return sorted(mended)


def _unreadable(desk: WholeDesk) -> list[Bad]:
    for kind in every_kind():
        desk.reader.all(kind)
    return desk.reader.bad()


def _notes(desk: WholeDesk) -> list[Finding]:
    found = []
    for kind in every_kind():
        for record in desk.reader.all(kind).values():
            read = desk.reader.read(record)
            if read is None:
                continue
            for key in convert.unknown_keys(record, read.raw):
                line = line_of(read.text, key)
                found.append(
                    Finding(
                        "unknown-key",
                        "note",
                        read.path,
                        line,
                        f"{key} is a key that this program does not know.",
                    )
                )
    found += _papers(desk)
    found += [
        Finding("mendable", "note", path, None, "can be tidied with: slavefree check --fix")
        for path, _ in _mendable(desk)
    ]
    found += [
        Finding("left-over", "note", path, None, "was left by a command that was broken off.")
        for path in _left_over(desk.root)
    ]
    found += [
        Finding("misplaced", "note", path, None, "stands where no record is looked for, and is not read.")
        for path in _misplaced(desk.root)
    ]
    partnership = desk.records.partnership
    if partnership.coordinator.email is None:
        message = "has no coordinator's address, which invitations need: slavefree partnership edit --email ADDRESS"
        found.append(Finding("no-coordinator", "note", places.MARKER, None, message))
    return found


def _drafts(desk: WholeDesk) -> list[Finding]:
    """Return the minutes that cannot be read, and those whose parts cannot be renewed."""
    found = []
    for id in desk.records.meetings:
        for path in (f"{id}/minutes.md", f"{RESTRICTED}{id}/minutes.md"):
            try:
                owned.parts(files.read(desk.root, path, linked=True).decode())
            except FileNotFoundError:
                continue
            except UnicodeDecodeError as error:
                line = error.object[: error.start].count(b"\n") + 1
                found.append(Finding("not-utf-8", "error", path, line, "is not UTF-8 text; save it again as UTF-8."))
            except files.UnreadableError as error:
                found.append(Finding("unreadable", "error", path, None, f"{error}."))
            except owned.DamagedError as error:
                found.append(
                    Finding("damaged-part", "note", path, error.line, f"{error.message}; see: minutes refresh.")
                )
    return found


def _lookalikes(desk: WholeDesk) -> list[Finding]:
    """Return the folders of the register, and those above it in its repository, that git would take for another."""
    found = []
    for folder, inner, names in os.walk(desk.root):
        inner[:] = [name for name in inner if name != ".git"]
        if is_lookalike([*inner, *names]):
            found.append(folder)
    with suppress(GitError):
        repository, level = desk.repository, desk.root
        while repository.holds(level) and level != repository.top:
            level = os.path.dirname(level)
            if is_lookalike(os.listdir(level)):
                found.append(level)
    message = "is taken for a repository by git, and is none; take out what makes it so: HEAD, objects, refs, config."
    places = sorted(os.path.relpath(each, desk.root) for each in found)
    return [Finding("looks-like-git", "error", place, None, message) for place in places]


def _templates(desk: WholeDesk) -> list[Finding]:
    return [Finding("not-valid", "error", *each) for each in templates.problems(desk)]


def _papers(desk: WholeDesk) -> list[Finding]:
    found = []
    for meeting in desk.records.meetings:
        for slug, path in papers.missing(desk, meeting):
            kind = RestrictedRecords.agendas if path.startswith(RESTRICTED) else Records.agendas
            read = desk.reader.read(desk.reader.all(kind)[meeting])
            line = line_of(read.text, f"items.{slug}.papers") if read else None
            message = f"items.{slug}.papers names {path}, which is not there."
            found.append(Finding("missing-paper", "note", read.path if read else path, line, message))
    return found


def _minutes(desk: WholeDesk) -> list[Finding]:
    """Return the approved minutes that are not as they were approved."""
    found = []
    kept = [(id, "", each.minutes) for id, each in desk.records.meetings.items()]
    hidden = desk.restricted.meetings
    kept += [(id, RESTRICTED, each.minutes) for id, each in hidden.items()]
    for id, tree, approval in kept:
        if approval is None:
            continue
        path = f"{tree}{id}/minutes.md"
        try:
            if digest(files.read(desk.root, path, linked=True)) == approval.sha256:
                continue
            what = "changed"
        except FileNotFoundError:
            what = "removed"
        except files.UnreadableError:
            continue
        option = " --restricted" if tree else ""
        message = (
            f"was approved on {short(approval.approved)} and has been {what} since; bring it back with git, and say "
            f"what is wrong in it with: slavefree minutes correct {id}{option} TEXT"
        )
        found.append(Finding("approved-changed", "error", path, None, message))
    return found


def _mendable(desk: WholeDesk) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    try:
        attributes = files.read(desk.root, ".gitattributes").decode()
    except FileNotFoundError:
        attributes = ""
    except (files.UnreadableError, UnicodeDecodeError):
        attributes = places.GITATTRIBUTES
    missing = [line for line in places.GITATTRIBUTES.splitlines() if line not in attributes.splitlines()]
    if missing:
        start = attributes if attributes.endswith("\n") or not attributes else attributes + "\n"
        found.append((".gitattributes", (start + "".join(f"{line}\n" for line in missing)).encode()))
    for kind in every_kind():
        for record in desk.reader.all(kind).values():
            read = desk.reader.read(record)
            if read is None:
                continue
            present = files.read(desk.root, read.path)
            tidy = present.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
            if not tidy.endswith(b"\n"):
                tidy += b"\n"
            if tidy != present:
                found.append((read.path, tidy))
    return found


def _left_over(root: str) -> list[str]:
    return [path for path in _all_files(root) if files.is_temporary(os.path.basename(path))]


def _misplaced(root: str) -> list[str]:
    """Return the TOML files that stand where no record is looked for."""
    return [
        path
        for path in _all_files(root)
        if path.lower().endswith(".toml")
        and not path.startswith(places.TEMPLATES)
        and not os.path.basename(path).startswith(".")
        and not places.is_place(path)
    ]


def _all_files(root: str) -> list[str]:
    """Return the files of a register, those in hidden folders left out."""
    found = []
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if not name.startswith(".")]
        found += [os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/") for name in names]
    return sorted(found)
