"""What arrives by git is other people's text: nothing in it is obeyed, followed, written outside or lost in silence."""

import subprocess

import pytest
import tomli

from conftest import Place, clone

MEETING = "2023-06-07-inaugural"


def everything(place):
    return place.files(), place.head(), place.git("status", "--porcelain"), place.git("ls-files", "-s")


def refused(place, *codes):
    """Sync what must be refused; nothing is changed. Return what was said."""
    before = everything(place)
    answer = place.run_apart("sync")
    assert answer.code in codes, (answer.code, answer.err)
    assert everything(place) == before
    assert answer.err.count("\n") == 1
    assert "\x1b" not in answer.err + answer.out
    return answer.err


def pushed_tree(place, tmp_path, *entries):
    """Push a commit with these entries besides in the folder ``meetings``, made as no work tree could make it."""
    hub = str(tmp_path / "hub.git")

    def git(*arguments, stdin=b""):
        done = subprocess.run(
            ["git", "-C", hub, *arguments], input=stdin, env=place.env, capture_output=True, check=True
        )
        return done.stdout

    blob = git("hash-object", "-w", "--stdin", stdin=b"hostile\n").strip()
    inner = git("ls-tree", "-z", "main:meetings")
    for mode, kind, name in entries:
        target = blob if kind == "blob" else git("rev-parse", "main").strip()
        if kind == "tree":
            target = git("mktree", "-z", stdin=b"100644 blob %s\tHEAD\0" % blob).strip()
        inner += b"%s %s %s\t%s\0" % (mode, kind.encode(), target, name)
    meetings = git("mktree", "-z", "--missing", stdin=inner).strip()
    outer = git("ls-tree", "-z", "main").split(b"\0")
    outer = [entry for entry in outer if entry and not entry.endswith(b"\tmeetings")]
    tree = git("mktree", "-z", stdin=b"\0".join([*outer, b"040000 tree %s\tmeetings" % meetings, b""])).strip()
    commit = git("commit-tree", "-p", "main", "-m", "Hostile", tree.decode()).strip()
    git("update-ref", "refs/heads/main", commit.decode())


@pytest.mark.parametrize(
    "entry",
    [
        (b"120000", "blob", b"notes.md"),
        (b"160000", "commit", b"module"),
        (b"040000", "tree", b".git"),
        (b"040000", "tree", b".GIT"),
        (b"040000", "tree", b"git~1"),
        (b"040000", "tree", b".."),
        (b"040000", "tree", b"."),
        (b"100644", "blob", b"a\nb.toml"),
        (b"100644", "blob", b"\x1b[31m.toml"),
        (b"100644", "blob", b"\xff\xfe.md"),
        (b"100644", "blob", b"x\\..\\..\\y"),
        (b"100644", "blob", b"\xe2\x80\xaegnp.toml"),
        (b"100644", "blob", b".slavefree-redo.json"),
        (b"100644", "blob", b".slavefree-0123456789ab"),
        (b"100644", "blob", b"Partnership.toml"),
    ],
    ids=lambda entry: repr(entry[2]),
)
def test_what_no_friend_would_send_is_refused(clones, tmp_path, entry):
    sam, kim = clones
    pushed_tree(sam, tmp_path, entry)
    refused(kim, 5, 6)
    kim.ok("member", "edit", "barnardos", "--email", "post@example.org")
    refused(kim, 5, 6)
    assert not (kim.folder / ".git" / "hooks" / "HEAD").exists()


def test_a_partnership_that_is_gone_is_not_taken_in(clones):
    sam, kim = clones
    sam.git("rm", "-q", "meetings/partnership.toml")
    sam.git("commit", "-qm", "Gone")
    sam.git("push", "-q")
    assert "has no partnership.toml any more" in refused(kim, 5)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("x" * 6_000_000, "too large for a record"),
        ("".join(f"k{n} = {n}\n" for n in range(200_000)), "title is missing"),
        ("a = " + "9" * 100_000, "not TOML that can be read"),
        ("[a]\n" * 3, "is not TOML"),
        ("<<<<<<< ours\n", "merge-conflict marker"),
    ],
    ids=["nested", "large", "many keys", "digits", "twice", "marks"],
)
def test_files_that_are_too_much_are_refused_as_not_valid(clones, content, words):
    sam, kim = clones
    path = sam.register / "actions" / "2023" / "7k2f9.toml"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    sam.git("add", ".")
    sam.git("commit", "-qm", "Too much")
    sam.git("push", "-q")
    assert words in refused(kim, 4)


