"""Logging in at a mail server: by any mechanism it offers, by a token, and what is said where it does not work."""

import pytest

from auth_server import USER, AuthServer
from slavefree_cli.errors import OutsideError
from slavefree_cli.mail.login import Login, NotLetInError, without
from slavefree_cli.mail.smtp import Connection, Server, is_local

TOKEN = "ya29.a0AfH6SMBx-token_" + "x" * 20


@pytest.fixture
def server(request):
    def start(*offers, **options):
        made = AuthServer(*offers, **options)
        request.addfinalizer(made.stop)
        return made

    return start


def connect(server, secret="sécret", **login):
    given = Login(USER, lambda: secret, **login)
    with Connection(Server("127.0.0.1", server.port, "none", given, timeout=5)):
        pass


def refused(server, secret="wröng", **login):
    with pytest.raises(NotLetInError) as caught:
        connect(server, secret, **login)
    return str(caught.value)


@pytest.mark.parametrize("secret", ["secret", "sécret", "пароль 密码 🔑", "a" * 300])
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_password_of_any_letters_is_taken_by_each_mechanism(server, mechanism, secret):
    there = server(mechanism, "XOAUTH2", secret=secret)
    connect(there, secret)
    assert there.tried == [mechanism]
    assert "wr\u00f6ng" not in refused(there)


@pytest.mark.parametrize("length", [40, 3000])
def test_a_token_is_given_as_xoauth2_wants_it_however_long_it_is(server, length):
    token = TOKEN.ljust(length, "y")
    there = server("LOGIN", "PLAIN", "XOAUTH2", secret=token)
    connect(there, token, is_token=True)
    assert there.tried == ["XOAUTH2"]


def test_what_gives_the_password_away_least_comes_first_and_one_that_is_refused_is_not_the_last(server):
    there = server("LOGIN", "PLAIN", "CRAM-MD5")
    refused(there)
    assert there.tried == ["CRAM-MD5", "PLAIN", "LOGIN"]


def test_a_refused_token_names_the_command_and_not_itself(server):
    said = refused(server("XOAUTH2"), TOKEN, is_token=True, another=f"To have another: mutt_oauth2 'a {TOKEN}'")
    assert "does not let sam@example.org in (535: 5.7.8 Not accepted)" in said
    assert "The token may have expired" in said
    assert "To have another: mutt_oauth2" in said
    assert TOKEN not in said
    assert "leave --smtp out" in said


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"])
def test_a_server_that_repeats_what_it_was_told_gives_nothing_away(server, mechanism):
    secret = "wrong-password-of-some-length"
    there = server(mechanism, repeats=True)
    said = refused(there, secret, is_token=mechanism == "XOAUTH2")
    told = [word for line in there.commands for word in line.split() if len(word) > 20 and "[" not in word]
    assert told
    assert not [word for word in [*told, secret] if word in said]


def test_so_does_one_that_repeats_a_part_of_it():
    assert without(["c2VjcmV0LXRva2Vu"], "Too long: AUTH PLAIN c2VjcmV0LX...") == "Too long: AUTH PLAIN (not shown)"
    assert without(["secret"], "not secret, 5.7.8 secretly") == "not (not shown), 5.7.8 (not shown)ly"


def test_where_passwords_are_no_longer_taken_tokens_are_named(server):
    disabled = (
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [LO2P265CA0001.PROD.OUTLOOK.COM]"
    )
    said = refused(server("LOGIN", "XOAUTH2", refusal=disabled))
    assert "basic authentication is disabled" in said
    assert 'set smtp.auth = "xoauth2"' in said
    only = refused(server("XOAUTH2"))
    assert 'takes no passwords, but tokens: set smtp.auth = "xoauth2" and smtp.password_command' in only
    assert "takes no token by XOAUTH2, only LOGIN, PLAIN" in refused(server("LOGIN", "PLAIN"), is_token=True)
    assert "lets nobody log in: take smtp.user out" in refused(server())
    assert "offers GSSAPI to log in, of which this program knows none" in refused(server("GSSAPI"))


def test_a_server_that_hangs_up_after_it_refused_is_told_for_its_refusal(server):
    there = server("PLAIN", "LOGIN", hangs_up=True)
    assert "5.7.8 Not accepted" in refused(there)


def test_a_secret_that_cannot_be_had_is_not_asked_for_where_nothing_could_be_done_with_it(server):
    def none_there():
        raise OutsideError("Nothing there.")

    login = Login(USER, none_there)
    with (
        pytest.raises(OutsideError, match="Nothing there"),
        Connection(Server("127.0.0.1", server("PLAIN").port, "none", login, timeout=5)),
    ):
        pass
    with pytest.raises(NotLetInError), Connection(Server("127.0.0.1", server().port, "none", login, timeout=5)):
        pass


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.0.0.2", "::1"])
def test_a_proxy_on_this_machine_is_known_by_its_name_or_address(host):
    assert is_local(host)


@pytest.mark.parametrize("host", ["localhost.example.org", "mail.localhost", "10.0.0.1", "::2", "example.org", "127.1"])
def test_nothing_else_is_on_this_machine(host):
    assert not is_local(host)
