"""The process that renders a minutes template, as ``python -m slavefree_cli.minutes.child``.

A template is other people's text. Jinja2's sandbox keeps it from Python and from files, and does not keep it from
looping for ever or from building a billion characters: this process limits itself, and whoever started it limits how
long it may take. It reads the template and plain data as JSON and writes JSON: the text, or what is wrong and where.
"""

import json
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateRuntimeError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from slavefree_cli.documents.markdown import escaped
from slavefree_cli.minutes.owned import enclosed, name_problem

PROCESSOR_SECONDS: Final = 5
MEMORY_BYTES: Final = 1_000_000_000
MOST_CHARACTERS: Final = 2_000_000


class _Owned(Extension):
    """``{% owned "people" %} … {% endowned %}``: a part of the minutes that the program owns and renews."""

    tags = {"owned"}

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._names: set[str] = set()

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the node of the tag."""
        line = next(parser.stream).lineno
        name = parser.parse_expression()
        if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
            parser.fail('the tag owned takes a name in quotes, as {% owned "people" %}', line)
        if problem := name_problem(name.value):
            parser.fail(f"the name of a part {problem}, and {name.value!r} is not", line)
        body = parser.parse_statements(("name:endowned", "name:owned"))
        if parser.stream.current.value == "owned":
            parser.fail(f"the part {name.value} is not ended before the next begins", parser.stream.current.lineno)
        next(parser.stream)
        part = self.call_method("_part", [name, nodes.Const(parser.name)])
        return nodes.CallBlock(part, [], [], body).set_lineno(line)

    def _part(self, name: str, template: str, caller: Callable[[], str]) -> str:
        if name in self._names:
            raise TemplateRuntimeError(f"the part {name} stands twice")
        self._names.add(name)
        return "\n".join(["\n", *enclosed(name, template, caller()), "\n"])


def _shown(value: Any) -> Any:
    """Return what is put in the text for a value: what people typed, so that it cannot become markup."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(escaped(value))  # noqa: S704 - escaped for Markdown, which is what is made
    return value


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        extensions=[_Owned],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # What a macro or a block returns is Markup and stays as it is; everything else is escaped for Markdown first.
        autoescape=True,
        finalize=_shown,
    )
    for unescaped in ("safe", "escape", "e", "forceescape", "tojson", "urlize", "xmlattr", "striptags"):
        del environment.filters[unescaped]
    return environment


def syntax_problem(template: str) -> tuple[int | None, str] | None:
    """Return the line of a mistake in how a template is written, and what it is; None where there is none to be seen.

    It is read and not run.
    """
    try:
        _environment().parse(template)
    except (TemplateSyntaxError, RecursionError) as error:
        return _line(error, ""), f"{(_said(error) or '').rstrip('.')}."
    return None


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return the text that a template makes, or what is wrong with it and in which line."""
    file, environment = request["file"], _environment()
    text, length = [], 0
    try:
        code = environment.compile(request["text"], name=request["name"], filename=file)
        for piece in environment.template_class.from_code(environment, code, {}).generate(request["variables"]):
            length += len(piece)
            if length > MOST_CHARACTERS:
                return {"error": "it makes too long a text", "line": None}
            text.append(piece)
        return {"text": "".join(text)}
    except Exception as error:
        return {"error": _said(error), "line": _line(error, file)}


def _said(error: Exception) -> str | None:
    match error:
        case SecurityError():
            return f"it reaches for Python: {error.message}"
        case TemplateError() if "'jinja2." in str(error.message):
            # What it is made of says nothing to whoever wrote it.
            return "it reaches for Python: a part of the template itself has nothing that it could be asked for"
        case TemplateError():
            return error.message
        case MemoryError():
            return "it needs too much memory"
        case RecursionError():
            return "it is nested too deeply"
    if "no loader" in str(error):
        return "it can take nothing from other files"
    return str(error) or type(error).__name__


def _line(error: Exception, file: str) -> int | None:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return frames[-1].lineno if frames else None


def limit() -> None:
    """Limit what this process may use, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (allowed, hard))


def main() -> None:
    """Answer one request."""
    request = json.loads(sys.stdin.buffer.read())
    limit()
    sys.stdout.buffer.write(json.dumps(answer(request)).encode())


if __name__ == "__main__":
    main()