def test_a_paper_of_a_hundred_megabytes_is_carried(clones):
    sam, kim = clones
    path = sam.register / MEETING / "papers" / "large.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF\0" * 20_000_000)
    sam.ok("commit")
    sam.ok("sync")
    kim.ok("sync")
    assert (kim.register / MEETING / "papers" / "large.pdf").stat().st_size == 100_000_000


def test_names_and_messages_of_others_do_nothing_to_a_terminal(clones):
    sam, kim = clones
    sam.env["GIT_AUTHOR_NAME"] = "\x1b[31mEve\u202e"
    sam.ok("action", "add", "Plain", "--owner", "colin")
    sam.git("commit", "-q", "--allow-empty", "-m", "\x1b]0;owned\x07 [bold]x[/bold] \u202e")
    (sam.folder / "beside.txt").write_text("x")
    sam.git("add", ".")
    sam.git("commit", "-q", "-m", "\x1b[2J Slavefree-Command: undo")
    sam.ok("sync")
    for shown in (kim.at_terminal("sync"), kim.at_terminal("log")):
        assert "\x1b[31m" not in shown.out
        assert "\x1b[2J" not in shown.out
        assert "\u202e" not in shown.out
    for answer in (kim.ok("log", apart=True), kim.ok("sync", apart=True)):
        assert "\x1b" not in answer.out + answer.err


def test_a_branch_and_a_remote_that_begin_with_a_hyphen(clones, tmp_path):
    sam, _ = clones
    sam.git("update-ref", "refs/heads/-x", "HEAD")
    sam.git("symbolic-ref", "HEAD", "refs/heads/-x")
    sam.ok("action", "add", "Plain", "--owner", "colin")
    sam.ok("sync")
    sam.ok("sync")
    assert "refs/heads/-x" in sam.git("ls-remote", "origin")
    with (sam.folder / ".git" / "config").open("a") as config:
        config.write(f'[remote "--upload-pack=touch {tmp_path}/owned"]\n\turl = x\n\tfetch = x\n')
        config.write(f'[branch "-x"]\n\tremote = "--upload-pack=touch {tmp_path}/owned"\n')
    assert sam.run_apart("sync").code == 6
    assert not (tmp_path / "owned").exists()
    for named in ("-x", "--all", "--output=owned", "-"):
        assert sam.run_apart("undo", "--yes", "--", named).code in {0, 3}
    assert not (sam.folder / "owned").exists()


def test_a_tag_that_is_called_as_the_branch(clones):
    sam, kim = clones
    sam.git("tag", "main")
    sam.ok("action", "add", "Plain", "--owner", "colin")
    sam.ok("sync")
    assert "received" in kim.ok("sync").out
    assert kim.files() == sam.files()


def test_a_file_here_and_a_folder_there(clones, tmp_path):
    sam, kim = clones
    (sam.folder / "papers").write_text("a file")
    sam.git("add", ".")
    sam.git("commit", "-qm", "A file")
    sam.ok("sync")
    (kim.folder / "papers").mkdir()
    (kim.folder / "papers" / "a").write_text("typed")
    kim.git("add", ".")
    kim.git("commit", "-qm", "A folder")
    hub = Place(tmp_path / "hub.git", tmp_path / "home")
    before = hub.git("rev-parse", "main")
    assert "a file on one side and a folder on the other" in refused(kim, 5)
    assert hub.git("rev-parse", "main") == before, "nothing is sent either"


@pytest.mark.parametrize("to_folder", [True, False])
def test_a_file_that_became_a_folder_there_is_refused_and_blocks_nothing(clones, to_folder):
    sam, kim = clones
    path = sam.register / "zz"
    for stage in (to_folder, not to_folder):
        sam.git("rm", "-rq", "--ignore-unmatch", "meetings/zz")
        if stage:
            path.write_text("x")
        else:
            path.mkdir(exist_ok=True)
            (path / "x").write_text("x")
        sam.git("add", ".")
        sam.git("commit", "-qm", "Turn it")
        sam.ok("member", "add", f"Member {stage}", "--sector", "charity")
        sam.ok("sync")
        if stage == to_folder:
            kim.ok("sync")
    assert "a file on one side and a folder on the other" in refused(kim, 5)
    kim.ok("status")
    kim.ok("member", "add", "Mine", "--sector", "charity")


