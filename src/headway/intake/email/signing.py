"""DKIM (RFC 6376): signing what leaves, where a mailbox has a key of its own."""

from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid

_FEWEST_BITS: Final = 1024  # RFC 8301: less is not verified
_SIGNED: Final = (
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"reply-to",
    b"mime-version", b"content-type", b"content-transfer-encoding", b"auto-submitted",
)  # fmt: skip


def check(pem: str) -> None:
    """Raises Invalid when this is no private key that can sign."""
    _load(pem)


def signed(raw: bytes, *, selector: str, domain: str, pem: str) -> bytes:
    """The mail with its signature on top. Lines must end in CRLF. Raises Invalid for a key that cannot sign."""
    import dkim  # its reader of DNS costs a tenth of a second, which only this needs

    key = _load(pem).private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    head = raw.partition(b"\r\n\r\n")[0].lower()
    present = [name for name in _SIGNED if head.startswith(name + b":") or b"\n" + name + b":" in head]
    try:
        header = dkim.sign(
            raw,
            selector.encode(),
            domain.encode("idna"),
            key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[*present, b"from"],  # once more than it is there, so that nobody adds a second one
        )
    except (dkim.DKIMException, ValueError) as error:
        raise Invalid(_("The mail could not be signed with the DKIM key: %(why)s") % {"why": error}) from error
    return bytes(header) + raw


def _load(pem: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.strip().encode(), password=None)
    except (ValueError, TypeError) as error:
        raise Invalid(
            _("This is no DKIM key. Paste the whole private key without a password, from BEGIN to END."),
            field="dkim_key",
        ) from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < _FEWEST_BITS:
        raise Invalid(_("A DKIM key must be an RSA key of 1,024 bits or more."), field="dkim_key")
    return key
