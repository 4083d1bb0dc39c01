"""How long a small command takes, as ratios to what it is measured beside in the same run.

Run it with ``python benchmarks/startup.py``. Each figure is the median of at least 15 whole-process runs, the two
commands in turn, so that a machine that slows down slows both.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

RUNS = 15
ROOT = Path(__file__).parent.parent
LIST = [sys.executable, "-m", "slavefree_cli", "action", "list", "--json"]
TYPER = [sys.executable, "-c", "import typer"]


def timed(command: list[str], folder: Path, env: dict[str, str]) -> float:
    """Return how many seconds one run of a command takes as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def ratio(command: list[str], other: list[str], folder: Path, env: dict[str, str] | None = None) -> float:
    """Return how many times as long a command takes as another, by medians of runs taken in turn."""
    env = env or dict(os.environ)
    timed(command, folder, env)
    timed(other, folder, env)
    pairs = [(timed(command, folder, env), timed(other, folder, env)) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def write_register(folder: Path, *, meetings: int, actions: int, members: int) -> None:
    """Write a register of a size."""
    root = folder / "meetings"
    root.mkdir(parents=True)
    (root / "partnership.toml").write_text('format = 1\nname = "Benchmark"\ntimezone = "Europe/London"\n')
    (root / "members").mkdir()
    for number in range(members):
        (root / "members" / f"member-{number}.toml").write_text(f'name = "Member {number}"\nsector = "other"\n')
    first = date(2014, 1, 8)
    held = [first + timedelta(days=60 * number) for number in range(meetings)]
    for day in held:
        place = root / f"{day}-meeting"
        place.mkdir()
        (place / "meeting.toml").write_text(
            f'title = "Meeting"\ndate = {day}\nstart = 14:00:00\nstatus = "held"\n'
            f'uid = "{day}@example.org"\ncreated = 2014-01-01T09:00:00Z\n'
        )
    for number in range(actions):
        day = held[number % meetings]
        status = "open" if number % 10 == 0 else "done"
        closed = "" if status == "open" else f"closed = {day + timedelta(days=90)}\n"
        path = root / "actions" / str(day.year) / f"{number:05}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'title = "Action number {number} of the partnership"\nowner = "member-{number % members}"\n'
            f'due = {day + timedelta(days=60)}\nstatus = "{status}"\nraised = {day}\n{closed}'
            f'meeting = "{day}-meeting"\n\n[notes.z{number:04}]\nat = 2015-07-03T10:15:00Z\nkind = "progress"\n'
            'text = "List requested from the county lead."\n'
        )


def write_todos(folder: Path, count: int) -> dict[str, str]:
    """Write as many to-dos for todoman and return the environment in which it finds them."""
    calendar = folder / "todos" / "list"
    calendar.mkdir(parents=True)
    for number in range(count):
        (calendar / f"{number}.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//benchmark//EN\r\nBEGIN:VTODO\r\n"
            f"UID:{number}@example.org\r\nDTSTAMP:20230607T100000Z\r\nSUMMARY:To-do {number}\r\n"
            "DUE:20230901T100000Z\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
        )
    settings = folder / "todoman.py"
    settings.write_text(f"path = {str(folder / 'todos' / '*')!r}\ncache_path = {str(folder / 'cache.sqlite3')!r}\n")
    return {**os.environ, "TODOMAN_CONFIG": str(settings)}


def main() -> None:
    """Measure and print the table."""
    rows = [("shipped register", "import typer", ratio(LIST, TYPER, ROOT), "1.7")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, meetings, actions, members, most in (
            ("two years (12 meetings, 120 actions)", 12, 120, 25, ""),
            ("ten years (60 meetings, 600 actions)", 60, 600, 50, "2.4"),
            ("forty years (240 meetings, 2,400 actions)", 240, 2400, 100, ""),
        ):
            place = folder / str(actions)
            write_register(place, meetings=meetings, actions=actions, members=members)
            rows.append((title, "import typer", ratio(LIST, TYPER, place), most))
        todo = Path(sys.executable).with_name("todo")
        if todo.exists():
            env = write_todos(folder, 600)
            beside = ratio(LIST, [str(todo), "--porcelain", "list"], folder / "600", env)
            rows.append(("ten years", "todoman, 600 to-dos", beside, "1.0"))
    print("`action list --json` on", "beside", "ratio", "at most", sep="\t")
    for title, other, measured, most in rows:
        print(title, other, f"{measured:.2f}", most, sep="\t")


if __name__ == "__main__":
    main()
