"""What everybody may read says nobody's address, and nothing of how a meeting is joined.

Kind: an address, a link, or the name of a restricted file in a text that goes further than its field: into minutes,
calendars and letters, and into the messages of commits, which stay for ever.
"""

import email
import email.policy
import time

import pytest

from slavefree_cli.model import links
from slavefree_cli.model.history import in_history
from slavefree_cli.model.left_out import without_addresses

ADDRESSES = [
    "canary@victim.example",
    "CANARY@VICTIM.EXAMPLE",
    "canary@intranet",
    "canary@[192.0.2.7]",
    "canary@[IPv6:2001:db8::1]",
    '"can ary"@victim.example',
    '"a\\"canary b"@victim.example',
    "'canary x'@victim",
    "“canary x”@victim.example",
    "canary(home)@victim.example",
    "canary＠victim.example",
    "canary@victim。example",
    "canary%40victim.example",
    "canary%2540victim.example",
    "canary&#64;victim.example",
    "canary&commat;victim.example",
    "canary\\@victim.example",
    "canary@\u200bvictim.example",
    "canary @ victim.example",
    "mailto:canary@victim.example?subject=x",
    "https://files.test/canary@victim.example",
    "a@canary@victim.example",
]
LINK = "https://video.test/j/CANARY_1?pwd=canary2"
LINKS = [
    LINK,
    "HTTPS://VIDEO.TEST/J/CANARY_1?PWD=CANARY2",
    "http://www.video.test/j/canary_1",
    "video.test/j/CANARY_1",
    "//video.test/j/CANARY_1",
    "video.test/j/CAN%41RY_1",
    "video.test/j/CANARY\\_1",
    "video.test/j/CAN\u200bARY_1",
    "ｖideo.test/j/CANARY_1",
    "<https://video.test/j/CANARY_1>",
    "zoommtg://video.test/j/CANARY_1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_left_out_of_any_text(address):
    for text in (address, f"Ask {address}, please.", f"({address})", f"**{address}**", f"a\n{address}\nb"):
        said = without_addresses(text, "coordinator@example.org").casefold()
        assert "canary" not in said, said
        assert "victim" not in said, said


@pytest.mark.parametrize(
    "text",
    ["meet @ 10", "- @colin: write", "tea @ four", "2@10", "50 % of 40", "user @", "@", "a & b; c", "Q&A; 40%"],
)
def test_what_is_no_address_stays(text):
    assert without_addresses(text) == text


def test_the_coordinators_own_address_stays():
    text = "Write to Coordinator@Example.org, <coordinator@example.org> or mailto:coordinator@example.org."
    assert without_addresses(text, "coordinator@example.org") == text
    assert without_addresses("xcoordinator@example.org", "coordinator@example.org") == "(address)"


@pytest.mark.parametrize("link", LINKS)
def test_a_private_link_is_left_out_however_it_is_typed(link):
    for text in (link, f"Room 1 or {link}.", f"[join]({link})", f"{link} ({link})"):
        said = links.without([LINK])(text).casefold()
        assert "canary" not in said, said
        assert "video.test" not in said, said


@pytest.mark.parametrize(
    "text", [*ADDRESSES, *LINKS, "video.test:8443/j/CANARY", "192.0.2.7/j/CANARY", "www.canary.test"]
)
def test_neither_stands_in_the_message_of_a_commit(text):
    said = in_history(f"Add decision 7K2F9: see {text} for more").casefold()
    assert "canary" not in said, said


@pytest.mark.parametrize(
    "text",
    [
        "a@" * 50_000, "a" * 100_000 + "@", "@" * 100_000, '"' * 100_000 + "@x", '"@' * 50_000, "a @ " * 25_000,
        "(" * 50_000 + ")@" * 25_000, "%40" * 33_000, "&#" * 50_000 + "@a", "\\\"" * 50_000 + "@x", "a." * 50_000,
        "a-" * 50_000 + ".", "restricted/ " * 8_000, "://" * 33_000, "video.test/j/canary " * 5_000, "%41" * 33_000,
    ],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_a_hundred_thousand_characters_take_no_time(text):
    began = time.process_time()
    without_addresses(text)
    in_history(text)
    links.without([LINK])(text)
    assert time.process_time() - began < 5


@pytest.fixture
def talkative(place):
    """A register in whose every field somebody typed an address and the link for joining another meeting."""
    said = f"canary@intranet “can ary”@victim {LINK} video.test/j/CANARY_1"
    place.ok("meeting", "edit", "inaugural", "--link", LINK)
    place.ok("partnership", "edit", "--signposting", said, "--url", "https://help.test/canary@victim.example")
    place.ok("member", "add", f"Trust {said}", "--sector", "charity")
    place.ok("person", "add", f"Ann {said}", "--of", "trust", "--email", "canary9@victim.example")
    for title, date in (("Summer", "2023-07-05"), ("Autumn", "2023-09-06")):
        place.ok("meeting", "add", f"{title} {said}", "--date", date, "--venue", said, "--chair", "ann")
        place.ok("agenda", "add", title, f"Hear {said}", "--lead", "ann", "--paper", "https://f.test/canary@victim")
    place.ok("action", "add", f"Ring {said}", "--owner", "ann", "--meeting", "Summer")
    place.ok("decision", "add", f"Thank {said}", "--meeting", "Summer")
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("attendance", "record", "Summer", "--present", "ann", "--present", "colin")
    return place


def test_neither_stands_in_anything_public(talkative):
    for title in ("Summer", "Autumn"):
        talkative.ok("minutes", "draft", title)
        talkative.ok("invite", "make", title)
    talkative.ok("invite", "feed")
    talkative.ok("minutes", "send", "Summer")
    talkative.ok("minutes", "send", "Summer", "--template", "action-notes")
    talkative.ok("action", "chase")
    public = [*talkative.register.glob("*/minutes.md"), *talkative.register.glob("**/*.ics")]
    assert len(public) == 5
    for path in public:
        assert_silent(path.read_bytes().replace(b"\r\n ", b"").decode(), path.name)
    letters = [*(talkative.register / "outbox").glob("*.eml")]
    assert letters
    for path in letters:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        for text in (message["Subject"], *texts):
            assert_silent(text, path.name)
    assert_silent(talkative.git("log", "--format=%B"), "a commit")


def test_who_is_invited_gets_the_link_of_that_meeting_alone(talkative):
    other = "https://video.test/k/OTHER%40thread.v2/0"
    talkative.ok("meeting", "edit", "Summer", "--link", other)
    talkative.ok("invite", "send", "Summer")
    (path, *_) = (talkative.register / "outbox").glob("*_colin-cox.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for kind in ("plain", "html", "calendar"):
        text = next(each for each in message.walk() if each.get_content_subtype() == kind).get_content()
        text = text.replace("\r\n ", "").replace("\n ", "")
        assert other in text, kind
        # Where the public is sent is the coordinator's own choice, and a link that must lead there.
        assert_silent(text.replace("https://help.test/canary@victim.example", ""), kind)


def assert_silent(text, where):
    lower = text.casefold().replace("canary-", "-")
    for told in ("canary@", "canary9@", "can ary", "canary_1", "video.test/j"):
        assert told not in lower, f"{where}: …{lower[max(0, lower.find(told) - 80) : lower.find(told) + 60]}…"


PAPER = "restricted/2023-06-07-inaugural/papers/Canary, jane doe.pdf"


def test_no_restricted_file_is_named_in_a_message(place):
    paper, open_one = place.register / PAPER, place.register / "2023-06-07-inaugural/papers/canary@victim.example.pdf"
    item = place.ok("agenda", "add", "inaugural", "Title", "--restricted", "Reason", "--json").item["id"]
    for path in (paper, open_one):
        path.parent.mkdir(parents=True)
        path.write_text("one")
    # The hand edit of the record is committed by itself.
    agenda = place.register / "restricted/2023-06-07-inaugural/agenda.toml"
    agenda.write_text(f"{agenda.read_text()}# canary\n")
    place.ok("agenda", "edit", "inaugural", item, "--title", "Canary")

    def hidden():
        return place.git("-C", "meetings/restricted", "log", "--format=%s").splitlines()

    assert hidden()[1] == "Edited by hand: 1 restricted file"
    place.ok("commit")
    assert place.messages()[-1] == "Edited by hand: 2023-06-07-inaugural/papers/(address)"
    assert hidden()[0] == "Edited by hand: 1 restricted file"
    for number, typed in enumerate(
        (
            f"Renew meetings/{PAPER} again",
            "Renew CANARY, JANE DOE.pdf",
            "Renew Canary, jane doe",
            f"{LINK} canary@x.test",
        )
    ):
        paper.write_text(str(number))
        answer = place.ok("commit", "-m", typed)
        assert "leaves them out" in answer.err
    assert "canary" not in (place.git("log", "--format=%B") + "".join(hidden())).casefold()


def test_undoing_what_git_alone_committed_repeats_no_name(place):
    path = place.register / "people/colin-cox.toml"
    path.write_text(path.read_text() + "# more\n")
    place.git("commit", "--quiet", "--all", "-m", f"Edit {PAPER} for canary@victim.example, see {LINK}")
    place.ok("undo", place.head().strip(), "--yes")
    assert place.messages()[-1].startswith("Undo: Edit ")
    assert "canary" not in place.messages()[-1].casefold()
