"""Taking a command back: what it changed is as before again, what came later in other fields stays."""

from collections.abc import Iterator
from typing import NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError, OutsideError, SlavefreeError, UsageError
from slavefree_cli.git import snapshots
from slavefree_cli.git.commit import Commit
from slavefree_cli.git.process import GitError
from slavefree_cli.model.kinds import RestrictedRecords
from slavefree_cli.model.text import several
from slavefree_cli.register import door, files, places
from slavefree_cli.register.agenda_files import items
from slavefree_cli.register.merge.conflict import Conflict, Merged
from slavefree_cli.register.merge.differences import differences
from slavefree_cli.register.merge.file import merged_file
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.register.toml.statements import read
from slavefree_cli.work.care import afterwards
from slavefree_cli.work.history import halves
from slavefree_cli.work.history.halves import Half
from slavefree_cli.work.records.opening import Opening, of_item, of_record

_UNDO, _REDO = "Undo: ", "Redo: "


class Taken(NamedTuple):
    """One file as it is and as it shall be."""

    file: str
    now: bytes | None
    after: bytes | None


class Plan(NamedTuple):
    """What it takes to take a command back."""

    commit: Commit
    made: list[Half]
    """What it made in each of the two repositories."""
    message: str
    files: list[Taken]
    stays: list[str]
    """What was issued to people, which is not taken back."""
    passed: list[str]
    """What else it changed and is not taken back, as it was changed again since: the record, and the field."""


class StandsInTheWayError(ConflictError):
    """Later edits of the same fields; carries each of them: ours is what is there now, theirs what was there before."""

    def __init__(self, message: str, conflicts: list[Conflict]) -> None:
        super().__init__(message)
        self.conflicts = conflicts


def plan(desk: WholeDesk, named: str | None) -> Plan:
    """Work out what taking a command back comes to; nothing is changed.

    Args:
        desk: The register.
        named: The commit, as git names commits; None for the last command of whoever asks.

    Raises:
        NotFoundError: There is no such commit in the history of the register.
        UsageError: The commit brought two histories together, or began the register.
        StandsInTheWayError: The same fields were changed later.
        OutsideError: There is no git, no repository or no commit.
    """
    try:
        commit, made = halves.meant(desk, named)
        if commit.command == "init":
            raise UsageError(f"“{commit.subject}” began the register and cannot be undone; remove the folder instead.")
        for half in made:
            before = half.repository.parents(half.commit.id)
            if len(before) != 1:
                raise UsageError(
                    f"{commit.id[:9]} ({commit.subject}) "
                    + ("brought two histories together" if before else "is the first of the history")
                    + " and cannot be undone. Name the commit of one command: slavefree log"
                )
        return _plan(desk, commit, made)
    except GitError as error:
        raise OutsideError(f"There is nothing to undo: {error}.") from None


def openings(desk: WholeDesk, plan: Plan) -> Iterator[Opening]:
    """Yield what of what is restricted now is open when a command is taken back."""
    after = {each.file: each.after for each in plan.files}
    for file, now, then in plan.files:
        place = places.place_of(file)
        other = after.get(places.in_other_tree(file))
        if place is None or not place.kind.restricted or now is None or other is None:
            continue
        if place.kind.coded and then is None:
            yield of_record(desk, file)
        elif place.kind is RestrictedRecords.agendas:
            gone = items(now.decode(errors="replace")).keys() - items((then or b"").decode(errors="replace")).keys()
            stubs = {slug for slug, item in items(other.decode(errors="replace")).items() if item.get("restricted")}
            yield from (of_item(desk, place.id, stub) for stub in sorted(gone - stubs))


def carry_out(desk: WholeDesk, plan: Plan) -> None:
    """Take the command back, as a change and a commit of its own.

    Raises:
        ConflictError: A file has changed since the plan was made, or other records stand in the way.
        InvalidError: What was there before was not valid then.
    """
    # Taking an opening back is restricting.
    restricting = afterwards.Restricting(desk)
    with door.change(desk, plan.message) as change:
        for each in plan.files:
            if _present(desk, each.file) != each.now:
                shown = places.shown(each.file, None, desk.root)
                raise ConflictError(f"{shown} has changed meanwhile; nothing is undone. Look at it and try again.")
        try:
            for each in plan.files:
                change.take(each.file, each.after)
            change.check()
            restricting.renew(change)
        except InvalidError as error:
            if _was_wrong(desk, plan, str(error)):
                raise InvalidError(
                    f"{error} So it was before “{plan.commit.subject}”, and what is not valid is not saved; nothing is "
                    "undone. Edit the record instead."
                ) from None
            raise ConflictError(f"{error} What was done later stands in the way; nothing is undone.") from None
    restricting.tell()


