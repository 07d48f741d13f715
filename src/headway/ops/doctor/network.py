"""How people reach this installation: ports, processes, addresses, proxies, mail."""

import http.client
import smtplib
import socket
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from headway.foundation.environment import Environment
from headway.ops.doctor.finding import Finding, ok, problem, warning
from headway.ops.supervisor import register

_SECONDS = 5
_LOCAL = {"127.0.0.1", "localhost", "::1"}
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def processes(env: Environment) -> Iterator[Finding]:
    """That web and live answer, or that their ports are free for them."""
    host = _EVERYWHERE.get(env.host, env.host)
    supervised = register.running()
    for name, port in (("web", env.port), ("live", env.live_port or env.port + 1)):
        answer = _health(host, port)
        if answer == "ready":
            yield ok(name, f"It answers on {host}:{port}.")
        elif answer == "closed" and not supervised:
            yield warning(name, f"It does not run on this machine (port {port}).", "Start it: headway up")
        elif answer == "closed":
            yield problem(name, f"It should run and does not answer on {host}:{port}.", "Read what headway up printed.")
        elif answer == "foreign":
            yield problem(
                name,
                f"Port {port} is used by another program.",
                f"Stop that program, or choose another port (HEADWAY_{'PORT' if name == 'web' else 'LIVE_PORT'}).",
            )
        else:
            yield problem(name, f"It runs on {host}:{port} and is not ready: {answer}.", "Read its lines in the log.")


def addresses(env: Environment) -> Iterator[Finding]:
    """That the public address and what is in front of it fit together."""
    public = urlsplit(env.public_url)
    remote = bool(env.public_url) and public.hostname not in _LOCAL
    if env.host in _EVERYWHERE and not env.public_url:
        yield warning(
            "addresses",
            "Web listens on every interface, and no public address is set: links in mails point to this machine.",
            "Set HEADWAY_PUBLIC_URL to the address that people open.",
        )
    if remote and public.scheme != "https":
        yield warning(
            "addresses",
            f"People open {env.public_url} without encryption: passwords cross the network readable.",
            "Put a proxy with a certificate in front, and set HEADWAY_PUBLIC_URL to its https address.",
        )
    if remote and public.scheme == "https" and not env.trusted_proxies:
        yield warning(
            "addresses",
            "There is a proxy in front, and none is trusted: every visitor seems to come from the proxy's address.",
            "Set HEADWAY_TRUSTED_PROXIES to the proxy's address.",
        )
    if remote and not env.live_url:
        yield warning(
            "addresses",
            "Screens look for the live stream on a port of its own, which a proxy rarely lets through.",
            "Pass /live on to the live process and set HEADWAY_LIVE_URL=/live.",
        )
    if remote and env.debug:
        yield problem("addresses", "Debugging is on: errors show internals to anybody.", "Unset HEADWAY_DEBUG.")
    yield ok("addresses", f"People open {env.public_url or f'http://{env.host}:{env.port}'}.")


def mail(env: Environment) -> Iterator[Finding]:
    """That mail can leave. Connects to the mail server and says goodbye."""
    if env.mail == "console":
        yield warning(
            "mail",
            "Mail is printed and kept in the outbox, and not sent (HEADWAY_MAIL=console).",
            "To send it: HEADWAY_MAIL=smtp://user:password@host:587",
        )
        return
    server = urlsplit(env.mail)
    host, secure = server.hostname or "", server.scheme == "smtps"
    port = server.port or (465 if secure else 587)
    try:
        connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with connect(host, port, timeout=_SECONDS) as session:
            session.ehlo()
            if not secure and session.has_extn("starttls"):
                session.starttls()
            if server.username:
                session.login(unquote(server.username), unquote(server.password or ""))
    except smtplib.SMTPAuthenticationError:
        yield problem("mail", f"{host} refuses the user or the password.", "Correct HEADWAY_MAIL.")
    except (OSError, smtplib.SMTPException) as error:
        yield problem("mail", f"{host}:{port} cannot be used: {error}.", "Correct HEADWAY_MAIL, or open the way to it.")
    else:
        yield ok("mail", f"{host}:{port} takes our mail.")


def _health(host: str, port: int) -> str:
    """ready, closed, foreign (something else answers), or what our own process says about itself."""
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    try:
        connection.request("GET", "/health/ready")
        response = connection.getresponse()
        body = response.read(200).decode(errors="replace").strip()
    except ConnectionRefusedError:
        return "closed"
    except (OSError, http.client.HTTPException, socket.gaierror):
        return "foreign"
    finally:
        connection.close()
    if response.status == 200:
        return "ready"
    return "foreign" if response.status == 404 else body or f"status {response.status}"
