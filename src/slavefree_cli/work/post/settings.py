"""The mail server of whoever sends: in their own configuration file, the password never in a register."""

import os
import shutil
from typing import Any, Final

import tomli

from slavefree_cli.errors import InvalidError
from slavefree_cli.mail.login import Login
from slavefree_cli.mail.smtp import Security, Server, is_local

PASSWORD: Final = "SLAVEFREE_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
_KEYS: Final = ("host", "port", "security", "user", "auth", "password_command", "timeout", "certificates")
_PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465, "none": 25}


def server() -> Server:
    """Return the mail server.

    Raises:
        InvalidError: There is none in the configuration, or a key of it is wrong; the message names file and key.
    """
    from platformdirs import user_config_dir

    file = os.path.join(user_config_dir("slavefree", appauthor=False), "config.toml")
    try:
        with open(file, "rb") as opened:
            found = tomli.load(opened).get("smtp")
    except FileNotFoundError:
        found = None
    except (OSError, ValueError) as error:
        raise InvalidError(f"{file} cannot be read: {error}.") from None
    if not isinstance(found, dict):
        raise InvalidError(
            f'No mail server is set. Put three lines into {file}: [smtp]; host = "smtp.example.org"; user = "you". '
            "See docs/mail.md."
        )
    host = _text(file, found, "host")
    if not host or not host.isprintable() or len(host) > 253 or (":" in host and not is_local(host)):
        raise InvalidError(f'{file}: smtp.host must be the name of a server, such as "smtp.example.org", with no port.')
    if "password" in found:
        raise InvalidError(
            f"{file}: a password does not belong into a file; take it out: keyring set slavefree USER@HOST keeps it, "
            "or smtp.password_command names a program that prints it."
        )
    if unknown := set(found) - set(_KEYS):
        raise InvalidError(f"{file}: smtp.{min(unknown)} is not known; there are {', '.join(_KEYS)}.")
    security = found.get("security", "none" if is_local(host) else "starttls")
    if not isinstance(security, str) or security not in _PORTS:
        raise InvalidError(f'{file}: smtp.security must be "starttls", "tls" or "none", not {security!r}.')
    if security == "none" and not is_local(host):
        raise InvalidError(f"{file}: smtp.security cannot be none, as {host} is not this machine: set starttls or tls.")
    port, timeout = found.get("port", _PORTS[security]), found.get("timeout", 30)
    if type(port) is not int or not 0 < port < 65536:
        raise InvalidError(f"{file}: smtp.port must be a number from 1 to 65535, not {port!r}.")
    if type(timeout) not in {int, float} or not 0 < timeout <= 600:
        raise InvalidError(f"{file}: smtp.timeout must be a number of seconds up to 600, not {timeout!r}.")
    certificates = _text(file, found, "certificates")
    if certificates is not None and ("\0" in certificates or not os.path.isfile(certificates)):
        raise InvalidError(f"{file}: smtp.certificates names {certificates!r}, which is no file.")
    return Server(host, port, security, _login(file, found, host, float(timeout)), float(timeout), certificates)


def _login(file: str, found: dict[str, Any], host: str, seconds: float) -> Login | None:
    """Return who logs in, and by what; the password or token in the environment comes first, the keyring last."""
    user, auth = found.get("user"), found.get("auth", "password")
    if not (user is None or (isinstance(user, str) and user and user.isprintable())):
        raise InvalidError(f"{file}: smtp.user must be text in quotes, or left out where none is needed.")
    if not isinstance(auth, str) or auth.casefold() not in {"password", "xoauth2"}:
        raise InvalidError(
            f'{file}: smtp.auth must be "password", in whichever way the server offers, or "xoauth2", not {auth!r}.'
        )
    is_token = auth.casefold() == "xoauth2"
    command, program = _command(file, found)
    if user is None:
        if is_token or command:
            raise InvalidError(f"{file}: smtp.user is missing: whose the password or token is, such as an address.")
        return None
    if PASSWORD in os.environ:
        given = os.environ[PASSWORD]
        return Login(user, lambda: given, is_token, f"It is what {PASSWORD} holds: put another one there.")
    if command:
        from slavefree_cli.mail import secret

        def printed() -> str:
            return secret.printed(command, program, seconds, is_token=is_token)

        return Login(user, printed, is_token, f"To see what there is now, or have another: {secret.shown(command)}")
    kept = _kept(file, user, host, is_token=is_token)
    return Login(user, lambda: kept, is_token, f"To keep another one: keyring set slavefree {user}@{host}")


def _command(file: str, found: dict[str, Any]) -> tuple[list[str], str]:
    """Return the command that prints the password or token and the path of its program; nothing where none is set.

    A program is looked for as git is: nothing that lies in the folder somebody is in, and may have come with a
    register, is run.
    """
    command = found.get("password_command")
    if command is None:
        return [], ""
    is_list = isinstance(command, list) and bool(command) and all(isinstance(each, str) for each in command)
    if not is_list or not command[0] or any("\0" in each for each in command):
        raise InvalidError(
            f"{file}: smtp.password_command must be a list of texts, the program and each of its arguments: "
            '["pass", "show", "mail"].'
        )
    folders = filter(os.path.isabs, os.environ.get("PATH", os.defpath).split(os.pathsep))
    is_name = not os.path.dirname(command[0])
    program = shutil.which(command[0], path=os.pathsep.join(folders)) if is_name or os.path.isabs(command[0]) else None
    if program is None:
        raise InvalidError(
            f"{file}: smtp.password_command names {command[0]!r}, which is no program on PATH and no whole path of one "
            "(no shell reads it)."
        )
    return command, program


def _text(file: str, found: dict[str, Any], key: str) -> str | None:
    value = found.get(key)
    if value is not None and not isinstance(value, str):
        raise InvalidError(f"{file}: smtp.{key} must be text in quotes.")
    return value


def _kept(file: str, user: str, host: str, *, is_token: bool) -> str:
    import keyring
    import keyring.errors

    try:
        found = keyring.get_password("slavefree", f"{user}@{host}")
    except keyring.errors.KeyringError:
        found = None
    if found is None and is_token:
        raise InvalidError(
            f"There is no token for {user} at {host} ({file}). Name the program that prints one in "
            f"smtp.password_command (docs/mail.md has some), or give it in {PASSWORD}."
        )
    if found is None:
        raise InvalidError(
            f"There is no password for {user} at {host} ({file}). Keep it in the keyring: keyring set slavefree "
            f"{user}@{host}; or give it in {PASSWORD}."
        )
    return found
