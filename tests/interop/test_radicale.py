"""Radicale, a calendar server on loopback: what we wrote is put there, and found again by time."""

import http.client
import socket
import subprocess
import sys
import time
import urllib.parse
from contextlib import suppress
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest

QUERY = """<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:prop><c:calendar-data/></d:prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{}" end="{}"/>
</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""
DATA = "{urn:ietf:params:xml:ns:caldav}calendar-data"
CALENDAR = """<?xml version="1.0" encoding="utf-8"?><c:mkcalendar xmlns:c="urn:ietf:params:xml:ns:caldav"/>"""


class Server:
    """A server with nobody to log in; each collection is made when it is first used."""

    def __init__(self, port):
        self.port = port

    def ask(self, verb, path, body=b"", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(verb, urllib.parse.quote(path), body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def calendar(self, name):
        path = f"/anybody/{name}/"
        assert self.ask("MKCALENDAR", path, CALENDAR.encode())[0] == 201
        return path

    def put(self, path, data):
        status, said = self.ask("PUT", path, data, **{"Content-Type": "text/calendar; charset=utf-8"})
        assert status in {201, 204}, said

    def found(self, path, begin, end):
        """Return the texts that the server finds between two moments in UTC, as ``20260328T140000Z``."""
        body = QUERY.format(begin, end).encode()
        status, said = self.ask("REPORT", path, body, Depth="1", **{"Content-Type": "application/xml"})
        assert status == 207, said
        return [each.text for each in ElementTree.fromstring(said).iter(DATA)]


@pytest.fixture(scope="module")
def server(missing, tmp_path_factory):
    try:
        import radicale  # noqa: F401
    except ImportError:
        missing("there is no radicale (pip install radicale)")
    folder = tmp_path_factory.mktemp("radicale")
    log = folder / "log"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        "--hosts",
        f"127.0.0.1:{port}",
        "--auth-type",
        "none",
        "--storage-filesystem-folder",
        str(folder / "data"),
    ]
    with log.open("wb") as out:
        command = [sys.executable, "-m", "radicale", *options]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={"HOME": str(folder)})
    try:
        for _ in range(300):
            assert process.poll() is None, log.read_text(errors="replace")
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        server = Server(port)
        assert server.ask("MKCOL", "/anybody/")[0] == 201
        yield server
    finally:
        process.terminate()
        process.wait(30)


def test_every_meeting_is_found_at_its_time_and_not_beside_it(server, files):
    published = [file for file in files if file.method == "PUBLISH" and not file.feed and "version 0" in file.name]
    for number, file in enumerate(published):
        path = server.calendar(f"p{number}")
        server.put(path + "meeting.ics", file.data)
        begin, end = (_moment(file.events[0][key]) for key in ("start", "end"))
        (text,) = server.found(path, f"{begin:%Y%m%dT%H%M%SZ}", f"{end:%Y%m%dT%H%M%SZ}")
        assert f"DTSTART{';VALUE=DATE' if len(file.events[0]['start']) == 8 else ''}:{file.events[0]['start']}" in text
        before, after = begin - timedelta(hours=1), end + timedelta(hours=1)
        assert server.found(path, f"{before:%Y%m%dT%H%M%SZ}", f"{begin:%Y%m%dT%H%M%SZ}") == []
        assert server.found(path, f"{end:%Y%m%dT%H%M%SZ}", f"{after:%Y%m%dT%H%M%SZ}") == []


def test_every_file_is_taken(server, files):
    for number, file in enumerate(files):
        if not file.feed:
            server.put(server.calendar(f"f{number}") + "meeting.ics", file.data)


def test_a_feed_is_taken_as_a_whole_calendar(server, files):
    for number, file in enumerate(file for file in files if file.feed):
        path = f"/anybody/feed{number}/"
        server.put(path, file.data)
        assert len(server.found(path, "20260101T000000Z", "20270101T000000Z")) == len(file.events)


def _moment(text):
    return datetime.strptime(text, "%Y%m%d" if len(text) == 8 else "%Y%m%dT%H%M%SZ")
