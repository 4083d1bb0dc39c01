"""What git makes of the files of a register when it writes them: UTF-8 text, whatever attributes come by git.

With ``working-tree-encoding`` git would write records in another encoding than they were checked in, and with ``ident``
other text. Among git's own files stand the attributes that win over those that came (gitattributes).
"""

import os
import re

from slavefree_cli.git.repository import Repository
from slavefree_cli.register import files
from slavefree_cli.register.desk import Desk

_LINE = "{} !working-tree-encoding -ident"


def keep_text(desk: Desk, repository: Repository) -> None:
    """Have git write what is in a register as it is in its commits; the user's own attributes beside it stay.

    Raises:
        SlavefreeError: The file cannot be written.
    """
    prefix = repository.prefix(desk.root)
    # Other characters would mean something in a pattern.
    line = _LINE.format(f"{prefix}**" if re.fullmatch(r"[A-Za-z0-9_./-]*", prefix) else "*")
    path = os.path.join(repository.common_dir, "info", "attributes")
    try:
        content = files.read(repository.common_dir, "info/attributes")
    except FileNotFoundError:
        content = b""
    except files.UnreadableError:
        return
    if line.encode() not in content.splitlines():
        start = content if content.endswith(b"\n") or not content else content + b"\n"
        files.write_all([files.Write(path, start + line.encode() + b"\n", None)])
