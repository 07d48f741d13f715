"""A running desk and a real browser in front of it."""

import asyncio
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import pytest
import uvicorn
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from headway.people.models import Agent
from headway.web.live.app import make as make_live

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
# How long a journey waits for what must come, in milliseconds: a bound for a busy machine, not a measure of speed.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
# The browser's words for a refused request, for a lost line, for a request that a newer one replaced, and for a live
# stream that is not there: parts of a journey, not faults of the page.
EXPECTED = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED",
    "htmx:afterRequest", "htmx:sendError", "htmx:sendAbort",
)  # fmt: skip


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name)
        """Says nothing: the tests' own output is what counts."""


@pytest.fixture
def site(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a web process on this test's own database."""
    # the browser's driver keeps an event loop in this thread; the tests' own queries here are synchronous
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    # no live process unless a journey asks for one, and never another installation's
    monkeypatch.setattr(settings.HEADWAY, "live_url", f"{address}/without-live")
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def live(site: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The live process beside the site: what one person does, others see."""
    listening = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setattr(settings.HEADWAY, "public_url", site)
    monkeypatch.setattr(settings.HEADWAY, "live_url", f"http://127.0.0.1:{listening.getsockname()[1]}/live")
    server = uvicorn.Server(uvicorn.Config(make_live(), log_config=None, timeout_graceful_shutdown=2))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield
    server.should_exit = True
    thread.join()
    listening.close()


@dataclass
class Driver:
    """The browser's driver, and the event loop that it keeps running in this thread."""

    playwright: Playwright
    loop: asyncio.AbstractEventLoop
    launched: Browser | None = None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Only inside the block this thread is in the driver's loop: other tests must not meet it."""
        asyncio._set_running_loop(self.loop)
        try:
            yield
        finally:
            asyncio._set_running_loop(None)

    def browser(self) -> Browser:
        """Chromium as the system has it; nothing is downloaded. A new one when the last one died."""
        if self.launched is None or not self.launched.is_connected():
            path = os.environ.get("HEADWAY_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
            if not path:
                pytest.fail("The journeys need Chromium. On Debian: apt-get install chromium")
            self.launched = self.playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        return self.launched


@pytest.fixture(scope="session")
def driver(server: str) -> Iterator[Driver]:
    """One for all journeys of a worker: to start it and Chromium takes as long as a short journey."""
    with sync_playwright() as playwright:
        kept = Driver(playwright, asyncio.get_running_loop())
        asyncio._set_running_loop(None)
        yield kept
        # it ends in its own loop
        asyncio._set_running_loop(kept.loop)
        if kept.launched is not None:
            kept.launched.close()


@pytest.fixture
def browser(site: str, driver: Driver) -> Iterator[Browser]:
    """The browser, for one journey."""
    with driver.at_work():
        yield driver.browser()
        # inside the driver's loop this thread has connections of its own: they end with it
        connections.close_all()


@dataclass
class Window:
    """Somebody's browser window, and what went wrong in it."""

    page: Page
    site: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Goes to a page and waits until it is drawn."""
        self.page.goto(self.site + path)
        return self.page


Enter = Callable[..., Window]


@pytest.fixture
def enter(browser: Browser, site: str) -> Iterator[Enter]:
    """Opens a window for somebody who is signed in (or nobody); no window may end with a fault in its console."""
    contexts: list[BrowserContext] = []
    windows: list[Window] = []

    def open_window(
        person: Agent | None = None, *, width: int = 1440, height: int = 900, after: str = "stay", **options: Any
    ) -> Window:
        # what moves is measured in the middle of its way; a journey that looks at motion asks for it
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if person:
            # most journeys do several things to one ticket; one that goes on to the next says so
            person.habits = {"after": after} | person.habits
            person.save(update_fields=["habits"])
            client = Client()
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            cookies = [{"name": name, "value": morsel.value, "url": site} for name, morsel in client.cookies.items()]
            context.add_cookies(cookies)  # type: ignore[arg-type]  # playwright's own typed dict
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        window = Window(page, site)
        page.on("pageerror", lambda error: window.faults.append(str(error)))
        page.on("console", lambda message: _note(window, message))
        windows.append(window)
        return window

    yield open_window
    faults = [fault for window in windows for fault in window.faults]
    for context in contexts:
        context.close()
    assert faults == []


def _note(window: Window, message: ConsoleMessage) -> None:
    if message.type == "error" and not any(known in message.text for known in EXPECTED):
        window.faults.append(f"{message.text} ({message.location.get('url', '')})")
