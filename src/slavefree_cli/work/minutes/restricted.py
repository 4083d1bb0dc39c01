"""Part Two: the minutes of what was taken in private, for the coordinator's own eyes.

Nothing that makes files for the public imports this module (a contract of import-linter).
"""

from slavefree_cli.editions import full
from slavefree_cli.errors import InvalidError
from slavefree_cli.model.carry_over import matters_arising
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.minutes.volume import TWO, Minutes, read_part


def read(desk: WholeDesk, meeting: str) -> Minutes:
    """Return the minutes of a meeting's restricted items, and of the restricted actions that come back to it.

    Raises:
        InvalidError: It has neither, or they are not in this clone; or the file cannot be read.
    """
    of, agenda = desk.records.meetings[meeting], desk.restricted.agendas.get(meeting)
    found = read_part(desk, TWO, full.part_two(of, desk.records, desk.restricted))
    arising = matters_arising(found.edition.actions.values(), of, desk.records.meetings)
    if found.content is None and not arising and not (agenda and agenda.items):
        raise InvalidError(
            f"{of.dated} has no restricted items in this clone, and none comes back to it. "
            f"Add one with: slavefree agenda add {meeting} TITLE --restricted REASON"
        )
    return found
