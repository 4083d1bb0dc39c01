"""Agenda and minutes templates: those that ship, and the register's own, which come first."""

import os
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from slavefree_cli import templates as shipped
from slavefree_cli.errors import ConflictError, InvalidError, NotFoundError
from slavefree_cli.minutes.render import Template
from slavefree_cli.model.agenda import Agenda, Item
from slavefree_cli.model.references import Candidate
from slavefree_cli.register import door, files, parse, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.parse import Bad
from slavefree_cli.templates import Kind
from slavefree_cli.work.records import find

NO_AGENDA: Final = "none"
"""What stands for an agenda with nothing on it."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class Listed(NamedTuple):
    """A template that can be named."""

    kind: Kind
    name: str
    own: bool
    """Whether it is the register's own; one that ships under the same name is then not used."""

    @property
    def path(self) -> str:
        """Where the register's own is or would be, relative to it."""
        return f"{places.TEMPLATES}{self.kind}/{self.name}{shipped.ENDINGS[self.kind]}"

    def file(self, root: str) -> str:
        """Return what people are told of where it is, in the register in this folder."""
        return places.shown(self.path, None, root) if self.own else f"the {self.kind} template {self.name} that ships"


def listed(desk: Desk) -> list[Listed]:
    """Return every template, agendas first."""
    found: list[Listed] = []
    for kind in shipped.ENDINGS:
        ours = _own_names(desk, kind)
        found += [Listed(kind, name, name in ours) for name in sorted(ours | shipped.names(kind))]
    return found


def one(desk: Desk, typed: str, kind: Kind | None = None) -> Listed:
    """Return the template that is meant; where an agenda and minutes have one name, ``agenda/NAME`` tells which.

    Raises:
        NotFoundError: None fits, or several do; the message lists them.
    """
    of_kind = (each for each in listed(desk) if kind in {None, each.kind})
    candidates = {each.name if kind else f"{each.kind}/{each.name}": each for each in of_kind}
    if typed in candidates:
        return candidates[typed]
    if kind:
        names = ", ".join([NO_AGENDA, *candidates] if kind == "agenda" else candidates)
        raise NotFoundError(f"There is no {kind} template {typed!r}; there are: {names}.")
    named = [Candidate(key, each.name) for key, each in candidates.items()]
    return candidates[find.one("template", typed, named, desk)]


def text(desk: Desk, template: Listed) -> str:
    """Return the text of a template.

    Raises:
        InvalidError: The register's own cannot be read.
    """
    if not template.own:
        return shipped.text(template.kind, template.name)
    try:
        return _own_text(desk, template)
    except files.NotTextError as error:
        raise InvalidError(f"{places.shown(template.path, error.line, desk.root)}: {error.sentence}") from None
    except (files.UnreadableError, FileNotFoundError) as error:
        raise InvalidError(f"{places.shown(template.path, None, desk.root)} {error}.") from None


def agenda(desk: Desk, name: str) -> dict[str, Item]:
    """Return the items of an agenda template.

    Raises:
        NotFoundError: There is no such template.
        InvalidError: It is not valid; the message names file and line.
    """
    if name == NO_AGENDA:
        return {}
    template = one(desk, name, "agenda")
    path, root = (template.path, desk.root) if template.own else (template.file(desk.root), None)
    return parse.parsed_as(Agenda, {"id": name}, path, text(desk, template), root).items


def minutes(desk: Desk, name: str) -> Template:
    """Return a minutes template.

    Raises:
        NotFoundError: There is no such template.
        InvalidError: It cannot be read.
    """
    template = one(desk, name, "minutes")
    return Template(template.name, template.file(desk.root), text(desk, template))


def copy(desk: Desk, template: Listed) -> Listed:
    """Put a template that ships into the register, to be made one's own, and return it.

    Raises:
        ConflictError: The register has one of that name.
    """
    with door.change(desk, f"Copy the {template.kind} template {template.name} into the register") as change:
        if template.own or os.path.lexists(desk.path(template.path)):
            raise ConflictError(
                f"{places.shown(template.path, None, desk.root)} is there already; edit it, or move it away first."
            )
        change.write(template.path, text(desk, template).encode())
    return template._replace(own=True)


def problems(desk: Desk) -> Iterator[tuple[str, int | None, str]]:
    """Yield what can be seen to be wrong with the register's own templates without using them: where, and what."""
    for template in listed(desk):
        if not template.own:
            continue
        try:
            content = _own_text(desk, template)
        except files.NotTextError as error:
            yield template.path, None, f"line {error.line}: {error.sentence}"
            continue
        except (files.UnreadableError, FileNotFoundError) as error:
            yield template.path, None, f"{error}."
            continue
        if template.kind == "agenda":
            read = parse.tried(Agenda, {"id": template.name}, template.path, content)
            if isinstance(read, Bad):
                yield template.path, read.line, read.message
        else:
            from slavefree_cli.minutes.child import syntax_problem

            if (problem := syntax_problem(content)) is not None:
                yield template.path, *problem


def _own_text(desk: Desk, template: Listed) -> str:
    return files.text_of(files.read(desk.root, template.path, linked=True)).removeprefix("\ufeff")


def _own_names(desk: Desk, kind: Kind) -> set[str]:
    try:
        names = shipped.names(kind, desk.path(places.TEMPLATES))
    except OSError:
        return set()
    return {name for name in names if _NAME.fullmatch(name) and name != NO_AGENDA}
