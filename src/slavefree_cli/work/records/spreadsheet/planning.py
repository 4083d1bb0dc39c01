"""What the rows of a spreadsheet come to: records that are made or changed, problems and questions."""

from datetime import date
from typing import Any, NamedTuple, TypeVar

from slavefree_cli.model.addresses import comparable
from slavefree_cli.model.dates import short
from slavefree_cli.model.identity import Described, People, titles_told
from slavefree_cli.model.kinds import Kind, Records
from slavefree_cli.model.member import Member
from slavefree_cli.model.names import key, plain, slug
from slavefree_cli.model.nearby import Nearby
from slavefree_cli.model.person import Person, Representation, told_apart
from slavefree_cli.model.record import Record, changed
from slavefree_cli.model.references import candidate, untitled
from slavefree_cli.register.desk import Desk
from slavefree_cli.work.records.ids import new_code, slugs_taken
from slavefree_cli.work.records.spreadsheet.answers import Answers
from slavefree_cli.work.records.spreadsheet.entries import Entry, Reading
from slavefree_cli.work.records.spreadsheet.headings import Line
from slavefree_cli.work.records.spreadsheet.table import Note, numbers

R = TypeVar("R", Member, Person)


class Planned(NamedTuple):
    """A record that an import makes or changes."""

    record: Member | Person
    before: Member | Person | None

    @property
    def does(self) -> str:
        """``add`` or ``change``."""
        return "change" if self.before else "add"


