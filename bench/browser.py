"""What somebody at the desk waits for, in a real Chromium on the real processes: paint, keys, weight, and how soon
what one person does is seen by two hundred others."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from bench.measures import Measure
from bench.streams import Streams, free_port

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZE = {"width": 1440, "height": 900}
LISTENERS = 200
WINDOW = 700  # milliseconds until a new window of the browser has come to rest

# Milliseconds at most, from the issue that set them; kilobytes for the weight.
PAINT, KEY, SEEN, WEIGHT = 300, 100, 500, 150

# Runs in the page: from the moment the key came in until the frame that shows its effect has been painted.
WATCH = """
() => {
  window.took = new Promise((done, failed) => {
    setTimeout(() => failed(new Error("nothing was to be seen")), 10000);
    addEventListener("keydown", (event) => {
      const began = event.timeStamp;
      const look = () => {
        if (!(%s)) return requestAnimationFrame(look);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now() - began);
        channel.port2.postMessage(0);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}
"""

PAINTED = """
() => new Promise((done) => {
  const seen = (list) => {
    const paint = list.getEntries().find((entry) => entry.name === "first-contentful-paint");
    if (paint) done(paint.startTime);
  };
  new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
})
"""

# The moment, by the clock, at which a row has been drawn anew and painted.
CHANGED = """
(name) => {
  const was = document.getElementById(name);
  window.took = new Promise((done) => {
    const look = () => {
      if (document.getElementById(name) === was) requestAnimationFrame(look);
      else setTimeout(() => done(Date.now()));
    };
    look();
  });
}
"""

# Of each key: a ticket, what the reader does with it, what they look for.
KEYS = (
    "j, k: the next row", "Enter: the ticket", "j, k: the next ticket", "r: the composer", "typing a letter of a reply",
    "e: solved, or open again", "e: what the server says", "Ctrl-K: the palette", "typing in the palette",
    "/: the search field", "typing in the search: what it finds",
)  # fmt: skip

STATUS = "document.querySelector('#ticket-head [popovertarget=m-status]')?.textContent"
SETTLED = "#ticket-head [popovertarget=m-status]:not([aria-busy])"
# What e will do next: known once the server has answered.
VERB = "document.querySelector('#ticket-head [data-key=e]')?.ariaLabel"


def run(url: str, rounds: int = 30) -> list[Measure]:
    """Everything, on the database at `url`, which is filled and which Django is set up on. Leaves changes in it."""
    sam, others = _people()
    with _processes(url) as (site, live), sync_playwright() as playwright:
        path = os.environ.get("HEADWAY_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            return [
                *_paints(browser, site, sam, rounds),
                _weight(browser, site, sam),
                *_keys(browser, site, sam, rounds),
                *_seen(browser, site, live, sam, others, rounds),
            ]
        finally:
            browser.close()


def _people() -> tuple[str, list[str]]:
    """The session of an agent who stays on the ticket after acting, and those of colleagues."""
    from django.conf import settings
    from django.test import Client

    from headway.people.models import Agent

    agents = list(Agent.objects.order_by("pk")[:50])
    agents[0].habits = {"after": "stay"}
    agents[0].save(update_fields=["habits"])
    sessions = []
    for agent in agents:
        client = Client()
        client.force_login(agent, backend="allauth.account.auth_backends.AuthenticationBackend")
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return sessions[0], sessions[1:]


@contextmanager
def _processes(url: str) -> Iterator[tuple[str, int]]:
    """A web and a live process as `headway up` starts them; the site's address and the live port."""
    port, live = free_port(), free_port()
    environment = {
        **os.environ, "DATABASE_URL": url, "PYTHONPATH": "src", "HEADWAY_PORT": str(port),
        "HEADWAY_LIVE_PORT": str(live), "HEADWAY_LOG_LEVEL": "error",
    }  # fmt: skip
    started = [
        subprocess.Popen([sys.executable, "-m", "headway.ops.serving", name], env=environment)
        for name in ("web", "live")
    ]
    try:
        for place in (port, live):
            _until_ready(place)
        yield f"http://127.0.0.1:{port}", live
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=60)


def _until_ready(port: int) -> None:
    from urllib.request import urlopen

    for _attempt in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")


def _enter(browser: Browser, site: str, session: str) -> BrowserContext:
    context = browser.new_context(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]  # its typed dict
    context.add_cookies([{"name": "headway_session", "value": session, "url": site}])
    return context


def _paints(browser: Browser, site: str, session: str, rounds: int) -> list[Measure]:
    first = Measure("first paint of the inbox, nothing cached", PAINT)
    again = Measure("first paint of the inbox, files cached", PAINT)
    for number in range(rounds // 2 + 1):
        context = _enter(browser, site, session)
        page = context.new_page()
        # opening the window is the browser's own work and goes on beside: somebody has it open when they come
        page.wait_for_timeout(WINDOW)
        for measure in (first, again):
            page.goto(f"{site}/desk/views/open")
            took = page.evaluate(PAINTED)
            # the very first visit finds a server that has not served yet
            if number:
                measure.values.append(took)
        context.close()
    return [first, again]


def _weight(browser: Browser, site: str, session: str) -> Measure:
    """Everything that crosses the line for the inbox: page, styles, scripts, counts."""
    context = _enter(browser, site, session)
    page = context.new_page()
    line = context.new_cdp_session(page)
    weights: list[float] = []
    line.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    line.send("Network.enable")
    page.goto(f"{site}/desk/views/open")
    page.wait_for_timeout(1500)
    context.close()
    return Measure("weight of the inbox with everything", WEIGHT, "kB", [sum(weights) / 1000])


def _press(page: Page, measure: Measure, key: str, shows: str) -> None:
    """Presses the key and notes how long its effect took to be seen."""
    page.evaluate(WATCH % shows)
    page.keyboard.press(key)
    try:
        measure.values.append(page.evaluate("window.took"))
    except Error as error:
        raise RuntimeError(f"{measure.name}, pressing {key}: {error.message[:200]} ({page.url})") from error


def _keys(browser: Browser, site: str, session: str, rounds: int) -> list[Measure]:
    context = _enter(browser, site, session)
    page = context.new_page()
    page.goto(f"{site}/desk/views/open")
    page.wait_for_selector("html[data-live=on]")
    measures = {name: Measure(name, KEY) for name in KEYS}

    def press(name: str, key: str, shows: str) -> None:
        _press(page, measures[name], key, shows)
        page.wait_for_timeout(40)

    ticket = "document.querySelector('#pane .ticket')?.dataset.ticket"
    page.keyboard.press("j")
    for _number in range(rounds):
        page.evaluate("window.was = document.activeElement")
        press("j, k: the next row", "j", "document.activeElement !== window.was")
    for number in range(rounds):
        # nobody presses keys faster than this and looks at what they did
        page.wait_for_timeout(250)
        press("Enter: the ticket", "Enter", ticket)
        page.wait_for_timeout(250)
        page.evaluate(f"window.was = {ticket}")
        press("j, k: the next ticket", "j", f"{ticket} !== window.was")
        page.wait_for_timeout(250)
        press("r: the composer", "r", "document.activeElement.matches('.composer textarea')")
        page.evaluate("window.was = document.activeElement.value")
        press("typing a letter of a reply", "x", "document.activeElement.value !== window.was")
        page.keyboard.press("Backspace")
        page.keyboard.press("Escape")
        if page.query_selector("#ticket-head [data-key=e]"):
            page.evaluate(f"window.was = {STATUS}")
            press("e: solved, or open again", "e", f"{STATUS} !== window.was")
            page.wait_for_selector(SETTLED)
            page.evaluate(f"window.was = {VERB}")
            press("e: what the server says", "e", f"{VERB} !== window.was")
            page.wait_for_selector(SETTLED)
        press("Ctrl-K: the palette", "Control+k", "document.activeElement.matches('#palette input')")
        for letter in "solve":
            page.evaluate("window.was = document.querySelector('#palette [data-here]').textContent")
            page.evaluate("window.now = document.querySelector('#palette input').value")
            press("typing in the palette", letter, "document.querySelector('#palette input').value !== window.now")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        page.wait_for_timeout(60)
        if number % 20 == 19:
            page.goto(f"{site}/desk/views/open")
            page.keyboard.press("j")
    _searching(page, site, measures, rounds)
    context.close()
    return list(measures.values())


def _searching(page: Page, site: str, measures: dict[str, Measure], rounds: int) -> None:
    from bench.load import COMMON

    field, results = "document.getElementById('search')", measures["typing in the search: what it finds"]
    for number in range(max(3, rounds // 5)):
        page.goto(f"{site}/desk/views/open")
        _press(page, measures["/: the search field"], "/", f"document.activeElement === {field}")
        for letter in COMMON[number % 2]:
            page.evaluate("window.was = document.getElementById('found')")
            shows = "document.getElementById('found') !== window.was"
            _press(page, results, letter, f"{shows} && {field}.value.endsWith({letter!r})")


def _seen(browser: Browser, site: str, live: int, session: str, others: list[str], rounds: int) -> list[Measure]:
    """One agent writes a note on a ticket that stands in everybody's list."""
    heard = Measure(f"an action heard by the last of {LISTENERS} others", SEEN)
    shown = Measure("the same action shown by a browser among them", SEEN)
    context = _enter(browser, site, session)
    page = context.new_page()
    page.goto(f"{site}/desk/views/open")
    page.wait_for_selector("html[data-live=on]")
    actor = _enter(browser, site, others[0])
    token = _token(actor, site)
    with Streams(live, [others[number % len(others)] for number in range(LISTENERS)], origin=site) as streams:
        for number in range(rounds):
            row = page.locator("#rows > li").nth(number % 10)
            name = str(row.get_attribute("id"))
            page.evaluate(CHANGED, name)
            began = time.time() * 1000
            answer = actor.request.post(
                f"{site}/desk/tickets/{name[4:]}/replies", form={"mode": "note", "body": "Seen by all."},
                headers={"x-csrftoken": token, "HX-Request": "true", "Referer": site},
            )  # fmt: skip
            if not answer.ok:
                raise RuntimeError(f"{answer.status} {answer.text()[:200]}")
            heard.values.append(streams.last() * 1000 - began)
            shown.values.append(page.evaluate("window.took") - began)
            page.wait_for_timeout(300)
    for each in (context, actor):
        each.close()
    return [heard, shown]


def _token(context: BrowserContext, site: str) -> str:
    page = context.new_page()
    page.goto(f"{site}/desk/outbox")
    headers: dict[str, str] = page.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))")
    page.close()
    return headers["x-csrftoken"]
