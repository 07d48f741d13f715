"""The listener: takes mails from mail servers by SMTP or LMTP, until SIGTERM."""

import asyncio
import signal

import django

from headway.foundation import environment
from headway.ops.errors import Unusable


def run() -> None:
    """Listens until SIGTERM."""
    env = environment.read()
    django.setup()
    asyncio.run(_listen(env))


async def _listen(env: environment.Environment) -> None:
    from headway.intake.email.listener.place import parse
    from headway.intake.email.listener.server import Listener

    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    listener = Listener(parse(env.mail_listen), certificate=env.mail_listen_certificate)
    try:
        await listener.start()
    except OSError as error:
        raise Unusable(f"Nothing can listen at {env.mail_listen}: {error.strerror or error}.") from error
    await stopping.wait()
    await listener.stop()
