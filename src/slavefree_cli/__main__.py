"""Starts the program: ``slavefree`` and ``python -m slavefree_cli``."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from slavefree_cli.commands.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
