"""A mail server on the loopback that takes everything and remembers under which id."""

import email
import logging
import random
import re
from collections import defaultdict

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from headway.ops.tests.ports import free_port


class Mailbox:
    """Message-IDs by the mark in the text, each as often as it came."""

    def __init__(self, seed: int) -> None:
        self.came: dict[str, list[str]] = defaultdict(list)
        self._chance = random.Random(f"{seed}/mail")
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd)
        content = envelope.content or b""
        mail = email.message_from_bytes(content if isinstance(content, bytes) else content.encode())
        texts = [str(part.get_payload(decode=True)) for part in mail.walk() if part.get_content_type() == "text/plain"]
        found = re.findall(r"mark-\d+-\d+", texts[0] if texts else "")
        if found:
            self.came[found[0]].append(str(mail["Message-ID"]))
        await _moment(self._chance)
        return "250 OK"


async def _moment(chance: random.Random) -> None:
    """Time in which the sender may be killed between the mail's arrival and the answer."""
    import asyncio

    await asyncio.sleep(chance.uniform(0, 0.05))
