"""Messages handed to a mail server, one at a time, over TLS unless the server is on this machine."""

import ipaddress
import smtplib
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final, Literal, NamedTuple, Self

from slavefree_cli.errors import OutsideError
from slavefree_cli.mail.answers import Plain, Tls
from slavefree_cli.mail.login import Login, log_in

_READ = 400
Security = Literal["starttls", "tls", "none"]
_END: Final = b".\r\n"


class Server(NamedTuple):
    """The mail server of whoever sends."""

    host: str
    port: int
    security: Security
    login: Login | None = None
    """Who logs in; nobody where the server asks for nothing."""
    timeout: float = 30.0
    """In seconds, for each answer of the server."""
    certificates: str | None = None
    """A file of certificates that are trusted besides the system's."""


def is_local(host: str) -> bool:
    """Tell whether a server is on this machine by its name or address, as a proxy may be."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold().rstrip(".") == "localhost"


class NotTakenError(Exception):
    """The server did not take one message; says why. The others may still go."""


class LostError(Exception):
    """The connection went before the message was handed over: it can be sent again."""


class DoubtError(Exception):
    """The message was handed over, and the server did not say what became of it."""


class Connection:
    """A connection to a server, as a context.

    Args:
        server: The server.

    Raises:
        OutsideError: It cannot be reached, has no TLS, or does not let this user in.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        server = self._server
        where = f"{server.host}, port {server.port}"
        try:
            context = ssl.create_default_context(cafile=server.certificates)
            if server.certificates is not None:
                context.load_default_certs()
            if server.security == "tls":
                smtp: Plain = Tls(server.host, server.port, timeout=server.timeout, context=context)
            else:
                smtp = Plain(server.host, server.port, timeout=server.timeout)
            self._smtp = smtp
            if server.security == "starttls":
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
            if server.login is not None:
                log_in(smtp, server.login, where)
        except OutsideError:
            self._close()
            raise
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._close()
            is_lacking = isinstance(error, smtplib.SMTPNotSupportedError)
            why = "does not offer what is needed" if is_lacking else "cannot be reached"
            raise OutsideError(f"{where} {why}: {_said(error)}.") from None
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def send(self, sender: str, to: str, content: bytes, ending: Callable[[], AbstractContextManager[None]]) -> None:
        """Hand over one message to one address.

        Args:
            sender: The address that it comes from.
            to: The address that it goes to.
            content: The message.
            ending: Is entered when the server has the message but for its end, without which it takes none (RFC 5321
                section 4.1.1.4); the end is sent in it. An error of its own leaves the message not sent.

        Raises:
            NotTakenError: The server refused it, for good or for now.
            LostError: The connection went before it was handed over.
            DoubtError: It went, or the answer was none, before the server confirmed it.
        """
        smtp = self._smtp
        if smtp is None:
            raise LostError("there is no connection")
        try:
            for command, words, wanted in (
                ("MAIL", f"FROM:<{sender}>", 250), ("RCPT", f"TO:<{to}>", 250), ("DATA", "", 354),
            ):  # fmt: skip
                code, said = smtp.docmd(command, words)
                if code == 421:
                    raise smtplib.SMTPServerDisconnected(_answer(code, said))
                if code not in {wanted, 251}:
                    self._reset(smtp)
                    raise NotTakenError(_answer(code, said))
            if smtp.sock is not None:
                # The server may take long to look at what it has now (RFC 5321 section 4.5.3.2.6).
                smtp.sock.settimeout(self._server.timeout * 10)
            smtp.send(_dotted(content))
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._close()
            raise LostError(_said(error)) from None
        with ending():
            try:
                smtp.send(_END)
            except (OSError, smtplib.SMTPServerDisconnected) as error:
                # So short it goes whole or not at all.
                self._close()
                raise LostError(_said(error)) from None
        try:
            code, said = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self._server.timeout)
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            raise DoubtError(_said(error)) from None
        if 400 <= code < 600:
            raise NotTakenError(_answer(code, said))
        if not 200 <= code < 300:
            self._close()
            raise DoubtError(_answer(code, said))

    def _reset(self, smtp: smtplib.SMTP) -> None:
        """Make ready for the next message; a server that hangs up instead is connected to anew."""
        try:
            smtp.docmd("RSET")
        except (OSError, smtplib.SMTPException):
            self._close()

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _dotted(content: bytes) -> bytes:
    """Return a message as DATA has it, but for its end (RFC 5321 section 4.5.2)."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    body = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n")


def _answer(code: int, said: bytes) -> str:
    later = ", for now" if 400 <= code < 500 else ""
    return f"the server answers {code}{later}: {_in_line(said)}"


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _in_line(error.smtp_error).rstrip(".")
    return _in_line(str(error)).rstrip(".") or type(error).__name__


def _in_line(said: bytes | str) -> str:
    """Return what a server said on one line, as much of it as anybody reads."""
    words = " ".join((said.decode(errors="replace") if isinstance(said, bytes) else said).split())
    return words if len(words) <= _READ else f"{words[:_READ]} …"
