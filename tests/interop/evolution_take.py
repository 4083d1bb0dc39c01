"""Gives .ics texts to evolution-data-server one after the other and prints what it has after each.

Run by the system's Python under ``dbus-run-session``; on stdin a JSON list of pairs, each a UID and a text.
"""

import json
import sys

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
from gi.repository import ECal, EDataServer  # noqa: E402

from glib_event import ICalGLib, seen  # noqa: E402

pairs = json.loads(sys.stdin.read() or "null")
if pairs is not None:
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new(None, None)
    source.set_display_name("Meetings")
    source.set_parent("local-stub")
    source.get_extension("Calendar").set_backend_name("local")
    registry.commit_source_sync(source, None)
    client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 1, None)
    answers = []
    for uid, text in pairs:
        client.receive_objects_sync(ICalGLib.Component.new_from_string(text), ECal.OperationFlags.NONE, None)
        query = '(uid? "' + uid.replace("\\", "\\\\").replace('"', '\\"') + '")'
        found, components = client.get_object_list_sync(query, None)
        assert found
        assert len(components) < 2
        answers.append(seen(components[0]) if components else None)
    print(json.dumps(answers))  # noqa: T201
