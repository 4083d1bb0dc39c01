"""Who letters are from and to, how their subjects begin, and what must not stand in them."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from slavefree_cli.documents.blocks import Link, Span, changed, line, plain
from slavefree_cli.documents.text import rendered
from slavefree_cli.editions.outward import Outward
from slavefree_cli.errors import InvalidError
from slavefree_cli.mail.letter import Letter, Party
from slavefree_cli.model.invitees import Invitee
from slavefree_cli.model.kinds import Records
from slavefree_cli.model.left_out import ADDRESS
from slavefree_cli.model.meeting import Meeting
from slavefree_cli.model.member import Member
from slavefree_cli.model.partnership import Partnership
from slavefree_cli.model.person import Person
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records import withheld

_ENCODED = r"&#0{0,9}64;?|&#x0{0,9}40;?|&commat;?|%40"
_AT = re.compile(_ENCODED, re.IGNORECASE)


class Round(NamedTuple):
    """What there is to be sent: one letter a person."""

    letters: list[Letter]
    without_address: list[Invitee]
    what: str = ""
    """What each of them is, where all are the same."""
    remarks: tuple[str, ...] = ()
    """What is unfinished in them."""
    others: frozenset[str] = frozenset()
    """The ids of those besides whose drafts of an earlier round still hold."""


def sender_of(partnership: Partnership) -> Party:
    """Return who letters are from.

    Raises:
        InvalidError: The partnership has no coordinator's address.
    """
    if partnership.coordinator.email is None:
        raise InvalidError(
            "Messages come from the coordinator's address, and partnership.toml has none. "
            "Set it with: slavefree partnership edit --email ADDRESS"
        )
    return Party(partnership.coordinator.name or partnership.name, partnership.coordinator.email)


def round_of(
    records: Records,
    people: Iterable[Invitee],
    written: Callable[[Invitee, Party], Letter],
    invited: Meeting | None = None,
) -> Round:
    """Return a letter to each of some people, those who have no address left out.

    No address stands in it but the reader's own and the coordinator's, and no link for joining a meeting but that of
    the one they are invited to; every other link stays. The protective marking, where the partnership sets one, begins
    the subject.

    Args:
        records: The open records.
        people: Who they are.
        written: Writes to somebody, at their address.
        invited: The meeting that the letters invite to.

    Raises:
        InvalidError: The partnership has no coordinator's address.
    """
    sender_of(records.partnership)
    found, outward = Round([], []), Outward(records, invited, invited=invited is not None)
    for each in people:
        if each.email is None:
            found.without_address.append(each)
        else:
            found.letters.append(_cleaned(written(each, Party(each.name, each.email)), records, outward))
    return found


def refuse_shown(desk: Desk, letters: Iterable[Letter]) -> None:
    """Refuse to write letters that show what is restricted, each looked at as it would go out.

    Raises:
        InvalidError: One does; the message says whose and where it comes from.
    """
    contents: list[tuple[str, str | bytes]] = []
    for each in letters:
        contents.append((f"The message to {each.to.name}", f"{each.subject}\n{rendered(each.body)}"))
        if each.calendar is not None:
            contents.append((f"{each.name or each.id}.ics", each.calendar))
    withheld.refuse(desk, contents)


def _cleaned(letter: Letter, records: Records, outward: Outward) -> Letter:
    """Return a letter without other people's addresses: however one is written in Markdown or in a link, it is one."""
    own = (records.partnership.coordinator.email or "").casefold()
    parties: list[Person | Member] = [*records.people.values(), *records.members.values()]
    known = {address.casefold() for each in parties for address in each.addresses} - {own, letter.to.address.casefold()}

    def cleaned(span: Span) -> Span:
        if not isinstance(span, Link):
            return outward.text(_AT.sub("@", span))
        # A sign in a link need not be that of an address, and without it the link leads nowhere.
        url, signs = span.url, _AT.sub("@", span.url).casefold()
        for address in known:
            if address in signs:
                written = re.escape(address).replace("@", f"(?:@|{_ENCODED})")
                url = re.sub(written, ADDRESS, url, flags=re.IGNORECASE)
        return Link(outward.without_links(url))

    def one(text: str) -> str:
        return plain(map(cleaned, line(text)))

    marking = records.partnership.marking
    return letter._replace(
        to=Party(one(letter.to.name), letter.to.address),
        subject=one(f"{marking}: {letter.subject}" if marking else letter.subject),
        body=tuple(changed(block, cleaned) for block in letter.body),
    )
