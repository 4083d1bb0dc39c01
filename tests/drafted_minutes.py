"""Drafted minutes of the small partnership's meeting, and what its coordinator does to their file."""

from slavefree_cli.minutes.owned import parts

MEETING = "2023-06-07-inaugural"
JUNE = {"SOURCE_DATE_EPOCH": "1686300000"}  # Friday 9 June 2023
AUTUMN = {"SOURCE_DATE_EPOCH": "1694016000"}  # Wednesday 6 September 2023, 17:00 in London


def with_minutes(place):
    place.env.update(JUNE)
    place.ok("meeting", "add", "Autumn", "--date", "2023-09-06", "--start", "2pm")
    place.ok("agenda", "add", "inaugural", "County Lines", "--before", "other")
    place.ok("minutes", "draft", "inaugural")


def write(minutes, text, under="## 6. County Lines\n"):
    """Type something below a heading, keeping the line ends."""
    content = minutes.read_bytes()
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    head, heading, rest = content.partition(under.encode().replace(b"\n", newline))
    assert heading
    minutes.write_bytes(head + heading + newline + text.encode().replace(b"\n", newline) + newline + rest)


def finish(minutes):
    """Write on where a sentence was begun for whoever writes the minutes."""
    minutes.write_bytes(
        minutes.read_bytes().replace(b"It was noted that", b"It was noted that there were three referrals.")
    )


def owned(minutes):
    return {each.name: each.body for each in parts(minutes.read_text())}
