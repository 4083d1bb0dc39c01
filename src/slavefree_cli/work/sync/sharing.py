"""The restricted repository: how it stands with it, exchanged through a remote of its own, had here, moved out."""

import os
import re
from typing import Literal, NamedTuple

from slavefree_cli.errors import ConflictError, InvalidError, NotFoundError, OutsideError
from slavefree_cli.git import discovery, snapshots
from slavefree_cli.git.commit import Trailers
from slavefree_cli.git.process import GitError
from slavefree_cli.git.remote import remote_if_any
from slavefree_cli.git.repository import Repository
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.model.partnership import APART
from slavefree_cli.register import commits, door, files, places, repositories
from slavefree_cli.register.lock import locked
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.history import halves
from slavefree_cli.work.sync import exchange
from slavefree_cli.work.sync.exchange import Synced
from slavefree_cli.work.sync.histories import BothChangedError

REMOTE = "restricted"
"""What the remote of the restricted repository is called."""

State = Literal["none", "here", "elsewhere", "open"]


class Standing(NamedTuple):
    """How it stands with what is restricted."""

    state: State
    """Whether there is none yet, it is in a repository of its own here, or elsewhere alone, or in the open one."""
    remote: str | None
    """Where it is exchanged, without what would let somebody in."""
    who: list[str]
    """Who has committed in it, as far as is known here."""
    records: int
    """How many restricted records are here."""
    not_committed: int
    """How many files of it are not committed."""


def standing(desk: WholeDesk) -> Standing:
    """Return how it stands with what is restricted.

    Raises:
        OutsideError: There is no git, no repository, or git refused.
    """
    records = len(list(desk.restricted.every()))
    try:
        if repositories.kept_open(desk):
            return Standing("open", None, [], records, 0)
        inner = desk.inner
        if inner is None:
            apart = desk.records.partnership.format >= APART
            return Standing("elsewhere" if apart else "none", None, [], records, 0)
        who = sorted({each.who for each in halves.logs(desk)[0]})
        return Standing("here", _shown(inner), who, records, len(inner.states([inner.top])))
    except GitError as error:
        raise OutsideError(f"There is no repository of what is restricted: {error}.") from None


def is_the_open_one(desk: WholeDesk, url: str) -> bool:
    """Tell whether what is restricted would go to the same host and path as the open repository.

    Raises:
        InvalidError: It would lie among the files of the open repository, which could then be committed there.
    """
    repository = desk.repository
    place = _place(_address(url))
    if os.path.isabs(place) and f"{place}/".startswith(f"{os.path.realpath(repository.top)}/".casefold()):
        raise InvalidError(
            f"{url} lies among the files of the open repository, which could take it in; name a folder outside of it."
        )
    named = repository.text("remote").split()
    urls = [each for name in named if (each := repository.setting(f"remote.{name}.url"))]
    return place in {_place(each if _is_elsewhere(each) else os.path.join(repository.top, each)) for each in urls}


def share(desk: WholeDesk, url: str) -> Synced:
    """Have what is restricted exchanged through a remote of its own, and exchange it.

    Args:
        desk: The register.
        url: Where: what git takes, or a folder, which is made where it is not there.

    Raises:
        NotFoundError: There is nothing restricted here.
        OutsideError: The remote cannot be reached or refused; it is not kept then.
    """
    inner = desk.inner
    if inner is None:
        raise NotFoundError(
            "There is nothing restricted in this clone to share. Where others have it: slavefree restricted fetch URL"
        )
    made = _ready(url)
    return _through(desk, inner, made)


def fetch(desk: WholeDesk, url: str) -> Synced:
    """Get what is restricted into this clone, bringing it together with what is restricted here, if anything is.

    Args:
        desk: The register.
        url: Where others exchange it.

    Raises:
        OutsideError: It cannot be reached, or git refused.
        InvalidError: It is no restricted repository.
    """
    repositories.refuse(desk)
    address = _address(url)
    try:
        branch = _branch_there(desk.repository, address)
        with door.change(desk, "Keep what is restricted in a repository of its own") as change:
            change.keep_apart()
        if (inner := desk.looked_again()) is None:
            raise OutsideError("Nothing is fetched, as there is no repository here: git init")
        if branch is not None and (head := inner.branch()):
            name = head.removeprefix("refs/heads/")
            inner.text("config", f"branch.{name}.remote", REMOTE)
            inner.text("config", f"branch.{name}.merge", branch)
        return _through(desk, inner, address)
    except GitError as error:
        raise OutsideError(f"{url} cannot be reached: {error}. Nothing is fetched.") from None


