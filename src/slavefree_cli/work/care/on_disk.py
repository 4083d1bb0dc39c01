"""What can be wrong with the files of a register, each an entry: how it is found, explained and mended."""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from slavefree_cli.errors import OutsideError
from slavefree_cli.minutes import heading, outline, owned, unfinished
from slavefree_cli.minutes.approved import digest
from slavefree_cli.model.checks import Checks
from slavefree_cli.model.dates import short
from slavefree_cli.model.kinds import RESTRICTED
from slavefree_cli.model.meeting import RestrictedMeeting
from slavefree_cli.model.text import counted
from slavefree_cli.register import convert, files, places, repositories, unshared
from slavefree_cli.work.care import plain_answers
from slavefree_cli.work.care.survey import Survey
from slavefree_cli.work.minutes import drafting
from slavefree_cli.work.records import papers

Place = tuple[str, int | None, str]
"""A file, the line where it is known, and what is wrong there."""
ON_DISK: Final = Checks[Survey, Place]()
RESTRICTED_SHOWN: Final = "restricted-shown"
"""What stops going out whatever shows it, and nothing else: approved minutes that show it stay as they are."""
_MOST_KEYS: Final = 50
"""How many unknown keys of a file are told one by one."""


@ON_DISK.note(
    "damaged-part",
    "The comments around what the program owns are not as it wrote them, so that it cannot renew that part. Put them "
    "back, or delete both, and the text is yours.",
)
def _damaged_part(survey: Survey) -> Iterator[Place]:
    for path, content in survey.minutes.items():
        try:
            owned.parts(content.decode() if isinstance(content, bytes) else "")
        except UnicodeDecodeError:
            continue
        except owned.DamagedError as error:
            yield path, error.line, f"{error}; see: minutes refresh."


@ON_DISK.error(
    "merge-marks",
    "Where two versions of minutes met, git left both in the file, between marks. Keep the lines that are right, and "
    "take out the others with the marks.",
)
def _merge_marks(survey: Survey) -> Iterator[Place]:
    for path, content in survey.minutes.items():
        text = content.decode(errors="replace") if isinstance(content, bytes) else ""
        if lines := unfinished.marked(text):
            yield path, lines[0], "git left its marks where two versions met; keep the lines that are right."


@ON_DISK.error(
    "approved-changed",
    "Approved minutes do not change any more, and this text is not what was approved. Bring that text back from the "
    "history, and add what is wrong in it as a correction.",
)
def _approved_changed(survey: Survey) -> Iterator[Place]:
    for record, path, content in survey.approved:
        if record.minutes is None or isinstance(content, files.UnreadableError):
            continue
        if content is None or digest(content) != record.minutes.sha256:
            what = "removed" if content is None else "changed"
            option = " --restricted" if isinstance(record, RestrictedMeeting) else ""
            message = (
                f"was approved on {short(record.minutes.approved)} and has been {what} since; bring it back with git, "
                f"and say what is wrong in it with: slavefree minutes correct {record.id}{option} TEXT"
            )
            yield path, None, message


@ON_DISK.error(
    "approved-moved",
    "A meeting with approved minutes does not move, and its file has another day or time than the minutes that were "
    "approved. Put the file right.",
)
def _approved_moved(survey: Survey) -> Iterator[Place]:
    records = survey.desk.records.meetings
    for record, path, content in survey.approved:
        if record.id in records and isinstance(content, bytes):
            text = content.decode(errors="replace")
            # What people keep as their heading may have been approved as it was.
            for part in owned.parts_or_none(text):
                lines = [each for each in outline.lines(text, ()) if part.first < each.place < part.last]
                if part.name == drafting.HEADING and (line := heading.moved(lines, records[record.id])):
                    what = "is approved, and has another date or time than the meeting, which does not move"
                    yield path, line, f"{what}; put {record.id}/meeting.toml right."


@ON_DISK.error(
    "looks-like-git",
    "Four ordinary files are enough to have git take a folder for a repository and obey its settings, which can name "
    "programs to be run. Nothing of a partnership needs them: take them out, and ask who put them there.",
)
def _looks_like_git(survey: Survey) -> Iterator[Place]:
    message = "is taken for a repository by git, and is none; take out what makes it so: HEAD, objects, refs, config."
    yield from ((folder, None, message) for folder in survey.lookalikes)


@ON_DISK.error(
    "restricted-kept-open",
    "The open repository keeps restricted/, so that everybody with a clone of it has what is in there. Move it into a "
    "repository of its own.",
)
def _restricted_kept_open(survey: Survey) -> Iterator[Place]:
    if survey.is_kept_open:
        message = "is kept in the open repository; move it into one of its own: slavefree restricted adopt"
        yield RESTRICTED.rstrip("/"), None, message


@ON_DISK.error(
    RESTRICTED_SHOWN,
    "An open file says what a restricted item is called, or what a restricted action or decision says, so that "
    "everybody with a clone can read it. Take it out. What is commonplace is not looked for: what something open is "
    "called too, standing business, one word in small letters or of fewer than four.",
)
def _restricted_shown(survey: Survey) -> Iterator[Place]:
    for path, (line, of) in survey.restricted_shown:
        yield path, line, f"shows what is restricted ({of}); take it out."


@ON_DISK.error(
    "not-ignored",
    "Git must ignore what is restricted and the drafts of messages, and a rule has it not do so. Take that rule out.",
)
def _not_ignored(survey: Survey) -> Iterator[Place]:
    yield from ((places.IGNORED, line, f"{said}.") for line, said in survey.not_ignored)


