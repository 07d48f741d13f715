"""Calls as the providers make them, signed with keys of our own."""

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from headway.foundation.clock import now

KEY = "key-of-the-tests"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:support-mail"
CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"
RAW = b"Message-ID: <a@example.com>\r\nFrom: dana@example.com\r\nSubject: Caf\xe9\r\n\r\nHello \xff\r\n"


def mailgun(raw: bytes = RAW, *, key: str = KEY, token: str = "", at: datetime | None = None) -> dict[str, bytes]:
    """The fields of a forwarded mail, signed."""
    token = token or secrets.token_hex(25)
    timestamp = str(int((at or now()).timestamp()))
    signature = hmac.digest(key.encode(), f"{timestamp}{token}".encode(), "sha256").hex()
    return {
        "recipient": b"help@desk.example",
        "sender": b"dana@example.com",
        "timestamp": timestamp.encode(),
        "token": token.encode(),
        "signature": signature.encode(),
        "body-mime": raw,
    }


def urlencoded(fields: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Content-Type and body of a plain form."""
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields.items())
    return "application/x-www-form-urlencoded", body.encode()


def multipart(fields: Mapping[str, bytes], boundary: str = "1b8f4c") -> tuple[str, bytes]:
    """Content-Type and body of a form in parts."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in fields.items()
    ]
    return f"multipart/form-data; boundary={boundary}", b"".join(parts) + f"--{boundary}--\r\n".encode()


@dataclass
class Amazon:
    """Somebody who signs as Amazon does, with a certificate of their own."""

    key: RSAPrivateKey
    pem: bytes

    def sign(self, message: Mapping[str, Any], version: str = "2") -> bytes:
        """The message with its signature, as JSON."""
        names = ("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
        text = "".join(f"{name}\n{message[name]}\n" for name in names if name in message)
        algorithm = SHA1() if version == "1" else SHA256()
        signature = base64.b64encode(self.key.sign(text.encode(), PKCS1v15(), algorithm)).decode()
        signed = {"SignatureVersion": version, "Signature": signature, "SigningCertURL": CERTIFICATE}
        return json.dumps({**message, **signed}).encode()


@cache
def amazon(name: str = "sns", days: int = 30) -> Amazon:
    """A signer by name; `days` until the certificate ends, negative for one that has ended."""
    key = generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.amazonaws.com")])
    ends = now() + timedelta(days=days)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(ends - timedelta(days=60)).not_valid_after(ends)
    return Amazon(key, made.sign(key, SHA256()).public_bytes(Encoding.PEM))


def notification(
    raw: bytes | None = RAW, *, encoding: str = "BASE64", topic: str = TOPIC, **more: Any
) -> dict[str, Any]:
    """What SNS sends when SES received a mail; without `raw`, one that SES put into S3."""
    content = {} if raw is None else {"content": _content(raw, encoding)}
    action = {"type": "S3", "bucketName": "mails"} if raw is None else {"type": "SNS", "encoding": encoding}
    said = {
        "notificationType": "Received",
        "mail": {"source": "dana@example.com", "destination": ["help@desk.example"], "messageId": "o3vr"},
        "receipt": {"recipients": ["help@desk.example"], "action": action},
        **content,
    }
    return {
        "Type": "Notification",
        "MessageId": secrets.token_hex(16),
        "TopicArn": topic,
        "Subject": "Amazon SES Email Receipt Notification",
        "Message": json.dumps(said),
        "Timestamp": "2026-05-04T12:00:00.000Z",
        **more,
    }


def subscription(topic: str = TOPIC, host: str = "sns.eu-west-1.amazonaws.com") -> dict[str, Any]:
    """What SNS sends when somebody subscribes our address to a topic."""
    query = urlencode({"Action": "ConfirmSubscription", "TopicArn": topic, "Token": "2336412f"})
    return {
        "Type": "SubscriptionConfirmation",
        "MessageId": secrets.token_hex(16),
        "TopicArn": topic,
        "Token": "2336412f",
        "SubscribeURL": f"https://{host}/?{query}",
        "Message": "You have chosen to subscribe …",
        "Timestamp": "2026-05-04T12:00:00.000Z",
    }


def postmark(raw: bytes = RAW, *, message_id: str = "") -> bytes:
    """What Postmark posts with "Include raw email content" switched on."""
    said = {
        "MessageID": message_id or secrets.token_hex(16),
        "OriginalRecipient": "help@desk.example",
        "FromFull": {"Email": "dana@example.com", "Name": "Dana"},
        "RawEmail": raw.decode("utf-8", "replace"),
        "Attachments": [{"Name": "a.txt", "Content": "YQ=="}],
    }
    return json.dumps(said).encode()


def basic(password: str, user: str = "headway") -> str:
    """The Authorization header of HTTP Basic."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _content(raw: bytes, encoding: str) -> str:
    return base64.b64encode(raw).decode() if encoding == "BASE64" else raw.decode("utf-8", "replace")
