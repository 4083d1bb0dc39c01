"""What must not get out, looked for in what goes out: this opens the restricted tree, and gives back places alone.

Whatever makes something for others passes ``refuse``. Of what is restricted nothing comes back but in which line of
the open text it stands, and the reference of the record.
"""

import operator
import os
from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from slavefree_cli.errors import InvalidError
from slavefree_cli.model import shown, written
from slavefree_cli.model.kinds import RESTRICTED, RestrictedRecords
from slavefree_cli.model.record import Record
from slavefree_cli.model.shown import Passages, Shown
from slavefree_cli.model.text import several
from slavefree_cli.register import files, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.restricted import WholeDesk

MOST_BYTES = 10_000_000
"""How large a file may be to be looked into; a text of ours is smaller, and a film has no words."""
_NAMED = 5
_LAST: WeakKeyDictionary[WholeDesk, tuple[list[Mapping[str, Record]], Passages]] = WeakKeyDictionary()
"""What was made for a desk last, with the records that it was made from."""


def passages(desk: Desk) -> Passages | None:
    """Return what is restricted, to be looked for; None where nothing restricted is here.

    Raises:
        InvalidError: A restricted record cannot be read, so that nobody can tell what shows it.
    """
    if not os.path.lexists(desk.path(RESTRICTED).rstrip("/")):
        return None
    whole = desk if isinstance(desk, WholeDesk) else WholeDesk(desk.root, commits=False)
    trees = whole.records, whole.restricted
    # What was read is the same until the reader forgets it.
    state = [tree.all(kind) for tree in trees for kind in tree.kinds()]
    last = _LAST.get(whole)
    if last is None or not all(map(operator.is_, last[0], state)):
        last = state, shown.passages(*trees)
        _LAST[whole] = last
    for bad in whole.reader.bad_of(RestrictedRecords.agendas, RestrictedRecords.actions, RestrictedRecords.decisions):
        raise InvalidError(f"{bad.sentence(desk.root)} What shows it cannot be told, and nothing goes out.")
    return last[1] or None


def found(held: Passages | None, name: str, content: bytes) -> list[Shown]:
    """Return where a file shows something restricted; ``name`` says by its ending how it is written."""
    if held is None:
        return []
    return held.found(written.lines(name, content), references=name.endswith(".md"))


def refuse(desk: Desk, contents: Iterable[tuple[str, str | bytes]], what: str = "nothing is sent") -> None:
    """Refuse to make something for others that shows what is restricted; with nothing restricted here it costs nothing.

    Args:
        desk: The register.
        contents: What goes out, each with its file, relative to the register, or with what it is called.
        what: What comes of it then.

    Raises:
        InvalidError: Something does; the message names the file and the line.
    """
    held = passages(desk)
    if held is None:
        return
    for name, content in contents:
        places_in = found(held, name, content.encode() if isinstance(content, str) else content)
        if places_in:
            raise InvalidError(_sentence(desk, held, name, places_in, what))


def in_open_files(desk: Desk, held: Passages | None) -> Iterator[tuple[str, Shown]]:
    """Yield each place in the open files of a register that shows something restricted, drafts left out."""
    for path in _open_files(desk.root) if held else ():
        try:
            content = files.read(desk.root, path, linked=True, most=MOST_BYTES)
        except (FileNotFoundError, files.UnreadableError):
            continue
        yield from ((path, each) for each in found(held, path, content))


def _sentence(desk: Desk, held: Passages, name: str, places_in: list[Shown], what: str) -> str:
    is_file = os.path.isfile(desk.path(name)) and not places.is_made(name)
    of = several(list(dict.fromkeys(each.of for each in places_in)), _NAMED)
    if is_file:
        at = f"{places.shown(name, places_in[0].line, desk.root)}:"
        more = several([str(each.line) for each in places_in], 20)
        said = f"{at} " + (f"lines {more}: " if len({each.line for each in places_in}) > 1 else "") + "it shows"
    else:
        wanted = {each.of for each in places_in}
        there = [(path, each) for path, each in in_open_files(desk, held) if each.of in wanted and _is_record(path)]
        sources = [places.shown(path, each.line, desk.root) for path, each in there]
        says = f", which stands in {several(sources, _NAMED)}" if sources else ""
        of, said = of + says, f"{name}, line {places_in[0].line}, would show"
    return (
        f"{said} what is restricted ({of}); {what}. Take the words out; or where they give nothing away, give "
        "the restricted record other ones."
    )


def _is_record(path: str) -> bool:
    return places.is_place(path) or path.startswith(places.TEMPLATES)


def _open_files(root: str) -> Iterator[str]:
    for folder, inner, names in os.walk(root):
        within = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if within == "." else f"{within}/"
        inner[:] = sorted(
            each
            for each in inner
            if not each.startswith(".")
            and not places.is_restricted(f"{prefix}{each}/")
            and not places.in_outbox(prefix + each)
        )
        yield from (prefix + name for name in sorted(names) if not name.startswith("."))
