"""Registration at a provider, and the sign-in of a mailbox's owner there: authorization code with PKCE (RFC 7636)."""

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.mailboxes import MailboxGranted, ProviderRegistered
from headway.foundation import keys
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.intake.models import Grant, Mailbox, Provider, SignIn
from headway.intake.oauth import exchange, renewing
from headway.intake.oauth.endpoints import RETURN_PATH, TABLE, Endpoints
from headway.people.models import Agent
from headway.people.permissions import require
from headway.people.rules import Permission

_PURPOSE: Final = "sign-in"
_VALID: Final = timedelta(minutes=10)


@transaction.atomic
def register(name: str, *, actor: Actor, client_id: str, client_secret: str = "", tenant: str = "") -> Provider:
    """Enters our registration at `microsoft` or `google`, or changes it. An empty secret keeps the one that is there.

    The provider wants to know `return_address()`. Raises Invalid.
    """
    require(actor, Permission.OPERATE)
    if name not in TABLE:
        raise Invalid(_("Choose microsoft or google."), field="name")
    given = {"client_id": client_id.strip(), "client_secret": client_secret.strip(), "tenant": tenant.strip()}
    for field, value in given.items():
        most = 80 if field == "tenant" else 200
        if len(value) > most or not value.isprintable() or " " in value:
            raise Invalid(_("This is not what the provider shows: it has no spaces and is shorter."), field=field)
    if not given["client_id"]:
        raise Invalid(_("Enter the client id that the provider shows."), field="client_id")
    row = Provider.objects.select_for_update().filter(name=name).first() or Provider(name=name)
    row.client_id, row.tenant = given["client_id"], given["tenant"]
    if given["client_secret"]:
        row.client_secret = exchange.sealed_secret(given["client_secret"])
    row.save()
    journal.record(ProviderRegistered(subject_id=row.pk), actor=actor)
    return row


def return_address() -> str:
    """The address a browser comes back to after the sign-in, as it must be entered at the provider."""
    return f"{settings.HEADWAY.public_url}{RETURN_PATH}"


def begin(mailbox: Mailbox, *, agent: Agent) -> str:
    """Begins a sign-in; returns the provider's address to send this agent's browser to. It is good for ten minutes.

    Raises Conflict when the mailbox signs in by password, or the provider is not registered yet.
    """
    require(agent.actor, Permission.OPERATE)
    provider, place = _provider(mailbox)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with transaction.atomic():
        SignIn.objects.filter(started_at__lt=now() - _VALID).delete()
        SignIn.objects.create(
            mailbox=mailbox,
            state=_hashed(state),
            verifier=keys.seal(_PURPOSE, verifier.encode()),
            agent_id=agent.pk,
            started_at=now(),
        )
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "client_id": provider.client_id,
        "response_type": "code",
        "redirect_uri": return_address(),
        "scope": place.scope,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": mailbox.user,
        **place.extra,
    }
    return f"{place.at(place.authorize, provider.tenant)}?{urlencode(asked)}"


def finish(state: str, code: str, *, agent: Agent) -> Mailbox:
    """Ends a sign-in with the `state` and `code` the browser came back with: from now on the mailbox can be used.

    Raises NotFound for a sign-in that is unknown, over, used already or somebody else's; Invalid when the provider
    gives no lasting access; exchange.Unavailable (an OSError) when it cannot be reached. Each may be begun anew.
    """
    require(agent.actor, Permission.OPERATE)
    begun = _take(state, agent)
    provider, place = _provider(begun.mailbox)
    try:
        tokens = exchange.ask(
            provider,
            grant_type="authorization_code",
            code=code,
            redirect_uri=return_address(),
            code_verifier=keys.unseal(_PURPOSE, bytes(begun.verifier)).decode(),
        )
    except exchange.Ended as error:
        raise Invalid(_("%(name)s does not take this sign-in. Begin again.") % {"name": place.name}) from error
    except exchange.Unregistered as error:
        raise Invalid(
            _("%(name)s refuses Headway's registration (%(word)s). Look at client id, secret and return address.")
            % {"name": place.name, "word": str(error)}
        ) from error
    if not tokens.refresh:
        raise Invalid(
            _("%(name)s gave access for an hour only. Remove Headway there and sign in again.") % {"name": place.name}
        )
    return _grant(begun.mailbox, tokens, agent.actor)


def refused(state: str, error: str, *, agent: Agent) -> str:
    """Ends a sign-in that came back with an `error` instead of a code; returns a sentence that says so.

    Raises NotFound like `finish`.
    """
    begun = _take(state, agent)
    _row, place = _provider(begun.mailbox)
    if error == "access_denied":
        return _("You did not allow the access at %(name)s. Nothing has changed.") % {"name": place.name}
    return _("%(name)s ended the sign-in (%(word)s). Nothing has changed.") % {"name": place.name, "word": error[:60]}


@transaction.atomic
def _take(state: str, agent: Agent) -> SignIn:
    """The sign-in this value belongs to, which is used up by it. Committed before the provider is asked."""
    found = SignIn.objects.select_for_update().filter(state=_hashed(state), agent_id=agent.pk).first()
    if found is None or found.started_at < now() - _VALID:
        raise NotFound(_("This sign-in is over. Begin again at the mailbox."))
    found.mailbox  # noqa: B018 - read before the row is gone
    SignIn.objects.filter(pk=found.pk).delete()
    return found


@transaction.atomic
def _grant(mailbox: Mailbox, tokens: exchange.Tokens, actor: Actor) -> Mailbox:
    row = Mailbox.objects.select_for_update().filter(pk=mailbox.pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This mailbox does not exist any more."))
    grant = Grant.objects.select_for_update().filter(mailbox=row).first() or Grant(mailbox=row)
    renewing.keep(grant, tokens)
    journal.record(MailboxGranted(subject_id=row.pk, provider=row.login), actor=actor)
    return row


def _provider(mailbox: Mailbox) -> tuple[Provider, Endpoints]:
    if mailbox.login not in TABLE:
        raise Conflict(_("This mailbox signs in with a password."))
    provider = Provider.objects.filter(name=mailbox.login).first()
    if provider is None:
        raise Conflict(
            _("Headway is not registered at %(name)s. Enter the registration first.")
            % {"name": TABLE[mailbox.login].name}
        )
    return provider, TABLE[mailbox.login]


def _hashed(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
