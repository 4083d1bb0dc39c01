"""The meetings of a partnership, kept as plain files in a git repository."""

__version__ = "0.1.0"
