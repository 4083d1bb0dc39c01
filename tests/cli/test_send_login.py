"""Sending where a program prints the password or token: ``smtp.password_command`` and ``smtp.auth``."""

import json
import os
import time
from pathlib import Path

import pytest

from auth_server import USER, AuthServer

TOKEN = "ya29.a0AfH6SMBx-token_0123456789"
SEND = ("invite", "send", "inaugural", "--smtp", "--yes")


def with_an_address(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("invite", "remove", "inaugural", "julie")


@pytest.fixture
def invited(place, prepared):
    return prepared(place, with_an_address)


@pytest.fixture
def configured(invited, request):
    """Set a server up that offers some mechanisms, and what the configuration says besides."""

    def configure(*offers, secret=TOKEN, host="127.0.0.1", once=False, **keys):
        there = AuthServer(*offers, secret=secret, once=once)
        request.addfinalizer(there.stop)
        keys = {"host": host, "port": there.port, "user": USER, **keys}
        config = Path(invited.env["HOME"]) / ".config" / "slavefree" / "config.toml"
        config.parent.mkdir(parents=True)
        lines = [f"{key} = {json.dumps(value)}" for key, value in keys.items() if value is not None]
        config.write_text("\n".join(["[smtp]", *lines, ""]))
        return there

    return configure


def not_sent(place, code):
    """Send, which must be refused in one sentence with nothing recorded."""
    before = place.head()
    answer = place.run(*SEND)
    assert (answer.code, answer.out, answer.err.count("\n"), place.head()) == (code, "", 1, before), answer
    return answer.err


def printing(place, script):
    program = Path(place.env["HOME"]) / "print the token"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return [str(program), "--for", "sam $HOME; exit 3"]


def test_a_token_that_a_program_prints_sends(invited, configured):
    there = configured(
        "LOGIN", "XOAUTH2", auth="xoauth2", password_command=printing(invited, f"echo {TOKEN}; echo expires later; ls")
    )
    assert "Sent 1 message." in invited.ok(*SEND).err
    assert (there.tried, len(there.taken)) == (["XOAUTH2"], 1)
    everything = b"".join(path.read_bytes() for path in invited.folder.rglob("*") if path.is_file())
    assert TOKEN.encode() not in everything


def test_a_password_that_a_program_prints_is_all_of_the_first_line_as_it_is(invited, configured):
    secret = " sécret wörd "
    there = configured(
        "LOGIN", secret=secret, password_command=printing(invited, f"printf '{secret}\\r\\nuser: sam\\n'")
    )
    invited.ok(*SEND)
    assert there.tried == ["LOGIN"]


def test_the_environment_comes_before_the_program(invited, configured):
    configured("XOAUTH2", auth="XOAUTH2", password_command=printing(invited, "echo other"))
    invited.ok(*SEND, env={"SLAVEFREE_SMTP_PASSWORD": TOKEN})


def test_by_a_proxy_on_this_machine_a_password_goes_without_tls(invited, configured):
    there = configured("PLAIN", "LOGIN", secret="any", host="localhost", password_command=printing(invited, "echo any"))
    invited.ok(*SEND)
    assert there.tried == ["PLAIN"]


def test_a_refused_token_names_the_command_to_run_and_shows_nothing_of_it(invited, configured):
    command = [*printing(invited, "echo stale-token-0123; echo stale-token-0123 >&2"), "stale-token-0123"]
    there = configured("XOAUTH2", auth="xoauth2", password_command=command)
    said = not_sent(invited, 6)
    assert "does not let sam@example.org in (535: 5.7.8 Not accepted)" in said
    assert "The token may have expired" in said
    assert f"'{command[0]}' --for 'sam $HOME; exit 3' (not shown)\n" in said
    assert "stale" not in said
    assert there.taken == []


def test_a_token_that_expires_on_the_way_ends_it_at_once_and_the_rest_is_sent_with_another(invited, configured):
    invited.ok("person", "edit", "julie", "--email", "julie@example.org")
    invited.ok("invite", "add", "inaugural", "julie")
    kept = Path(invited.env["HOME"]) / "token"
    kept.write_text(TOKEN)
    there = configured("XOAUTH2", once=True, auth="xoauth2", password_command=printing(invited, f"cat {kept}"))
    answer = invited.run(*SEND)
    assert (answer.code, len(there.tried), len(there.taken)) == (6, 2, 1)
    assert "1 sent and recorded, 1 not." in answer.err
    assert "Not sent to Julie Young: 127.0.0.1, port" in answer.err
    assert "The token may have expired" in answer.err
    there.secret = "ya29.another"
    kept.write_text(there.secret)
    invited.ok(*SEND)
    assert [to for to, _ in there.taken] == ["colin@example.org", "julie@example.org"]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 7", "failed (exit code 7)"),
        ("echo secret-0123; echo secret-0123 >&2; exit 7", "failed (exit code 7)"),
        ("kill -9 $$", "failed (exit code -9)"),
        ("true", "printed nothing in its first line"),
        ("echo; echo secret-0123", "printed nothing in its first line"),
        ("echo '  '", "printed nothing in its first line"),
        ("printf 'secret-0123\\0more'", "printed no token in its first line"),
        ("printf 'secret-0123\\001more'", "printed no token in its first line"),
        ("""echo '{"access_token": "secret-0123"}'""", "printed no token in its first line"),
        ("printf '\\377\\376secret-0123'", "printed no token in its first line"),
        ("head -c 20000 /dev/zero | tr '\\0' a", "printed no token in its first line"),
    ],
)
def test_a_program_that_prints_no_token_is_named_to_be_run_and_nothing_is_sent(invited, configured, script, why):
    there = configured("XOAUTH2", auth="xoauth2", password_command=printing(invited, script))
    said = not_sent(invited, 6)
    assert f"smtp.password_command {why}, so that there is nothing to log in with and nothing is sent." in said
    assert "Run it to see why: '" in said
    assert "secret" not in said
    assert (there.tried, there.taken) == ([], [])


