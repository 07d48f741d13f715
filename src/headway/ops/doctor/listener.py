"""Whether mail servers can hand in mails where HEADWAY_MAIL_LISTEN says."""

import socket
from collections.abc import Iterator

from headway.foundation.environment import Environment
from headway.intake.email.listener.place import Place, parse
from headway.ops.doctor.finding import Finding, ok, problem, warning
from headway.ops.supervisor import register

_SECONDS = 5
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def listener(env: Environment) -> Iterator[Finding]:
    """That the listener answers, and that mail from other machines does not cross the network readable."""
    if not env.mail_listen:
        return
    place = parse(env.mail_listen)
    greeting = _greeting(place)
    if greeting.startswith("220 ") and "Headway" in greeting:
        yield ok("listener", f"It takes mails at {place}.")
    elif greeting:
        yield problem("listener", f"Another program answers at {place}.", "Choose another place: HEADWAY_MAIL_LISTEN.")
    elif register.running():
        yield problem("listener", f"It should listen at {place} and does not.", "Read what headway up printed.")
    else:
        yield warning("listener", f"Nothing listens at {place}.", "Start it: headway up, or headway listen.")
    if place.host in _EVERYWHERE and not env.mail_listen_certificate:
        yield warning(
            "listener",
            "It listens on every interface without a certificate: mails of other machines cross the network readable.",
            "Set HEADWAY_MAIL_LISTEN_CERTIFICATE, or listen on 127.0.0.1 behind a mail server of this machine.",
        )


def _greeting(place: Place) -> str:
    """What is said first there; "" when nobody answers."""
    try:
        with _connected(place) as session:
            heard = session.recv(1000).decode(errors="replace").strip()
            session.sendall(b"QUIT\r\n")
            return heard or "nothing"
    except OSError:
        return ""


def _connected(place: Place) -> socket.socket:
    if not place.path:
        host = _EVERYWHERE.get(place.host, place.host)
        return socket.create_connection((host, place.port), timeout=_SECONDS)
    session = socket.socket(socket.AF_UNIX)
    session.settimeout(_SECONDS)
    try:
        session.connect(place.path)
    except OSError:
        session.close()
        raise
    return session
