"""Records arrive as they were checked, whatever attributes a peer puts under git.

Kind: attributes that have git write other bytes than are in the commit.
"""

import subprocess

import pytest

CASES = (
    "*.toml text working-tree-encoding=UTF-16LE-BOM", "*.md working-tree-encoding=UTF-16", "*.toml ident",
    "* working-tree-encoding=UTF-7", "[attr]x working-tree-encoding=UTF-32\n*.toml x", "*.toml text eol=crlf",
    "*.toml working-tree-encoding=nosuch", "* -text",
)  # fmt: skip


def git(place, *arguments, input=""):
    done = subprocess.run(
        ["git", *arguments], cwd=place.folder, env=place.env, input=input, capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


def pushed(place, **files):
    """Push a commit of files as they are given, past the attributes of whoever pushes."""
    for path, text in files.items():
        blob = git(place, "hash-object", "-w", "--no-filters", "--stdin", input=text)
        git(place, "update-index", "--add", "--cacheinfo", f"100644,{blob},meetings/{path}")
    commit = git(place, "commit-tree", "-p", "origin/main", "-m", "Attributes", git(place, "write-tree"))
    git(place, "push", "--quiet", "origin", f"{commit}:main")


@pytest.mark.parametrize("attributes", CASES)
@pytest.mark.parametrize("at", [".gitattributes", "people/.gitattributes"])
def test_what_is_taken_in_is_text(clones, at, attributes):
    sam, kim = clones
    person = sam.register / "people" / "colin-cox.toml"
    text = person.read_text().replace("\n", "\n# $Id$\n", 1)
    pushed(sam, **{at: f"{attributes}\n", "people/colin-cox.toml": text})
    for mark in ("", "# two\n"):
        if mark:
            pushed(sam, **{"people/colin-cox.toml": text + mark})
        kim.ok("sync")
        kim.ok("sync")
        kim.ok("check")
        held = (kim.register / "people" / "colin-cox.toml").read_text()
        assert held == text + mark
        assert not kim.git("status", "--porcelain")
