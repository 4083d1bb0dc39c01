"""Two histories of a register brought together, file by file, apart from the work tree."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.git import snapshots
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Blob, Snapshot
from slavefree_cli.minutes import owned
from slavefree_cli.minutes.approved import digest
from slavefree_cli.model.kinds import Records
from slavefree_cli.register import places
from slavefree_cli.register.merge.conflict import Conflict, Merged, Side
from slavefree_cli.register.merge.file import merged_file
from slavefree_cli.register.merge.prose import merged_prose
from slavefree_cli.register.toml.edit import edited
from slavefree_cli.work.sync import new_ids
from slavefree_cli.work.sync.new_ids import Renaming


class Joined(NamedTuple):
    """What two histories come to together."""

    files: Snapshot
    conflicts: list[Conflict]
    renamed: list[Renaming]
    merged: list[str]
    """The files of the register that both changed, or that both made from records."""


def joined(
    repository: Repository, prefix: str, base: Snapshot, ours: Snapshot, theirs: Snapshot, take: Side | None
) -> Joined:
    """Return what two commits come to that have one in common.

    Args:
        repository: The repository; new content is put among its objects.
        prefix: What stands before the paths of the register, with ``/`` at the end; nothing where it is at the top.
        base: What the commit has that both come from.
        ours: What the one has that nobody else has yet; a record in it whose id theirs gave to another gets a new id.
        theirs: What the other has.
        take: Whose word counts where both changed the same thing; ours, where none is named.
    """
    ours, renamings = _apart(repository, prefix, base, ours, theirs)
    base, ours, theirs = dict(base), dict(ours), dict(theirs)
    conflicts = _meetings_gone(prefix, base, ours, theirs, take)
    result = dict(ours)
    both = []
    for path in sorted({*base, *theirs}):
        was, one, other = base.get(path), ours.get(path), theirs.get(path)
        if was == other or one == other:
            continue
        if was == one:
            _put(result, path, other)
        else:
            both.append(path)
    texts = [path for path in both if not places.is_made(path)]
    wanted = (side[path] for side in (base, ours, theirs) for path in texts if path in side)
    held = snapshots.contents(repository, wanted)
    for path in texts:
        file = path.removeprefix(prefix) if path.startswith(prefix) else None
        sides = [side.get(path) for side in (base, ours, theirs)]
        if any(blob is not None and blob.mode not in snapshots.ORDINARY for blob in sides):
            conflicts.append(Conflict(file or path, "", *(blob and blob.mode for blob in sides)))
            continue
        was_, one_, other_ = (None if blob is None else held[blob.id] for blob in sides)
        merged = _merged(file, path, was_, one_, other_, take)
        conflicts += merged.conflicts
        kept = None if merged.content is None else snapshots.kept(repository, merged.content)
        mode = sides[1] or sides[2]
        _put(result, path, kept and Blob(mode.mode if mode else kept.mode, kept.id))
    conflicts += _approved(repository, prefix, result, ours, theirs, take)
    settled = {(each.file, each.field): each for each in conflicts}
    merged_files = [path.removeprefix(prefix) for path in both if path.startswith(prefix)]
    return Joined(result, list(settled.values()), renamings, merged_files)


def _meetings_gone(prefix: str, base: Snapshot, ours: Snapshot, theirs: Snapshot, take: Side | None) -> list[Conflict]:
    """Return a conflict for each meeting that one side removed and the other worked on, and settle it as a whole."""
    conflicts = []
    for record in [path for path in base if path.startswith(prefix)]:
        place = places.place_of(record.removeprefix(prefix))
        if place is None or place.kind is not Records.meetings:
            continue
        folders = tuple(f"{prefix}{places.folder(place.id, restricted=hidden)}/" for hidden in (False, True))
        for gone, kept, is_ours in ((ours, theirs, True), (theirs, ours, False)):
            worked = [path for path in {*base, *kept} if path.startswith(folders) and base.get(path) != kept.get(path)]
            if record in gone or record not in kept or not worked:
                continue
            words = ("removed", "changed") if is_ours else ("changed", "removed")
            conflicts.append(Conflict(record.removeprefix(prefix), "", "there", *words))
            if (take != "theirs") == is_ours:
                for path in [path for path in kept if path.startswith(folders)]:
                    del kept[path]
            else:
                gone.update({path: blob for path, blob in base.items() if path.startswith(folders)})
    return conflicts


def _put(files: Snapshot, path: str, blob: Blob | None) -> None:
    if blob is None:
        files.pop(path, None)
    else:
        files[path] = blob


def _merged(
    file: str | None, path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None, take: Side | None
) -> Merged:
    if file is None:
        return merged_prose(path, base, ours, theirs, take)
    if places.is_minutes(file) and ours is not None and theirs is not None:
        base, theirs = _with_parts_of(ours, base, theirs)
    return merged_file(file, base, ours, theirs, take)


def _with_parts_of(ours: bytes, base: bytes | None, theirs: bytes) -> tuple[bytes | None, bytes]:
    """Return base and theirs with our version of each part that the program wrote on both sides.

    What it wrote follows from the records, and is renewed from them, never merged.
    """
    try:
        mine, other = ({each.name: each for each in owned.parts(side.decode())} for side in (ours, theirs))
        shared = {
            name: part.body for name, part in mine.items() if name in other and part.untouched and other[name].untouched
        }
        theirs = owned.renewed(theirs.decode(), shared).encode()
        if base is not None:
            base = owned.renewed(base.decode(), shared).encode()
    except (UnicodeDecodeError, SlavefreeError):
        pass
    return base, theirs


def _apart(
    repository: Repository, prefix: str, base: Snapshot, ours: Snapshot, theirs: Snapshot
) -> tuple[Snapshot, list[Renaming]]:
    """Return our files with new ids where theirs has given the same to other records."""
    was, mine, other = (
        {path.removeprefix(prefix): blob.id for path, blob in side.items() if path.startswith(prefix)}
        for side in (base, ours, theirs)
    )
    clashes = new_ids.clashing({*was}, mine, other)
    if not clashes:
        return ours, []
    held = snapshots.contents(repository, (*ours.values(), *theirs.values()))
    one, two = ({path: held[id] for path, id in side.items() if id in held} for side in (mine, other))
    moved, renamings = new_ids.with_new_ids(clashes, one, two)
    kept = {content: id for id, content in held.items()}
    result = {path: blob for path, blob in ours.items() if not path.startswith(prefix) or blob.id not in held}
    for path, content in moved.items():
        id = kept.get(content)
        result[prefix + path] = Blob("100644", id) if id else snapshots.kept(repository, content)
    return result, renamings


def _approved(
    repository: Repository, prefix: str, result: Snapshot, ours: Snapshot, theirs: Snapshot, take: Side | None
) -> Iterable[Conflict]:
    """Yield a conflict for approved minutes that would be other than they were approved; where one is taken, settle it.

    Minutes and their approval are taken together from one side.
    """
    for path in [path for path in result if path.startswith(prefix) and places.is_minutes(path)]:
        record = prefix + places.approval_of(path.removeprefix(prefix))
        sides = [(side.get(path), side.get(record)) for side in (ours, theirs)]
        now = (result.get(path), result.get(record))
        if now[1] is None or now == sides[0]:
            continue
        held = snapshots.contents(repository, (blob for pair in (now, *sides) for blob in pair if blob is not None))
        approvals = [_approval(held, pair[1]) for pair in (now, *sides)]
        text = now[0] and held.get(now[0].id, b"")
        if approvals[0] is None or digest(text or b"") == approvals[0].get("sha256"):
            continue
        words = [f"approved on {each.get('approved')}" if each else "not approved" for each in approvals[1:]]
        yield Conflict(path.removeprefix(prefix), "", None, *words)
        side = 1 if take == "theirs" else 0
        _put(result, path, sides[side][0])
        content = _with_approval(held[now[1].id], approvals[1 + side])
        result[record] = snapshots.kept(repository, content)


def _approval(held: Mapping[str, bytes], blob: Blob | None) -> Mapping[str, object] | None:
    found = new_ids.document(held.get(blob.id) if blob else None).get("minutes")
    return found if isinstance(found, dict) else None


def _with_approval(content: bytes, approval: Mapping[str, object] | None) -> bytes:
    rest = {key: value for key, value in new_ids.document(content).items() if key != "minutes"}
    return edited(content.decode(), rest if approval is None else {**rest, "minutes": approval}).encode()