@ON_DISK.error(
    "link-away",
    "What is written through a link changes the file that it leads to, and a link can come with the register. Nothing "
    "of a partnership needs one that leads out of it, or makes open what is restricted: put the file itself there, and "
    "ask who put the link.",
)
def _link_away(survey: Survey) -> Iterator[Place]:
    told = {each.path for each in survey.bad}
    told |= {path for path, content in survey.minutes.items() if isinstance(content, files.UnreadableError)}
    message = "is a link that leads out of the register, among git's own files, or from one tree into the other."
    yield from ((path, None, message) for path in survey.links if path not in told)


@ON_DISK.error(
    "shared-outbox",
    "Drafts have people's addresses and the private link in them, and journals say who was sent what: git has none of "
    "that, and what it has came from somebody else. Take out what is named.",
)
def _shared_outbox(survey: Survey) -> Iterator[Place]:
    # Where git cannot say, there is none, or it says so when it is next needed.
    with suppress(OutsideError):
        yield from ((path, None, message) for path, message in unshared.problems(survey.desk))


@ON_DISK.note(
    "unknown-key", "The key is kept and does nothing. If it is a slip, correct it; if it is yours, all is well."
)
def _unknown_key(survey: Survey) -> Iterator[Place]:
    for record, read in survey.reads:
        unknown = list(convert.unknown_keys(record, read.raw))
        for key in unknown[:_MOST_KEYS]:
            yield *survey.place(record, key), f"{key} is a key that this program does not know."
        if more := unknown[_MOST_KEYS:]:
            said = f"{counted(len(more), 'more key')} from {more[0]} on that this program does not know."
            yield *survey.place(record, more[0]), f"has {said}"


@ON_DISK.note("missing-paper", "An agenda item names a paper that is not there. Put it there, or take it off the item.")
def _missing_paper(survey: Survey) -> Iterator[Place]:
    desk = survey.desk
    for meeting in desk.records.meetings:
        for slug, path in papers.missing(desk, meeting):
            tree = desk.restricted if places.is_restricted(path) else desk.records
            key = f"items.{slug}.papers"
            yield *survey.place(tree.agendas[meeting], key), f"{key} names {path}, which is not there."


def _tidied(survey: Survey) -> Iterator[tuple[str, bytes]]:
    """Yield each file that is not as the program writes it, and what it is then."""
    root = survey.desk.root
    try:
        attributes = files.read(root, places.ATTRIBUTES, linked=True).decode()
    except FileNotFoundError:
        attributes = ""
    except (files.UnreadableError, UnicodeDecodeError):
        attributes = places.GITATTRIBUTES
    if not survey.not_ignored and (ignoring := repositories.ignoring(survey.desk)) is not None:
        yield places.IGNORED, ignoring
    missing = [line for line in places.GITATTRIBUTES.splitlines() if line not in attributes.splitlines()]
    if missing:
        start = attributes if attributes.endswith("\n") or not attributes else attributes + "\n"
        yield places.ATTRIBUTES, (start + "".join(f"{line}\n" for line in missing)).encode()
    for _, read in survey.reads:
        present = files.read(root, read.path)
        if (tidy := _tidy(present)) != present:
            yield read.path, tidy


def _tidy(content: bytes) -> bytes:
    """Return the content of a record as the program writes it: without a mark at its beginning, with LF line ends."""
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").removesuffix(b"\n") + b"\n"


@ON_DISK.note(
    "mendable",
    "The file reads well but is not as the program writes it: line ends, a mark at its beginning, or the settings that "
    "keep git from changing line ends.",
    _tidied,
)
def _mendable(survey: Survey) -> Iterator[Place]:
    return ((path, None, "can be tidied with: slavefree check --fix") for path, _ in _tidied(survey))


def _answered(survey: Survey) -> Iterator[tuple[str, bytes]]:
    return ((path, _tidy(content)) for path, content in plain_answers.answers(survey))


@ON_DISK.note(
    "plain-answer",
    "What is wrong in the file has one plain answer: a name that fits one record for its id, a date or a number in "
    "quotes, a value of a list in capitals. check --fix writes it.",
    _answered,
)
def _plain_answer(survey: Survey) -> Iterator[Place]:
    return ((path, None, "has a plain answer: slavefree check --fix") for path, _ in _answered(survey))


@ON_DISK.note(
    "left-over",
    "A command was broken off while it wrote this file under a name of its own. It holds nothing that is missed; the "
    "next change, or check --fix, takes it away.",
    lambda survey: ((path, None) for path in survey.left_over),
)
def _left_over(survey: Survey) -> Iterator[Place]:
    return ((path, None, "was left by a command that was broken off.") for path in survey.left_over)


@ON_DISK.note(
    "misplaced", "Records are looked for in their places only, and this file is not seen. Move it to its place."
)
def _misplaced(survey: Survey) -> Iterator[Place]:
    for path in survey.files:
        hidden = os.path.basename(path).startswith(".") or path.startswith(places.TEMPLATES)
        if path.lower().endswith(".toml") and not (hidden or places.is_place(path) or path in survey.copies):
            yield path, None, "stands where no record is looked for, and is not read."


@ON_DISK.note(
    "conflicted-copy",
    "A program that keeps folders alike (Dropbox, OneDrive and others) found two versions of a file and kept both, one "
    "of them under a name that nothing is read from. Look which has what is right, and remove the copy.",
)
def _conflicted_copy(survey: Survey) -> Iterator[Place]:
    return ((path, None, said) for path, said in survey.copies.items())


@ON_DISK.note(
    "no-coordinator", "Every invitation names the coordinator as its organiser, with an address for the answers."
)
def _no_coordinator(survey: Survey) -> Iterator[Place]:
    if survey.desk.records.partnership.coordinator.email is None:
        message = "has no coordinator's address, which invitations need: slavefree partnership edit --email ADDRESS"
        yield places.MARKER, None, message