def adopt(desk: WholeDesk) -> int:
    """Move what is restricted out of the open repository into one of its own; return how many files moved.

    It can be broken off at any point, and called again.

    Raises:
        NotFoundError: The open repository keeps nothing of it.
        ConflictError: Something of it is staged.
        OutsideError: Git refused, or does not know who commits.
    """
    try:
        repository = commits.needed(desk, "moved")
        with locked(desk):
            folder = desk.path(RESTRICTED).rstrip("/")
            if os.path.islink(folder):
                raise InvalidError(f"{places.shown(RESTRICTED, None, desk.root)} is a link. Take the link away.")
            head = repository.head()
            kept = repository.listed("ls-files", "-z", "--", folder)
            if head is None or not kept:
                raise NotFoundError(
                    "The open repository keeps nothing of what is restricted: there is nothing to move."
                )
            repositories.begin(desk)
            if (inner := desk.inner) is None:
                raise OutsideError("What is restricted has no repository of its own; nothing is moved.")
            found = list(inner.states([inner.top]))
            inner.commit(found, "Move what is restricted into a repository of its own", Trailers(desk.command))
            _take_out(desk, repository, head)
    except GitError as error:
        raise OutsideError(f"Git refused: {error}. What is restricted is where it was.") from None
    desk.reader.forget()
    return len(kept)


def _take_out(desk: WholeDesk, repository: Repository, head: str) -> None:
    """Commit that the open repository keeps nothing restricted any more; the files themselves stay."""
    prefix = repository.prefix(desk.root)
    writes = [files.Write(desk.path(places.MARKER), repositories.apart(desk), desk.root)]
    if (ignoring := repositories.ignoring(desk)) is not None:
        writes.append(files.Write(desk.path(places.IGNORED), ignoring, desk.root))
    files.write_all(writes)
    before = snapshots.of(repository, head)
    has = {path: blob for path, blob in before.items() if not path.startswith(prefix + RESTRICTED)}
    for write in writes:
        path = prefix + os.path.relpath(write.path, desk.root)
        has[path] = snapshots.kept(repository, write.content or b"")
    said = "Move what is restricted into a repository of its own"
    repository.move(head, snapshots.committed(repository, has, [head], said, Trailers(desk.command)))


def _through(desk: WholeDesk, inner: Repository, address: str) -> Synced:
    before = inner.setting(f"remote.{REMOTE}.url")
    inner.text("config", f"remote.{REMOTE}.url", address)
    inner.text("config", f"remote.{REMOTE}.fetch", f"+refs/heads/*:refs/remotes/{REMOTE}/*")
    try:
        return exchange.sync(desk, restricted_only=True)
    except BothChangedError:
        # It is the right place, and sync settles it.
        raise
    except (OutsideError, ConflictError, InvalidError):
        if before is None:
            inner.text("config", "--remove-section", f"remote.{REMOTE}")
        else:
            inner.text("config", f"remote.{REMOTE}.url", before)
        raise


def _ready(url: str) -> str:
    """Return where a repository is to be exchanged; a folder that is not there, or is empty, is made one."""
    address = _address(url)
    if _is_elsewhere(address):
        return address
    try:
        if not os.path.isdir(address) or not os.listdir(address):
            os.makedirs(address, mode=0o700, exist_ok=True)
            discovery.begin_bare(address)
    except (OSError, GitError) as error:
        said = files.reason(error) if isinstance(error, OSError) else str(error)
        raise OutsideError(f"{url} cannot be made a place to exchange: {said}. Nothing is shared.") from None
    return address


_SCP = re.compile(r"[^/\\]{2,}:")
"""An address as ssh takes one: ``host:path``; a drive of Windows has one letter."""


def _address(url: str) -> str:
    """Return an address as git has to be given it: of a folder, its whole path."""
    if url.startswith("-"):
        raise InvalidError(f"{url} is no address; name a folder or an address that git takes.")
    return url if _is_elsewhere(url) else os.path.abspath(os.path.expanduser(url))


def _is_elsewhere(url: str) -> bool:
    """Tell whether an address is none of a folder."""
    return "://" in url or _SCP.match(url) is not None


def _place(url: str) -> str:
    """Return the host and the path of an address, however it is written: with a user, a port, ``.git`` at its end."""
    if url.startswith("file://") or not _is_elsewhere(url):
        bare = os.path.realpath(url.removeprefix("file://"))
    else:
        bare = re.sub(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?", "", url)
        # host:22/path of an address with a scheme, host:path of one without.
        bare = re.sub(r"^([^/:]+):(?:\d+(?=/))?/?", r"\1/", bare)
    return re.sub(r"(?:/\.git|\.git)?/*$", "", re.sub(r"/{2,}", "/", bare)).casefold()


def _branch_there(repository: Repository, address: str) -> str | None:
    """Return the branch that a remote has checked out, or None where it has none yet.

    Raises:
        GitError: It cannot be reached.
    """
    said = repository.text("ls-remote", "--symref", "--", address, "HEAD")
    found = re.match(r"ref: (refs/heads/\S+)\tHEAD", said)
    return found[1] if found else None


def _shown(inner: Repository) -> str | None:
    """Return where a repository is exchanged, without a name or a password in it."""
    remote = remote_if_any(inner)
    url = inner.setting(f"remote.{remote.name}.url") if remote else None
    return None if url is None else re.sub(r"://[^/@]*@", "://", url)
