"""Valid records of every kind, drawn at random."""

from datetime import UTC, date, datetime
from typing import get_args

from hypothesis import strategies as st

from slavefree_cli.model.action import Action, Note
from slavefree_cli.model.agenda import Agenda, Item, RestrictedAgenda, RestrictedItem
from slavefree_cli.model.attendance import Attendance, Attendee, Away, Unreached
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.group import Group
from slavefree_cli.model.issue import Issue
from slavefree_cli.model.meeting import Approval, Correction, Invitees, Meeting, RestrictedMeeting
from slavefree_cli.model.member import Member, Membership
from slavefree_cli.model.partnership import Coordinator, Partnership, QuorumRule, Sector, Signposting, Timetable
from slavefree_cli.model.person import Earlier, Person, Representation
from slavefree_cli.model.sending import Sending
from slavefree_cli.model.told import Recipient, ToldItem

SLUGS = st.sampled_from(["essex-police", "barnardos", "colin-cox", "julie-young", "welcome"])
CODES = st.sampled_from(["k7mq2", "v3np8", "h9rt4"])
TITLES = st.sampled_from(["Welcome", "Barnardo's", 'Say "no"', "# not a comment", "[bold]x[/]", "%s", "é → ∞", "a = b"])
PROSE = TITLES | st.sampled_from(["two\nlines", '"""', "'''\n\\", "tab\there", "x" * 300])
ADDRESSES = st.sampled_from(["a@example.org", "o'neill@example.org"])
DATES = st.dates(date(1999, 1, 1), date(2099, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
BOOLS = st.booleans()
SECTORS = st.sampled_from(get_args(Sector))


def maybe(strategy):
    return st.none() | strategy


def some(strategy):
    return st.lists(strategy, max_size=3, unique=True).map(tuple)


def keyed(keys, strategy):
    return st.dictionaries(keys, strategy, max_size=3)


def built(record, /, **fields):
    return st.builds(record, **fields).filter(lambda made: not list(made.problems()))


QUORUM = built(QuorumRule, members=maybe(st.integers(1, 1000)), sectors=some(SECTORS))
PURPOSES = maybe(st.sampled_from(["information", "discussion", "decision"]))
KEPT = built(
    Attendee,
    outcome=st.just("present"),
    representing=maybe(SLUGS),
    deputy_for=maybe(st.just("somebody-else")),
    by_video=BOOLS,
    arrived=maybe(SLUGS),
    left=maybe(SLUGS),
    interests=some(SLUGS),
    also_deputy_for=some(st.sampled_from(["somebody-else", "another"])),
    away=keyed(SLUGS, st.builds(Away, back=SLUGS)),
)
UNREACHED = built(Unreached, email=ADDRESSES, stamp=INSTANTS, reason=maybe(PROSE))
ANSWERED = built(
    Attendee,
    reply=maybe(st.sampled_from(["accepted", "declined", "tentative", "delegated"])),
    reply_stamp=maybe(INSTANTS),
    reply_sequence=maybe(st.integers(0, 9)),
    reply_comment=maybe(PROSE),
    outcome=maybe(st.sampled_from(["apologies", "absent"])),
)


APPROVAL = built(Approval, approved=DATES, at=SLUGS, sha256=st.just("0" * 64))
CORRECTION = built(Correction, at=INSTANTS, text=PROSE)


@st.composite
def meetings(draw):
    times = sorted(draw(st.lists(TIMES, max_size=2, unique=True)))
    return draw(
        built(
            Meeting,
            id=st.just("2023-06-07-inaugural"),
            title=TITLES,
            date=DATES,
            start=st.just(times[0] if times else None),
            end=st.just(times[1] if len(times) == 2 else None),
            venue=maybe(TITLES),
            link=maybe(st.just("https://example.org/join?a=b#c")),
            status=st.sampled_from(["planned", "held", "cancelled"]),
            reason=maybe(PROSE),
            chair=maybe(SLUGS),
            group=maybe(SLUGS),
            uid=st.just("0c9a@slavefree.invalid"),
            created=INSTANTS,
            invitees=built(Invitees, add=some(SLUGS), remove=some(SLUGS)),
            minutes=maybe(APPROVAL),
            corrections=keyed(CODES, CORRECTION),
        )
    )


def actions(*, restricted):
    note = built(Note, at=INSTANTS, kind=st.sampled_from(["progress", "due", "closing", "dropping"]), text=PROSE)
    return built(
        Action,
        id=st.just("k7mq2"),
        restricted=st.just(restricted),
        title=TITLES,
        owner=SLUGS,
        with_=some(SLUGS),
        due=maybe(DATES),
        status=st.sampled_from(["open", "done", "dropped"]),
        raised=DATES,
        closed=maybe(DATES),
        meeting=maybe(st.just("2023-06-07-inaugural")),
        item=maybe(SLUGS),
        notes=keyed(CODES, note),
    )


def decisions(*, restricted):
    return built(
        Decision,
        id=st.just("k7mq2"),
        restricted=st.just(restricted),
        text=PROSE,
        taken=DATES,
        meeting=st.just("2023-06-07-inaugural"),
        item=maybe(SLUGS),
        supersedes=maybe(CODES),
        withdrawn=maybe(DATES),
    )


OPEN_ITEM = built(
    Item,
    position=st.integers(-20, 200),
    title=TITLES,
    lead=maybe(SLUGS),
    minutes=maybe(st.integers(0, 90)),
    purpose=PURPOSES,
    papers=some(TITLES),
)
TOLD_ITEM = built(
    ToldItem,
    position=st.integers(1, 20),
    title=maybe(TITLES),
    lead=maybe(TITLES),
    minutes=maybe(st.integers(0, 90)),
    withheld=BOOLS,
)
HIDDEN_PLACE = built(Item, position=st.integers(-20, 200), minutes=maybe(st.integers(0, 90)), restricted=st.just(True))
RESTRICTED_ITEM = built(
    RestrictedItem, title=TITLES, reason=PROSE, lead=maybe(SLUGS), purpose=PURPOSES, papers=some(TITLES)
)


@st.composite
def periods(draw):
    """Draw the ends of earlier periods with their beginnings, and the beginning and the end of the last one."""
    many = draw(st.integers(0, 2))
    days = sorted(draw(st.lists(DATES, min_size=2 * many + 2, max_size=2 * many + 2, unique=True)))
    earlier = {
        str(days[2 * at + 1]): draw(maybe(st.just(days[2 * at]))) if at == 0 else days[2 * at] for at in range(many)
    }
    since = st.just(days[-2])
    return earlier, draw(since if many else maybe(since)), draw(maybe(st.just(days[-1])))


@st.composite
def representations(draw):
    earlier, since, until = draw(periods())
    before = {
        end: draw(built(Earlier, role=maybe(TITLES), since=st.just(began), deputy=BOOLS))
        for end, began in earlier.items()
    }
    given = {"since": st.just(since), "until": st.just(until), "before": st.just(before)}
    return draw(built(Representation, role=maybe(TITLES), deputy=BOOLS, **given))


@st.composite
def members(draw):
    earlier, joined, left = draw(periods())
    before = {end: Membership(joined=began) for end, began in earlier.items()}
    return draw(
        built(
            Member,
            id=st.just("barnardos"),
            name=TITLES,
            sector=SECTORS,
            joined=st.just(joined),
            left=st.just(left),
            first_responder=BOOLS,
            information_sharing=maybe(DATES),
            email=maybe(ADDRESSES),
            before=st.just(before),
        )
    )


MEETING_ID = st.just("2023-06-07-inaugural")

RECORDS = {
    "partnership.toml": built(
        Partnership,
        name=TITLES,
        timezone=st.sampled_from(["Europe/London", "Asia/Kolkata"]),
        holidays=maybe(st.just("GB-ENG")),
        marking=maybe(st.just("OFFICIAL")),
        coordinator=built(Coordinator, name=maybe(TITLES), email=maybe(ADDRESSES)),
        quorum=QUORUM,
        timetable=built(Timetable, agenda=maybe(st.integers(0, 9)), minutes=maybe(st.integers(0, 9))),
        signposting=built(Signposting, text=maybe(PROSE), url=maybe(st.just("https://example.org"))),
    ),
    "members/{id}.toml": members(),
    "people/{id}.toml": built(
        Person,
        id=st.just("colin-cox"),
        name=TITLES,
        email=maybe(ADDRESSES),
        left=maybe(DATES),
        represents=keyed(SLUGS, representations()),
    ),
    "groups/{id}.toml": built(
        Group, id=st.just("steering"), name=TITLES, chair=maybe(SLUGS), members=some(SLUGS), quorum=QUORUM
    ),
    "{id}/meeting.toml": meetings(),
    "{id}/agenda.toml": built(Agenda, id=MEETING_ID, items=keyed(SLUGS, OPEN_ITEM | HIDDEN_PLACE)),
    "{id}/attendance.toml": built(
        Attendance, id=MEETING_ID, people=keyed(SLUGS, KEPT | ANSWERED), unreached=keyed(SLUGS, UNREACHED)
    ),
    "actions/{year}/{id}.toml": actions(restricted=False),
    "decisions/{year}/{id}.toml": decisions(restricted=False),
    "{of}/issued/{id}.toml": built(
        Issue,
        id=st.just("k7mq2"),
        of=MEETING_ID,
        sequence=st.integers(0, 9),
        stamp=INSTANTS,
        date=DATES,
        start=maybe(TIMES),
        end=maybe(TIMES),
        venue=maybe(TITLES),
        status=st.sampled_from(["planned", "held", "cancelled"]),
        content=st.just("f" * 64),
        organizer=maybe(ADDRESSES),
        organizer_name=maybe(TITLES),
        partnership=maybe(TITLES),
        title=maybe(TITLES),
        chair=maybe(TITLES),
        link=maybe(st.just("f" * 64)),
        note=maybe(PROSE),
        to=some(SLUGS),
        method=st.sampled_from(["PUBLISH", "REQUEST", "CANCEL"]),
        people=keyed(SLUGS, built(Recipient, email=ADDRESSES, name=TITLES, optional=BOOLS)),
        items=keyed(SLUGS, TOLD_ITEM),
    ),
    "sent/{year}/{id}.toml": built(
        Sending,
        id=st.just("k7mq2"),
        at=INSTANTS,
        what=TITLES,
        meeting=maybe(MEETING_ID),
        to=some(SLUGS),
        drafts=BOOLS,
    ),
    "restricted/{id}/meeting.toml": built(
        RestrictedMeeting, id=MEETING_ID, minutes=maybe(APPROVAL), corrections=keyed(CODES, CORRECTION)
    ),
    "restricted/{id}/agenda.toml": built(RestrictedAgenda, id=MEETING_ID, items=keyed(SLUGS, RESTRICTED_ITEM)),
    "restricted/actions/{year}/{id}.toml": actions(restricted=True),
    "restricted/decisions/{year}/{id}.toml": decisions(restricted=True),
}
"""By the pattern of the shelf."""
