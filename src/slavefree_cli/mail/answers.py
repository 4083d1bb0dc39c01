"""What a mail server answers, read with an end to its length and its time: some never stop talking, some never begin.

``smtplib`` waits anew for each piece of an answer, and takes as many lines as there are.
"""

import io
import smtplib
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MOST_BYTES: Final = 50_000
"""Of one answer; a line has 512 at most (RFC 5321 section 4.5.3.1.5), and EHLO some dozens of lines."""


class Plain(smtplib.SMTP):
    """A connection on which each answer is over in the time that the socket is given, however it comes."""

    ends: float | None = None
    """When the answer that is being read has to be there, on the clock of ``time.monotonic``."""

    def getreply(self) -> tuple[int, bytes]:
        """Return the code and the words of an answer; -1 where it has no code.

        Raises:
            SMTPServerDisconnected: There is no answer in time, or no end to it; the connection is closed.
        """
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("there is no connection")
        allowed = self.sock.gettimeout()
        if self.file is None:
            self.file = io.BufferedReader(_Timed(self))
        self.ends = None if allowed is None else time.monotonic() + allowed
        try:
            return self._read()
        except OSError as error:
            self.close()
            # All but a timeout are said by the system.
            why = "timed out before its answer was there" if isinstance(error, TimeoutError) else str(error)
            raise smtplib.SMTPServerDisconnected(why) from None
        finally:
            if self.sock is not None:
                self.sock.settimeout(allowed)

    def _read(self) -> tuple[int, bytes]:
        lines: list[bytes] = []
        length = 0
        while True:
            line: bytes = self.file.readline(_MOST_BYTES + 1)  # type: ignore[union-attr]
            length += len(line)
            if not line or length > _MOST_BYTES:
                self.close()
                why = "its answer has no end" if line else "it closed the connection"
                raise smtplib.SMTPServerDisconnected(why)
            lines.append(line[4:].strip(b" \t\r\n"))
            code = int(line[:3]) if line[:3].isdigit() else -1
            if code == -1 or line[3:4] != b"-":
                return code, b"\n".join(lines)


class Tls(Plain, smtplib.SMTP_SSL):
    """The same over TLS from the beginning."""


class _Timed(io.RawIOBase):
    """What comes by a connection, each piece in what is left of the time."""

    def __init__(self, connection: Plain) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, into: "WriteableBuffer", /) -> int:
        sock, ends = self._connection.sock, self._connection.ends
        if sock is None:
            return 0
        if ends is not None:
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            sock.settimeout(left)
        return sock.recv_into(into)
