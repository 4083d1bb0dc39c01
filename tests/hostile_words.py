"""Names that would run something if a shell looked at them, and a register that is full of them."""

from pathlib import Path

import tomli_w

RAN = "ran"
"""The file that each of them would make in the folder in which the shell is."""

ATTACKS = [
    "$(touch ran)",
    "`touch ran`",
    "${IFS}$(touch${IFS}ran)",
    "${:-$(touch ran)}",
    "\\$(touch ran)",
    "\\\\$(touch ran)",
    "\\\\\\`touch ran\\`",
    '"$(touch ran)"',
    "'$(touch ran)'",
    '" ; touch ran ; "',
    "' ; touch ran ; '",
    "))' ; touch ran ; : '((",
    "\"))' ; touch ran #",
    "; touch ran",
    "& touch ran &",
    "| touch ran",
    "> ran",
    "<(touch ran)",
    ">(touch ran)",
    "=(touch ran)",
    "*(e:'touch ran':)",
    "(e:'touch ran':)",
    "(+touch)",
    "?[a$(touch ran)]",
    "{a,$(touch ran)}",
    "~$(touch ran)",
    "!!:s/a/$(touch ran)/",
    "^a^$(touch ran)^",
    "$((a[$(touch ran)]))",
    "%{$(touch ran)%}",
    "%(e.$(touch ran).)",
    "(touch ran)",
    "@(touch ran)",
    "$(New-Item ran)",
    "@{a=$(touch ran)}",
    "#{touch ran}",
    "\N{LEFT SINGLE QUOTATION MARK}; touch ran; \N{RIGHT SINGLE QUOTATION MARK}",
    "\N{LEFT DOUBLE QUOTATION MARK}$(touch ran)\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{FULLWIDTH DOLLAR SIGN}(touch ran)",
    "\N{LATIN LETTER DENTAL CLICK} touch ran",
    "a\ntouch ran\n$(touch ran)",
    "a\rtouch ran",
    "a\t$(touch ran)",
    "a:::$(touch ran)",
    "a\\:$(touch ran)",
    "\x1b[2J\x07$(touch ran)",
    "\N{RIGHT-TO-LEFT OVERRIDE}$(touch ran)",
    "[bold]$(touch ran)[/bold]",
    "--help=$(touch ran)",
    "-e $(touch ran)",
    "$(touch ran) " * 300,
]

IDS = [*(each for each in ATTACKS if "/" not in each and len(each) < 200), "--yes", "-rf", "a b", ".hidden", "é"]
"""Attacks that can be names of files."""

PLAIN = "zz-plain"
"""The last record of each kind, which does no harm; it is said of it what ``SAID`` is."""

NAME = "Ŵyn a'r Łódź"
SAID = "Ŵyn ar Łódź"

MEETING = "2031-01-01-"


def plant(register: Path) -> None:
    """Write records of every kind that can be named on a command line, as somebody writes them who shares a register.

    Each attack is what a record is called, and each that can be is also the name of a file.
    """
    names = {f"a{number:02}": text for number, text in enumerate(ATTACKS)} | {PLAIN: NAME}
    files = {**dict.fromkeys(IDS, "Plain"), **names}
    for number, (id, name) in enumerate(files.items()):
        _write(register / "members" / f"{id}.toml", {"name": name, "sector": "charity"})
        _write(register / "people" / f"{id}.toml", {"name": name})
        _write(register / "groups" / f"{id}.toml", {"name": name})
        meeting = {"title": name, "date": "2031-01-01", "status": "planned"}
        meeting |= {"uid": f"{number}@slavefree", "created": "2023-04-28T09:00:00Z"}
        _write(register / f"{MEETING}{id}" / "meeting.toml", meeting)
        _write(register / "templates" / "agenda" / f"{id}.toml", {"title": name})
    for number, name in enumerate([*ATTACKS, NAME]):
        code = f"zz{number:03}"
        action = {"title": name, "owner": "essex-police", "raised": "2023-05-01"}
        _write(register / "actions" / "2023" / f"{code}.toml", action)
        decision = {"text": name, "taken": "2023-05-01", "meeting": "2023-06-07-inaugural"}
        _write(register / "decisions" / "2023" / f"{code}.toml", decision)


def _write(path: Path, record: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = tomli_w.dumps(record)
    for key in ("date", "raised", "taken", "created"):  # what TOML writes without quotes
        text = text.replace(f'{key} = "{record.get(key)}"', f"{key} = {record.get(key)}")
    path.write_text(text, encoding="utf-8")
