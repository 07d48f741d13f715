"""A provider's call from end to end: verified by its rules, kept, and only then answered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.hooks import HookAsked
from headway.foundation import files, keys
from headway.foundation.clock import now
from headway.intake.channel import Arrival
from headway.intake.email.keys import of_delivery
from headway.intake.email.receiving import keep
from headway.intake.hooks import certificates
from headway.intake.hooks.calls import Asked, Call, Handed, Reason, Refused
from headway.intake.hooks.providers import mailgun, postmark, ses
from headway.intake.models import Hook, RawMail

# The row says when a mail last came, not how many: it is not written with each
_NOTED_EVERY: Final = timedelta(seconds=10)

Certificate = Callable[[str], bytes]


def take(hook: Hook, call: Call, *, certificate: Certificate = certificates.at) -> None:
    """When it returns the call's mail is safe, or its question is noted. Raises Refused."""
    found = _read(hook, call, certificate)
    if isinstance(found, Asked):
        _ask(hook, found)
    else:
        _keep(hook, found)


def note_refusal(hook: Hook, reason: Reason) -> None:
    """Says on the hook that a call was refused, and why."""
    at = now()
    if hook.refusal != reason or hook.refused_at is None or at - hook.refused_at > _NOTED_EVERY:
        Hook.objects.filter(pk=hook.pk).update(refused_at=at, refusal=str(reason))


def _read(hook: Hook, call: Call, certificate: Certificate) -> Handed | Asked:
    match hook.kind:
        case Hook.Kinds.MAILGUN:
            return mailgun.read(call, key=keys.unseal("hook", bytes(hook.secret)))
        case Hook.Kinds.POSTMARK:
            return postmark.read(call, password=keys.unseal("hook", bytes(hook.secret)))
        case _:
            return ses.read(call, topic=hook.topic, certificate=certificate)


def _keep(hook: Hook, mail: Handed) -> None:
    source = f"hook:{hook.pk}"
    if not keep([Arrival(source, mail.key, mail.raw, mail.envelope)]):
        # the provider did not get our answer and sends again; with other bytes it is somebody else who does
        known = RawMail.objects.filter(delivery_key=of_delivery(source, mail.key)).values_list("sha256", flat=True)
        if files.blob_of(mail.raw).sha256 not in known:
            raise Refused(Reason.REPLAYED)
    at = now()
    if hook.arrived_at is None or at - hook.arrived_at > _NOTED_EVERY:
        Hook.objects.filter(pk=hook.pk).update(arrived_at=at)


@transaction.atomic
def _ask(hook: Hook, asked: Asked) -> None:
    """An administrator decides: whoever may write to the topic decides what we take for mail."""
    if Hook.objects.filter(pk=hook.pk).exclude(confirmation=asked.url).update(confirmation=asked.url):
        journal.record(HookAsked(subject_id=hook.pk), actor=Actor.system())
