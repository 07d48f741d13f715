"""What administrators do with hooks: add, change, confirm, archive."""

import re
import secrets
from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.hooks import HookAdded, HookArchived, HookChanged, HookConfirmed
from headway.foundation import keys, outward
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.intake.hooks.providers import ses
from headway.intake.models import Hook
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.settings import queries as settings

_MOST_NAME: Final = 80
_MOST_SECRET: Final = 200
_MOST_SERVERS: Final = 20
_SERVER: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
# under which name a provider itself says what it found out about the sender
_OWN_SERVERS: Final = {Hook.Kinds.SES: ["amazonses.com"]}

Ask = Callable[..., outward.Answer]


@transaction.atomic
def add(kind: str, name: str, *, actor: Actor, secret: str = "", topic: str = "") -> tuple[Hook, str]:
    """A new hook, and the password Postmark shall send: the only time it is known; "" for the others.

    `secret` is Mailgun's signing key, `topic` the ARN of Amazon's topic. Raises Invalid naming the field.
    """
    require(actor, Permission.SETTINGS)
    if kind not in Hook.Kinds.values:
        raise Invalid(_("Choose Mailgun, Amazon SES or Postmark."), field="kind")
    password = secrets.token_urlsafe(24) if kind == Hook.Kinds.POSTMARK else ""
    row = Hook.objects.create(
        kind=kind,
        name=_name(name),
        path=secrets.token_urlsafe(32),
        secret=_sealed(kind, password or secret),
        topic=_topic(kind, topic),
        trusted_servers=_OWN_SERVERS.get(Hook.Kinds(kind), []),
        created_at=now(),
    )
    journal.record(HookAdded(subject_id=row.pk, provider=kind), actor=actor)
    return row, password


@transaction.atomic
def change(
    hook: Hook,
    *,
    actor: Actor,
    name: str | None = None,
    secret: str | None = None,
    topic: str | None = None,
    trusted_servers: Sequence[str] | None = None,
) -> Hook:
    """Changes what is given. Raises Invalid naming the field, Conflict for an archived hook."""
    require(actor, Permission.SETTINGS)
    row = _held(hook)
    fields: list[str] = []
    if name is not None and (found := _name(name)) != row.name:
        row.name = found
        fields.append("name")
    if secret is not None and row.kind == Hook.Kinds.MAILGUN:
        row.secret = _sealed(row.kind, secret)
        fields.append("secret")
    if topic is not None and row.kind == Hook.Kinds.SES and (found := _topic(row.kind, topic)) != row.topic:
        row.topic, row.confirmation = found, ""
        fields.append("topic")
    if trusted_servers is not None and (servers := _servers(trusted_servers)) != row.trusted_servers:
        row.trusted_servers = servers
        fields.append("trusted_servers")
    if fields:
        row.save()
        journal.record(HookChanged(subject_id=row.pk, fields=tuple(fields)), actor=actor)
    return row


@transaction.atomic
def renew_password(hook: Hook, *, actor: Actor) -> str:
    """A new password for Postmark; the old one is refused from now on. The only time it is known."""
    require(actor, Permission.SETTINGS)
    row = _held(hook)
    if row.kind != Hook.Kinds.POSTMARK:
        raise Conflict(_("Only hooks of Postmark have a password of ours."))
    password = secrets.token_urlsafe(24)
    row.secret = _sealed(row.kind, password)
    row.save(update_fields=["secret"])
    journal.record(HookChanged(subject_id=row.pk, fields=("secret",)), actor=actor)
    return password


def confirm(hook: Hook, *, actor: Actor, ask: Ask = outward.request) -> None:
    """Agrees to what the hook's topic asked. Raises Conflict when nothing is asked or Amazon does not take it."""
    require(actor, Permission.SETTINGS)
    url = hook.confirmation
    if hook.archived_at is not None or not ses.may_open(url, hook.topic):
        raise Conflict(_("This hook asks for no confirmation. Send a new one from Amazon's console."))
    if settings.is_held():
        raise Conflict(_("This workspace is held: nothing leaves it. Release it first, then confirm."))
    try:
        answer = ask("GET", url, timeout=5.0, most_bytes=100_000)
    except OSError as error:
        raise Conflict(_("Amazon could not be reached. Nothing was changed; try again in a moment.")) from error
    if answer.status != 200:
        raise Conflict(
            _("Amazon did not take the confirmation (%(status)d). Ask for a new one in Amazon's console.")
            % {"status": answer.status}
        )
    with transaction.atomic():
        Hook.objects.filter(pk=hook.pk, confirmation=url).update(confirmation="")
        journal.record(HookConfirmed(subject_id=hook.pk), actor=actor)


@transaction.atomic
def archive(hook: Hook, *, actor: Actor) -> None:
    """The hook takes nothing any more; its secret is erased. Raises Conflict when that was done before."""
    require(actor, Permission.SETTINGS)
    row = _held(hook)
    row.archived_at, row.secret, row.confirmation = now(), b"", ""
    row.save(update_fields=["archived_at", "secret", "confirmation"])
    journal.record(HookArchived(subject_id=row.pk), actor=actor)


def _held(hook: Hook) -> Hook:
    row = Hook.objects.select_for_update().get(pk=hook.pk)
    if row.archived_at is not None:
        raise Conflict(_("This hook was removed. Add a new one."))
    return row


def _name(text: str) -> str:
    name = " ".join(text.replace("\x00", "").split())
    if not name or len(name) > _MOST_NAME or not name.isprintable():
        raise Invalid(_("Give the hook a name of at most %(n)d characters.") % {"n": _MOST_NAME}, field="name")
    return name


def _sealed(kind: str, secret: str) -> bytes:
    if kind == Hook.Kinds.SES:
        return b""
    given = secret.strip()
    if not given or len(given) > _MOST_SECRET or not given.isascii() or not given.isprintable():
        raise Invalid(_("Paste the HTTP webhook signing key from Mailgun's API security page."), field="secret")
    return keys.seal("hook", given.encode())


def _topic(kind: str, topic: str) -> str:
    if kind != Hook.Kinds.SES:
        return ""
    if not ses.TOPIC.fullmatch(topic.strip()):
        raise Invalid(
            _("Paste the topic's ARN, which looks like arn:aws:sns:eu-west-1:123456789012:support-mail."),
            field="topic",
        )
    return topic.strip()


def _servers(names: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(name.strip().rstrip(".").lower() for name in names if name.strip()))
    if len(found) > _MOST_SERVERS or not all(_SERVER.fullmatch(name) for name in found):
        raise Invalid(_("Trusted servers are names such as mx.example.com."), field="trusted_servers")
    return found
