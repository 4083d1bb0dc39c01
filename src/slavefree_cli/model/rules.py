"""The rules between records: who is named must exist, and what hangs on a restricted item is restricted."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from slavefree_cli.model import looks, names, presence
from slavefree_cli.model.action import Action
from slavefree_cli.model.agenda import Agenda, ordered
from slavefree_cli.model.checks import AnyCheck, Checks, Severity
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.kinds import Records, RestrictedRecords, every_kind, kind_of
from slavefree_cli.model.member import Member
from slavefree_cli.model.mentions import codes_in
from slavefree_cli.model.names import is_code, slug_problem
from slavefree_cli.model.person import Person, told_apart
from slavefree_cli.model.presence import Places
from slavefree_cli.model.record import Record
from slavefree_cli.model.sequence import contradictions
from slavefree_cli.model.trees import Trees

Broken = tuple[Record, str, str]
"""A record that breaks a rule: the key that does, and how."""


RULES: Final = Checks[Trees, Broken]()


class Finding(NamedTuple):
    """What breaks a rule, in which record."""

    check: AnyCheck
    record: Record
    key: str
    message: str


def findings(records: Records, restricted: RestrictedRecords, severity: Severity | None = None) -> Iterator[Finding]:
    """Yield everything in which the records do not fit together, or what of it has one severity."""
    trees = Trees(records, restricted)
    return (Finding(rule, *broken) for rule in RULES.sought(severity) for broken in rule.found(trees))


@RULES.error(
    "shared-slug", "Members and people share one set of ids, since either can own an action. Rename one of the files."
)
def _shared_slug(trees: Trees) -> Iterator[Broken]:
    for id, person in trees.open.people.items():
        if id in trees.open.members:
            yield person, "", f"has the slug of a member ({id}); rename one of the two files"


@RULES.error(
    "duplicate-name",
    "Two records of one kind with one name cannot be told apart by name, however it is written. Change one of the "
    "names, or remove the one that is there by mistake; two people of one name have other addresses or other members.",
)
def _duplicate_name(trees: Trees) -> Iterator[Broken]:
    for kind in Records.kinds():
        seen: dict[str, list[Record]] = {}
        for record in trees.open.all(kind).values() if kind.called == "name" else ():
            same = seen.setdefault(names.key(kind.name(record)), [])
            for first in same:
                if not (isinstance(record, Person) and isinstance(first, Person) and told_apart(record, first)):
                    yield record, "name", f"is also the name of {first.id}"
            same.append(record)


@RULES.error(
    "duplicate-alias",
    "What somebody is called besides is to name one member or person only. Take it off one of the two.",
)
def _duplicate_alias(trees: Trees) -> Iterator[Broken]:
    parties: list[Member | Person] = [*trees.open.members.values(), *trees.open.people.values()]
    called: dict[str, str] = {}
    for party in parties:
        called[party.id] = called[names.key(party.name)] = party.id
    for party in parties:
        for alias in party.aka:
            first = called.setdefault(names.key(alias), party.id)
            if first != party.id:
                yield party, "aka", f"has {alias!r}, by which {first} is called"


@RULES.error(
    "no-meeting", "The file belongs to a meeting that is not there. Bring the meeting back, or remove the file."
)
def _no_meeting(trees: Trees) -> Iterator[Broken]:
    for record, mention in trees.missing:
        if mention.key == "id":
            kinds = (kind for kind in every_kind() if kind.is_named and kind.noun in mention.ref.nouns)
            yield record, "", f"stands without {next(kinds).place.format(id=mention.id)}"


@RULES.error(
    "unknown-reference", "The record names another that is not there. Correct the name, or bring the other back."
)
def _unknown_reference(trees: Trees) -> Iterator[Broken]:
    for record, mention in trees.missing:
        if mention.key != "id":
            key = "" if mention.key in record.PLACED else mention.key
            yield record, key, f"names {mention.id!r}, and there is no such {mention.ref}"


@RULES.error(
    "unknown-item",
    "The record names an item that is not on the agenda of its meeting. Put the item back, or change the record.",
)
def _unknown_item(trees: Trees) -> Iterator[Broken]:
    for record, mention, agenda in trees.items:
        if mention.id not in agenda.items:
            yield record, mention.key, f"names {mention.id!r}, which is not on the agenda of {agenda.id}"


@RULES.error(
    "open-on-restricted", "What hangs on a restricted item is restricted as well, and must not lie in the open tree."
)
def _open_on_restricted(trees: Trees) -> Iterator[Broken]:
    for record, mention, agenda in trees.items:
        item = agenda.items.get(mention.id)
        if item and item.restricted and isinstance(record, Action | Decision) and not record.restricted:
            yield record, mention.key, f"names the restricted item {mention.id}; move it to restricted/"


@RULES.error(
    "skipped-time", "The clocks go forward over this time, so that it does not exist on that day. Choose another."
)
def _skipped_time(trees: Trees) -> Iterator[Broken]:
    for meeting in trees.open.meetings.values():
        for key, message in meeting.clock_problems(trees.open.partnership.timezone):
            yield meeting, key, message


@RULES.error("approved-early", "Minutes are approved at a later meeting than the one they are of. Name that one.")
def _approved_early(trees: Trees) -> Iterator[Broken]:
    for record, _, of, at in trees.approvals:
        if at.order <= of.order:
            yield record, "minutes.at", f"names {at.id}, which is not after {of.id}"


@RULES.error(
    "approved-cancelled",
    "Minutes are approved at a meeting that took place. Name the one that approved them, or take the approval back "
    "with undo.",
)
def _approved_cancelled(trees: Trees) -> Iterator[Broken]:
    for record, _, of, at in trees.approvals:
        if at.status == "cancelled" and at.order > of.order:
            yield record, "minutes.at", f"names {at.id}, which was cancelled"


@RULES.note(
    "approved-other-day",
    "The approval bears another day than the meeting that approved it, as when that meeting moved afterwards. Look "
    "which is right.",
)
def _approved_other_day(trees: Trees) -> Iterator[Broken]:
    for record, approval, of, at in trees.approvals:
        if approval.approved != at.date and at.status != "cancelled" and at.order > of.order:
            yield record, "minutes.approved", f"is not the day of {at.id} ({at.date}), which approved them"


@RULES.error("duplicate-uid", "Calendars take meetings with one uid for one meeting. Give the copy a uid of its own.")
def _duplicate_uid(trees: Trees) -> Iterator[Broken]:
    seen: dict[str, str] = {}
    for id, meeting in trees.open.meetings.items():
        first = seen.setdefault(meeting.uid, id)
        if first != id:
            yield meeting, "uid", f"is also the uid of {first}"


@RULES.error("slug", "The key of an item is its id, and this one cannot be typed or linked to everywhere. Rename it.")
def _item_slug(trees: Trees) -> Iterator[Broken]:
    for agenda in trees.open.agendas.values():
        for slug in agenda.items:
            if problem := slug_problem(slug):
                yield agenda, f"items.{slug}", problem


@RULES.error(
    "open-and-restricted", "What is restricted must not stand in the open agenda too. Take it out of one of the two."
)
def _open_and_restricted(trees: Trees) -> Iterator[Broken]:
    for agenda in trees.open.agendas.values():
        hidden = trees.restricted.agendas.get(agenda.id)
        for slug, item in agenda.items.items() if hidden else ():
            if hidden and slug in hidden.items and not item.restricted:
                yield agenda, f"items.{slug}", "stands in the restricted agenda as well"


@RULES.error(
    "no-place", "A restricted item needs its place in the open agenda, which says nothing but when it is taken."
)
def _no_place(trees: Trees) -> Iterator[Broken]:
    for agenda in trees.restricted.agendas.values():
        places = trees.open.agendas.get(agenda.id)
        for slug in agenda.items if agenda.id not in trees.open.unreadable else ():
            if places is None or slug not in places.items:
                yield agenda, f"items.{slug}", "has no place in the open agenda (position, restricted)"


@RULES.error(
    "left-early",
    "Somebody left before they came, or came back before they went out. Look at the items at which they arrived, left "
    "and were back.",
)
def _left_early(trees: Trees) -> Iterator[Broken]:
    for attendance in trees.open.attendances.values():
        agenda = trees.open.agendas.get(attendance.id)
        places = Places([slug for slug, _ in ordered(agenda.items)] if agenda else [])
        for id, each in attendance.people.items():
            for key, message in presence.problems(each, places):
                yield attendance, f"people.{id}.{key}", message


@RULES.note(
    "deceiving-name",
    "Two names can look the same and be two: by a character that is not seen, one that turns the reading round, or a "
    "letter of another alphabet. Look who it is, and type the name anew.",
)
def _deceiving_name(trees: Trees) -> Iterator[Broken]:
    return looks.deceiving(trees.open)


# A note and no error, since two clones can bring it about and a merge must be able to save it.
@RULES.note(
    "contradiction",
    "Two issues of one meeting tell people different things under one version number, as when two clones issued it at "
    "once. Issue it again, so that everybody has the same.",
)
def _contradiction(trees: Trees) -> Iterator[Broken]:
    by_meeting: defaultdict[str, list[Issue]] = defaultdict(list)
    for issue in trees.open.issues.values():
        by_meeting[issue.of].append(issue)
    for issues in by_meeting.values():
        yield from contradictions(issues, trees.open.partnership.timezone)


@RULES.error(
    "duplicate-code", "A code is to name one thing only. Rename the file, or the key, of the one that came later."
)
def _duplicate_code(trees: Trees) -> Iterator[Broken]:
    seen: set[str] = set()
    for record, key, code in _coded(trees):
        if code in seen:
            yield record, key, f"has the code {code}, which is given twice"
        seen.add(code)


def codes(records: Records, restricted: RestrictedRecords) -> set[str]:
    """Return the random codes that are in use."""
    return {code for _, _, code in _coded(Trees(records, restricted))}


def _coded(trees: Trees) -> Iterator[tuple[Record, str, str]]:
    for record in trees.every():
        if kind_of(record).coded:
            yield record, "", record.id
        for key, code in codes_in(record):
            yield record, key, code
        for slug, item in record.items.items() if isinstance(record, Agenda) else ():
            code = slug.removeprefix("item-")
            if item.restricted and is_code(code):
                yield record, f"items.{slug}", code
