"""Why a mailbox cannot be read: a word for programs, and a sentence that says what happened and what to do."""

import imaplib
import re
import ssl
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Invalid
from headway.foundation.outward import Refused

# What may be over in a moment: told only when it happens again at once.
PASSING: Final = frozenset({"connection", "timeout", "closed", "busy"})
# What asking again and again makes worse: servers lock accounts.
DELICATE: Final = frozenset({"password", "sign_in", "sign_in_again", "busy"})

_BUSY: Final = re.compile(
    r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|OVERQUOTA)\]|too many|try again|temporar", re.IGNORECASE
)


class Failure(Exception):
    """A mailbox cannot be read. `word` is one of: host, connection, timeout, closed, certificate, encryption, password,
    sign_in, sign_in_again, provider, busy, folder, answer, secret, storage."""

    def __init__(self, word: str, sentence: str) -> None:
        super().__init__(sentence)
        self.word = word
        self.sentence = sentence


def explain(error: BaseException, host: str, port: int) -> Failure:
    """The failure that an error while talking to `host` means."""
    place = {"host": host, "port": port}
    if isinstance(error, Failure):
        return error
    if isinstance(error, Refused):
        return Failure("host", str(error))
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message or error.reason or ""
        return Failure(
            "certificate",
            _("The certificate of %(host)s is not valid for it (%(why)s). Nothing was sent. Look at the server's name.")
            % {**place, "why": why[:120]},
        )
    if isinstance(error, ssl.SSLError):
        return Failure(
            "encryption",
            _(
                "%(host)s does not speak TLS on port %(port)d. Nothing was sent. Port 993 is usual for TLS, 143 for "
                "STARTTLS."
            )
            % place,
        )
    if isinstance(error, TimeoutError):
        return Failure("timeout", _("%(host)s does not answer on port %(port)d. It is tried again.") % place)
    if isinstance(error, ConnectionRefusedError):
        return Failure("connection", _("%(host)s takes no connections on port %(port)d. It is tried again.") % place)
    if isinstance(error, Invalid):
        return Failure("secret", error.message)
    if isinstance(error, HeadwayError):
        return Failure(error.code, error.message)
    if isinstance(error, (imaplib.IMAP4.abort, EOFError)):
        return Failure("closed", _("%(host)s closed the connection. It is tried again.") % place)
    if isinstance(error, OSError):
        return Failure("connection", _("%(host)s cannot be reached on port %(port)d. It is tried again.") % place)
    return Failure(
        "answer",
        _("%(host)s answered what no mail server should (%(kind)s). It is tried again.")
        % {**place, "kind": type(error).__name__},
    )


def refused_login(said: str, host: str, *, token: bool) -> Failure:
    """What a server's No to the sign-in means. Its own words are shown: they hold no secret of ours."""
    words = " ".join(said.split())[:160]
    if _BUSY.search(said):
        return Failure("busy", _("%(host)s asks to come back later: %(said)s") % {"host": host, "said": words})
    if token:
        return Failure(
            "sign_in",
            _("%(host)s does not take our access: %(said)s. Is IMAP allowed for this account? Otherwise sign in again.")
            % {"host": host, "said": words},
        )
    return Failure(
        "password",
        _(
            "%(host)s refuses the user name or password: %(said)s. Enter them again. Some providers want a password "
            "made for programs."
        )
        % {"host": host, "said": words},
    )


def no_folder(name: str, said: str, host: str) -> Failure:
    """The folder cannot be opened."""
    return Failure(
        "folder",
        _("There is no folder “%(name)s” on %(host)s that can be read: %(said)s")
        % {"name": name, "host": host, "said": " ".join(said.split())[:160]},
    )


def provider_away(error: BaseException) -> Failure:
    """The provider that gives out access tokens cannot be reached."""
    return Failure("provider", _("Access could not be renewed. It is tried again. %(why)s") % {"why": str(error)[:200]})