def test_a_change_that_fails_in_the_middle_is_put_back(clones):
    """Where the second of two files cannot be replaced, which nothing could foresee."""
    from slavefree_cli.errors import SlavefreeError
    from slavefree_cli.register import files

    sam, _ = clones
    one, two = sam.register / "members" / "barnardos.toml", sam.register / "zz"
    before = one.read_bytes()
    two.mkdir()
    (two / "x").write_text("")
    with pytest.raises(SlavefreeError, match="nothing is changed"):
        files.write_all(
            [files.Write(str(one), b"new", str(sam.register)), files.Write(str(two), b"new", str(sam.register))]
        )
    assert one.read_bytes() == before
    assert not list(sam.register.rglob(".slavefree*"))


@pytest.mark.parametrize("flag", ["--skip-worktree", "--assume-unchanged"])
def test_what_git_is_told_not_to_look_at_is_not_written_over(clones, flag):
    sam, kim = clones
    sam.ok("partnership", "edit", "--email", "new@example.org")
    sam.ok("sync")
    kim.git("update-index", flag, "meetings/partnership.toml")
    file = kim.register / "partnership.toml"
    file.write_text(file.read_text() + "# typed\n")
    kim.ok("member", "add", "New", "--sector", "charity")
    hub = kim.git("ls-remote", "origin")
    assert "partnership.toml was edited here" in refused(kim, 5)
    assert kim.git("ls-remote", "origin") == hub, "nothing is sent before it is known that it can be taken in"
    assert file.read_text().endswith("# typed\n")


def test_two_names_that_differ_in_case_are_refused_before_they_are_sent(clones, tmp_path):
    sam, kim = clones
    for place, name in ((sam, "map.txt"), (kim, "Map.txt")):
        (place.register / "papers").mkdir()
        (place.register / "papers" / name).write_text(name)
        place.git("add", ".")
        place.git("commit", "-qm", "A map")
    sam.ok("sync")
    before = Place(tmp_path / "hub.git", tmp_path / "home").git("rev-parse", "main")
    assert "only in the case of letters" in refused(kim, 5)
    assert Place(tmp_path / "hub.git", tmp_path / "home").git("rev-parse", "main") == before


def test_a_code_given_twice_leaves_approved_minutes_as_they_are(clones):
    sam, kim = clones
    kim.ok("meeting", "add", "Autumn", "--date", "2023-09-06")
    kim.ok("action", "add", "Mine", "--owner", "colin", "--meeting", "inaugural")
    code = kim.ok("action", "list", "--json").items[0]["id"]
    kim.ok("minutes", "draft", "inaugural")
    kim.ok("minutes", "approve", "inaugural", "--at", "autumn", env={"SOURCE_DATE_EPOCH": "1694016000"})
    folder = sam.register / "actions" / "2023"
    folder.mkdir(parents=True)
    (folder / f"{code}.toml").write_text(
        'title = "Theirs"\nowner = "colin-cox"\nstatus = "open"\nraised = 2023-05-01\n'
    )
    sam.ok("commit")
    sam.ok("sync")
    minutes = (kim.register / MEETING / "minutes.md").read_bytes()
    kim.ok("sync")
    assert (kim.register / MEETING / "minutes.md").read_bytes() == minutes
    kim.ok("check")


def test_a_reference_that_is_written_with_escapes_is_renamed_too(clones):
    sam, kim = clones
    sam.ok("member", "add", "Ann", "--sector", "police")
    sam.ok("sync")
    kim.ok("person", "add", "Ann")
    folder = kim.register / "actions" / "2023"
    folder.mkdir(parents=True)
    text = 'title = "Hers"\n"owner" = """a\\u006en"""\nstatus = "open"\nraised = 2023-05-01\n'
    (folder / "7k2f9.toml").write_text(text)
    kim.ok("commit")
    kim.ok("sync")
    assert tomli.loads((folder / "7k2f9.toml").read_text())["owner"] == "ann-2"


