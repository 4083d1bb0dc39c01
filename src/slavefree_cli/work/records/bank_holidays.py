"""The bank holidays of the partnership's country; the library that knows them is imported only here."""

from collections.abc import Callable
from datetime import date

from slavefree_cli.errors import InvalidError


def none_known(_: date) -> bool:
    """Tell of every day that it is no bank holiday."""
    return False


def of(place: str | None) -> Callable[[date], bool]:
    """Return what tells whether a day is a bank holiday.

    Args:
        place: An ISO 3166 code such as ``GB-ENG``; None for a partnership that has said nothing, and none is known.

    Raises:
        InvalidError: The holidays of that place are not known.
    """
    if place is None:
        return none_known
    import holidays

    country, _, part = place.partition("-")
    try:
        known = holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        raise InvalidError(
            f"The bank holidays of {place} are not known; set others with: slavefree partnership edit --holidays CODE"
        ) from None
    return lambda day: day in known
