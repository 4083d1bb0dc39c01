"""When somebody was in the room: from the item at which they came to that at which they left, less what is between."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from slavefree_cli.model.attendance import Attendee, Away
from slavefree_cli.model.record import Problem


class Moves(NamedTuple):
    """The items at which somebody came late, went out, and came back in."""

    late: Sequence[str] = ()
    left: Sequence[str] = ()
    back: Sequence[str] = ()


class Places:
    """The items of an agenda by their places; one that is not on it has none.

    Args:
        order: Their slugs in order.
    """

    def __init__(self, order: Sequence[str]) -> None:
        self._at = {slug: index for index, slug in enumerate(order)}

    def has(self, slug: str | None) -> bool:
        """Tell whether an item is on the agenda."""
        return slug in self._at

    def of(self, slug: str | None) -> int:
        """Return the place of an item, from 0; of one that is not on the agenda, behind the last."""
        return self._at.get(slug or "", len(self._at))

    def is_before(self, one: str | None, other: str | None) -> bool:
        """Tell whether both items are on the agenda, and the one comes before the other."""
        return self.has(one) and self.has(other) and self.of(one) < self.of(other)

    def is_reached(self, slug: str | None, at: str) -> bool:
        """Tell whether an item is on the agenda, and is taken before another or is that one."""
        return self.has(slug) and self.of(slug) <= self.of(at)


def was_in(attendee: Attendee, item: str, places: Places) -> bool:
    """Tell whether somebody who came was in the room while an item was taken.

    Who came late was from the item at which they came; who left was not from the item on at which they left, unless
    they came back in; for what they declared an interest in they had left the room. To have come or left at an item
    that is not on the agenda says nothing.
    """
    here = not places.has(attendee.arrived) or places.is_reached(attendee.arrived, item)
    gone = places.is_reached(attendee.left, item)
    out = any(
        places.is_reached(left, item) and not places.is_reached(away.back, item) for left, away in attendee.away.items()
    )
    return here and not gone and not out and item not in attendee.interests


def moved(attendee: Attendee, moves: Moves, places: Places) -> Attendee:
    """Return an attendee with what is said of when they came and went.

    Who is said to have come late at an item after one at which they left was out in between.

    Args:
        attendee: What was recorded before.
        moves: What is said now; what it says nothing of stays.
        places: The agenda.

    Raises:
        ValueError: They left twice or came back twice running; the message says so.
    """
    known = [*moves.left, *([attendee.left] if attendee.left else [])]
    backs, arrived = list(moves.back), attendee.arrived
    for slug in moves.late:
        if any(places.is_before(gone, slug) for gone in known):
            backs.append(slug)
        elif slug not in {each.back for each in attendee.away.values()}:
            arrived = slug
    if arrived in backs:
        arrived = None
    if not backs:
        if len(set(moves.left)) > 1:
            raise ValueError("left more than once; say with --back PERSON=ITEM at which item they came back")
        return structs.replace(attendee, arrived=arrived, left=moves.left[0] if moves.left else attendee.left)
    # What was recorded before counts besides what is said now or, where the two do not go together, not at all.
    for gone in (known, list(moves.left)):
        paired = _paired(set(gone), set(backs), places)
        if paired is not None:
            absences, left = paired
            return structs.replace(attendee, arrived=arrived, left=left, away={**attendee.away, **absences})
    raise ValueError(
        "came back without having left before, or left twice; say both: --left PERSON=ITEM --back PERSON=ITEM"
    )


def taken_back(attendee: Attendee, *, back: bool) -> Attendee:
    """Return an attendee who did not leave or, where only their coming back is taken back, left for good."""
    if not back:
        return structs.replace(attendee, left=None, away={})
    return structs.replace(attendee, left=next(iter(attendee.away), attendee.left), away={})


def problems(attendee: Attendee, places: Places) -> Iterator[Problem]:
    """Yield in what somebody's coming and going does not fit an agenda."""
    if places.is_before(attendee.left, attendee.arrived):
        yield "left", f"names {attendee.left}, before they came ({attendee.arrived})"
    last: str | None = None
    for gone in sorted(attendee.away, key=places.of):
        back = attendee.away[gone].back
        if not places.has(gone) or not places.has(back):
            continue
        if not places.is_before(gone, back):
            yield f"away.{gone}.back", f"names {back}, which is not after {gone}, at which they went out"
        elif places.is_before(gone, attendee.arrived):
            yield f"away.{gone}", f"is before they came ({attendee.arrived})"
        elif places.is_before(attendee.left, back):
            yield f"away.{gone}.back", f"names {back}, after they left ({attendee.left})"
        elif last is not None and places.is_before(gone, last):
            yield f"away.{gone}", f"is before they were back ({last}); take it back with an empty --left PERSON="
        last = back


def _paired(gone: set[str], backs: set[str], places: Places) -> tuple[dict[str, Away], str | None] | None:
    """Return each going out with the coming back that follows it, and the last one without; None where they do not."""
    absences: dict[str, Away] = {}
    out: str | None = None
    events = sorted([(places.of(slug), 1, slug) for slug in gone] + [(places.of(slug), 0, slug) for slug in backs])
    for _, leaves, slug in events:
        if bool(leaves) == (out is not None):
            return None
        if out is not None:
            absences[out] = Away(back=slug)
        out = slug if leaves else None
    return absences, out
