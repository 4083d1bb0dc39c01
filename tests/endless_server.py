"""A mail server that never stops talking at one stage of a conversation: ``endless_server.py STAGE MODE``."""

import socket
import sys
import threading
import time

STAGE, MODE = sys.argv[1:]


def talk(conn: socket.socket, code: bytes) -> None:
    """Answer for ever."""
    if MODE == "drip":
        conn.sendall(code + b"-")
    while MODE != "silence":
        conn.sendall({"lines": (code + b"-" + b"x" * 400 + b"\r\n") * 200, "one line": b"y" * 9_000}.get(MODE, b"z"))
        if MODE == "drip":
            time.sleep(0.1)
    time.sleep(60)


def answer(conn: socket.socket, verb: str, said: bytes) -> None:
    """Answer as a server does, unless this is the stage."""
    if verb == STAGE:
        talk(conn, said[:3])
    conn.sendall(said)


def serve(conn: socket.socket) -> None:
    """Take part in a conversation (RFC 5321)."""
    try:
        answer(conn, "banner", b"220 hello\r\n")
        data = False
        for line in conn.makefile("rb"):
            if data and line != b".\r\n":
                continue
            verb = "." if data else line[:4].decode().strip().upper()
            code = {"DATA": b"354", "QUIT": b"221", "RCPT": b"550" if STAGE == "RSET" else b"250"}.get(verb, b"250")
            data = verb == "DATA"
            answer(conn, verb, code + b" ok\r\n")
    except OSError:
        pass


server = socket.create_server(("127.0.0.1", 0))
sys.stdout.write(f"{server.getsockname()[1]}\n")
sys.stdout.flush()
while True:
    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
