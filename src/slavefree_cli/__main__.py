"""Starts the program: ``slavefree`` and ``python -m slavefree_cli``."""

import gc
import os
import sys

INTERRUPTED = 130
ZONES = "/usr/share/zoneinfo"


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A command is over in a tenth of a second, of which looking for garbage while modules load takes a tenth.
    gc.set_threshold(100_000)
    if os.path.isdir(ZONES):
        # Where time zones are Python would ask how it was built, which takes as long as reading fifty records.
        os.environ.setdefault("PYTHONTZPATH", ZONES)
    try:
        from slavefree_cli.commands.app import run

        _open_closed_streams()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def _open_closed_streams() -> None:
    """Lead a stream that was closed by whoever started the program nowhere, so that no file takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the program


if __name__ == "__main__":
    main()
