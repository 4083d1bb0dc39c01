"""Being told to stop while letters are handed over: in order, and not between a step and its line in the journal."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

_STOP: Final = frozenset(
    found for name in ("SIGINT", "SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None
)


@contextmanager
def in_order() -> Iterator[None]:
    """Have whoever tells this process to end, or closes its terminal, interrupt it as Ctrl-C does.

    What is ignored stays so, as below nohup.
    """
    was = {each: signal.getsignal(each) for each in _STOP}
    try:
        for each in [each for each, how in was.items() if how is signal.SIG_DFL]:
            signal.signal(each, _stop)
    except ValueError:
        # Only the first thread may, and where this one is another, ends are not for it to arrange.
        was = {}
    try:
        yield
    finally:
        for each, how in was.items():
            if how is signal.SIG_DFL:
                signal.signal(each, how)


@contextmanager
def not_now() -> Iterator[None]:
    """Let a signal wait for a moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    was = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, was)


def _stop(number: int, _: object) -> NoReturn:
    raise KeyboardInterrupt(number)
