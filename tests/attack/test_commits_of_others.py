"""The history is told whatever git takes for a commit: its date, zone, name, encoding and message are others' words.

Kind: commits that a peer can push, which git shows and Python cannot read, or reads otherwise than git.
"""

import json
import subprocess
from datetime import datetime

import pytest

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
PLAIN = b"Eve <e@x.test> 1700000000 +0000"
COMMITS = {
    "year 10000": (b"Eve <e@x.test> 253402300800 +0000", b"", b"Change it"),
    "the last day of a zone": (b"Eve <e@x.test> 253402300799 -1200", b"", b"Change it"),
    "year 292 billion": (b"Eve <e@x.test> 9223372036854775807 +0000", b"", b"Change it"),
    "more than 64 bits": (b"Eve <e@x.test> 99999999999999999999999 +0000", b"", b"Change it"),
    "before 1970": (b"Eve <e@x.test> -1 +0000", b"", b"Change it"),
    "no date": (b"Eve <e@x.test>", b"", b"Change it"),
    "zone of days": (b"Eve <e@x.test> 1700000000 +9900", b"", b"Change it"),
    "zone back by days": (b"Eve <e@x.test> 1700000000 -2500", b"", b"Change it"),
    "zone of no minutes": (b"Eve <e@x.test> 1700000000 +0199", b"", b"Change it"),
    "name in Latin 1": (b"J\xfcrgen <e@x.test> 1700000000 +0000", b"", b"Change it"),
    "no name": (b" <e@x.test> 1700000000 +0000", b"", b"Change it"),
    "no person": (b"1700000000", b"", b"Change it"),
    "name of half a letter": (b"E\xed\xa0\x80ve <e@x.test> 1700000000 +0000", b"", b"Change it"),
    "subject in Latin 1": (PLAIN, b"", b"\xfcber"),
    "an encoding of Japan": (PLAIN, b"encoding Shift_JIS\n", "変更".encode("shift_jis")),
    "no such encoding": (PLAIN, b"encoding nosuch\n", b"\xfcber"),
    "an encoding that is none of text": (PLAIN, b"encoding zip\n", b"\xfcber"),
    "an encoding with a path in it": (PLAIN, b"encoding ../../x\n", b"\xfcber"),
    "an encoding that holds NUL": (PLAIN, b"encoding UTF-7\n", b"a+AAA-b+AAA-c+AAA-d"),
    "UTF-16": (PLAIN, b"encoding UTF-16\n", "über".encode("utf-16")),
    "NUL": (PLAIN, b"", b"a\0b\0c"),
    "nothing": (PLAIN, b"", b""),
    "a command that is no text": (PLAIN, b"", b"Change it\n\nSlavefree-Command: \xff\xfe"),
}


def git(place, *arguments, input=b""):
    done = subprocess.run(["git", *arguments], cwd=place.folder, env=place.env, input=input, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().strip()


def forged(place, who, headers, message):
    """Push a commit with another note, and made as nobody's git makes one."""
    with (place.register / "members" / "essex-police.toml").open("a") as file:
        file.write("# a note\n")
    git(place, "add", "--all")
    head, tree = git(place, "rev-parse", "HEAD"), git(place, "write-tree")
    made = b"tree %b\nparent %b\nauthor %b\ncommitter %b\n%b\n%b\n" % (
        tree.encode(), head.encode(), who, who, headers, message,
    )  # fmt: skip
    commit = git(place, "hash-object", "-t", "commit", "--literally", "-w", "--stdin", input=made)
    git(place, "push", "--quiet", "origin", f"{commit}:main")
    return commit


@pytest.mark.parametrize("kind", COMMITS)
def test_a_commit_of_others_is_told(clones, kind):
    sam, kim = clones
    commit = forged(sam, *COMMITS[kind])
    kim.ok("member", "add", "Mine", "--sector", "charity")
    kim.ok("sync", "--json")
    told = {each["id"]: each for each in kim.ok("log", "--json").items}
    assert datetime.fromisoformat(told[commit]["at"]) in {EPOCH, datetime.fromisoformat("2023-11-14T22:13:20+00:00")}
    assert json.dumps(told).isascii() or "\\ud" not in json.dumps(told)
    kim.ok("log")
    kim.ok("status")
    kim.ok("undo", commit, "--yes")
    kim.ok("sync")


@pytest.mark.parametrize(
    ("kind", "key", "says"),
    [
        ("name in Latin 1", "who", "Jürgen"),
        ("subject in Latin 1", "message", "über"),
        ("an encoding of Japan", "message", "変更"),
        ("an encoding that holds NUL", "message", "a+AAA-b+AAA-c+AAA-d"),
    ],
)
def test_what_can_be_read_is_read(clones, kind, key, says):
    sam, kim = clones
    forged(sam, *COMMITS[kind])
    kim.ok("sync")
    assert kim.ok("log", "--json").items[0][key] == says
