"""Approved minutes: the text that does not change any more, and the corrections that are added to it."""

from collections.abc import Mapping

from slavefree_cli.documents.markdown import escaped
from slavefree_cli.model.dates import clock, local, spoken
from slavefree_cli.model.meeting import Correction


def digest(content: bytes) -> str:
    """Return the SHA-256 of minutes with LF line ends, in hexadecimal, so that a checkout on Windows has the same."""
    import hashlib

    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def with_corrections(text: str, corrections: Mapping[str, Correction], timezone: str) -> str:
    """Return minutes as they are shown: the text as it was approved, and below it each dated correction.

    Args:
        text: The minutes.
        corrections: The addenda by their codes.
        timezone: The partnership's, in which their days are told.
    """
    if not corrections:
        return text
    in_order = sorted(corrections.items(), key=lambda entry: (entry[1].at, entry[0]))
    shown = text.rstrip("\n") + "\n\n## Corrections since approval\n\n"
    for code, each in in_order:
        at = local(each.at, timezone)
        shown += f"- {spoken(at.date())}, {clock(at.time())} [{code.upper()}]: {escaped(each.text)}\n"
    return shown
