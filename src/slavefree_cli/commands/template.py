"""``slavefree template``."""

from typing import Annotated

import typer

from slavefree_cli.commands.noun import noun
from slavefree_cli.commands.options import argument
from slavefree_cli.commands.session import AsJson, open_desk
from slavefree_cli.view import screen, shapes
from slavefree_cli.view.screen import columns
from slavefree_cli.work.records import templates
from slavefree_cli.work.records.templates import Listed

app = noun()

COLUMNS = columns("for name own file", spare="file", own="The register's own")

Name = Annotated[str, argument("NAME", "Its name, or agenda/NAME or minutes/NAME.")]


def _item(template: Listed, text: str | None = None) -> shapes.Item:
    return shapes.template(template.kind, template.name, template.path if template.own else None, text)


@app.command("list", epilog="Example: slavefree template list")
def list_(context: typer.Context, json: AsJson = False) -> None:
    """List the templates: those that ship, and the register's own."""
    session, desk = open_desk(context)
    found = [_item(each) for each in templates.listed(desk)]
    session.show_all("templates", found, COLUMNS, desk, json=json)


@app.command(epilog="Example: slavefree template show formal")
def show(context: typer.Context, name: Name, json: AsJson = False) -> None:
    """Show the text of a template."""
    _, desk = open_desk(context)
    found = templates.one(desk, name)
    text = templates.text(desk, found)
    if json:
        screen.write_bytes(shapes.answer("template", _item(found, text)))
    else:
        screen.write_text(text)


@app.command(epilog="Example: slavefree template copy formal")
def copy(context: typer.Context, name: Name, json: AsJson = False) -> None:
    """Put a template into the register, to make it your own.

    From then on it is used in place of the one that ships.
    """
    session, desk = open_desk(context)
    made = templates.copy(desk, templates.one(desk, name))
    message = f"Copied {made.name} to {made.path}; edit it there"
    session.show("template", _item(made, templates.text(desk, made)), COLUMNS, json=json, message=message)
