"""What minutes lack that are about to go out."""

from collections.abc import Iterator
from contextlib import suppress

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.minutes import owned, unfinished
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.minutes import reading
from slavefree_cli.work.minutes.drafting import renewed
from slavefree_cli.work.minutes.volume import Minutes


def remarks(desk: Desk, minutes: Minutes, *, as_they_are: bool = True) -> Iterator[str]:
    """Yield what is unfinished in minutes, with the command that helps; nothing of those that are approved.

    Args:
        desk: The register.
        minutes: The minutes.
        as_they_are: Whether they go out themselves, and not what a template makes of the records.

    Raises:
        InvalidError: They are no text.
    """
    if minutes.content is None or minutes.approval is not None:
        return
    text = minutes.text
    if lines := reading.uncollected(reading.reading(minutes, desk)):
        yield (
            f"{minutes.at(*lines)} an action or decision is no record yet. First: slavefree minutes collect "
            f"{minutes.argument}"
        )
    if not as_they_are:
        return
    if lines := unfinished.marked(text):
        yield f"{minutes.at(*lines)} git left its marks where two versions met; keep the lines that are right."
    if lines := unfinished.begun(text, owned.owned_lines(text).every):
        yield f"{minutes.at(*lines)} nothing follows “It was noted that”."
    # Parts that cannot be renewed are told by refresh and by check.
    with suppress(SlavefreeError):
        if renewed(desk, minutes).text != text:
            yield (
                f"{minutes.path} does not say what the records say now. First: slavefree minutes refresh "
                f"{minutes.argument}"
            )
