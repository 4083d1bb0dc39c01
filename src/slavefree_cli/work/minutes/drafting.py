"""Minutes drafted from the records, and the parts of them that the program owns renewed."""

from collections.abc import Collection, Iterator
from typing import Final

from slavefree_cli.editions.gathered import gathered
from slavefree_cli.errors import ConflictError, InvalidError, UsageError
from slavefree_cli.minutes import codes, heading, outline, owned
from slavefree_cli.minutes.owned import DamagedError, WrittenInError
from slavefree_cli.minutes.render import drafted
from slavefree_cli.model.kinds import Records
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes.volume import TWO, Minutes, Read, minuted
from slavefree_cli.work.records import templates, withheld

HEADING: Final = "heading"
"""The part of minutes that says of which meeting they are: title, date, time and venue."""
STANDING: Final = "standing"
"""The part that says whether they are approved."""


class NotRenewedError(ConflictError):
    """Parts of minutes cannot be renewed without loss; carries the difference that it would make."""

    def __init__(self, message: str, difference: str = "") -> None:
        super().__init__(message)
        self.difference = difference


def draft(desk: Desk, read: Read, template: str | None) -> bool:
    """Write a meeting's minutes, to be written in, and return whether they are new.

    Args:
        desk: The register.
        read: Reads them.
        template: The name of a template; None for the one that ships.

    Raises:
        ConflictError: They are there, and are not what would be drafted now.
        InvalidError: The meeting was cancelled, or the template is wrong.
        UsageError: The template is that of Part Two, and these are not.
    """
    with door.opened(desk) as opened:
        minutes = read()
        meeting, present = minutes.meeting, minutes.content
        if template == TWO.template and not minutes.part.restricted:
            raise UsageError(f"The template {template} is for what was taken in private; give --restricted with it.")
        if meeting.status == "cancelled":
            raise InvalidError(f"{meeting.dated} was cancelled; there is nothing to minute.")
        if present is None:
            minutes.refuse_approved("drafted anew")
        refuse_unread(desk)
        content = _drafted(desk, minutes, template or minutes.part.template).encode()
        if present is None:
            with opened.change(f"Draft the {minutes.named}") as change:
                change.write(minutes.path, content)
        elif present.replace(b"\r\n", b"\n") != content:
            raise ConflictError(
                f"{desk.path(minutes.path)} is there and has been written in, or the records have "
                f"changed since; it is left as it is. Renew what stands in it with: slavefree minutes refresh "
                f"{minutes.argument}; or, to draft anew, move it away first."
            )
    return present is None


def refresh(desk: Desk, read: Read) -> bool:
    """Renew the parts of minutes that the program owns and return whether anything changed.

    Raises:
        NotRenewedError: Somebody has written inside a part, or the comments around the parts are damaged.
        InvalidError: They are approved, or a template is wrong.
        NotFoundError: There are none yet, or their template is gone.
    """
    with door.opened(desk) as opened:
        minutes = read()
        minutes.refuse_approved("renewed")
        refuse_unread(desk)
        after = renewed(desk, minutes)
        for remark in remarks(after):
            desk.warn(remark)
        with opened.change(f"Renew the {minutes.named}") as change:
            change.write(minutes.path, after.text.encode())
    return after != minutes


def refuse_unread(desk: Desk) -> None:
    """Refuse to write minutes that would lack an action or a decision, as its file cannot be read.

    Raises:
        InvalidError: There is such a file; the message names it.
    """
    for bad in desk.reader.bad_of(Records.actions, Records.decisions):
        raise InvalidError(f"{bad.sentence(desk.root)} The minutes would lack it, and are not written.")


