"""The bank holidays of the partnership's country; the library that knows them is imported only here."""

from collections.abc import Callable
from datetime import date

from slavefree_cli.errors import InvalidError


def of(place: str | None) -> Callable[[date], bool]:
    """Return what tells whether a day is a bank holiday.

    Args:
        place: An ISO 3166 code such as ``GB-ENG``; None for a partnership that has said nothing, and none is known.

    Raises:
        InvalidError: The holidays of that place are not known.
    """
    if place is None:
        return lambda _: False
    import holidays

    country, _, part = place.partition("-")
    try:
        known = holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        raise InvalidError(
            f"The bank holidays of {place} are not known; set others with: slavefree partnership edit --holidays CODE"
        ) from None
    return lambda day: day in known
