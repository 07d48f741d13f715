"""A fresh access token of a mailbox: one renewal however many ask, the rotated token committed before it is used."""

from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from headway.foundation import keys
from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError
from headway.intake.models import Grant, Mailbox, Provider
from headway.intake.oauth import exchange
from headway.intake.oauth.endpoints import TABLE

log = structlog.get_logger("headway.intake")

PURPOSE: Final = "grant"
_LEEWAY: Final = timedelta(minutes=3)  # a token this near its end is renewed first
# Providers let a grant lapse that is not used (Microsoft after 90 days): a paused mailbox's is renewed too.
_UNUSED: Final = timedelta(days=7)


class Broken(HeadwayError):
    """There is no access any more. The message says what to do; it never holds a token."""

    code = "sign_in_again"


def access_token(mailbox_id: int) -> str:
    """A token good for some minutes.

    Raises Broken when somebody must act, exchange.Unavailable (an OSError) when the provider cannot be reached.
    """
    grant = Grant.objects.filter(mailbox_id=mailbox_id).first()
    if grant is not None and not grant.broken and grant.access_token and grant.expires_at > now() + _LEEWAY:
        return _open(grant.access_token)
    return _renew(mailbox_id)


def doubt(mailbox_id: int) -> None:
    """The mail server refused the token: the next one asked for is a new one."""
    Grant.objects.filter(mailbox_id=mailbox_id, broken="").update(expires_at=now())


def renew_unused() -> int:
    """Renews the grants nobody used for a week, so that they do not lapse; returns how many were renewed."""
    old = Grant.objects.filter(broken="", renewed_at__lt=now() - _UNUSED, mailbox__archived_at__isnull=True)
    done = 0
    for mailbox_id in list(old.values_list("mailbox_id", flat=True)):
        try:
            _renew(mailbox_id, unless_since=_UNUSED)
        except (Broken, OSError) as error:
            log.warning("a grant could not be renewed", mailbox_id=mailbox_id, error=type(error).__name__)
        else:
            done += 1
    return done


def _renew(mailbox_id: int, *, unless_since: timedelta | None = None) -> str:
    """Asks the provider while the row is locked: who comes second finds the new token. Committed before it is used."""
    # raised after the commit: a grant found broken stays so
    refusal: Broken | None = None
    token = b""
    with transaction.atomic(durable=True):
        grant = Grant.objects.select_for_update(of=("self",)).filter(mailbox_id=mailbox_id).first()
        login = Mailbox.objects.filter(pk=mailbox_id).values_list("login", flat=True).first() or ""
        provider = Provider.objects.filter(name=login).first()
        if grant is None or grant.broken or provider is None:
            raise Broken(_missing(grant, provider, login))
        renewed = grant.renewed_at > now() - unless_since if unless_since else grant.expires_at > now() + _LEEWAY
        if renewed and grant.access_token:
            return _open(grant.access_token)
        refresh = _open(grant.refresh_token)
        try:
            tokens = exchange.ask(provider, grant_type="refresh_token", refresh_token=refresh)
        except exchange.Ended as error:
            grant.broken, grant.access_token = str(error), b""
            grant.save(update_fields=["broken", "access_token"])
            refusal = Broken(_again(login))
        except exchange.Unregistered as error:
            refusal = Broken(_registration(login, str(error)))
        else:
            keep(grant, tokens)
            token = bytes(grant.access_token)
    if refusal is not None:
        raise refusal
    return _open(token)


def keep(grant: Grant, tokens: exchange.Tokens) -> None:
    """Saves what the provider gave. Part of the caller's transaction."""
    grant.access_token = keys.seal(PURPOSE, tokens.access.encode())
    if tokens.refresh:
        grant.refresh_token = keys.seal(PURPOSE, tokens.refresh.encode())
    grant.expires_at, grant.renewed_at, grant.broken = tokens.expires_at, now(), ""
    grant.save()


def _open(sealed: bytes | memoryview) -> str:
    return keys.unseal(PURPOSE, bytes(sealed)).decode()


def _missing(grant: Grant | None, provider: Provider | None, login: str) -> str:
    if provider is None:
        name = TABLE[login].name if login in TABLE else login
        return _("Headway is not registered at %(name)s. Enter the registration first.") % {"name": name}
    if grant is None:
        return _("Nobody has signed in yet. Sign in at %(name)s.") % {"name": TABLE[login].name}
    return _again(login)


def _again(login: str) -> str:
    return _("%(name)s has ended our access to this mailbox. Nothing is lost. Sign in again.") % {
        "name": TABLE[login].name
    }


def _registration(login: str, word: str) -> str:
    return _(
        "%(name)s refuses Headway's registration (%(word)s). Its secret may have run out: make a new one there and "
        "enter it under the providers."
    ) % {"name": TABLE[login].name, "word": word}
