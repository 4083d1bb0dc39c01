"""A harness for signals: what is sent to a process, and the proof that it arrived there."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass

EVERY = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True)
class Ended:
    """How a process ended to which a signal was sent, or which was faster."""

    sent: signal.Signals | None
    code: int
    said: str

    @property
    def arrived(self) -> bool:
        """Whether the signal ended it: by the system, or in order as Ctrl-C does."""
        return self.sent is not None and self.code in {-self.sent, 130}

    @property
    def lost(self) -> bool:
        """Whether it was sent while the process ran, and that went on as if nothing was: a fault of the harness."""
        return self.sent is not None and not self.arrived and self.code not in {0, 1, 6}


def started(place, arguments):
    """Start a command line in a session of its own, in which no signal is ignored, whatever the test run ignores."""

    def reset():
        for each in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])

    return subprocess.Popen(
        [sys.executable, "-m", "slavefree_cli", "--no-input", *arguments],
        cwd=place.folder, env={**place.env, "PYTHONWARNINGS": ""},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True, text=True, preexec_fn=reset,
    )  # fmt: skip


def send(process, what, *, group):
    """Send a signal to a process, or to it and all that it started, as a terminal does."""
    (os.killpg if group else os.kill)(process.pid, what)


def after(place, arguments, what, seconds, *, group):
    """Run a command line and send it a signal after so many seconds, unless it has ended by then."""
    process = started(place, arguments)
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        send(process, what, group=group)
        said, _ = process.communicate()
        return Ended(what, process.returncode, said)
    return Ended(None, process.returncode, said)


def when(place, arguments, what, moment: threading.Event, *, group=False):
    """Run a command line and send it a signal when a moment has come, which it waits at."""
    process = started(place, arguments)
    assert moment.wait(60), process.communicate(timeout=5)
    send(process, what, group=group)
    said, _ = process.communicate(timeout=60)
    return Ended(what, process.returncode, said)