def test_a_comment_that_was_taken_out_does_not_come_back(clones):
    sam, kim = clones
    file = sam.register / MEETING / "meeting.toml"
    file.write_text("# booked by Kim, code 1234\n" + file.read_text())
    sam.ok("commit")
    sam.ok("sync")
    kim.ok("sync")
    other = kim.register / MEETING / "meeting.toml"
    other.write_text(other.read_text().replace("# booked by Kim, code 1234", "# booked"))
    kim.ok("commit")
    kim.ok("sync")
    sam.ok("meeting", "edit", "inaugural", "--venue", "Here", "--chair", "colin")
    sam.ok("sync")
    assert file.read_text().startswith("# booked\n")
    assert "1234" not in file.read_text()


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_a_meeting_that_one_removed_and_another_worked_on_is_settled_as_a_whole(clones, take):
    sam, kim = clones
    sam.git("rm", "-rq", f"meetings/{MEETING}")
    sam.git("commit", "-qm", "Not to be")
    sam.ok("sync")
    kim.ok("agenda", "add", "inaugural", "Talk")
    assert f"meeting {MEETING}\t\tthere\tchanged\tremoved\n" in kim.run("sync").out
    kim.ok("sync", "--take", take)
    assert (kim.register / MEETING / "meeting.toml").exists() == (take == "ours")
    kim.ok("check")
    sam.ok("sync")
    assert sam.files() == kim.files()


@pytest.mark.parametrize("mover", [0, 1])
def test_an_action_that_one_made_restricted_is_edited_where_it_is_now(clones, tmp_path, mover):
    code = clones[0].ok("action", "add", "Ask", "--owner", "colin", "--json").item["id"]
    clones[0].ok("action", "add", "Another", "--owner", "colin", "--restricted")
    clones[0].ok("sync")
    clones[0].ok("restricted", "share", str(tmp_path / "restricted.git"))
    clones[1].ok("sync")
    clones[1].ok("restricted", "fetch", str(tmp_path / "restricted.git"))
    moving, editing = clones[mover], clones[1 - mover]
    moving.ok("action", "edit", code, "--restricted")
    editing.ok("action", "edit", code, "--title", "Ask about the raid")
    for place in (*clones, clones[0]):
        place.ok("sync")
    one, other = ({name: held for name, held in place.files().items() if "/.git/" not in name} for place in clones)
    assert one == other
    assert not list(clones[0].register.glob("actions/*/*.toml"))
    assert "the raid" in (clones[0].register / "restricted" / "actions" / "2023" / f"{code}.toml").read_text()


def test_what_a_killed_sync_laid_out_is_cleared_by_the_next(clones):
    sam, _ = clones
    left = sam.folder / ".git" / "slavefree-k3f9a"
    left.mkdir()
    (left / "secret.toml").write_text("x")
    (sam.folder / ".git" / "slavefree-4711.index").write_text("")
    sam.ok("sync")
    assert not left.exists()
    assert not (sam.folder / ".git" / "slavefree-4711.index").exists()


def test_a_line_break_in_the_path_above_is_no_traceback(place):
    folder = place.folder.parent / "a\nb"
    place.folder.rename(folder)
    moved = Place(folder, place.folder.parent / "home")
    assert "line break" in moved.ok("member", "add", "New", "--sector", "charity", apart=True).err
    answer = moved.run_apart("sync")
    assert (answer.code, "line break" in answer.err) == (6, True)


def test_commits_that_do_not_touch_the_register_are_told_too(clones):
    sam, kim = clones
    (sam.folder / "q.txt").write_text("x")
    sam.git("add", ".")
    sam.git("commit", "-qm", "A question")
    assert sam.ok("sync").out == "sent\tSam\tA question\n"
    assert kim.ok("sync").out == "received\tSam\tA question\n"


def test_filters_of_git_give_whole_files(clones, tmp_path):
    sam, kim = clones
    (sam.folder / ".gitattributes").write_text("*.txt ident\n")
    sam.git("add", ".")
    sam.git("commit", "-qm", "Settings")
    sam.ok("sync")
    kim.ok("sync")
    (sam.folder / "a.txt").write_text("$Id$\n" + "line\n" * 50)
    (sam.folder / "b.txt").write_text("two\n" * 50)
    sam.git("add", ".")
    sam.git("commit", "-qm", "Texts")
    sam.ok("sync")
    kim.ok("sync")
    assert kim.git("status", "--porcelain") == ""
    assert (kim.folder / "a.txt").read_text().count("line\n") == 50
    assert clone(tmp_path, "Ann").git("status", "--porcelain") == ""
