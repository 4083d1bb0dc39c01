"""Why each finding of a check matters and what to do about it; the codes are stable, for programs that read them."""

from typing import Final

EXPLANATIONS: Final = {
    "approved-cancelled": "Minutes are approved at a meeting that took place. Name the one that approved them, or take "
    "the approval back with undo.",
    "approved-changed": "Approved minutes do not change any more, and this text is not what was approved. Bring "
    "that text back from the history, and add what is wrong in it as a correction.",
    "approved-early": "Minutes are approved at a later meeting than the one they are of. Name that one.",
    "approved-other-day": "The approval bears another day than the meeting that approved it, as when that meeting "
    "moved afterwards. Look which is right.",
    "conflict": "Git left its marks in the file where two versions met. Keep the lines that are right, take out the "
    "marks, and commit; sync merges records without leaving any.",
    "contradiction": "Two issues of one meeting tell people different things under one version number, as when two "
    "clones issued it at once. Issue it again, so that everybody has the same.",
    "damaged-part": "The comments around what the program owns are not as it wrote them, so that it cannot renew that "
    "part. Put them back, or delete both, and the text is yours.",
    "duplicate-code": "A code is to name one thing only. Rename the file, or the key, of the one that came later.",
    "duplicate-id": "Two files are one and the same record by their names. Rename one of them.",
    "duplicate-name": "Two records of one kind with one name cannot be told apart by name. Change one of the names, or "
    "remove the one that is there by mistake.",
    "duplicate-uid": "Calendars take meetings with one uid for one meeting. Give the copy a uid of its own.",
    "file-name": "The name of the file is the id of the record, and this one does not work on every system. Rename the "
    "file, and what refers to it.",
    "left-early": "Somebody left before they came. Look at the items at which they arrived and left.",
    "left-over": "A command was broken off while it wrote this file under a name of its own. It holds nothing that is "
    "missed; the next change, or check --fix, takes it away.",
    "looks-like-git": "Four ordinary files are enough to have git take a folder for a repository and obey "
    "its settings, which can name programs to be run. Nothing of a partnership needs them: take them out, and ask who "
    "put them there.",
    "mendable": "The file reads well but is not as the program writes it: line ends, a mark at its beginning, or the "
    "settings that keep git from changing line ends.",
    "misplaced": "Records are looked for in their places only, and this file is not seen. Move it to its place.",
    "missing-paper": "An agenda item names a paper that is not there. Put it there, or take it off the item.",
    "no-coordinator": "Every invitation names the coordinator as its organiser, with an address for the answers.",
    "no-meeting": "The file belongs to a meeting that is not there. Bring the meeting back, or remove the file.",
    "no-place": "A restricted item needs its place in the open agenda, which says nothing but when it is taken.",
    "not-toml": "The file is not TOML, so nothing in it can be read. Mend the line that is named.",
    "not-utf-8": "Files of the register are UTF-8 text, which every editor can write.",
    "not-valid": "A key is missing, has a value of the wrong kind, or one that the record does not allow.",
    "open-and-restricted": "What is restricted must not stand in the open agenda too. Take it out of one of the two.",
    "open-on-restricted": "What hangs on a restricted item is restricted as well, and must not lie in the open tree.",
    "shared-slug": "Members and people share one set of ids, since either can own an action. Rename one of the files.",
    "skipped-time": "The clocks go forward over this time, so that it does not exist on that day. Choose another.",
    "slug": "The key of an item is its id, and this one cannot be typed or linked to everywhere. Rename it.",
    "unknown-item": "The record names an item that is not on the agenda of its meeting. Put the item back, or change "
    "the record.",
    "unknown-key": "The key is kept and does nothing. If it is a slip, correct it; if it is yours, all is well.",
    "unknown-reference": "The record names another that is not there. Correct the name, or bring the other back.",
    "unreadable": "The file cannot be read: too large, no ordinary file, a link that leads away, or not allowed.",
}
"""By the code of the finding."""
