"""How somebody logs in at a mail server: by a password, in any mechanism that it offers, or by a token (RFC 4954).

A password is UTF-8 in each of them: CRAM-MD5 (RFC 2195), PLAIN (RFC 4616), LOGIN. A token is one of OAuth 2.0, given as
XOAUTH2 wants it (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol), at Microsoft too. What a server
says of it is passed on without what is secret, should it repeat that.
"""

import base64
import hmac
import smtplib
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from slavefree_cli.errors import OutsideError

_LONGEST_COMMAND: Final = 512
"""Bytes of a command with its end (RFC 5321 section 4.5.3.1.4); what is longer waits for a challenge (RFC 4954)."""
_HIDDEN: Final = "(not shown)"


class Login(NamedTuple):
    """Who logs in, and by what."""

    user: str
    secret: Callable[[], str]
    """Gives the password or the token, anew at each connection, as a token does not last; kept nowhere else.

    It raises OutsideError where there is none to be had.
    """
    is_token: bool = False
    another: str = ""
    """A sentence that tells how to come by another one, with the command to run."""


class NotLetInError(OutsideError):
    """The server does not let this user in, and would not if it was asked again."""


class _Mechanism(NamedTuple):
    """What is said by a mechanism: with the command, and to one challenge after the other."""

    first: bytes | None
    answers: Sequence[Callable[[bytes], bytes]]


def without(secrets: Sequence[str], text: str) -> str:
    """Return a text without secrets that somebody put into it."""
    for each in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(each, _HIDDEN)
    return " ".join(_HIDDEN if _is_part(word, secrets) else word for word in text.split())


def log_in(smtp: smtplib.SMTP, login: Login, where: str) -> None:
    """Log in at a server that was greeted, by the first mechanism that it takes.

    Args:
        smtp: The connection.
        login: Who logs in.
        where: What people call the server.

    Raises:
        NotLetInError: It refuses, or offers no mechanism for what there is; the message says what to do.
        OutsideError: There is no password or token to be had.
    """
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    known = ("XOAUTH2",) if login.is_token else ("CRAM-MD5", "PLAIN", "LOGIN")
    mechanisms = [each for each in known if each in offered]
    if not mechanisms:
        raise NotLetInError(
            f"{where} {_offers(offered, is_token=login.is_token)} Drafts need no server: leave --smtp out."
        )
    secret = login.secret()
    refused = ""
    for name in mechanisms:
        sent: list[str] = []
        try:
            code, said = _exchange(smtp, name, _mechanism(name, login.user, secret), sent)
        except smtplib.SMTPServerDisconnected:
            # Some hang up after a refusal, which is then the one to be told.
            if not refused:
                raise
            break
        if code == 235:
            return
        refused = f"{code}: {without([secret, *sent], said.decode(errors='replace')).rstrip('.')}"
    what = " The token may have expired, or be for something else." if login.is_token else ""
    if not login.is_token and "XOAUTH2" in offered:
        what = ' Where it takes no passwords any more, set smtp.auth = "xoauth2" (docs/mail.md).'
    raise NotLetInError(
        f"{where} does not let {login.user} in ({refused}).{what} Drafts need no server: leave --smtp out. "
        f"{without([secret], login.another)}".rstrip()
    )


def _exchange(smtp: smtplib.SMTP, name: str, mechanism: _Mechanism, sent: list[str]) -> tuple[int, bytes]:
    """Return the code and the words by which the server ends it; what is sent is added to ``sent``."""

    def encoded(words: bytes) -> str:
        sent.append(base64.b64encode(words).decode())
        return sent[-1]

    first = None if mechanism.first is None else encoded(mechanism.first)
    if first is not None and len(f"AUTH {name} {first}\r\n") <= _LONGEST_COMMAND:
        code, said = smtp.docmd("AUTH", f"{name} {first}")
    else:
        code, said = smtp.docmd("AUTH", name)
        if code == 334 and first is not None:
            code, said = smtp.docmd(first)
    for answer in mechanism.answers:
        if code != 334:
            break
        code, said = smtp.docmd(encoded(answer(_decoded(said))))
    if code == 334:
        # One challenge more than the mechanism has: it is given up (RFC 4954 section 4).
        code, said = smtp.docmd("*")
    return code, said


def _mechanism(name: str, user: str, secret: str) -> _Mechanism:
    who, what = user.encode(), secret.encode()
    if name == "XOAUTH2":
        # Why a token is refused comes as a challenge, to which nothing is said.
        return _Mechanism(b"user=%b\1auth=Bearer %b\1\1" % (who, what), [lambda _: b""])
    if name == "PLAIN":
        return _Mechanism(b"\0%b\0%b" % (who, what), [])
    if name == "LOGIN":
        return _Mechanism(None, [lambda _: who, lambda _: what])
    return _Mechanism(None, [lambda challenge: b"%b %b" % (who, hmac.digest(what, challenge, "md5").hex().encode())])


def _offers(offered: Sequence[str], *, is_token: bool) -> str:
    """Say what a server offers that has no mechanism for what there is, and what to do."""
    if not offered:
        return "lets nobody log in: take smtp.user out, or look whether port and security are right (docs/mail.md)."
    if is_token:
        return f"takes no token by XOAUTH2, only {', '.join(offered)}: take smtp.auth out, and give a password."
    if "XOAUTH2" in offered:
        return 'takes no passwords, but tokens: set smtp.auth = "xoauth2" and smtp.password_command (docs/mail.md).'
    return f"offers {', '.join(offered)} to log in, of which this program knows none."


def _decoded(challenge: bytes) -> bytes:
    try:
        return base64.b64decode(challenge)
    except ValueError:
        return b""


def _is_part(word: str, secrets: Sequence[str]) -> bool:
    """Tell whether a word is a long part of a secret, as where a server repeats how a line began."""
    bare = word.strip(".,;:<>[](){}\"'")
    return len(bare) >= 8 and any(bare in each for each in secrets)
