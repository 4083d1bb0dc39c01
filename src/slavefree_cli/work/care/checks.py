"""Checking a register: every file read, every rule applied, and what has one safe answer mended."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from slavefree_cli.model import rules
from slavefree_cli.model.checks import EMPTIED, NOT_UTF_8, NOT_VALID, OF_A_FILE, UNREADABLE, AnyCheck, Severity
from slavefree_cli.register import door, files, places
from slavefree_cli.register.parse import EMPTIED_SAID
from slavefree_cli.register.restricted import WholeDesk
from slavefree_cli.work.care.on_disk import ON_DISK
from slavefree_cli.work.care.survey import Survey
from slavefree_cli.work.records import templates


class Finding(NamedTuple):
    """Something that a check found, in which file and line."""

    check: AnyCheck
    file: str
    line: int | None
    message: str

    def sentence(self, root: str | None = None) -> str:
        """Return it as one line; with the ``root`` of the register as compilers write one (``places.shown``)."""
        place, said = places.shown(self.file, self.line, root), f"{self.message} [{self.check.code}]"
        severity = self.check.severity
        return f"{severity}: {place}: {said}" if root is None else f"{place}: {severity}: {said}"


def every_check() -> list[AnyCheck]:
    """Return everything that is checked, by the code."""
    every: list[AnyCheck] = [*OF_A_FILE, *rules.RULES.entries, *ON_DISK.entries]
    return sorted(every, key=lambda each: each.code)


def findings(desk: WholeDesk, severity: Severity | None = None) -> list[Finding]:
    """Return everything found in a register, or what of it has one severity: errors before notes, by the files."""
    survey = Survey(desk)
    found = [Finding(bad.check, bad.path, bad.line, bad.message) for bad in survey.bad]
    if not desk.records.partnerships:
        return found
    for each in rules.findings(desk.records, desk.restricted, severity):
        message = f"{each.key} {each.message}." if each.key else f"{each.message}."
        found.append(Finding(each.check, *survey.place(each.record, each.key), message))
    found += _unreadable_minutes(survey)
    found += (Finding(NOT_VALID, *problem) for problem in templates.problems(desk))
    found += (Finding(EMPTIED, path, None, EMPTIED_SAID) for path in survey.emptied)
    found += (Finding(check, *place) for check in ON_DISK.sought(severity) for place in check.found(survey))
    wanted = (each for each in found if severity in {None, each.check.severity})
    return sorted(wanted, key=lambda each: (each.check.severity != "error", each.file, each.line or 0, each.check.code))


def first_of(found: Sequence[Finding], root: str | None = None) -> str:
    """Return the first of some findings in a sentence, with how many more there are; see ``places.shown``."""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{places.shown(found[0].file, found[0].line, root)}: {found[0].message}{more}"


def mendable(desk: WholeDesk) -> dict[str, bytes | None]:
    """Return what ``mend`` would mend: by the paths, in order, what each shall hold; None where it is to be gone."""
    survey = Survey(desk)
    found = dict(entry for check in ON_DISK.entries for entry in check.mended(survey))
    return {path: found[path] for path in sorted(found)}


def mend(desk: WholeDesk) -> list[str]:
    """Mend what has one safe answer and return the paths.

    Attributes, line ends, byte-order marks, left-over files; and in records what has one plain answer.
    """
    # Left-over files are cleared by the door itself, as with every change.
    left_over = [path for path, content in mendable(desk).items() if content is None]
    with door.change(desk, "Mend what check found") as change:
        tidied = {path: content for path, content in mendable(desk).items() if content is not None}
        for path, content in tidied.items():
            change.write(path, content)
    return sorted([*left_over, *tidied])


def _unreadable_minutes(survey: Survey) -> Iterator[Finding]:
    for path, content in survey.minutes.items():
        if isinstance(content, files.UnreadableError):
            yield Finding(UNREADABLE, path, None, f"{content}.")
            continue
        if files.is_emptied(content):
            yield Finding(EMPTIED, path, None, EMPTIED_SAID)
            continue
        try:
            files.text_of(content)
        except files.NotTextError as error:
            yield Finding(NOT_UTF_8, path, error.line, error.sentence)
