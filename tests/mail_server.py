"""A mail server on loopback that keeps what it takes, and how the messages in it are read."""

import asyncio
import email
import email.policy
import socket
import ssl
from pathlib import Path

import tomli
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

MEETING = "2023-06-07-inaugural"


class Mailbox:
    """A mail server that keeps what it takes, and can refuse, defer, or hang up."""

    def __init__(self):
        self.taken = []
        self.hang_up_after = []
        self.refuse = {}
        self.hang_up_at = None
        self.swallow = None
        self.wait = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address == self.hang_up_at:
            server.transport.close()
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        await asyncio.sleep(self.wait)
        if self.hang_up_after and len(self.taken) >= self.hang_up_after[0]:
            self.hang_up_after.pop(0)
            server.transport.close()
            return "421 Closing"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append((tuple(envelope.rcpt_tos), envelope.content))
        if self.swallow in envelope.rcpt_tos:
            server.transport.close()
        return "250 OK"

    def messages(self):
        return [email.message_from_bytes(content, policy=email.policy.default) for _, content in self.taken]


def served(place, mailbox, request, certificate=None, security="none", password=None, timeout=20):
    """Start a server and put it into the configuration of whoever runs the commands."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert", certificate / "key")

    def authenticator(server, session, envelope, mechanism, data):
        return AuthResult(success=data.login == b"sam" and data.password == b"secret", handled=False)

    class Served(Controller):
        def factory(self):
            return SMTP(
                self.handler,
                tls_context=context if security == "starttls" else None,
                require_starttls=security == "starttls",
                auth_required=password is not None,
                auth_require_tls=security == "starttls",
                authenticator=authenticator,
            )

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Served(mailbox, hostname="127.0.0.1", port=port, ssl_context=context if security == "tls" else None)
    controller.start()
    request.addfinalizer(controller.stop)
    lines = [
        "[smtp]", 'host = "127.0.0.1"', f"port = {port}", f'security = "{security}"', f"timeout = {timeout}",
    ]  # fmt: skip
    if certificate is not None:
        lines.append(f'certificates = "{certificate / "cert"}"')
    if password is not None:
        lines.append('user = "sam"')
        place.env["SLAVEFREE_SMTP_PASSWORD"] = password
    config = Path(place.env["HOME"]) / ".config" / "slavefree" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("\n".join(lines) + "\n")


def issued(place):
    found = [tomli.loads(path.read_text()) for path in (place.register / MEETING / "issued").glob("*.toml")]
    return sorted((each["sequence"], each["method"], tuple(sorted(each["to"]))) for each in found)


def parts(message):
    return [part.get_content_type() for part in message.walk()]


def plain(message):
    return message.get_body(("plain",)).get_content()
