"""Blocks as text, Markdown and HTML: the same said three ways, and nothing typed becomes markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from slavefree_cli.documents import html, markdown, text
from slavefree_cli.documents.blocks import Heading, Link, List, Markdown, Paragraph, changed, line, lines

TYPED = (
    Heading(1, lines("Title & <b>")),
    Heading(2, lines("Agenda")),
    List((line("One"), line("2. <i>Two</i>")), ordered=True),
    Paragraph(lines("See https://example.org/?a=1&b=2.\n- Bye")),
    List((line("a"), line("b"))),
)


def body(blocks):
    return html.page("", blocks).partition("<body>\n")[2].partition("\n</body>")[0]


def test_text_has_a_blank_line_between_and_none_below_a_heading_of_a_part():
    assert text.rendered(TYPED) == (
        "Title & <b>\n\nAgenda\n1. One\n2. 2. <i>Two</i>\n\nSee https://example.org/?a=1&b=2.\n- Bye\n\n- a\n- b"
    )
    assert text.rendered(()) == ""


def test_html_has_a_language_headings_lists_and_links_and_escapes_the_rest():
    page = html.page("Sub<ject>", TYPED)
    assert '<html lang="en-GB">' in page
    assert "<title>Sub&lt;ject&gt;</title>" in page
    assert "<h1>Title &amp; &lt;b&gt;</h1>" in page
    assert "<h2>Agenda</h2>\n<ol><li>One</li><li>2. &lt;i&gt;Two&lt;/i&gt;</li></ol>" in page
    assert '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>.<br>\n- Bye</p>' in page
    assert "<ul><li>a</li><li>b</li></ul>" in page


def test_markdown_is_commonmark_in_which_nothing_typed_is_markup():
    assert markdown.rendered(TYPED) == (
        "# Title & \\<b>\n\n## Agenda\n\n1. One\n2. 2\\. \\<i>Two\\</i>\n\n"
        "See <https://example.org/?a=1&b=2>.\\\n\\- Bye\n\n- a\n- b"
    )
    assert list(map(markdown.escaped, (" a\n b ", "C#", "2.5 m"))) == ["a b", "C#", "2.5 m"]


@pytest.mark.parametrize(
    "typed", ["C #", "## x ##", "[x]: /url", "[x](y) ![z]", "a\\", "1) a", "***", "&amp; `c`", "===", "1."]
)
def test_what_looks_like_markdown_stays_text(typed):
    for block in (Heading(2, lines(typed)), Paragraph(lines(typed)), List((line(typed),))):
        assert seen(MarkdownIt().render(markdown.rendered([block]))) == seen(body([block]))


class Seen(HTMLParser):
    """What a page shows: its elements, and their text with white space as a reader sees it."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append(f"<{tag}>")

    def handle_data(self, data):
        self.found.append(data)


def seen(page):
    reader = Seen()
    reader.feed(page)
    reader.close()
    return " ".join(" ".join(reader.found).split()).replace(" ", "")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text("ab1#*_-+=>.)([]:<&;!`~|\\ ", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=3)
)
def test_markdown_reads_as_the_html_does(typed):
    blocks = [Heading(2, line_of(typed[0])), Paragraph(tuple(map(line, typed))), List(tuple(map(line, typed)))]
    assert seen(MarkdownIt("commonmark").render(markdown.rendered(blocks))) == seen(body(blocks))


def line_of(typed):
    return (line(typed),)


def test_markdown_becomes_html_and_html_in_it_text():
    page = body([Markdown("# Minutes\n\n<script>x</script>\n\n- one\n\n![p](https://track.example/x.png)\n")])
    assert "<h1>Minutes</h1>" in page
    assert "<script>" not in page
    assert "<img" not in page
    assert "<li>one</li>" in page
    assert "href" not in body([Markdown("[a](javascript:alert(1))")])


def test_only_a_web_address_leads_anywhere():
    assert body([Paragraph(((Link("javascript:alert(1)"), " ", Link("HTTPS://x.org/a.")),))]) == (
        '<p>javascript:alert(1) <a href="HTTPS://x.org/a.">HTTPS://x.org/a.</a></p>'
    )


def test_a_change_reaches_every_span_and_tells_links_from_text():
    def change(span):
        return Link("LINK") if isinstance(span, Link) else span.upper()

    assert [changed(block, change) for block in (*TYPED[3:], Markdown("a [b](https://x.org/y)"))] == [
        Paragraph((("SEE ", Link("LINK"), "."), ("- BYE",))),
        List((("A",), ("B",))),
        Markdown("A [B](LINK)"),
    ]


def test_a_table_has_borders_that_no_mail_program_drops():
    shown = html.page("T", [Markdown("| A | B |\n| --- | --- |\n| <b> | 2 |\n")])
    assert '<table border="1" cellspacing="0" cellpadding="4" style="border-collapse: collapse">' in shown
    assert "<td>&lt;b&gt;</td>" in shown
