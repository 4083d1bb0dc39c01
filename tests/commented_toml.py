"""What must stay in a file of TOML when it is edited: numbered comments, and the lines of keys that did not change."""

import re

import tomli

from slavefree_cli.register.toml.statements import statements


def comments(text):
    """The comments that were drawn, each with the words behind its number."""
    return re.findall(r"# comment \d+(?: \S+)*", text)


def untouched(text, wanted):
    """The keys whose values stay, and the headers of tables that stay, as the text of their lines."""
    text = text.removeprefix("\ufeff")
    before = tomli.loads(text)
    for each in statements(text):
        if each.kind in {"pair", "table"} and "many" not in each.path:
            old, now = _at(before, each.path), _at(wanted, each.path)
            if isinstance(now, dict) if each.kind == "table" else repr(old) == repr(now):
                yield each.text.rstrip("\r\n")


def in_order(parts, text):
    """Whether these parts stand in the text one after another."""
    where = 0
    for part in parts:
        found = text.find(part, where)
        if found < 0:
            return False
        where = found + len(part)
    return True


def _at(document, path):
    for part in path:
        if isinstance(document, list) != isinstance(part, int):
            return None
        if isinstance(document, list):
            document = document[part] if part < len(document) else None
        elif isinstance(document, dict):
            document = document.get(part)
        else:
            return None
    return document
