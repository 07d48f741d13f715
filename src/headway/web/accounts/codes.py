"""Codes of authenticator apps (RFC 6238) are good once, for every process of every machine."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction


@transaction.atomic
def claim(authenticator: Authenticator, code: str) -> bool:
    """Notes that a right code was used; False when it, or a later one, was used before. Recovery codes pass."""
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret, digits = decrypt(row.data["secret"]), "".join(code.split())
    steps = [step for step in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, step)) == digits]
    used = max(steps, default=0)
    if used <= row.data.get("used_step", 0):
        return False
    row.data["used_step"] = used
    row.save(update_fields=["data"])
    authenticator.data = row.data
    return True