def renewed(desk: Desk, minutes: Minutes, only: Collection[str] | None = None) -> Minutes:
    """Return minutes with the parts that the program owns renewed.

    Args:
        desk: The register, which has their templates.
        minutes: The minutes, and what is minuted as it is or will be.
        only: The parts to renew, where the others are to stay.

    Raises:
        NotRenewedError: Somebody has written inside a part, or the comments around the parts are damaged.
        InvalidError: A template is wrong.
        NotFoundError: There are none yet, or their template is gone.
    """
    text = minutes.text
    fresh: dict[str, str] = {}
    try:
        found = [each for each in owned.parts(text) if only is None or each.name in only]
        for name in sorted({each.template for each in found}):
            made = {each.name: each.body for each in owned.parts(_drafted(desk, minutes, name))}
            fresh |= {each.name: made[each.name] for each in found if each.template == name and each.name in made}
        return minutes._replace(content=owned.renewed(text, fresh).encode())
    except DamagedError as error:
        raise NotRenewedError(
            f"{minutes.at(error.line)} {error}; nothing is changed. Put the comment back as it was "
            "(git diff shows it), or delete both comments of that part to keep its text as your own."
        ) from None
    except WrittenInError as error:
        raise NotRenewedError(
            f"{minutes.at(*error.lines)} somebody has written inside what the program owns "
            f"({', '.join(error.names)}); nothing is changed. To keep what was written, delete the two comments "
            "around it, and it is yours; to have it renewed, delete what stands between them.",
            error.difference,
        ) from None


def remarks(minutes: Minutes) -> Iterator[str]:
    """Yield what somebody has to see to in minutes themselves: no parts, and headings that the agenda has otherwise."""
    text = minutes.text
    if "<!-- slavefree " not in text:
        yield f"{minutes.shown} has no part that the program owns; all of it is yours."
    yield from stale(minutes)
    yield from _without_heading(minutes)


def stale(minutes: Minutes) -> Iterator[str]:
    """Yield which headings in minutes are not as the meeting and its agenda are now."""
    text, meeting = minutes.text, minutes.meeting
    over = owned.owned_lines(text).every
    if not any(each.name == HEADING for each in owned.parts_or_none(text)):
        for line, said in heading.problems(outline.lines(text, over), meeting):
            yield f"{minutes.at(line)} {said}; put it right."
    numbers = {each.slug: each.number for each in minutes.edition.agenda}
    for each, slug in outline.items_under(outline.lines(text, over), minutes.edition.agenda).items():
        if outline.number_of(each) not in {0, numbers[slug]}:
            yield f"{minutes.shown}: “{each.text}” is item {numbers[slug]} now; change its heading."


def _without_heading(minutes: Minutes) -> Iterator[str]:
    lines = outline.lines(minutes.text, owned.owned_lines(minutes.text).every)
    found = outline.items_under(lines, minutes.edition.agenda)
    for each in minutes.edition.agenda if found else ():
        if each.slug not in found.values():
            yield f"{minutes.shown} has no heading for item {each.number}; add one: ## {each.number}. {each.title}"


def shown(desk: Desk, minutes: Minutes, template: str) -> str:
    """Return what a template makes of the records now, for a reader: without the comments, and written nowhere.

    Raises:
        NotFoundError: There is no such template.
        InvalidError: It is wrong, or something restricted would be shown.
    """
    text = owned.without_comments(_drafted(desk, minutes, template))
    if not minutes.part.restricted:
        withheld.refuse(desk, [(template, text)], "nothing is made of it")
    return text


def lines(desk: Desk, minutes: Minutes) -> set[str]:
    """Return the lines that the templates of minutes make of the records now.

    Raises:
        NotFoundError: There is no such template any more, or there are no minutes.
        InvalidError: It is wrong.
    """
    names = {each.template for each in owned.parts_or_none(minutes.text)}
    return {line for name in names for line in _drafted(desk, minutes, name).split("\n") if line}


def _drafted(desk: Desk, minutes: Minutes, template: str) -> str:
    standing: list[str] = []
    if minutes.content is not None:
        standing = codes.standing(minutes.text, owned.owned_lines(minutes.text).every)
    given = gathered(minutes.edition, desk.records, minuted(desk, restricted=minutes.part.restricted), standing)
    return drafted(templates.minutes(desk, template), given)
