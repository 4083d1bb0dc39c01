"""A mail server on loopback that lets people in by any mechanism, refuses them, repeats their words, or hangs up."""

import base64
import hmac
import socketserver
import threading
from email import message_from_bytes
from email.policy import default

USER = "sam@example.org"


class AuthServer(socketserver.ThreadingTCPServer):
    """Offers some mechanisms and takes one password and one token; keeps what it was told and what it took.

    Args:
        offers: The mechanisms.
        secret: The password or token that it takes.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self, *offers, secret="sécret", refusal="535 5.7.8 Not accepted", repeats=False, hangs_up=False, once=False
    ):
        super().__init__(("127.0.0.1", 0), _Session)
        self.offers, self.secret, self.refusal = offers, secret, refusal
        self.repeats, self.hangs_up, self.once = repeats, hangs_up, once
        self.commands, self.tried, self.taken = [], [], []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def stop(self):
        self.shutdown()
        self.server_close()


class _Session(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def hear(self):
        line = self.rfile.readline()
        self.server.commands.append(line.decode().rstrip("\r\n"))
        return line.decode().rstrip("\r\n") if line else None

    def handle(self):
        self.last = to = ""
        self.say("220 test ESMTP")
        while (line := self.hear()) is not None:
            verb, _, rest = line.partition(" ")
            if verb == "ehlo":
                offers = [f"AUTH {' '.join(self.server.offers)}"] if self.server.offers else []
                lines = ["test", *offers, "8BITMIME"]
                for each in lines[:-1]:
                    self.say(f"250-{each}")
                self.say(f"250 {lines[-1]}")
            elif verb == "AUTH":
                self.server.tried.append(rest.split()[0])
                if len(line) > 510:
                    self.say("500 5.5.6 Line too long")
                elif self.lets_in(*rest.split()):
                    self.say("235 2.7.0 Authentication successful")
                else:
                    self.say(self.server.refusal + (f" {line} {self.last}" if self.server.repeats else ""))
                    if self.server.hangs_up:
                        return
            elif verb == "RCPT":
                to = rest.removeprefix("TO:").strip("<>")
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go")
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append((to, message_from_bytes(content, policy=default)))
                self.say("250 ok")
                if self.server.once:
                    self.server.secret = "another from now on"
                    return
            else:
                self.say("250 ok")

    def asked(self, challenge):
        self.say(f"334 {base64.b64encode(challenge).decode()}")
        self.last = self.hear()
        return base64.b64decode(self.last)

    def lets_in(self, mechanism, first=None):
        self.last = first
        user, secret = USER.encode(), self.server.secret.encode()
        if mechanism not in self.server.offers:
            return False
        if mechanism == "LOGIN":
            return (self.asked(b"Username:"), self.asked(b"Password:")) == (user, secret)
        if mechanism == "CRAM-MD5":
            challenge = b"<1896.697170952@test>"
            return self.asked(challenge) == user + b" " + hmac.digest(secret, challenge, "md5").hex().encode()
        said = base64.b64decode(first) if first else self.asked(b"")
        if mechanism == "PLAIN":
            return said == b"\0" + user + b"\0" + secret
        if said == b"user=" + user + b"\1auth=Bearer " + secret + b"\1\1":
            return True
        assert self.asked(b'{"status":"401","schemes":"bearer"}') == b""
        return False
