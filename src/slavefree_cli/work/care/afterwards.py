"""What becomes restricted afterwards: what still shows it, of that what is ours made anew, and the rest told."""

import os
from collections.abc import Iterable, Iterator

from slavefree_cli.errors import SlavefreeError
from slavefree_cli.model import shown
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, RestrictedAgenda, RestrictedItem, hidden_between
from slavefree_cli.model.dates import short
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.kinds import Records, RestrictedRecords
from slavefree_cli.model.shown import Passages
from slavefree_cli.model.text import counted, several
from slavefree_cli.model.trees import Trees
from slavefree_cli.register import files, places
from slavefree_cli.register.desk import Desk
from slavefree_cli.register.door import Change
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.invite import feed, issuing
from slavefree_cli.work.minutes import drafting, volume, withdrawn
from slavefree_cli.work.minutes.volume import Minutes
from slavefree_cli.work.minutes.withdrawn import Moment
from slavefree_cli.work.post import outbox
from slavefree_cli.work.records import withheld

_TOLD = 20
"""How many places, and how many people, are told one by one."""


class Restricting:
    """What becomes restricted in one change, if anything does.

    ``renew`` puts into the change what is ours and shows it; ``tell`` says, once that is saved, what else does.

    Args:
        desk: The register.
    """

    def __init__(self, desk: WholeDesk) -> None:
        self._desk = desk
        self._actions: dict[str, Action] = {}
        self._decisions: dict[str, Decision] = {}
        self._items: dict[str, dict[str, tuple[str, str]]] = {}
        """By the meeting and the slug that each has now: the slug and the title that it had."""
        self._held: Passages | None = None
        self._every: Passages | None = None
        """The same, with what open things of other meetings are called too."""
        self._showed: set[str] = set()
        """The meetings whose minutes showed it."""
        self._told: list[str] = []

    def renew(self, change: Change) -> None:
        """Put into a change what is made from records and shows what becomes restricted in it, made anew."""
        after = change.after()
        self._find(after)
        if not (self._actions or self._decisions or self._items):
            return
        self._held = shown.passages(after.open, self._before)
        self._every = shown.passages(Records.holding(), self._before)
        public = Desk(self._desk.root, commits=False)
        public.records = after.open
        for id, meeting in self._desk.records.meetings.items():
            try:
                minutes = volume.read(public, id)
                minutes = minutes._replace(content=change.content(minutes.path) or minutes.content)
                if minutes.content is None or not self._shows(minutes):
                    continue
                self._showed.add(id)
                if meeting.minutes is None:
                    change.write(minutes.path, self._renewed(public, minutes).text.encode())
            except SlavefreeError as error:
                self._told.append(f"{places.minutes(id)} is not renewed: {error}")
        if self._items:
            made = {places.invitation(id): id for id in self._items}
            for path in filter(self._is_there, (*made, places.FEED)):
                try:
                    of = after.open.meetings.get(made.get(path, ""))
                    change.write(path, issuing.made_again(public, of) if of else feed.made(public))
                except SlavefreeError as error:
                    self._told.append(f"{path} is not made again: {error}")

    def tell(self) -> None:
        """Say what became restricted, take away the drafts that show it, and say what still shows it and who has it."""
        if self._held is None:
            return
        warn = self._desk.warn
        names = self._names()
        is_one = len(names) == 1
        warn(
            f"{several(names, _TOLD)} {'is' if is_one else 'are'} restricted from now on; what "
            f"{'it' if is_one else 'they'} said before stays in git's history."
        )
        if gone := sorted(self._drafts_taken_away()):
            warn(
                f"Took {counted(len(gone), 'draft')} out of the outbox, which showed it: {several(gone, _TOLD)}. "
                "To have them without it, give the command again that wrote them."
            )
        for each in self._told:
            warn(each)
        there = [
            places.shown(path, line, self._desk.root)
            for path, (line, _) in withheld.in_open_files(self._desk, self._held)
        ]
        if there:
            warn(
                f"Still shown in {several(list(dict.fromkeys(there)), _TOLD)}. Take it out; until then nothing goes "
                "out that would carry it."
            )
        if had := list(self._had_by()):
            warn(f"It went out already, and cannot be called back: {several(had, _TOLD, '; ')}.")

    @property
    def _before(self) -> RestrictedRecords:
        """What becomes restricted, as it was while it was open."""
        agendas = {
            id: RestrictedAgenda(
                id=id, items={slug: RestrictedItem(title=title, reason="-") for slug, (_, title) in items.items()}
            )
            for id, items in self._items.items()
        }
        return RestrictedRecords.holding(agendas=agendas, actions=self._actions, decisions=self._decisions)

    def _find(self, after: Trees) -> None:
        before = self._desk.records
        self._actions = {id: before.actions[id] for id in before.actions.keys() & after.restricted.actions.keys()}
        self._decisions = {
            id: before.decisions[id] for id in before.decisions.keys() & after.restricted.decisions.keys()
        }
        for id, agenda in before.agendas.items():
            now = after.open.agendas.get(id)
            if now is not None and now != agenda and (hidden := _hidden(agenda, now)):
                self._items[id] = {new: (old, agenda.items[old].title or "") for old, new in hidden.items()}

    def _shows(self, minutes: Minutes) -> bool:
        text = minutes.text.upper()
        named = minutes.meeting.id in self._items or any(
            id.upper() in text for id in (*self._actions, *self._decisions)
        )
        return named or bool(withheld.found(self._held, minutes.path, minutes.text.encode()))

    def _renewed(self, public: Desk, minutes: Minutes) -> Minutes:
        """Return minutes with what the program wrote of it renewed: lines that it drafted, and its own parts."""
        id = minutes.meeting.id
        titles = [title for _, title in self._items.get(id, {}).values()]
        shows = {line for line, _ in withheld.found(self._held, minutes.path, minutes.text.encode())}
        if titles or shows:
            desk = Desk(self._desk.root, commits=False)
            before = Moment(desk, volume.read(desk, id)._replace(content=minutes.content))
            text = withdrawn.without(before, Moment(public, minutes), shows, titles)
            minutes = minutes._replace(content=text.encode())
        try:
            return drafting.renewed(public, minutes)
        except SlavefreeError as error:
            self._told.append(f"What the program owns in {minutes.shown} is not renewed. {error}")
            return minutes

    def _is_there(self, path: str) -> bool:
        return os.path.lexists(self._desk.path(path))

    def _names(self) -> list[str]:
        items = [f"Item {slug}" for items in self._items.values() for slug in items]
        actions = [f"Action {id.upper()}" for id in self._actions]
        return [*items, *actions, *(f"Decision {id.upper()}" for id in self._decisions)]

    def _drafts_taken_away(self) -> Iterator[str]:
        for name in outbox.every_draft(self._desk):
            try:
                content = files.read(self._desk.root, places.OUTBOX + name, most=withheld.MOST_BYTES)
                is_of = any(id in name for id in (*self._items, *self._showed))
                if withheld.found(self._every if is_of else self._held, name, content):
                    os.unlink(files.straight(self._desk.root, places.OUTBOX + name))
                    yield name
            except (FileNotFoundError, files.UnreadableError):
                continue

    def _had_by(self) -> Iterator[str]:
        """Yield what went out that told of it, and to whom."""
        records = self._desk.records
        for issue in sorted(records.issues.values(), key=lambda each: each.stamp):
            if issue.to and self._items.get(issue.of, {}).keys() & issue.items.keys():
                yield f"the invitation of {short(issue.stamp.date())} ({self._people(issue.to)})"
        owners = {id for each in self._actions.values() for id in (each.owner, *each.with_)}
        since = min((each.raised for each in self._actions.values()), default=None)
        for sending in sorted(records.sendings.values(), key=lambda each: each.at):
            day = sending.at.date()
            if sending.meeting in self._showed:
                to: Iterable[str] = sending.to
            elif sending.meeting is None and since is not None and since <= day:
                to = [id for id in sending.to if self._is_written_for(id, owners, records)]
            else:
                to = ()
            if to:
                yield f"{sending.what} of {short(day)} ({self._people(to)})"

    def _is_written_for(self, id: str, owners: set[str], records: Records) -> bool:
        person = records.people.get(id)
        return id in owners or bool(person and owners.intersection(person.represents))

    def _people(self, ids: Iterable[str]) -> str:
        return several([self._desk.records.name(id) for id in ids], _TOLD)


def _hidden(before: Agenda, after: Agenda) -> dict[str, str]:
    """Return the items that become restricted: the slug of each by the one it had; one opened before has kept its."""
    kept = {
        slug: slug
        for slug, item in before.items.items()
        if not item.restricted and slug in after.items and after.items[slug].restricted
    }
    return kept | hidden_between(before, after)
