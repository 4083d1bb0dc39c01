"""The one place where the program reads the time."""

import os
import time
from datetime import UTC, datetime

from slavefree_cli.errors import UsageError
from slavefree_cli.model.dates import YEARS


def now() -> datetime:
    """Return the present instant in UTC, to the second.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970, https://reproducible-builds.org/specs/source-date-epoch/) stands in for
    it where it is set, so that a file made twice is the same file.

    Raises:
        UsageError: ``SOURCE_DATE_EPOCH`` is not a number of seconds that falls in the years of a register.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.fromtimestamp(int(time.time()), UTC)
    try:
        at = datetime.fromtimestamp(int(fixed), UTC)
        if at.year not in YEARS:
            raise ValueError
        return at
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH must be a whole number of seconds since 1970, not {fixed!r}.") from None
