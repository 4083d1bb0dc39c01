"""New ids and names: slugs and codes that nobody has yet, and names that tell two of a kind apart."""

import os
from collections.abc import Callable
from typing import TypeVar

from msgspec import UNSET, UnsetType

from slavefree_cli.errors import InvalidError
from slavefree_cli.model.action import Action
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Kind, Records, kind_of, shares_ids
from slavefree_cli.model.member import Member
from slavefree_cli.model.names import CODE_LENGTH, code_from, key, slug
from slavefree_cli.model.person import Person
from slavefree_cli.model.record import Record
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change, Door

Party = Member | Person
T = TypeVar("T")
R = TypeVar("R", bound=Record)
CodedT = TypeVar("CodedT", Action, Decision)
Besides = Callable[[Change], None]
"""Puts into a change what has to be done with it, such as what else shows a record that becomes restricted."""


def new_code(desk: Desk, *besides: str) -> str:
    """Return five random Crockford characters that are unique in the register."""
    taken = desk.codes().union(desk.records.unreadable, besides)
    while (code := code_from(os.urandom(CODE_LENGTH))) in taken:
        continue
    return code


def slugs_taken(desk: Desk, kind: Kind[Record]) -> set[str]:
    """Return the slugs that no new record of a kind may have, as a field could name another in its place."""
    shared = shares_ids(kind)
    taken = {id for each in Records.kinds() if each.noun in shared for id in desk.records.all(each)}
    return {*taken, *desk.records.unreadable}


def new_slug(desk: Desk, name: str, kind: Kind[Record]) -> str:
    """Return the slug of a new record, which no record has that a field could name in its place."""
    return slug(name, kind.noun, slugs_taken(desk, kind), lambda: new_code(desk))


def save_named(opened: Door, desk: Desk, message: str, made: R, before: R | None = None, *, another: bool = False) -> R:
    """Save a record that people call by its name, new or in place of what it was before, and return it.

    Args:
        opened: The door.
        desk: The register.
        message: A sentence for the history.
        made: The record.
        before: What it was before.
        another: Whether it is said that it is another than the one of that name.

    Raises:
        InvalidError: It has a new name, which another of its kind has, or by which a member or a person is called
            besides, however it is written; the message names it.
    """
    kind = kind_of(made)
    name = kind.name(made)
    is_new = not another and (before is None or kind.name(before) != name)
    for other in desk.records.all(kind).values() if is_new else ():
        if other.id != made.id and key(kind.name(other)) == key(name):
            apart = "give a name that tells the two apart"
            if kind is Records.people:
                apart += "; or where this is somebody else, --another with the address or the member that does"
            raise InvalidError(f"There is a {kind.noun} called {kind.name(other)} already ({other.id}); {apart}.")
    parties: list[Party] = [*desk.records.people.values(), *desk.records.members.values()]
    for party in parties if isinstance(made, Party) else ():
        if party.id != made.id and key(name) in map(key, party.aka):
            raise InvalidError(
                f"{party.name} ({party.id}) is called {name} as well; give a name that tells the two apart."
            )
    made = opened.save(message, made, before)
    if is_new:
        from slavefree_cli.model.looks import deceives

        if said := deceives(name):
            desk.warn(f"The name {name} {said}; look who it is.")
    return made


def save_coded(
    opened: Door, verb: str, says: str, made: CodedT, before: CodedT | None = None, besides: Besides | None = None
) -> CodedT:
    """Save an action or a decision and return it; of a restricted one the history says its reference alone."""
    noun, reference = kind_of(made).noun, made.id.upper()
    said = f"{verb} restricted {noun} {reference}" if made.restricted else f"{verb} {noun} {reference}: {says}"
    with opened.change(said) as change:
        change.save(made, before)
        if besides is not None:
            besides(change)
    return made


def given(value: T | None | UnsetType) -> T | None:
    """Return the value of an option of a new record: None where it was not given."""
    return None if value is UNSET else value
