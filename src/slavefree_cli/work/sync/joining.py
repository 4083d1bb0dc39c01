"""Two restricted repositories that have no history in common, joined record by record.

What both have of a record comes from what was open last: the history of the open repository says which that was.
"""

from collections.abc import Callable

from slavefree_cli.model.kinds import RestrictedRecords
from slavefree_cli.register import agenda_files, places
from slavefree_cli.register.agenda_files import items
from slavefree_cli.register.places import Place
from slavefree_cli.register.restrictions import History, Restriction
from slavefree_cli.work.sync.items_restricted import ELSEWHERE
from slavefree_cli.work.sync.version import Version


def join(versions: tuple[Version, Version, Version], history: History, made: Callable[[], list[Restriction]]) -> None:
    """Have what is restricted on both sides, and not in what both come from, come from what was open last.

    Args:
        versions: What both come from, which is changed, and the two sides.
        history: The history of the open repository.
        made: Gives all that ever became restricted.

    Raises:
        SlavefreeError: A file is laid out in a way that no edit can follow.
    """
    base, ours, theirs = versions
    for path, blob in ours.has.items():
        place = places.place_of(path)
        if place is None or not place.kind.restricted or theirs.has.get(path, blob) == blob:
            continue
        if place.kind is RestrictedRecords.agendas:
            _agenda(path, place, versions, history, made())
        elif place.kind.coded and path not in base.has:
            same = [each for each in made() if (each.noun, each.id) == (place.kind.noun, place.id)]
            common = history.common(same)
            if common is not None and common.open_last is not None:
                base.has[path] = common.open_last
            elif same:
                # One and the same all the same, and no two that happen to have one code.
                base.put(path, "# \n")


def _agenda(
    path: str,
    place: Place,
    versions: tuple[Version, Version, Version],
    history: History,
    made: list[Restriction],
) -> None:
    base, ours, theirs = (items(each.text(path)) for each in versions)
    both = [slug for slug in ours if slug in theirs and slug not in base and ours[slug] != theirs[slug]]
    found = dict(base)
    for stub in both:
        said: dict[str, object] = {}
        common = history.common([each for each in made if (each.meeting, each.stub) == (place.id, stub)])
        if common is not None and common.open_last is not None:
            was = items(versions[0].blob(common.open_last)).get(common.id, {})
            said = {key: each for key, each in was.items() if key not in {"position", "minutes"}}
        if ELSEWHERE in {ours[stub].get("reason"), theirs[stub].get("reason")}:
            said["reason"] = ELSEWHERE
        found[stub] = said
    if both:
        versions[0].put(path, agenda_files.with_items(versions[0].text(path), found))
