"""Minutes without what the program drafted in them of something that has become restricted since."""

from collections.abc import Collection
from typing import NamedTuple

from slavefree_cli.minutes import heading, outline, owned
from slavefree_cli.model.agenda import RESTRICTED_TITLE
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import drafting
from slavefree_cli.work.minutes.volume import Minutes


class Moment(NamedTuple):
    """The register with its open records, and the minutes of a meeting with what they are about, at one moment."""

    desk: Desk
    minutes: Minutes


def without(before: Moment, after: Moment, shows: Collection[int], titles: Collection[str]) -> str:
    """Return the text of minutes without lines as the program drafts them and would draft no more.

    What somebody wrote stays. The parts that the program owns are renewed by ``drafting.renewed``.

    Args:
        before: As it was.
        after: As it will be; the text is the same.
        shows: The numbers of the lines that show what is restricted.
        titles: What the items were called that become restricted, of which the heading stays, with another title.

    Raises:
        SlavefreeError: Their template is gone or wrong.
    """
    text = after.minutes.text
    own = owned.owned_lines(text).every
    drafted = drafting.lines(*before) - drafting.lines(*after)
    gone = {
        line.place
        for line in outline.lines(text, own)
        if line.text in drafted and not line.text.startswith("#")
        if line.place + 1 in shows or any(heading.is_of(each, title) for each in line.headings for title in titles)
    }
    kept = [line for index, line in enumerate(text.split("\n")) if index not in gone]
    return heading.retitled("\n".join(kept), titles, RESTRICTED_TITLE)
