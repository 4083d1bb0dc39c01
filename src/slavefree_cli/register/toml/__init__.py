"""TOML text: new files, and hand-written ones changed in nothing but the lines that a change is about."""

from slavefree_cli.register.toml.write import Document, new

__all__ = ["Document", "new"]
