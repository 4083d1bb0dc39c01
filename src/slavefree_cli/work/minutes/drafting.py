"""Minutes drafted from the records, and the parts of them that the program owns renewed."""

from collections.abc import Callable
from typing import Final, NoReturn

from slavefree_cli.errors import ConflictError, InvalidError, UsageError
from slavefree_cli.minutes import draft as drafting
from slavefree_cli.minutes import outline, owned
from slavefree_cli.minutes.gathered import Business
from slavefree_cli.minutes.owned import DamagedError, WrittenInError
from slavefree_cli.minutes.render import Template
from slavefree_cli.model.dates import short
from slavefree_cli.register import door
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes.volume import Minutes, refuse_approved
from slavefree_cli.work.records import templates

PART_TWO: Final = "part-two"
"""The template that ships for Part Two; what it makes says that it is not for publication."""


class NotRenewedError(ConflictError):
    """Parts of minutes cannot be renewed without loss; carries the difference that it would make."""

    def __init__(self, message: str, difference: str = "") -> None:
        super().__init__(message)
        self.difference = difference


def draft(minutes: Minutes, template: str | None) -> bool:
    """Write a meeting's minutes, to be written in, and return whether they are new.

    Args:
        minutes: Which.
        template: The name of a template; None for the one that ships.

    Raises:
        ConflictError: They are there, and are not what would be drafted now.
        InvalidError: The meeting was cancelled, or the template is wrong.
        UsageError: The template is that of Part Two, and these are not.
    """
    desk = minutes.desk
    if template == PART_TWO and not minutes.RESTRICTED:
        raise UsageError(f"The template {PART_TWO} is for what was taken in private; give --restricted with it.")
    with door.opened(desk) as opened:
        meeting = minutes.meeting
        if meeting.status == "cancelled":
            raise InvalidError(f"{meeting.title} on {short(meeting.date)} was cancelled; there is nothing to minute.")
        present = minutes.content
        if present is None:
            refuse_approved(minutes, "drafted anew")
        text = drafting.draft(templates.minutes(desk, template or minutes.TEMPLATE), minutes.variables()).encode()
        if present is not None and present.replace(b"\r\n", b"\n") != text:
            raise ConflictError(
                f"{desk.path(minutes.path)} is there and has been written in, or the records have "
                f"changed since; it is left as it is. Renew what stands in it with: slavefree minutes refresh "
                f"{minutes.id}{minutes.OPTION}; or, to draft anew, move it away first."
            )
        if present is None:
            with opened.change(f"Draft {minutes.named}") as change:
                change.write(minutes.path, text)
    return present is None


def refresh(minutes: Minutes) -> bool:
    """Renew the parts of minutes that the program owns and return whether anything changed.

    Raises:
        NotRenewedError: Somebody has written inside a part, or the comments around the parts are damaged.
        InvalidError: They are approved, or a template is wrong.
        NotFoundError: There are none yet, or their template is gone.
    """
    with door.change(minutes.desk, f"Renew {minutes.named}") as change:
        refuse_approved(minutes, "renewed")
        before = minutes.text
        after = renewed(minutes, before)
        if "<!-- slavefree " not in before:
            minutes.desk.warn(f"{minutes.path} has no part that the program owns; all of it is yours.")
        _warn_headings(minutes, after)
        change.write(minutes.path, after.encode())
    return after != before


def _warn_headings(minutes: Minutes, text: str) -> None:
    """Say which items of the agenda have no heading or one with another number; headings are the author's to change."""
    lines = outline.lines(text, owned.owned_lines(text).every)
    headings = list(dict.fromkeys(heading for line in lines for heading in line.headings))
    found = outline.items_under(headings, minutes.agenda, minutes.elsewhere)
    numbers = {slug: number for number, slug, _ in minutes.agenda}
    for heading, slug in found.items():
        if outline.number_of(heading) not in {0, numbers[slug]}:
            minutes.desk.warn(f"{minutes.path}: “{heading.text}” is item {numbers[slug]} now; change its heading.")
    for number, slug, title in minutes.agenda if found else ():
        if slug not in found.values():
            minutes.desk.warn(f"{minutes.path} has no heading for item {number}; add one: ## {number}. {title}")


def shown(minutes: Minutes, template: str) -> str:
    """Return what a template makes of the records now, for a reader: without the comments, and written nowhere.

    Raises:
        NotFoundError: There is no such template.
        InvalidError: It is wrong.
    """
    found = templates.minutes(minutes.desk, template)
    return owned.without_comments(drafting.draft(found, minutes.variables()))


def read_without_comments(text: str) -> str:
    """Return minutes without the comments around their parts; as they are, where those are damaged."""
    try:
        return owned.without_comments(text)
    except DamagedError:
        return text


def renewed(minutes: Minutes, text: str, business: Business | None = None, only: str | None = None) -> str:
    """Return minutes with the parts that the program owns renewed.

    Args:
        minutes: Which.
        text: What they say.
        business: What is minuted, where the records will be other than they are.
        only: The one part to renew, where the others are to stay.

    Raises:
        NotRenewedError: Somebody has written inside a part, or the comments around the parts are damaged.
    """
    try:
        return drafting.refreshed(text, minutes.variables(business), _finder(minutes.desk), only)
    except DamagedError as error:
        raise NotRenewedError(
            f"{minutes.path}, line {error.line}: {error.message}; nothing is changed. Put the comment back as it was "
            "(git diff shows it), or delete both comments of that part to keep its text as your own."
        ) from None
    except WrittenInError as error:
        _say_written_in(minutes, error)


def _say_written_in(minutes: Minutes, error: WrittenInError) -> NoReturn:
    lines = ", ".join(map(str, error.lines))
    raise NotRenewedError(
        f"{minutes.path}, line{'' if len(error.lines) == 1 else 's'} {lines}: somebody has written inside what the "
        f"program owns ({', '.join(error.names)}); nothing is changed. To keep what was written, delete the two "
        "comments around it, and it is yours; to have it renewed, delete what stands between them.",
        error.difference,
    ) from None


def _finder(desk: Desk) -> Callable[[str], Template]:
    return lambda name: templates.minutes(desk, name)
