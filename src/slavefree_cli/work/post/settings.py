"""The mail server of whoever sends: in their own configuration file, the password never in a register."""

import os
from typing import Any, Final

import tomli

from slavefree_cli.errors import InvalidError
from slavefree_cli.mail.smtp import LOCAL, Security, Server

PASSWORD: Final = "SLAVEFREE_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
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
    host, user = _text(file, found, "host"), found.get("user")
    if not host or not host.isprintable() or len(host) > 253 or (":" in host and host not in LOCAL):
        raise InvalidError(f'{file}: smtp.host must be the name of a server, such as "smtp.example.org", with no port.')
    if not (user is None or (isinstance(user, str) and user)):
        raise InvalidError(f"{file}: smtp.user must be text in quotes, or left out where none is needed.")
    if unknown := set(found) - {"host", "port", "security", "user", "timeout", "certificates", "password"}:
        raise InvalidError(f"{file}: smtp.{min(unknown)} is not known; there are host, port, security, user, timeout.")
    if "password" in found:
        raise InvalidError(
            f"{file}: a password does not belong into a file; take it out: keyring set slavefree USER@HOST keeps it."
        )
    security = found.get("security", "none" if host in LOCAL else "starttls")
    if not isinstance(security, str) or security not in _PORTS:
        raise InvalidError(f'{file}: smtp.security must be "starttls", "tls" or "none", not {security!r}.')
    if security == "none" and host not in LOCAL:
        raise InvalidError(f"{file}: smtp.security cannot be none, as {host} is not this machine: set starttls or tls.")
    port, timeout = found.get("port", _PORTS[security]), found.get("timeout", 30)
    if type(port) is not int or not 0 < port < 65536:
        raise InvalidError(f"{file}: smtp.port must be a number from 1 to 65535, not {port!r}.")
    if type(timeout) not in {int, float} or not 0 < timeout <= 600:
        raise InvalidError(f"{file}: smtp.timeout must be a number of seconds up to 600, not {timeout!r}.")
    certificates = _text(file, found, "certificates")
    if certificates is not None and ("\0" in certificates or not os.path.isfile(certificates)):
        raise InvalidError(f"{file}: smtp.certificates names {certificates!r}, which is no file.")
    password = None if user is None else _password(file, user, host)
    return Server(host, port, security, user, password, float(timeout), certificates)


def _text(file: str, found: dict[str, Any], key: str) -> str | None:
    value = found.get(key)
    if value is not None and not isinstance(value, str):
        raise InvalidError(f"{file}: smtp.{key} must be text in quotes.")
    return value


def _password(file: str, user: str, host: str) -> str:
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    import keyring
    import keyring.errors

    try:
        found = keyring.get_password("slavefree", f"{user}@{host}")
    except keyring.errors.KeyringError:
        found = None
    if found is None:
        raise InvalidError(
            f"There is no password for {user} at {host} ({file}). Keep it in the keyring: keyring set slavefree "
            f"{user}@{host}; or give it in {PASSWORD}."
        )
    return found
