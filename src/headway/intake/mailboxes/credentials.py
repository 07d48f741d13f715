"""What a mailbox signs in with. It is sealed in the database and stands nowhere else."""

import json
from collections.abc import Mapping

from headway.foundation import keys
from headway.intake.models import Mailbox

_PURPOSE = "mailbox"

# password: of IMAP, and of SMTP where that has none of its own; dkim_key: a private key in PEM
NAMES = ("password", "smtp_password", "dkim_key")


def sealed(secrets: Mapping[str, str]) -> bytes:
    """The form in which `Mailbox.secrets` holds them. Empty ones are left out."""
    kept = {name: secrets[name] for name in NAMES if secrets.get(name)}
    return keys.seal(_PURPOSE, json.dumps(kept).encode()) if kept else b""


def read(mailbox: Mailbox) -> dict[str, str]:
    """The secrets by name, without those that were never given.

    Raises Invalid when the master key is another than the one they were sealed with.
    """
    if not mailbox.secrets:
        return {}
    found: dict[str, str] = json.loads(keys.unseal(_PURPOSE, bytes(mailbox.secrets)))
    return found


def bearer(mailbox: Mailbox) -> str:
    """An OAuth access token of the mailbox that is good for some minutes; renewed at its provider when need be.

    Raises oauth.renewing.Broken when somebody has to sign in again, OSError when the provider cannot be reached.
    """
    from headway.intake.oauth.renewing import access_token

    return access_token(mailbox.pk)
