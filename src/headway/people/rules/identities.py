"""One written form for each way of recognising a customer, so that equal ones are found equal.

Every function answers None for what cannot be of its kind.
"""

import re
from collections.abc import Callable

import idna

MOST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
_MOST_LOCAL = 64
_MOST_DOMAIN = 253
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOCAL = re.compile(r'[^\s\x00-\x1f\x7f@"(),:;<>\[\]\\]+|"[^"\\\x00-\x1f\x7f]+"')
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_PHONE_NOISE = re.compile(r"[\s()./\u2010-\u2015-]")
_SYSTEM = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
_OWN = re.compile(r"[^\x00-\x1f\x7f]{1,200}")


def email(text: str) -> str | None:
    """An address in lower case, its domain in the ASCII form of IDNA."""
    local, at, host = text.strip().rpartition("@")
    local, known_host = local.lower(), domain(host)
    if not at or known_host is None or not _LOCAL.fullmatch(local) or len(local.encode()) > _MOST_LOCAL:
        return None
    address = f"{local}@{known_host}"
    return address if len(address) <= MOST_ADDRESS else None


def domain(text: str) -> str | None:
    """A domain in lower-case ASCII."""
    given = text.strip().rstrip(".").lower()
    try:
        ascii_form = given if given.isascii() else idna.encode(given, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return None
    fits = len(ascii_form) <= _MOST_DOMAIN and all(_LABEL.fullmatch(label) for label in ascii_form.split("."))
    return ascii_form if fits else None


def phone(text: str) -> str | None:
    """A number as E.164 writes it: `+` and 7 to 15 digits. A number without its country is none."""
    digits = _PHONE_NOISE.sub("", text.strip().replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    return digits if _PHONE.fullmatch(digits) else None


def external(text: str) -> str | None:
    """An id in another system as `system:id`; the system in lower case, the id as that system writes it."""
    system, colon, own = text.partition(":")
    system, own = system.strip().lower(), own.strip()
    return f"{system}:{own}" if colon and _SYSTEM.fullmatch(system) and _OWN.fullmatch(own) else None


_KINDS: dict[str, Callable[[str], str | None]] = {"email": email, "phone": phone, "external": external}


def comparable(kind: str, text: str) -> str | None:
    """The comparable form of an identity of this kind; None also for an unknown kind."""
    return _KINDS[kind](text) if kind in _KINDS else None


def host_of(address: str) -> str:
    """The domain of an address in its comparable form."""
    return address.rpartition("@")[2]
