"""What ``shapes`` was called; for the commands that still say so."""

from slavefree_cli.view.shapes import Item as Item
from slavefree_cli.view.shapes import answer as answer
from slavefree_cli.view.shapes import plain as plain
