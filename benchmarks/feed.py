"""How long ``slavefree invite feed`` takes for a thousand meetings; at most two seconds are asked for."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

MEETINGS = 1_000
AT_MOST = 2.0
RUNS = 7
ITEMS = 8


def register(folder: Path) -> Path:
    """Make a register of a thousand meetings, each with an agenda and an issue, and return its folder."""
    made = folder / "meetings"
    made.mkdir()
    (made / "partnership.toml").write_text(
        'format = 1\nname = "A partnership"\ntimezone = "Europe/London"\n[coordinator]\nemail = "c@example.org"\n'
    )
    agenda = "".join(
        f'[items.item-{number}]\nposition = {number}0\ntitle = "Item {number} of an agenda"\nminutes = 10\n'
        for number in range(1, ITEMS + 1)
    )
    for number in range(MEETINGS):
        day = date(2000, 1, 3) + timedelta(days=9 * number)
        meeting = made / f"{day}-meeting"
        (meeting / "issued").mkdir(parents=True)
        times = f'date = {day}\nstart = 14:00:00\nend = 16:00:00\nvenue = "Town Hall, Room {number}"\n'
        (meeting / "meeting.toml").write_text(
            f'title = "Meeting {number}"\n{times}status = "planned"\nuid = "{number}@slavefree"\n'
            "created = 2000-01-01T00:00:00Z\n"
        )
        (meeting / "agenda.toml").write_text(agenda)
        digits = "0123456789abcdefghjkmnpqrstvwxyz"
        code = "".join(digits[number // 32**place % 32] for place in range(5))
        (meeting / "issued" / f"{code}.toml").write_text(
            f"sequence = 0\nstamp = 2000-01-02T00:00:00Z\n{times}"
            'status = "planned"\ncontent = "x"\nmethod = "PUBLISH"\n'
        )
    return made


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = register(Path(folder))
        command = [sys.executable, "-m", "slavefree_cli", "--no-commit", "--register", str(made), "invite", "feed"]
        seconds: list[float] = []
        written: list[int] = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HOME": folder})
            seconds.append(time.perf_counter() - begun)
            feed = made / "calendar.ics"
            written.append(feed.read_bytes().count(b"BEGIN:VEVENT\r\n"))
            feed.unlink()
    print("a feed of\tmedian of runs, s\tat most, s")
    print(f"{min(written):,} meetings\t{statistics.median(seconds):.2f}\t{AT_MOST}")


if __name__ == "__main__":
    main()
