"""What tests of several commands that send have in common."""

import subprocess

import pytest


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "cert"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def with_addresses(place):
    place.ok("person", "edit", "colin", "--email", "colin@example.org")
    place.ok("person", "edit", "julie", "--email", "julie@example.org")


@pytest.fixture
def invited(place, prepared):
    return prepared(place, with_addresses)
