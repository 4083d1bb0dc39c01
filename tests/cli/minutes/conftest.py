import pytest

from drafted_minutes import JUNE, MEETING, with_minutes


@pytest.fixture
def minutes(place, prepared):
    """The file of drafted minutes, with an item to write under and a later meeting to approve them at."""
    place.env.update(JUNE)
    return prepared(place, with_minutes).register / MEETING / "minutes.md"
