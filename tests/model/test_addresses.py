"""When two addresses are one, when one is none, and when they may be one and only somebody who knows can say so."""

import pytest

from slavefree_cli.model.addresses import are_of, comparable, is_address, may_be_of
from slavefree_cli.model.person import Person


@pytest.mark.parametrize(
    "written",
    [
        "Colin.Cox@Example.org",
        "mailto:colin.cox@example.org",
        "MAILTO:Colin.Cox@example.ORG",
        " <mailto:colin.cox@example.org> ",
        "'colin.cox@example.org'",
        "mailto:colin%2Ecox%40example.org",
        "mailto:colin.cox@example.org?subject=Accepted",
        "mailto:Colin Cox <colin.cox@example.org>",
        "SMTP:colin.cox@example.org",
    ],
)
def test_one_address_however_it_is_written(written):
    assert comparable(written) == "colin.cox@example.org"


@pytest.mark.parametrize(
    "domain", ["bücher.example", "BÜCHER.example", "xn--bcher-kva.example", "XN--BCHER-KVA.example"]
)
def test_a_domain_in_its_own_letters_is_the_one_in_ascii(domain):
    assert comparable(f"mailto:zoe@{domain}") == "zoe@bücher.example"


@pytest.mark.parametrize("domain", ["xn--.example", "xn--\u00fc.example", "xn--a-\u20ac.example"])
def test_a_domain_that_is_none_is_left_as_it_is(domain):
    assert comparable(f"zoe@{domain}").startswith("zoe@")


@pytest.mark.parametrize(
    ("text", "it_is"),
    [
        ("mailto:colin@example.org", True),
        ("mailto:/o=ExampleOrg/ou=First/cn=Recipients/cn=colin@x", False),
        ("EX:/o=ExampleOrg/ou=First/cn=coxc", False),
        ("invalid:nomail", False),
        ("urn:uuid:4b2d7c5e", False),
        ("https://calendar.example.org/principals/colin@example.org/", False),
        ("mailto:", False),
        ("zzz@example.org:mailto:julie@example.org", False),
    ],
)
def test_what_is_an_address_and_what_names_an_entry_of_some_directory(text, it_is):
    assert is_address(comparable(text)) is it_is


@pytest.mark.parametrize(
    ("own", "other", "alike"),
    [
        ("samreed@googlemail.com", "samreed@gmail.com", True),
        ("samreed@googlemail.com", "sam.reed@googlemail.com", True),
        ("sam.reed@gmail.com", "s.a.m.reed+minutes@googlemail.com", True),
        ("sam@example.org", "sam+calendar@example.org", True),
        ("sam.reed@example.org", "samreed@example.org", False),
        ("sam@example.org", "sam@example.com", False),
        ("+sam@example.org", "+kim@example.org", False),
    ],
)
def test_two_addresses_that_may_be_one_mailbox_are_offered_and_not_taken(own, other, alike):
    sam = Person(id="sam", name="Sam Reed", email=own)
    assert not are_of(sam, [comparable(other)])
    assert may_be_of(sam, comparable(other)) == (own if alike else None)
