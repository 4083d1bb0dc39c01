"""Messages that go out, as drafts or by a mail server."""
