"""Minutes drafted from a template, and the parts of minutes renewed."""

from collections.abc import Callable, Mapping

import msgspec

from slavefree_cli.editions.variables import Variables
from slavefree_cli.errors import InvalidError
from slavefree_cli.minutes import owned
from slavefree_cli.minutes.render import Template, rendered


def drafted(template: Template, variables: Variables) -> str:
    """Return minutes as a template drafts them; the parts that the program owns stand between comments.

    Raises:
        InvalidError: The template is wrong; the message names file and line.
    """
    text = rendered(template, msgspec.to_builtins(variables))
    try:
        return owned.composed(text)
    except ValueError as error:
        raise InvalidError(f"{template.file}: {error}.") from None


def refreshed(text: str, variables: Variables, find: Callable[[str], Template], only: str | None = None) -> str:
    """Return minutes with the parts that the program owns renewed and nothing else changed.

    Args:
        text: The minutes.
        variables: What their templates are given.
        find: Returns the template of a name.
        only: The one part to renew, where the others are to stay.

    Raises:
        DamagedError: The comments around the parts are not as they were written.
        WrittenInError: Somebody has written inside a part.
        InvalidError: A template is wrong.
    """
    found = [each for each in owned.parts(text) if only is None or each.name == only]
    fresh: dict[str, str] = {}
    for name in sorted({each.template for each in found}):
        made = _parts_of(drafted(find(name), variables))
        fresh.update({each.name: made[each.name] for each in found if each.template == name and each.name in made})
    return owned.renewed(text, fresh)


def _parts_of(text: str) -> Mapping[str, str]:
    return {each.name: each.body for each in owned.parts(text)}
