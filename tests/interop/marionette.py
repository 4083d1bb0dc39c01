"""A Thunderbird without a screen, driven by Marionette: the remote protocol that Mozilla's own tests use."""

import json
import os
import socket
import subprocess
import time

PREFERENCES = {
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.spotlight.firstRunDone": True,
    "mailnews.start_page.enabled": False,
}
SECONDS = 90


class Thunderbird:
    """A running Thunderbird with an empty profile; ``run`` executes JavaScript with all the program's rights."""

    def __init__(self, program, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        profile = folder / "profile"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        lines.append(f'user_pref("marionette.port", {port});')
        (profile / "user.js").write_text("\n".join(lines))
        options = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "Europe/London"}
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [program, *options, "--profile", str(profile)], env=env, stdout=self._log, stderr=subprocess.STDOUT
        )
        self._socket = self._connected(port)
        self._buffer = b""
        self._number = 0
        self._receive()
        self._command("WebDriver:NewSession", {})
        self._command("Marionette:SetContext", {"value": "chrome"})
        self._command("WebDriver:SetTimeouts", {"script": SECONDS * 1_000})

    def run(self, script, *arguments):
        """Run the body of an async function with these arguments and return what it returns."""
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            f"(async (...given) => {{ {script} }})(...Array.from(arguments).slice(0, -1))"
            ".then(value => done({value}), error => done({error: `${error} ${error.stack}`}));"
        )
        answer = self._command("WebDriver:ExecuteAsyncScript", {"script": wrapped, "args": list(arguments)})["value"]
        assert "error" not in answer, answer["error"]
        return answer.get("value")

    def close(self):
        try:
            self._command("Marionette:Quit", {"flags": ["eForceQuit"]})
            self._process.wait(30)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait(30)
        self._socket.close()
        self._log.close()

    def _connected(self, port):
        for _ in range(SECONDS * 5):
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
            except OSError:
                assert self._process.poll() is None, "Thunderbird ended while it started"
                time.sleep(0.2)
        raise AssertionError("Thunderbird does not listen")

    def _command(self, name, parameters):
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, value = self._receive()
        assert error is None, error
        return value

    def _receive(self):
        while b":" not in self._buffer:
            self._buffer += self._more()
        length, _, rest = self._buffer.partition(b":")
        while len(rest) < int(length):
            rest += self._more()
        message, self._buffer = rest[: int(length)], rest[int(length) :]
        return json.loads(message)

    def _more(self):
        data = self._socket.recv(65_536)
        if not data:
            raise ConnectionError("Thunderbird has gone")
        return data