def _was_wrong(desk: WholeDesk, plan: Plan, says: str) -> bool:
    """Tell whether what is wrong with what a command is taken back to was wrong before that command already.

    Args:
        desk: The register.
        plan: What takes it back.
        says: What is wrong: with the records together, or with the text of a file.
    """
    half = next((each for each in plan.made if not each.within), None)
    if half is None:
        return False
    earlier = snapshots.of(half.repository, half.repository.parents(half.commit.id)[0])
    with snapshots.laid_out(half.repository, earlier, half.prefix, places.is_text) as folder:
        apart = WholeDesk(folder, commits=False)
        together = {door.sentence(each) for each in apart.errors({})}
        unread = {each.path for each in apart.reader.bad()}
    return says in together or any(
        each.file in unread and places.shown(each.file, None, desk.root) in says for each in plan.files
    )


def _plan(desk: WholeDesk, commit: Commit, made: list[Half]) -> Plan:
    found = [_taken(desk, half) for half in made]
    taken = [file for each in found for file in each.files]
    conflicts = [conflict for each in found for conflict in each.conflicts]
    stays = [file for each in found for file in each.stays]
    passed = [field for each in found for field in each.passed]
    if conflicts:
        where = several([" ".join(filter(None, (each.file, each.field))) for each in conflicts], 3)
        raise StandsInTheWayError(
            f"“{commit.subject}” cannot be undone, as the same was changed later: {where}. Nothing is changed; "
            "undo the later commit first (slavefree log), or edit the record.",
            conflicts,
        )
    if not taken:
        why = "what was issued to people stays issued" if stays else "none of it is in the records any more"
        how = "an earlier command is taken back by its commit: slavefree log, then slavefree undo COMMIT"
        raise SlavefreeError(f"There is nothing to undo of “{commit.subject}”: {why}; {how}.")
    again = commit.subject.startswith(_UNDO)
    message = _REDO + commit.subject.removeprefix(_UNDO) if again else _UNDO + commit.subject.removeprefix(_REDO)
    return Plan(commit, made, message, taken, stays, passed)


def _passed(file: str, earlier: bytes | None, was: bytes | None, now: bytes | None, merged: Merged) -> Iterator[str]:
    """Yield the fields that a command changed and that stay as they are; of a text whether all of it does.

    Args:
        file: The file.
        earlier: What it held before the command; None where it was not there, as with the next two.
        was: What it held after it.
        now: What it holds.
        merged: What it shall hold.
    """
    if not places.is_place(file):
        if merged.content == now:
            yield ""
        return
    changes = [each.field for each in differences(file, now, merged.content)]
    for made in differences(file, earlier, was):
        if not any(_within(made.field, each) or _within(each, made.field) for each in changes):
            yield made.field


def _within(field: str, other: str) -> bool:
    """Tell whether a field is another or a part of it; all are a part of the whole file, which has no name."""
    return other in {"", field} or field.startswith(f"{other}.")


class _Taken(NamedTuple):
    """What it takes in one of the two repositories."""

    files: list[Taken]
    conflicts: list[Conflict]
    stays: list[str]
    passed: list[str]


def _taken(desk: WholeDesk, half: Half) -> _Taken:
    repository, prefix = half.repository, half.prefix
    before = repository.parents(half.commit.id)[0]
    base, theirs = snapshots.of(repository, half.commit.id), snapshots.of(repository, before)
    touched = [path for path in snapshots.differing(base, theirs) if path.startswith(prefix)]
    blobs = [side[path] for side in (base, theirs) for path in touched if path in side]
    held = snapshots.contents(repository, blobs)
    found = _Taken([], [], [], [])
    for path in touched:
        file = half.within + path.removeprefix(prefix)
        if places.is_issued(file):
            found.stays.append(file)
        elif not (places.is_made(file) or file == places.IGNORED):
            was, earlier = (held.get(side[path].id) if path in side else None for side in (base, theirs))
            if file == places.MARKER:
                earlier = _still_apart(was, earlier)
            now = _present(desk, file)
            kept = _as_kept(now, was)
            merged = merged_file(file, was, kept, earlier)
            found.conflicts.extend(merged.conflicts)
            if merged.content != kept:
                found.files.append(Taken(file, now, merged.content))
            stays = _passed(file, earlier, was, kept, merged)
            found.passed.extend(f"{places.named(file)} {field}".rstrip() for field in stays)
    return found


def _still_apart(was: bytes | None, earlier: bytes | None) -> bytes | None:
    """Return an earlier record of the partnership in which what is restricted stays kept apart, as it is on disk."""
    now, before = read(was or b""), read(earlier or b"")
    if not now or not before or now.get("format") == before.get("format"):
        return earlier
    return edited((earlier or b"").decode(), {**before, "format": now["format"]}).encode()


def _as_kept(content: bytes | None, was: bytes | None) -> bytes | None:
    """Return a file with LF line ends where git keeps it with them and the work tree has others."""
    if content is not None and was is not None and b"\r\n" not in was and b"\0" not in content:
        return content.replace(b"\r\n", b"\n")
    return content


def _present(desk: WholeDesk, path: str) -> bytes | None:
    most = files.MOST_BYTES if path.endswith(".toml") else files.ANY_SIZE
    try:
        return files.read(desk.root, path, linked=True, most=most)
    except FileNotFoundError:
        return None
    except files.UnreadableError as error:
        raise ConflictError(f"{places.shown(path, None, desk.root)} {error}; nothing is undone.") from None
