"""What is wrong in the file of a record and has one plain answer: found by its fields, and written into the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model.checks import NOT_VALID
from slavefree_cli.model.kinds import Kind, every_kind
from slavefree_cli.model.names import key
from slavefree_cli.model.record import Record, Ref
from slavefree_cli.register import files, mending, places
from slavefree_cli.register.toml.write import Document
from slavefree_cli.work.care.survey import Survey


def answers(survey: Survey) -> Iterator[tuple[str, bytes]]:
    """Yield each file in which something has one plain answer, and what it holds with that written in."""
    texts = {read.path: read.text for _, read in survey.reads}
    for bad in survey.bad:
        if bad.check is NOT_VALID:
            texts[bad.path] = files.text_of(files.read(survey.desk.root, bad.path, linked=True)).removeprefix("\ufeff")
    for path, text in texts.items():
        place = places.place_of(path)
        if place is not None and (found := _mended(survey, place, text)) is not None:
            yield path, found.encode()


def _mended(survey: Survey, place: places.Place, text: str) -> str | None:
    import tomli

    from slavefree_cli.register.toml.edit import edited

    text = text.replace("\r\n", "\n")
    document = tomli.loads(text)
    said = document
    # Once more, as an item is looked for on the agenda of a meeting that may have been a name itself.
    for _ in range(2):
        meeting = said.get("meeting", place.id)
        said = mending.mended(place.kind.type, said, partial(_meant, survey, str(meeting)))
    if said == document:
        return None
    try:
        return edited(_headings_renamed(text, document, said), said)
    except SlavefreeError:
        return None


def _headings_renamed(text: str, before: Document, after: Document) -> str:
    """Return the text with the headings of tables under the keys that they have after, so that all else in them stays.

    Args:
        text: A valid file.
        before: What it holds.
        after: The same with other keys in some tables of tables, in the same order.
    """
    for outer, tables in before.items():
        for old, new in zip(tables, after[outer], strict=True) if isinstance(tables, Mapping) else ():
            if old != new:
                key = re.escape(old)
                heading = rf"""^(\s*\[\s*{re.escape(outer)}\s*\.\s*)(?:"{key}"|'{key}'|{key})(?=\s*[\].])"""
                # What it is now is a slug, in which nothing stands for a group.
                text = re.sub(heading, rf"\g<1>{new}", text, flags=re.MULTILINE)
    return text


def _meant(survey: Survey, meeting: str, ref: Ref, said: str) -> str | None:
    """Return the id of the one record whose name or alias this is; None where it is an id, or that is not plain."""
    names: dict[str, Sequence[str]] = {}
    for kind in every_kind():
        if kind.noun in ref.nouns:
            names.update(_names(survey, kind))
    if "item" in ref.nouns:
        agenda = survey.desk.records.agendas.get(meeting)
        names.update({slug: (each.title or slug,) for slug, each in agenda.items.items()} if agenda else {})
    if said in names or said in survey.desk.records.unreadable:
        return None
    wanted = key(said)
    fit = [id for id, called in names.items() if wanted in map(key, (id, *called))]
    return fit[0] if len(fit) == 1 else None


def _names(survey: Survey, kind: Kind[Record]) -> Mapping[str, Sequence[str]]:
    tree = survey.desk.restricted if kind.restricted else survey.desk.records
    return {id: (kind.name(record), *kind.also(record)) for id, record in tree.all(kind).items()}
