"""The minutes of one meeting as they stand: read once, inside the lock."""

import os
from collections.abc import Callable
from typing import Final, NamedTuple

from slavefree_cli.editions import public
from slavefree_cli.editions.edition import Edition
from slavefree_cli.errors import InvalidError, NotFoundError
from slavefree_cli.minutes.approved import with_corrections
from slavefree_cli.model.dates import short
from slavefree_cli.model.meeting import Approval, Meeting
from slavefree_cli.register import files, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.parse import EMPTIED_SAID


class Part(NamedTuple):
    """What the two parts of minutes are called, and how they are asked for."""

    noun: str
    template: str
    """The name of the template that ships for it."""
    restricted: bool = False
    option: str = ""
    """What the commands for it take besides."""


ONE: Final = Part("minutes", "formal")
TWO: Final = Part("restricted minutes", "part-two", restricted=True, option=" --restricted")


class Minutes(NamedTuple):
    """The minutes of one meeting: Part One, which anyone may read, or Part Two."""

    part: Part
    edition: Edition
    """What is minuted."""
    root: str
    """The folder of the register."""
    path: str
    """Where they are, relative to the register."""
    content: bytes | None
    """What the file holds; None where there is none yet."""

    @property
    def meeting(self) -> Meeting:
        """The meeting."""
        return self.edition.meeting

    @property
    def named(self) -> str:
        """What people are told that they are."""
        return f"{self.part.noun} of {self.meeting.dated}"

    @property
    def argument(self) -> str:
        """What a command for them is given."""
        return self.meeting.id + self.part.option

    @property
    def approval(self) -> Approval | None:
        """That they were approved, if they were."""
        return self.edition.kept.minutes

    @property
    def text(self) -> str:
        """What they say, with the line ends and the byte-order mark that they have.

        Raises:
            NotFoundError: There are none yet.
            InvalidError: They are no text.
        """
        if self.content is None:
            raise NotFoundError(
                f"There are no {self.part.noun} of {self.meeting.dated} yet. "
                f"Draft them with: slavefree minutes draft {self.argument}"
            )
        try:
            return files.text_of(self.content)
        except files.NotTextError as error:
            raise InvalidError(f"{self.at(error.line)} {error.sentence}") from None

    def said(self, timezone: str) -> str:
        """Return what they say, with what was corrected since they were approved and which decisions were withdrawn.

        Args:
            timezone: The partnership's.

        Raises:
            NotFoundError: There are none yet.
            InvalidError: They are no text.
        """
        text, approval = self.text, self.approval
        since = [
            each
            for each in self.edition.decisions.values()
            if approval and each.meeting == self.meeting.id and each.withdrawn
            if not any(each.id.upper() in line and "(withdrawn on " in line for line in text.split("\n"))
        ]
        return with_corrections(text, self.edition.kept.corrections, timezone, since)

    @property
    def shown(self) -> str:
        """Their file, as people are told of it."""
        return places.shown(self.path, None, self.root)

    def at(self, first: int, *more: int) -> str:
        """Return their file with some lines of it, as it stands before what people are told of them."""
        besides = f" lines {', '.join(map(str, (first, *more)))}:" if more else ""
        return f"{places.shown(self.path, first, self.root)}:{besides}"

    def refuse_approved(self, what: str) -> None:
        """Refuse to change approved minutes.

        Raises:
            InvalidError: They are approved; the message says what to do instead.
        """
        if self.approval is not None:
            raise InvalidError(
                f"The {self.named} were approved on {short(self.approval.approved)} and are not {what}; "
                f"add a correction with: slavefree minutes correct {self.argument} TEXT"
            )


Read = Callable[[], Minutes]
"""Reads the minutes that a command is about, as they are now."""


def read(desk: Desk, meeting: str) -> Minutes:
    """Return Part One of the minutes of a meeting, named by its id, from the open records alone.

    Raises:
        InvalidError: The file cannot be read.
    """
    return read_part(desk, ONE, public.edition(desk.records.meetings[meeting], desk.records))


def read_part(desk: Desk, part: Part, edition: Edition) -> Minutes:
    """Return one part of the minutes of a meeting, with what is minuted in it.

    Raises:
        InvalidError: The file cannot be read.
    """
    path = places.minutes(edition.meeting.id, restricted=part.restricted)
    try:
        content = files.read(desk.root, path, linked=True)
        if files.is_emptied(content):
            raise files.UnreadableError(EMPTIED_SAID.removesuffix("."))
        return Minutes(part, edition, desk.root, path, content)
    except FileNotFoundError:
        return Minutes(part, edition, desk.root, path, None)
    except files.UnreadableError as error:
        raise InvalidError(f"{places.shown(path, None, desk.root)} {error}.") from None


def minuted(desk: Desk, *, restricted: bool = False) -> set[str]:
    """Return the ids of the meetings that have minutes, or minutes of Part Two."""
    return {id for id in desk.records.meetings if os.path.lexists(desk.path(places.minutes(id, restricted=restricted)))}
