"""How a made bounce is written down with what must be read out of it."""

from typing import Final, NamedTuple


class Made(NamedTuple):
    """One mail (headers, an empty line, text) and what it reports: (address, hard | soft | delayed) …"""

    system: str
    raw: str
    recipients: tuple[tuple[str, str], ...]
    message_id: str = ""


# The mail of ours that comes back.
ORIGINAL: Final = """\
Message-ID: <m1.abc@desk.example>
From: Help <help@desk.example>
To: dana@shop.example
Subject: Re: Login
Date: Tue, 3 Mar 2026 09:14:00 +0000

Please try again."""


def dsn(headers: str, told: str, status: str, original: str, *, original_type: str = "message/rfc822") -> str:
    """A report with its three parts, as RFC 3464 asks."""
    return "\n".join(
        [
            headers.strip(),
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="==b"',
            "",
            "--==b",
            "Content-Type: text/plain; charset=utf-8",
            "",
            told.strip(),
            "",
            "--==b",
            "Content-Type: message/delivery-status",
            "",
            status.strip(),
            "",
            "--==b",
            f"Content-Type: {original_type}",
            "",
            original.strip(),
            "",
            "--==b--",
            "",
        ]
    )
