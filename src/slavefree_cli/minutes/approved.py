"""Approved minutes: the text that does not change any more, and the corrections that are added to it."""

from collections.abc import Iterable, Mapping

from slavefree_cli.documents.markdown import escaped
from slavefree_cli.model.dates import clock, local, short, spoken
from slavefree_cli.model.decision import Decision
from slavefree_cli.model.meeting import Correction


def digest(content: bytes) -> str:
    """Return the SHA-256 of minutes with LF line ends, in hexadecimal, so that a checkout on Windows has the same."""
    import hashlib

    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def with_corrections(
    text: str, corrections: Mapping[str, Correction], timezone: str, withdrawn: Iterable[Decision] = ()
) -> str:
    """Return minutes as they are shown: the text as it was approved, and below it what there is to be said since.

    Args:
        text: The minutes.
        corrections: The addenda by their codes, of which each is dated.
        timezone: The partnership's, in which their days are told.
        withdrawn: The decisions of the meeting that were withdrawn after the text was settled.
    """
    shown = text
    if withdrawn := sorted(withdrawn, key=lambda each: (each.withdrawn, each.order)):
        shown = shown.rstrip("\n") + "\n\n## Since approval\n\n"
        for each in withdrawn:
            if each.withdrawn:
                why = f": {escaped(each.reason).rstrip('.')}" if each.reason else ""
                shown += f"- Decision {each.id.upper()} was withdrawn on {short(each.withdrawn)}{why}.\n"
    if corrections:
        shown = shown.rstrip("\n") + "\n\n## Corrections since approval\n\n"
    for code, correction in sorted(corrections.items(), key=lambda entry: (entry[1].at, entry[0])):
        at = local(correction.at, timezone)
        said = f"{spoken(at.date())}, {clock(at.time())} [{code.upper()}]: {escaped(correction.text)}"
        shown += f"- {said}\n"
    return shown
