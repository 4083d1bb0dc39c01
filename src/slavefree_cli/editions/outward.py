"""The gate through which everything goes that others than the coordinator will read.

No link for joining a meeting and no address but the coordinator's gets through it, in whatever field somebody typed
one. What makes a document for others gives it all that the document is made of, in one piece: a field that is added
later is then looked through as well.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from slavefree_cli.model import links
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.left_out import without_addresses
from slavefree_cli.model.meeting import Meeting

T = TypeVar("T")

_NOT_READ: Final = frozenset({"uid"})
"""What calendars alone compare, and looks like an address to everybody else."""


class Outward:
    """What leaves links and addresses out, as the records are.

    Args:
        records: The open records: every link for joining one of their meetings is private.
        meeting: The meeting that it is about, as it is now, where it is about one.
        invited: Whether every reader is invited to that, and has its link.
    """

    def __init__(self, records: Records, meeting: Meeting | None = None, *, invited: bool = False) -> None:
        self._coordinator = records.partnership.coordinator.email
        self._invited = invited
        own = meeting.link if meeting else None
        link = own if invited else None
        there = {each for each in (own, *(one.link for one in records.meetings.values())) if each}
        self._without_links: Callable[[str], str] = links.without(there, link)
        # They lead nowhere with anything left out.
        kept = (link, records.partnership.signposting.url) if invited else ()
        self._kept = [each for each in kept if each]

    def text(self, text: str) -> str:
        """Return text as others may read it."""
        return self._between(self._kept, text)

    def _between(self, kept: Sequence[str], text: str) -> str:
        """Return text as others may read it, but for what stays in it letter by letter."""
        if kept and kept[0] in text:
            return kept[0].join(self._between(kept[1:], part) for part in text.split(kept[0]))
        if len(kept) > 1:
            return self._between(kept[1:], text)
        return without_addresses(self.without_links(text), self._coordinator, encoded=not self._invited)

    def without_links(self, text: str) -> str:
        """Return text without private links alone, where addresses in it are seen to otherwise."""
        return self._without_links(text)

    def every(self, value: T) -> T:
        """Return a value with each text that is in it anywhere as others may read it."""
        return self._every(value)  # type: ignore[return-value]

    def _every(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, msgspec.Struct):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            return msgspec.structs.replace(value, **self._fields(fields))
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(**self._fields(dict(zip(value._fields, value, strict=True))))
        if isinstance(value, list | tuple):
            return type(value)(map(self._every, value))
        if isinstance(value, Mapping):
            return {key: self._every(each) for key, each in value.items()}
        return value

    def _fields(self, fields: dict[str, object]) -> dict[str, object]:
        return {name: each if name in _NOT_READ else self._every(each) for name, each in fields.items()}
