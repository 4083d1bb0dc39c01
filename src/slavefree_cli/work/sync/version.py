"""One of the three versions of a register that are brought together, changed before they are."""

from slavefree_cli.git import snapshots
from slavefree_cli.git.repository import Repository
from slavefree_cli.git.snapshots import Blob, Snapshot


class Version:
    """What a commit has of the register, by the paths in it; new content is put among the objects of a repository.

    Args:
        repository: The repository.
        prefix: What stands before the paths of the register.
        files: What the commit has.
        held: What files hold by the ids of their blobs, of all versions of one register.
    """

    def __init__(self, repository: Repository, prefix: str, files: Snapshot, held: dict[str, bytes]) -> None:
        self._repository = repository
        self._prefix = prefix
        self._held = held
        self._others = {path: blob for path, blob in files.items() if not path.startswith(prefix)}
        self.has = {path.removeprefix(prefix): blob for path, blob in files.items() if path.startswith(prefix)}

    @property
    def files(self) -> Snapshot:
        """What it has by now."""
        return {**self._others, **{self._prefix + path: blob for path, blob in self.has.items()}}

    def holds(self, path: str) -> bytes:
        """Return what a file holds; nothing where it is not there."""
        blob = self.has.get(path)
        if blob is None:
            return b""
        if blob.id not in self._held:
            self._held.update(snapshots.contents(self._repository, [blob]))
        return self._held.get(blob.id, b"")

    def text(self, path: str) -> str:
        """Return what a file holds as text."""
        return self.holds(path).decode(errors="replace")

    def put(self, path: str, text: str) -> None:
        """Have a file hold a text; it is gone where that is empty and it was not there."""
        if not text and path not in self.has:
            return
        content = text.encode()
        if content == self.holds(path) and path in self.has:
            return
        blob = snapshots.kept(self._repository, content)
        self._held[blob.id] = content
        self.has[path] = Blob(self.has[path].mode if path in self.has else blob.mode, blob.id)

    def move(self, path: str, to: str) -> None:
        """Have a file lie elsewhere; where one is there, that one stays."""
        blob = self.has.pop(path)
        self.has.setdefault(to, blob)

    def blob(self, blob: Blob) -> str:
        """Return what content is that a commit of the open repository has somewhere, as text."""
        if blob.id not in self._held:
            self._held.update(snapshots.contents(self._repository, [blob]))
        return self._held.get(blob.id, b"").decode(errors="replace")