class Planning:
    """What the rows so far come to.

    Args:
        desk: The register.
        answers: What the coordinator says of lines.
        noun: What a row is called.
        today: The date.
    """

    def __init__(self, desk: Desk, answers: Answers, noun: str, today: date) -> None:
        self.problems: list[Note] = []
        self.notes: list[Note] = []
        self._desk = desk
        self._answers = answers
        self._noun = noun
        self._today = today
        self._reading = Reading(today, self._problem, self._note)
        self._before: dict[str, Member | Person] = {**desk.records.members, **desk.records.people}
        self._planned: dict[str, Planned] = {}
        self._people = People(desk.records.people.values())
        self._members = dict(desk.records.members)
        self._called = {key(name): id for id, each in self._members.items() for name in (id, each.name, *each.aka)}
        self._alike = {_written(name): id for id, each in self._members.items() for name in (each.name, *each.aka)}
        self._known_members = Nearby(candidate(each, Records.members) for each in self._members.values())
        self._unread = desk.records.unreadable
        self._taken = slugs_taken(desk, Records.people)
        self._above = ""
        self._below: list[int] = []
        self._merged: dict[frozenset[str], list[int]] = {}
        self._seen: dict[Entry, int] = {}
        self._said: dict[tuple[str, str], tuple[object, int]] = {}
        self._first_line: dict[str, int] = {}
        self._used: set[int] = set()

    def take(self, line: Line) -> None:
        """Take in one row: a member, a person, or the person as a representative of the member."""
        entry = self._reading.entry(line)
        if line.merged:
            self._merged.setdefault(line.merged, []).append(line.line)
        if (first := self._seen.setdefault(entry._replace(line=0), line.line)) != line.line:
            self._note(line.line, f"says the same as {self._noun} {first}")
        if entry.member:
            self._above = entry.member
        elif entry.person and self._above and "member" not in entry.faulty:
            if line.line in self._answers.above:
                entry = entry._replace(member=self._above)
            elif line.line not in self._answers.blank:
                self._below.append(line.line)
                return
            self._used.add(line.line)
        member = self._member(entry) if entry.member else None
        if entry.person:
            self._person(entry, member)
        elif member is None and not entry.faulty:
            self._problem(line.line, "names neither a member nor a person")
        self._tell_left_out(entry)

    def end(self) -> None:
        """Tell what is to be told of several rows at once, after the last of them."""
        if self._below:
            lines, several = numbers(self._below), len(self._below) > 1
            rows = f"{self._noun}s {lines} name people" if several else "names a person"
            self._problem(
                self._below[0],
                f"{rows} and no member, below {self._noun}s that do, as merged cells come out; say --as-above {lines} "
                f"where it is the member above, or --blank {lines} where there is none",
            )
        for headings, each in self._merged.items():
            said = " and ".join(sorted(headings))
            self._note(each[0], f"merged cells say {said} for {self._noun} {numbers(each)}, as for the one above")
        if unused := self._answers.lines - self._used:
            self.notes.append(Note(None, f"nothing was asked of {self._noun} {numbers(unused)}, which an option names"))

    def done(self) -> list[Planned]:
        """Return the records that are made or changed, members first."""
        return sorted(self._planned.values(), key=lambda each: isinstance(each.record, Person))

    def _problem(self, line: int, says: str) -> None:
        self.problems.append(Note(line, says))

    def _note(self, line: int, says: str) -> None:
        self.notes.append(Note(line, says))

    def _tell_left_out(self, entry: Entry) -> None:
        """Tell which cells of a row are not kept, as they are of somebody whom it does not name."""
        of_member = {"sector": entry.sector, "joined": entry.joined, "first responder": entry.first_responder}
        of_person = {"role": entry.role, "deputy": entry.deputy, "also": entry.addresses[entry.is_main :]}
        for missing, cells in (("member", of_member), ("person", of_person)):
            named = entry.member if missing == "member" else entry.person
            left = [heading for heading, value in cells.items() if value]
            if left and not named and missing not in entry.faulty:
                self._note(entry.line, f"{' and '.join(left)} not kept, as no {missing} is named")

    def _member(self, entry: Entry) -> Member:
        """Return the member of a row, changed to what the row says; the name is enough, as no two members have one."""
        found = self._called.get(key(entry.member))
        if found is None and (found := self._alike.get(_written(entry.member))) is not None:
            self._note(entry.line, f"{entry.member} is taken for {self._named(self._members[found])}")
        values = {
            "sector": entry.sector,
            "joined": entry.joined,
            "first_responder": entry.first_responder,
            "email": entry.addresses[0] if entry.is_main and not entry.person else None,
        }
        given = {name: value for name, value in values.items() if value is not None}
        if found is not None:
            current = self._members[found]
            self._ask_of_member(entry.line, current, given)
            again = current.joining(entry.joined) if entry.joined else current
            if current.left is not None and again.left is not None and not current.current(self._today):
                self._note(entry.line, f"{current.name} left on {short(current.left)}, and that is not changed")
        else:
            if entry.sector is None and "sector" not in entry.faulty:
                alone = "" if any(entry._replace(line=0, member="")) else "; where it is none, take the row out"
                self._problem(
                    entry.line, f"the new member {entry.member} needs a sector{self._or(entry.member)}{alone}"
                )
            elif like := self._or(entry.member):
                self._note(entry.line, f"{entry.member} is a new member{like}")
            current = Member(
                id=self._slug(entry.line, entry.member, Records.members), name=entry.member, sector="other"
            )
            again = current
        made: Member = changed(again, **given)
        self._say(entry.line, made, given)
        self._members[made.id] = made
        self._called.setdefault(key(made.name), made.id)
        self._alike.setdefault(_written(made.name), made.id)
        self._keep(entry.line, made)
        return made

    def _ask_of_member(self, line: int, current: Member, given: dict[str, Any]) -> None:
        """Ask before a member gets another sector or mailbox, as it may be another of the same name."""
        against = []
        if "sector" in given and given["sector"] != current.sector:
            against.append(f"another sector ({current.sector})")
        if "email" in given and current.email and comparable(given["email"]) != comparable(current.email):
            against.append("another address")
        if not against:
            return
        self._used.add(line)
        if line not in self._answers.same:
            self._problem(
                line,
                f"{self._named(current)} has {' and '.join(against)}; say --same {line} where it is that member, and "
                "where it is another, give it a name that tells the two apart",
            )

    def _or(self, name: str) -> str:
        """Return which member of the register may be meant by a name that is new, if one is near it."""
        like = self._known_members.near(name)
        return f"; or is it {like.name} ({like.id})" if like else ""

    def _person(self, entry: Entry, member: Member | None) -> None:
        described = Described(entry.person, entry.addresses, member.id if member else None, entry.role)
        found, is_settled = self._who(entry.line, described)
        if not is_settled:
            return
        is_new = found is None
        if found is None:
            found = Person(id=self._slug(entry.line, entry.person, Records.people), name=entry.person)
            for says in titles_told(entry.person):
                self._note(entry.line, says)
        elif key(entry.person) not in map(key, (found.name, *found.aka)):
            self._note(entry.line, f"{entry.person} is taken for {self._named(found)}; the name stays as it was")
        made = self._with_addresses(entry, found)
        if member is not None:
            made = self._seated(entry, made, member)
        elif (entry.role or entry.deputy) and "member" not in entry.faulty:
            if entry.line in self._answers.blank:
                self._note(entry.line, "the role is not kept, as no member is named")
            else:
                self._problem(entry.line, "has a role or a deputy of no member; name the member, or empty the cell")
        if is_new and not self._is_apart(entry.line, made):
            return
        self._people.put(made)
        self._keep(entry.line, made)

    def _who(self, line: int, described: Described) -> tuple[Person | None, bool]:
        """Return who is described, nobody where they are new; and whether it is settled."""
        identity, same = self._people.who(described), self._answers.same.get(line)
        maybe = {each.id: (each, against) for each, against in identity.maybe}
        is_named = identity.person is not None and identity.person in self._people.named(described.name)
        if same:
            self._used.add(line)
            if (person := self._people.get(same)) is None:
                self._problem(line, f"there is no person {same}, whom --same names")
            return person, person is not None
        if line in self._answers.another and not is_named:
            self._used.add(line)
            return None, True
        if not maybe:
            return identity.person, True
        if same is not None and len(maybe) == 1:
            self._used.add(line)
            return next(person for person, _ in maybe.values()), True
        others = "; ".join(f"{self._named(each)}: {against}" for each, against in maybe.values())
        wanted = " or ".join(f"--same {line}" if len(maybe) == 1 else f"--same {line}={id}" for id in maybe)
        self._used.add(line)
        self._problem(
            line,
            f"{described.name} may be somebody who is known ({others}); say {wanted} where it is, or --another {line} "
            "where it is somebody else",
        )
        return None, False

    def _with_addresses(self, entry: Entry, person: Person) -> Person:
        """Return somebody with the addresses of a row; one that they had stays among their further ones."""
        known = {comparable(each) for each in person.addresses}
        new = tuple(each for each in entry.addresses if comparable(each) not in known)
        if not new:
            return person
        if not entry.is_main or new[0] != entry.addresses[0]:
            made: Person = changed(person, also=(*person.also, *new))
            return made
        if person.email is not None:
            self._note(
                entry.line, f"{person.name} is written to at {new[0]}; {person.email} stays as a further address"
            )
        had = (person.email,) if person.email is not None else ()
        return changed(person, email=new[0], also=(*had, *person.also, *new[1:]))

    def _seated(self, entry: Entry, person: Person, member: Member) -> Person:
        """Return somebody as a representative of the member of a row."""
        held = person.represents.get(member.id)
        if held is not None and held.until is not None and not held.current(self._today):
            self._note(entry.line, f"{person.name} left {member.name} on {short(held.until)}, and that is not changed")
        given = {name: value for name, value in (("role", entry.role), ("deputy", entry.deputy)) if value is not None}
        self._say(entry.line, person, {f"{name} at {member.name}": value for name, value in given.items()})
        seat = changed(held or Representation(), **given)
        made: Person = changed(person, represents={**person.represents, member.id: seat})
        return made

    def _is_apart(self, line: int, made: Person) -> bool:
        """Tell whether somebody new is told apart from all of that name, or say that they are not."""
        for other in self._people.named(made.name):
            if key(other.name) != key(made.name):
                says = f"{self._named(other)} is also called {made.name}; give a name that tells them apart"
            elif not told_apart(made, other):
                says = f"nothing tells {made.name} from {self._named(other)}; give an address or a member that does"
            else:
                continue
            self._problem(line, says)
            return False
        return True

    def _keep(self, line: int, made: Member | Person) -> None:
        for name, problem in made.problems():
            self._problem(line, f"the {name} {problem}")
        before = self._before.get(made.id)
        self._first_line.setdefault(made.id, line)
        if made == before:
            # What an earlier row changed is changed back.
            self._planned.pop(made.id, None)
        else:
            self._planned[made.id] = Planned(made, before)

    def _say(self, line: int, record: Member | Person, given: dict[str, Any]) -> None:
        """Tell where a row says something else of a record than an earlier row did."""
        for name, value in given.items():
            before, at = self._said.get((record.id, name), (value, line))
            if before != value:
                says = f"{name.replace('_', ' ')} of {record.name} is {_shown(value)}, and {_shown(before)}"
                self._note(line, f"the {says} in {self._noun} {at}; the later one counts")
            self._said[record.id, name] = value, line

    def _slug(self, line: int, name: str, kind: Kind[Record]) -> str:
        if (stem := slug(name, kind.noun, (), lambda: "")) in self._unread:
            self._problem(line, f"the file of {stem} cannot be read, which may be {name}; see: slavefree check")
        made = slug(name, kind.noun, self._taken, lambda: new_code(self._desk))
        self._taken.add(made)
        return made

    def _named(self, record: Member | Person) -> str:
        of = f", of {self._noun} {self._first_line[record.id]}" if record.id not in self._before else ""
        return f"{record.id} ({record.name}{of})"


def _written(name: str) -> str:
    """Return the letters and figures of a member's name, as two that differ in points, blanks and accents are one."""
    return "".join(untitled(plain(key(name)), titles=True)) or key(name)


def _shown(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
