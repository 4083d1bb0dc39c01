"""Minutes without what the program drafted in them of something that has become restricted since."""

from collections.abc import Collection

from slavefree_cli.minutes import heading, outline, owned
from slavefree_cli.model.agenda import RESTRICTED_TITLE
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import drafting, volume


def without(before: Desk, after: Desk, meeting: str, shows: Collection[int], titles: Collection[str]) -> str:
    """Return the open minutes of a meeting without lines as the program drafts them and would draft no more.

    What somebody wrote stays. The parts that the program owns are renewed by ``drafting.renewed``.

    Args:
        before: The register, with its open records as they were.
        after: The same, with them as they will be.
        meeting: The id of the meeting.
        shows: The numbers of the lines that show what is restricted.
        titles: What the items were called that become restricted, of which the heading stays, with another title.

    Raises:
        SlavefreeError: The minutes cannot be read, or their template is gone or wrong.
    """
    was, now = volume.read(before, meeting), volume.read(after, meeting)
    text, own = was.text, owned.owned_lines(was.text).every
    drafted = drafting.lines(before, was) - drafting.lines(after, now)
    gone = {
        line.place
        for line in outline.lines(text, own)
        if line.text in drafted and not line.text.startswith("#")
        if line.place + 1 in shows or any(heading.is_of(each, title) for each in line.headings for title in titles)
    }
    kept = [line for index, line in enumerate(text.split("\n")) if index not in gone]
    return heading.retitled("\n".join(kept), titles, RESTRICTED_TITLE)
