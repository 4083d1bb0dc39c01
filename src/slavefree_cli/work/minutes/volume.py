"""The minutes of one meeting: which file they are, what is minuted in them, and whether they are approved."""

import os
from collections.abc import Callable, Mapping
from typing import ClassVar

from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.minutes.gathered import Business, gathered
from slavefree_cli.minutes.variables import Variables
from slavefree_cli.model.agenda import Agenda, Numbered, running_order
from slavefree_cli.model.dates import short
from slavefree_cli.model.meeting import Approval, Correction, Meeting
from slavefree_cli.model.record import changed
from slavefree_cli.register import files
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change


def open_path(meeting: str) -> str:
    """Return where the open minutes of a meeting are, relative to the register."""
    return f"{meeting}/minutes.md"


class Minutes:
    """Part One: the minutes that anyone may read, made from the open records alone.

    Everything is read when it is asked for, so that it is as the register is inside the lock.

    Args:
        desk: The register.
        meeting: The id of the meeting.
    """

    NOUN: ClassVar = "minutes"
    TEMPLATE: ClassVar = "formal"
    RESTRICTED: ClassVar = False
    OPTION: ClassVar = ""
    """What the commands for them take besides."""

    def __init__(self, desk: Desk, meeting: str) -> None:
        self.desk = desk
        self.id = meeting

    @property
    def path(self) -> str:
        """Where they are, relative to the register."""
        return self._path(self.id)

    @property
    def meeting(self) -> Meeting:
        """The meeting."""
        return self.desk.records.meetings[self.id]

    @property
    def named(self) -> str:
        """What people are told that they are."""
        return f"the {self.NOUN} of {self.meeting.title} on {short(self.meeting.date)}"

    @property
    def approval(self) -> Approval | None:
        """That they were approved, if they were."""
        return self.meeting.minutes

    @property
    def corrections(self) -> Mapping[str, Correction]:
        """The addenda by their codes."""
        return self.meeting.corrections

    @property
    def content(self) -> bytes | None:
        """The bytes of the file; None where there is none yet.

        Raises:
            InvalidError: It cannot be read.
        """
        try:
            return files.read(self.desk.root, self.path, linked=True)
        except FileNotFoundError:
            return None
        except files.UnreadableError as error:
            raise InvalidError(f"{self.path} {error}.") from None

    @property
    def text(self) -> str:
        """What they say, with the line ends and the byte-order mark that they have.

        Raises:
            NotFoundError: There are none yet.
            InvalidError: The file cannot be read.
        """
        content = self.content
        if content is None:
            raise NotFoundError(
                f"There are no {self.NOUN} of {self.meeting.title} yet. "
                f"Draft them with: slavefree minutes draft {self.id}{self.OPTION}"
            )
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise InvalidError(f"{self.path}, line {line}: is not UTF-8 text; save it again as UTF-8.") from None

    @property
    def business(self) -> Business:
        """What is minuted."""
        records = self.desk.records
        return Business(records.actions, records.decisions, self.approval)

    @property
    def agenda(self) -> list[tuple[int, str, str]]:
        """The number, slug and title of each item that has a heading in them."""
        return [(each.number, each.slug, each.item.public_title) for each in self._order]

    @property
    def elsewhere(self) -> set[str]:
        """The slugs of the items that are minuted elsewhere, and have no more than a heading here."""
        return {each.slug for each in self._order if each.item.restricted}

    def variables(self, business: Business | None = None) -> Variables:
        """Return what their template is given, from the records or from what they will be."""
        return gathered(self.meeting, self.desk.records, business or self.business, minuted(self.desk, self._path))

    def save_approval(self, change: Change, approval: Approval) -> None:
        """Save that they were approved."""
        change.save(changed(self.meeting, minutes=approval), self.meeting)

    def save_correction(self, change: Change, code: str, correction: Correction) -> None:
        """Save an addendum."""
        before = self.meeting
        change.save(changed(before, corrections={**before.corrections, code: correction}), before)

    def _path(self, meeting: str) -> str:
        return open_path(meeting)

    @property
    def _order(self) -> list[Numbered]:
        agenda = self.desk.records.agendas.get(self.id) or Agenda(id=self.id)
        return running_order(agenda.items, self.meeting.start)


def minuted(desk: Desk, path_of: Callable[[str], str] = open_path) -> set[str]:
    """Return the ids of the meetings that have minutes."""
    meetings = desk.records.meetings
    return {id for id in meetings if os.path.lexists(desk.path(path_of(id)))}


def refuse_approved(minutes: Minutes, what: str) -> None:
    """Refuse to change approved minutes.

    Raises:
        InvalidError: They are approved; the message says what to do instead.
    """
    if minutes.approval is not None:
        raise InvalidError(
            f"{minutes.named[:1].upper()}{minutes.named[1:]} were approved on {short(minutes.approval.approved)} and "
            f"are not {what}; add a correction with: slavefree minutes correct {minutes.id}{minutes.OPTION} TEXT"
        )
