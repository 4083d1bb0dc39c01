"""Minutes drafted from the open records."""

import os
from datetime import date

from slavefree_cli.errors import ConflictError, InvalidError
from slavefree_cli.minutes.draft import draft as drafted
from slavefree_cli.model.dates import short
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.register import files
from slavefree_cli.register.store import Register
from slavefree_cli.templates import minutes as template

TEMPLATE = "formal"


def draft(register: Register, meeting: Meeting, today: date) -> tuple[str, bool]:
    """Write a meeting's ``minutes.md`` and return its path and whether it is new.

    Raises:
        ConflictError: It is there, and somebody has written in it.
        InvalidError: The meeting was cancelled.
    """
    path = f"{meeting.id}/minutes.md"
    with register.change() as change:
        records = register.records()
        meeting = records.meetings[meeting.id]
        if meeting.status == "cancelled":
            raise InvalidError(f"{meeting.title} on {short(meeting.date)} was cancelled; there is nothing to minute.")
        text = drafted(meeting, records, template(TEMPLATE), today).encode()
        try:
            present = files.read(register.root, path, linked=True)
        except FileNotFoundError:
            present = None
        except files.UnreadableError as error:
            raise InvalidError(f"{path} {error}.") from None
        if present is not None and present.replace(b"\r\n", b"\n") != text:
            raise ConflictError(
                f"{os.path.join(register.root, path)} is there and has been written in, or the records have changed "
                "since; it is left as it is. To draft anew, move it away first."
            )
        if present is None:
            change.write(path, text)
        change.message = f"Draft the minutes of {meeting.title} on {short(meeting.date)}"
    return path, present is None


def drafted_already(register: Register, meeting: Meeting) -> bool:
    """Tell whether a meeting has minutes."""
    return os.path.lexists(os.path.join(register.root, meeting.id, "minutes.md"))
