"""The live process's application: one endless answer for each browser, and its health."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import django
from django.apps import apps
from django.conf import settings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

if not apps.ready:
    django.setup()

from django.db import DatabaseError, InterfaceError

from headway.web.live.hub import Hub
from headway.web.live.listeners import Listener
from headway.web.live.service import Service

# How long a browser waits before it comes back, in milliseconds; and how long we wait for the last byte.
RETRY = b"retry: 3000\n\n"
_GOODBYE_SECONDS = 1


class Stream(Response):
    """Server-sent events until the reader goes, or is let go."""

    media_type = "text/event-stream"

    def __init__(self, hub: Hub, listener: Listener, headers: dict[str, str]) -> None:
        super().__init__(headers={**headers, "Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._hub = hub
        self._listener = listener

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Sends until either side has enough."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        writing = asyncio.create_task(self._write(send))
        reading = asyncio.create_task(_until_gone(receive))
        closing = asyncio.create_task(self._listener.gone.wait())
        try:
            await asyncio.wait({writing, reading, closing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.leave(self._listener)
            for task in (writing, reading, closing):
                task.cancel()
            await asyncio.gather(writing, reading, closing, return_exceptions=True)
        with contextlib.suppress(TimeoutError, OSError):
            await asyncio.wait_for(send({"type": "http.response.body", "body": b""}), _GOODBYE_SECONDS)

    async def _write(self, send: Send) -> None:
        chunk = RETRY
        while True:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            chunk = await self._listener.take()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def make() -> Starlette:
    """An application with a service of its own."""
    service: list[Service] = []

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        service[:] = [Service()]
        async with service[0].running():
            yield

    async def stream(request: Request) -> Response:
        """The events of the tickets that the owner of the session may see."""
        cross = _cross_origin(request)
        if cross is None:
            return PlainTextResponse("This page may not listen here.\n", 403)
        try:
            admission = await service[0].admit(request.cookies.get(settings.SESSION_COOKIE_NAME, ""))
        except (DatabaseError, InterfaceError):
            return PlainTextResponse("The database does not answer.\n", 503, cross)
        if admission is None:
            return PlainTextResponse("Sign in first.\n", 401, cross)
        listener = service[0].hub.join(admission)
        if listener is None:
            return PlainTextResponse("Too many streams are open.\n", 429, {**cross, "Retry-After": "10"})
        return Stream(service[0].hub, listener, cross)

    async def live(_request: Request) -> Response:
        """This process answers."""
        return PlainTextResponse("live\n")

    async def ready(_request: Request) -> Response:
        """It hears the database."""
        if service[0].listening:
            return PlainTextResponse("ready\n")
        return PlainTextResponse("it does not hear the database\n", 503)

    routes = [
        Route("/live/stream", stream),
        Route("/live/health", ready),
        Route("/health/live", live),
        Route("/health/ready", ready),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _cross_origin(request: Request) -> dict[str, str] | None:
    """The headers that let our own page read from another port; {} for a page of this very origin, None for others."""
    origin = request.headers.get("origin")
    if origin is None:
        return {}
    if origin not in origins():
        return None
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", "Vary": "Origin"}


def origins() -> set[str]:
    """Where our pages come from: the public address, and on one machine the web port under every name it goes by."""
    port = settings.HEADWAY.env.port
    return {settings.HEADWAY.public_url, *(f"http://{host}:{port}" for host in settings.ALLOWED_HOSTS)}


app = make()