def test_a_program_that_hangs_is_ended_with_what_it_started(invited, configured):
    mark = Path(invited.env["HOME"]) / "still-there"
    script = f"echo secret-0123; (sleep 2; touch {mark}) & sleep 60"
    configured("XOAUTH2", auth="xoauth2", timeout=0.5, password_command=printing(invited, script))
    began = time.monotonic()
    said = not_sent(invited, 6)
    assert time.monotonic() - began < 10
    assert "was not done after 0.5 seconds" in said
    assert "secret" not in said
    time.sleep(2.2)
    assert not mark.exists()


def test_a_program_reads_nothing_and_finds_itself_at_home(invited, configured):
    command = printing(invited, f"""cat; [ "$PWD" = "$HOME" ] && echo {TOKEN}""")
    configured("XOAUTH2", auth="xoauth2", password_command=command)
    invited.ok(*SEND, input=b"typed\n")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"auth": "oauth"}, 'smtp.auth must be "password"'),
        ({"auth": ["xoauth2"]}, 'smtp.auth must be "password"'),
        ({"auth": "xoauth2", "user": None}, "smtp.user is missing"),
        ({"password_command": ["true"], "user": None}, "smtp.user is missing"),
        ({"password_command": "pass show mail"}, "must be a list of texts"),
        ({"password_command": []}, "must be a list of texts"),
        ({"password_command": [""]}, "must be a list of texts"),
        ({"password_command": ["pass", 5]}, "must be a list of texts"),
        ({"password_command": ["echo", "a\0b"]}, "must be a list of texts"),
        ({"password_command": ["no-such-program-here"]}, "'no-such-program-here', which is no program on PATH"),
        ({"password_command": ["~/bin/token"]}, "'~/bin/token', which is no program on PATH and no whole path of one"),
        ({"password_command": ["./token"]}, "'./token', which is no program on PATH and no whole path of one"),
        ({"token": "x"}, "smtp.token is not known; there are host, port"),
        ({"password": "secret-0123"}, "a password does not belong into a file"),
    ],
)
def test_a_configuration_that_is_wrong_is_named(invited, configured, keys, said):
    configured("PLAIN", **keys)
    answer = not_sent(invited, 4)
    assert said in answer
    assert "config.toml" in answer
    assert "secret" not in answer.replace("secret-tool", "")


def test_a_program_that_came_with_the_register_is_not_run(invited, configured):
    program = invited.folder / "token"
    program.write_text("#!/bin/sh\ntouch ran\necho x\n")
    program.chmod(0o755)
    configured("PLAIN", password_command=["token"])
    answer = invited.run(*SEND, env={"PATH": f"{os.pathsep}.{os.pathsep}{invited.env['PATH']}"})
    assert answer.code == 4
    assert "'token', which is no program on PATH" in answer.err
    assert not (invited.folder / "ran").exists()


def test_a_token_that_is_nowhere_is_asked_for_by_name(invited, configured):
    configured("XOAUTH2", auth="xoauth2")
    # A process chooses its keyring once.
    answer = invited.run_apart(*SEND, env={"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"})
    assert answer.code == 4
    assert "Name the program that prints one in smtp.password_command" in answer.err
