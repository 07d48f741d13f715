"""Amazon SES through SNS: JSON signed by RSA with a certificate of Amazon's, for one topic."""

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm

from headway.intake.hooks.calls import Asked, Call, Handed, Reason, Refused, envelope

# What is given the address of a certificate answers with it in PEM. Raises OSError when it cannot be had.
Certificate = Callable[[str], bytes]

TOPIC: Final = re.compile(r"arn:aws(?:-us-gov)?:sns:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,256}")
_HOST: Final = re.compile(r"sns\.[a-z]{2}(?:-[a-z]+)+-[0-9]\.amazonaws\.com")
_PEM: Final = re.compile(r"/SimpleNotificationService[A-Za-z0-9-]*\.pem")
_ASKING: Final = {"SubscriptionConfirmation", "UnsubscribeConfirmation"}
# what is signed, in this order
_SIGNED: Final = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    **dict.fromkeys(_ASKING, ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")),
}


class _Envelope(msgspec.Struct):
    """A message of SNS."""

    Type: str
    MessageId: str
    TopicArn: str
    Message: str
    Timestamp: str
    Signature: str = ""
    SigningCertURL: str = ""
    SignatureVersion: str = ""
    Subject: str | None = None
    Token: str | None = None
    SubscribeURL: str | None = None


_decoder = msgspec.json.Decoder(_Envelope)


def read(call: Call, *, topic: str, certificate: Certificate) -> Handed | Asked:
    """The mail, or the question, of a call that Amazon signed for this topic. Raises Refused."""
    try:
        found = _decoder.decode(call.body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refused(Reason.UNREADABLE) from error
    # before anything is fetched for it
    if not topic or found.TopicArn != topic:
        raise Refused(Reason.TOPIC)
    if found.Type not in _SIGNED or not found.MessageId or len(found.MessageId) > 200:
        raise Refused(Reason.UNREADABLE)
    _verify(found, call, certificate)
    if found.Type in _ASKING:
        if not may_open(found.SubscribeURL or "", topic):
            raise Refused(Reason.CERTIFICATE)
        return Asked(found.SubscribeURL or "")
    return _mail(found)


def may_open(url: str, topic: str) -> bool:
    """Whether an address agrees to a subscription of this topic, at Amazon's and nowhere else."""
    parts = _at_amazon(url)
    if parts is None or parts.path not in ("", "/"):
        return False
    asked = parse_qs(parts.query)
    return asked.get("Action") == ["ConfirmSubscription"] and asked.get("TopicArn") == [topic]


def is_certificate(url: str) -> bool:
    """Whether a certificate may be fetched from an address: only from Amazon's own."""
    parts = _at_amazon(url)
    return parts is not None and _PEM.fullmatch(parts.path) is not None and not parts.query


def _at_amazon(url: str) -> Any:
    if not url.isascii() or not url.isprintable() or len(url) > 1000:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # the host as it is written: no port, no user, no second reading of it
    return parts if parts.scheme == "https" and _HOST.fullmatch(parts.netloc) and not parts.fragment else None


def _verify(found: _Envelope, call: Call, certificate: Certificate) -> None:
    """Raises Refused unless Amazon signed it."""
    algorithm: HashAlgorithm
    match found.SignatureVersion:
        case "1":
            algorithm = SHA1()  # noqa: S303 - Amazon's first version, still what topics use unless told otherwise
        case "2":
            algorithm = SHA256()
        case _:
            raise Refused(Reason.UNSIGNED)
    if not is_certificate(found.SigningCertURL):
        raise Refused(Reason.CERTIFICATE)
    try:
        signature = base64.b64decode(found.Signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Reason.UNSIGNED) from error
    try:
        known = x509.load_pem_x509_certificate(certificate(found.SigningCertURL))
    except OSError as error:
        raise Refused(Reason.UNREACHABLE) from error
    except ValueError as error:
        raise Refused(Reason.CERTIFICATE) from error
    key = known.public_key()
    if not isinstance(key, RSAPublicKey) or not known.not_valid_before_utc <= call.at <= known.not_valid_after_utc:
        raise Refused(Reason.CERTIFICATE)
    try:
        key.verify(signature, _signed(found), PKCS1v15(), algorithm)
    except InvalidSignature as error:
        raise Refused(Reason.SIGNATURE) from error


def _signed(found: _Envelope) -> bytes:
    named = ((name, getattr(found, name)) for name in _SIGNED[found.Type])
    return "".join(f"{name}\n{value}\n" for name, value in named if value is not None).encode()


def _mail(found: _Envelope) -> Handed:
    try:
        said = msgspec.json.decode(found.Message, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refused(Reason.NO_MAIL) from error
    receipt, mail = _mapping(said.get("receipt")), _mapping(said.get("mail"))
    action = _mapping(receipt.get("action"))
    text = said.get("content")
    if not isinstance(text, str) or not text.strip():
        raise Refused(Reason.STORED_ELSEWHERE if action.get("type") == "S3" else Reason.NO_MAIL)
    try:
        raw = _content(text, str(action.get("encoding", "")))
    except (binascii.Error, ValueError) as error:
        raise Refused(Reason.UNREADABLE) from error
    recipients = receipt.get("recipients") or mail.get("destination")
    return Handed(found.MessageId, raw, envelope(mail.get("source"), recipients))


def _content(text: str, encoding: str) -> bytes:
    """The mail's bytes. Amazon says how it wrote them; without a word, what is base64 throughout is base64."""
    if encoding.upper() == "BASE64":
        return base64.b64decode(text, validate=True)
    if encoding.upper() != "UTF-8" and re.fullmatch(r"[A-Za-z0-9+/\s]+={0,2}\s*", text):
        return base64.b64decode("".join(text.split()), validate=True)
    return text.encode("utf-8", "surrogateescape")


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
