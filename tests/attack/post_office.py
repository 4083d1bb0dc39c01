"""A mail server that stops at one stage of a conversation until it is told to go on, and knows what it has taken."""

import socket
import threading
from pathlib import Path

STAGES = ("banner", "hello", "from", "to", "data", "end", "answered")
"""Where it stops: before it answers, ``end`` when it has all of the message, ``answered`` before what comes after."""


class PostOffice:
    """Listens on loopback; at the ``nth`` message it stops at a stage, closing the connection when it goes on."""

    def __init__(self, stage=None, nth=1, *, keeps=True):
        self.stage, self.nth, self.keeps = stage, nth, keeps
        self.reached, self.taken, self._begun = threading.Event(), [], 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def configure(self, place):
        config = Path(place.env["HOME"]) / ".config" / "slavefree" / "config.toml"
        config.parent.mkdir(parents=True, exist_ok=True)
        port = self._server.getsockname()[1]
        config.write_text(f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\ntimeout = 20\n')

    def close(self):
        # Closing alone would leave whoever waits for a connection waiting.
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._listening.join(10)

    def _listen(self):
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _stops(self, stage):
        if stage == self.stage and self._begun == self.nth - (stage in {"banner", "hello", "from"}):
            self.stage = None
            self.reached.set()
            return True
        return False

    def _serve(self, connection):
        with connection, connection.makefile("rb") as lines:

            def answer(stage, text):
                if self._stops(stage):
                    # Until whoever is there has gone: nothing more is said to them.
                    while lines.readline():
                        pass
                    return False
                connection.sendall(text.encode() + b"\r\n")
                return True

            going = answer("banner", "220 hello")
            to, after = "", False
            while going and (line := lines.readline()):
                verb = line[:4].upper()
                if after and self._stops("answered"):
                    return
                after = False
                if verb == b"EHLO":
                    going = answer("hello", "250 here")
                elif verb == b"MAIL":
                    going = answer("from", "250 ok")
                    self._begun += going
                elif verb == b"RCPT":
                    to = line.decode().partition("<")[2].partition(">")[0]
                    going = answer("to", "250 ok")
                elif verb == b"DATA":
                    going = answer("data", "354 go on")
                    while going and (part := lines.readline()) != b".\r\n":
                        if not part:
                            return
                    if going:
                        if self.keeps or self.stage != "end" or self._begun != self.nth:
                            self.taken.append(to)
                        going = after = answer("end", "250 taken")
                else:
                    connection.sendall(b"250 ok\r\n")
