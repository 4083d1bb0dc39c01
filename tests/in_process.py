"""A command line run in the process of the test, with everything that a process of its own would have.

It starts where a user's does, in ``slavefree_cli.__main__``: the arguments, the folder, an environment of which nothing
is inherited, and three open files as standard input, output and error, in Python and below it. What a process takes
with it when it ends is put back; what it could leave behind in a process that goes on is a mistake, and is found.
"""

import gc
import locale
import os
import resource
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

_LIMITS = (resource.RLIMIT_AS, resource.RLIMIT_CORE, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGALRM, signal.SIGCHLD)


def run(arguments: Sequence[str], env: Mapping[str, str], cwd: Path, typed: bytes = b"") -> tuple[int, bytes, bytes]:
    """Run one command line and return its exit code and what it wrote.

    Args:
        arguments: What follows the name of the program.
        env: All variables that there are.
        cwd: The folder it runs in.
        typed: What it can read.
    """
    assert threading.current_thread() is threading.main_thread(), "a process has one folder and one environment"
    before = _State.now()
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile(buffering=0)) for _ in range(3)]
        files[0].write(typed)
        files[0].seek(0)
        with _streams([file.fileno() for file in files]), _environment(env), _folder(cwd), _interpreter(arguments):
            code = _exit_code()
        for file in files[1:]:
            file.seek(0)
        out, err = (file.read() for file in files[1:])
    left = _State.now().different_from(before)
    assert not left, f"{arguments} left something over: {left}"
    return code, out, err


def _exit_code() -> int:
    from slavefree_cli.__main__ import INTERRUPTED, main

    try:
        main()
    except SystemExit as end:
        code = end.code
    else:
        code = 0
    if code is None or isinstance(code, int):
        if code == INTERRUPTED:
            # Nobody but whoever runs the tests can have pressed it.
            raise KeyboardInterrupt
        return (code or 0) & 0xFF
    sys.stderr.write(f"{code}\n")
    return 1


class _State(NamedTuple):
    """What one command could leave to the next."""

    files: frozenset[str]
    threads: frozenset[threading.Thread]
    signals: tuple[Any, ...]
    limits: tuple[Any, ...]
    mask: int
    locale: str
    path: tuple[str, ...]

    @classmethod
    def now(cls) -> "_State":
        mask = os.umask(0o077)
        os.umask(mask)
        return cls(
            _open_files(),
            frozenset(threading.enumerate()),
            tuple(map(signal.getsignal, _SIGNALS)),
            tuple(map(resource.getrlimit, _LIMITS)),
            mask,
            locale.setlocale(locale.LC_ALL),
            tuple(sys.path),
        )

    def different_from(self, before: "_State") -> dict[str, Any]:
        """Return what is not as it was before, without what is."""
        different = {name: (was, now) for name, was, now in zip(self._fields, before, self, strict=True) if was != now}
        return {name: was ^ now if isinstance(was, frozenset) else now for name, (was, now) in different.items()}


def _open_files() -> frozenset[str]:
    found = set()
    for number in os.listdir("/dev/fd"):
        try:
            what = os.readlink(f"/dev/fd/{number}")
        except OSError:  # the one by which the folder was read
            continue
        # A mail server of the test's has sockets that come and go; of ours that is left, Python complains itself.
        if not what.startswith("socket:"):
            found.add(f"{number} {what}")
    return frozenset(found)


@contextmanager
def _streams(files: Sequence[int]) -> Iterator[None]:
    """Have these open files be standard input, output and error."""
    was = sys.stdin, sys.stdout, sys.stderr
    for stream in was[1:]:
        stream.flush()
    with ExitStack() as stack:
        for number, file in enumerate(files):
            kept = os.dup(number)
            stack.callback(os.close, kept)
            stack.callback(os.dup2, kept, number)
            os.dup2(file, number)
        try:
            # As Python opens them where nothing is set: closed with what is still to be written.
            sys.stdin = stack.enter_context(open(0, encoding="utf-8", errors="surrogateescape", closefd=False))
            sys.stdout = stack.enter_context(open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False))
            sys.stderr = stack.enter_context(
                open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
            )
            yield
        finally:
            sys.stdin, sys.stdout, sys.stderr = was


@contextmanager
def _environment(env: Mapping[str, str]) -> Iterator[None]:
    was = dict(os.environ)
    _set_environment(env)
    try:
        yield
    finally:
        _set_environment(was)


def _set_environment(env: Mapping[str, str]) -> None:
    zone = os.environ.get("TZ")
    os.environ.clear()
    os.environ.update(env)
    if env.get("TZ") != zone:
        time.tzset()


@contextmanager
def _folder(cwd: Path) -> Iterator[None]:
    was = os.open(".", os.O_RDONLY)
    try:
        os.chdir(cwd)
        yield
    finally:
        os.fchdir(was)
        os.close(was)


@contextmanager
def _interpreter(arguments: Sequence[str]) -> Iterator[None]:
    """Have what Python keeps for the whole process be as at its start, and put it back."""
    was = sys.argv, gc.get_threshold(), sys.unraisablehook
    sys.argv = ["slavefree", *arguments]
    # Into standard error, where it is looked for.
    sys.unraisablehook = sys.__unraisablehook__
    try:
        # That each is an error is what pytest is told.
        with warnings.catch_warnings():
            yield
    finally:
        sys.argv, threshold, sys.unraisablehook = was
        gc.set_threshold(*threshold)
